"""The search index of each brand, behind `ports.KnowledgeIndex`."""

import hashlib
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import RLock
from typing import Protocol, TypeVar

from filelock import FileLock

from copilot.adapters.index.generation import FORMAT, Change, Damaged, Generation, Meta, build, damage
from copilot.errors import Conflict, InputError, StorageError
from copilot.models import EvidenceKind
from copilot.ports import Embedder, Hit, IndexEntry, SyncReport

_BRAND = re.compile(r"[a-z0-9-]{3,40}")
_GENERATION = re.compile(r"gen-(\d{6,})-[0-9a-f]{8}")
_TRIES = 3
_T = TypeVar("_T")


class BrandPointer(Protocol):
    """Which generation is current; a brand's ledger is one."""

    def generation(self) -> str | None:
        """Its name, None before the first."""
        ...

    def move_generation(self, expected: str | None, new: str) -> None:
        """Move it, or raise Conflict when it is not at `expected`."""
        ...


class Pointer(Protocol):
    """Gives the pointer of one brand; the ledger is one."""

    def brand(self, brand: str) -> BrandPointer:
        """The pointer of `brand`."""
        ...


class ChromaIndex:
    """Opens the index of one brand at a time, each in its own directory."""

    def __init__(self, root: Path, embedder: Embedder, pointer: Pointer) -> None:
        """Keep indexes under `root`; nothing is opened yet."""
        self._root = root
        self._embedder = embedder
        self._pointer = pointer
        self._lock = RLock()
        self._brands: dict[str, ChromaBrandIndex] = {}

    def brand(self, brand: str) -> "ChromaBrandIndex":
        """The handle bound to `brand`.

        Raises:
            InputError: that is no brand's id.
        """
        if not _BRAND.fullmatch(brand):
            raise InputError(f"'{brand}' is no id of a brand: small letters, digits and hyphens only.")
        with self._lock:
            if brand not in self._brands:
                self._brands[brand] = ChromaBrandIndex(
                    brand, self._root / brand, self._embedder, self._pointer.brand(brand)
                )
            return self._brands[brand]

    def close(self) -> None:
        """Release the files of all brands."""
        with self._lock:
            for index in self._brands.values():
                index.close()


class ChromaBrandIndex:
    """The search index of exactly one brand; usable from several threads."""

    def __init__(self, brand: str, folder: Path, embedder: Embedder, pointer: BrandPointer) -> None:
        """Use `folder`, which belongs to this brand alone."""
        self._brand = brand
        self._folder = folder
        self._embedder = embedder
        self._pointer = pointer
        self._lock = RLock()
        self._open: Generation | None = None

    @property
    def brand(self) -> str:
        """The brand it is bound to."""
        return self._brand

    @property
    def damaged(self) -> bool:
        """True when there should be an index but none can be read: nothing is found until the next sync rebuilds it."""
        return self._read(lambda generation: False, True) if self._pointer.generation() else False

    def by_meaning(self, text: str, k: int, kinds: Sequence[EvidenceKind] = ()) -> list[Hit]:
        """The `k` nearest by cosine similarity; empty when there is no index yet, or none that can be read.

        Raises:
            StorageError: the index was made with another embedding model; names the command that mends it.
        """
        if k <= 0 or not text.strip():
            return []

        def search(generation: Generation) -> list[Hit]:
            self._same_embedder(generation.meta)
            return generation.by_meaning(self._embedder.embed([text])[0], k, kinds) if generation.meta.entries else []

        return self._read(search, [])

    def by_words(self, text: str, k: int, kinds: Sequence[EvidenceKind] = ()) -> list[Hit]:
        """The `k` best by BM25; empty when there is no index yet, or none that can be read."""
        return self._read(lambda generation: generation.by_words(text, k, kinds), [])

    def ids(self) -> list[str]:
        """Every id in the index, sorted."""
        return self._read(lambda generation: sorted(generation.shas()), [])

    def close(self) -> None:
        """Release files; the next question opens them again."""
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None

    def sync(self, entries: Sequence[IndexEntry], *, rebuild: bool = False) -> SyncReport:
        """Make the index hold exactly `entries`. Only what changed is embedded; nothing changed, nothing is written.

        With `rebuild` everything is embedded again, also with another embedding model than before.

        Raises:
            InputError: two entries have the same id.
            StorageError: disk full or not writable, or another embedding model; the old generation serves on.
            Conflict: other machines keep moving the pointer.
        """
        if len({entry.id for entry in entries}) != len(entries):
            twice = next(e.id for i, e in enumerate(entries) if e.id in {other.id for other in entries[:i]})
            raise InputError(f"Two entries of '{self._brand}' have the id '{twice}'; give one of them another.")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            with FileLock(self._folder / ".build.lock", thread_local=False):
                return self._sync(entries, rebuild)
        except OSError as error:
            raise self._unwritable(error) from error

    def _sync(self, entries: Sequence[IndexEntry], rebuild: bool) -> SyncReport:
        for left in reversed(range(_TRIES)):
            current = self._pointer.generation()
            old = None if rebuild else self._shas(current)
            change = Change.between(old or {}, entries)
            if current is not None and old is not None and not change:
                return SyncReport(0, 0, 0, current)
            folder = self._next(current, entries)
            self._build(folder, self._folder / current if current and old is not None else None, change, len(entries))
            try:
                self._pointer.move_generation(current, folder.name)
            except Conflict:
                shutil.rmtree(folder, ignore_errors=True)
                if not left:
                    raise
                continue
            self._tidy({folder.name, current})
            return SyncReport(len(change.added), len(change.updated), len(change.removed), folder.name)
        raise AssertionError("unreachable")

    def _shas(self, name: str | None) -> dict[str, str] | None:
        """What the generation `name` holds, None when there is none that can be used."""
        if name is None:
            return None
        try:
            generation = Generation(self._folder / name)
        except Damaged:
            return None
        try:
            self._same_embedder(generation.meta)
            return generation.shas()
        finally:
            generation.close()

    def _build(self, folder: Path, base: Path | None, change: Change, count: int) -> None:
        meta = Meta(FORMAT, self._embedder.name, self._embedder.dimension, count, {})
        done = False
        try:
            with damage():
                build(folder, base, change, self._embedder.embed, meta)
            done = True
        except Damaged as error:
            raise self._unwritable(error) from error
        finally:
            if not done:
                shutil.rmtree(folder, ignore_errors=True)

    def _next(self, current: str | None, entries: Sequence[IndexEntry]) -> Path:
        """A name never used before, since a process cannot open a path again after it was deleted."""
        digest = hashlib.sha256(
            repr((self._embedder.name, sorted((e.id, e.sha) for e in entries))).encode()
        ).hexdigest()
        names = [path.name for path in self._folder.glob("gen-*")] + [current or ""]
        numbers = [int(match.group(1)) for name in names if (match := _GENERATION.fullmatch(name))]
        return self._folder / f"gen-{max(numbers, default=0) + 1:06d}-{digest[:8]}"

    def _tidy(self, keep: set[str | None]) -> None:
        """Remove what is neither current nor the one before, which readers may still be in."""
        for path in self._folder.glob("gen-*"):
            if path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)

    def _read(self, question: Callable[[Generation], _T], nothing: _T) -> _T:
        """Ask the current generation, opening it when the pointer moved; `nothing` when it cannot be read."""
        with self._lock:
            for _ in range(_TRIES):
                name = self._pointer.generation()
                try:
                    generation = self._at(name)
                    return nothing if generation is None else question(generation)
                except Damaged:
                    self.close()
                    if self._pointer.generation() == name:
                        break
            return nothing

    def _at(self, name: str | None) -> Generation | None:
        if self._open is not None and (self._open.name != name or not self._open.there()):
            self.close()
        if self._open is None and name is not None:
            self._open = Generation(self._folder / name)
        return self._open

    def _same_embedder(self, meta: Meta) -> None:
        mine = (self._embedder.name, self._embedder.dimension)
        if (meta.embedder, meta.dimension) != mine:
            raise StorageError(
                f"The search index of '{self._brand}' was made with the embedding model {meta.embedder} "
                f"({meta.dimension} numbers a text), now it is {mine[0]} ({mine[1]}). "
                f"Run: candor ingest --brand {self._brand} --rebuild"
            )

    def _unwritable(self, error: Exception) -> StorageError:
        return StorageError(
            f"The search index of '{self._brand}' could not be written at {self._folder}: {error}. The one before "
            f"serves on; make room there and run: candor ingest --brand {self._brand}"
        )
