"""The files of the embedded models, under the user's cache directory: found, verified, fetched.

A file is right when its SHA-256 is; where it came from does not matter. A download is resumable, two processes do not
do it twice, and a file appears under its name only after its digest was checked.
"""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from copilot.adapters.store import hub, wheels
from copilot.adapters.store.catalog import HUB, Catalog, FileSpec, HubSource, ModelSpec, Source, shipped
from copilot.adapters.store.disk import FreeBytes, disk_errors, free_bytes, no_room, recall, remember, sha256
from copilot.adapters.store.hub import Patience, SourceFailed
from copilot.adapters.store.progress import Meter, OnProgress
from copilot.errors import InputError, ServiceError

MINILM = "minilm"
CHAT_MODEL = "qwen2.5-coder-1.5b"
_COPIED = "put there by hand"


class StoredModel(NamedTuple):
    """One file of a model, as `candor model list` shows it."""

    name: str
    file: str
    path: Path
    sha256: str
    size: int
    licence: str
    present: bool
    """It is there with the right size; `path` verifies the digest."""
    source: str
    """Where it came from, or where it would come from."""


class Pulled(NamedTuple):
    """One file that is there now, verified."""

    name: str
    file: str
    path: Path
    sha256: str
    source: str
    fetched: bool
    """False when it was there already."""


class ModelStore:
    """Finds and fetches model files. Nothing is fetched unless `pull` is called."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        catalog: Catalog | None = None,
        hub_url: str = HUB,
        patience: Patience = Patience(),  # noqa: B008
        free: FreeBytes = free_bytes,
    ) -> None:
        """Use `folder`, by default the user's cache directory; the rest is for mirrors and tests."""
        self.folder = (folder or _default_folder()).expanduser().absolute()
        self._catalog = shipped() if catalog is None else catalog
        self._hub = hub_url
        self._patience = patience
        self._free = free

    def path(self, name: str, file: str | None = None) -> Path:
        """The verified path of a model's file, by default its first one.

        Raises:
            InputError: it is missing, or it is another file than the one expected.
        """
        spec = self._spec(name, file)
        path = self._place(spec)
        if not path.exists():
            raise InputError(f"The model file {path} is missing; run: candor model pull {name}")
        found = _digest(path)
        if found != spec.sha256:
            raise InputError(
                f"The model file {path} is not the expected one (SHA-256 {found[:12]}…, expected {spec.sha256[:12]}…); "
                f"run: candor model pull {name}"
            )
        return path

    def pull(self, name: str | None = None, progress: OnProgress | None = None) -> list[Pulled]:
        """Fetch what is missing of one model, or of all; what is there is verified.

        Raises:
            InputError: there is no such model.
            StorageError: no room, or the folder cannot be written.
            ServiceError: no source has it now; the message names each with its cause.
        """
        models = [self._model(name)] if name else list(self._catalog.values())
        return [self._pull(spec, progress) for model in models for spec in model.files]

    def _model(self, name: str) -> ModelSpec:
        if name not in self._catalog:
            raise InputError(f"There is no embedded model '{name}'; there are: {', '.join(self._catalog)}")
        return self._catalog[name]

    def _spec(self, name: str, file: str | None) -> FileSpec:
        files = self._model(name).files
        if file is None:
            return files[0]
        found = next((spec for spec in files if spec.name == file), None)
        if found is None:
            names = ", ".join(spec.name for spec in files)
            raise InputError(f"The model '{name}' has no file '{file}'; it has: {names}")
        return found

    def _place(self, spec: FileSpec) -> Path:
        return self.folder / spec.model / spec.name

    def _stored(self, spec: FileSpec) -> StoredModel:
        path = self._place(spec)
        present = path.is_file() and path.stat().st_size == spec.size
        source = _origin(path) if present else spec.sources[0].label
        return StoredModel(spec.model, spec.name, path, spec.sha256, spec.size, spec.licence, present, source)

    def _pull(self, spec: FileSpec, progress: OnProgress | None) -> Pulled:
        path = self._place(spec)
        if (ready := self._ready(spec, path)) is not None:
            return ready
        meter = Meter(progress, f"{spec.model}/{spec.name}", spec.size)
        with disk_errors(spec.name, path.parent, spec.size, self._free):
            path.parent.mkdir(parents=True, exist_ok=True)
            with _alone(path, meter):
                return self._ready(spec, path) or self._fetch(spec, path, meter)

    def _ready(self, spec: FileSpec, path: Path) -> Pulled | None:
        if not path.is_file() or path.stat().st_size != spec.size or _digest(path) != spec.sha256:
            return None
        return Pulled(spec.model, spec.name, path, spec.sha256, _origin(path), fetched=False)

    def _fetch(self, spec: FileSpec, path: Path, meter: Meter) -> Pulled:
        part = path.with_name(f"{path.name}.part")
        causes: list[str] = []
        for source in spec.sources:
            try:
                self._from(source, part, spec, meter)
            except SourceFailed as error:
                causes.append(f"  {source.label}: {error}")
                continue
            part.replace(path)
            part.with_name(f"{part.name}.json").unlink(missing_ok=True)
            remember(path, spec.sha256, source.label)
            meter.at(spec.size, "verified")
            return Pulled(spec.model, spec.name, path, spec.sha256, source.label, fetched=True)
        raise ServiceError(
            f"{spec.name} of the model '{spec.model}' could not be fetched:\n" + "\n".join(causes) + "\n"
            f"Run `candor model pull {spec.model}` again when one can be reached (it continues where it stopped), "
            f"or copy the file to {path}: it is verified there (SHA-256 {spec.sha256})."
        )

    def _from(self, source: Source, part: Path, spec: FileSpec, meter: Meter) -> None:
        """Fetch from one source and verify; a wrong result of a resumed download is fetched afresh once."""
        resumed = part.exists() and part.stat().st_size > 0
        self._transfer(source, part, spec, meter)
        meter.at(spec.size, "verifying")
        if (found := sha256(part)) == spec.sha256:
            return
        part.unlink()
        if resumed:
            return self._from(source, part, spec, meter)
        raise SourceFailed(f"the file has the SHA-256 {found[:12]}…, expected {spec.sha256[:12]}…; refused")

    def _transfer(self, source: Source, part: Path, spec: FileSpec, meter: Meter) -> None:
        have = part.stat().st_size if part.exists() else 0
        if have > spec.size:
            part.unlink()
            have = 0
        needed = spec.size - have + source.overhead
        if (free := self._free(part.parent)) < needed:
            raise no_room(spec.name, part.parent, needed, free)
        if isinstance(source, HubSource):
            if have < spec.size:
                hub.fetch(source.url(self._hub), part, spec, meter, self._patience)
        else:
            wheels.fetch(source, part, spec, meter)

    def list(self) -> list[StoredModel]:  # last, because it hides the builtin from what follows
        """Every file of every model, there or not."""
        return [self._stored(spec) for model in self._catalog.values() for spec in model.files]


def _default_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("candor") / "models"


def _digest(path: Path) -> str:
    """The file's digest, from memory when the file is unchanged since it was verified."""
    if known := recall(path):
        return known.sha256
    digest = sha256(path)
    remember(path, digest, _COPIED)
    return digest


def _origin(path: Path) -> str:
    known = recall(path)
    return known.source if known else _COPIED


@contextmanager
def _alone(path: Path, meter: Meter) -> Generator[None]:
    """Hold the lock of one file, saying so while another process has it."""
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f".{path.name}.lock"))
    while True:
        try:
            lock.acquire(timeout=1.0)
            break
        except Timeout:
            meter.at(_size(path), f"another process is fetching it ({os.fspath(path)})")
    try:
        yield
    finally:
        lock.release()


def _size(path: Path) -> int:
    part = path.with_name(f"{path.name}.part")
    return part.stat().st_size if part.exists() else 0
