"""One generation of a brand's index: a directory that is built once, verified when opened, and never changed."""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from copilot.adapters.index import vectors, words
from copilot.errors import CopilotError
from copilot.models import EvidenceKind
from copilot.ports import Hit, IndexEntry

FORMAT = 1
_META = "meta.json"
_WORDS = "words.sqlite3"
_VECTORS = "chroma"
_DATABASE = "chroma.sqlite3"
"""Chroma writes to its database even when it only reads, so this file has no digest."""

Embed = Callable[[Sequence[str]], list[list[float]]]
_BATCH = 256


class Damaged(Exception):
    """The files of a generation are missing or not what was written."""


class Meta(NamedTuple):
    """What a generation was made with."""

    format: int
    embedder: str
    dimension: int
    entries: int
    digests: dict[str, str]
    """Relative path → SHA-256 of each file that does not change any more."""


class Change(NamedTuple):
    """What a new generation has that its base has not."""

    added: tuple[IndexEntry, ...]
    updated: tuple[IndexEntry, ...]
    removed: tuple[str, ...]

    @classmethod
    def between(cls, old: dict[str, str], entries: Sequence[IndexEntry]) -> "Change":
        """From the hashes there are to the entries there should be."""
        new = {entry.id for entry in entries}
        return cls(
            tuple(e for e in entries if e.id not in old),
            tuple(e for e in entries if e.id in old and old[e.id] != e.sha),
            tuple(sorted(i for i in old if i not in new)),
        )

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.added or self.updated or self.removed)


class Generation:
    """A generation opened for reading."""

    def __init__(self, folder: Path) -> None:
        """Open and verify.

        Raises:
            Damaged: files are missing or changed.
        """
        self.folder = folder
        with damage():
            self.meta = _read_meta(folder)
            self._stamp = _stamp(folder)
            _verify(folder, self.meta)
            self._words = words.Words(folder / _WORDS)
            try:
                self._vectors = vectors.Vectors(folder / _VECTORS)
                if self._vectors.count() != self.meta.entries or len(self._words.shas()) != self.meta.entries:
                    raise Damaged("entries are missing")
            except BaseException:
                self.close()
                raise

    @property
    def name(self) -> str:
        """As the ledger's pointer names it."""
        return self.folder.name

    def there(self) -> bool:
        """Whether its directory still is the one that was opened."""
        return _stamp(self.folder) == self._stamp

    def shas(self) -> dict[str, str]:
        """Id → hash of every entry."""
        with damage():
            return self._words.shas()

    def by_meaning(self, vector: Sequence[float], k: int, kinds: Sequence[EvidenceKind]) -> list[Hit]:
        """The nearest by cosine similarity."""
        with damage():
            found = self._vectors.search(vector, k, kinds)
            entries = self._words.entries([entry_id for entry_id, _ in found])
            return [Hit(entries[entry_id], score) for entry_id, score in found]

    def by_words(self, text: str, k: int, kinds: Sequence[EvidenceKind]) -> list[Hit]:
        """The best by BM25."""
        with damage():
            return self._words.search(text, k, kinds)

    def close(self) -> None:
        """Release all files."""
        self._words.close()
        if hasattr(self, "_vectors"):
            self._vectors.close()


def build(folder: Path, base: Path | None, change: Change, embed: Embed, meta: Meta) -> None:
    """Make `folder` from `base` (or nothing) and `change`, down to the disk; `meta` comes without digests."""
    folder.mkdir(mode=0o700)
    (folder / _VECTORS).mkdir(mode=0o700)
    if base is not None:
        _copy(base, folder)
    upserts = (*change.added, *change.updated)
    vectors.write(folder / _VECTORS, _embedded(upserts, embed), change.removed)
    words.write(folder / _WORDS, upserts, change.removed)
    digests = {name: _sha256(folder / name) for name in _files(folder) if not name.endswith(_DATABASE)}
    (folder / _META).write_text(json.dumps(meta._replace(digests=digests)._asdict(), indent=1), encoding="utf-8")
    _settle(folder)


def _embedded(entries: Sequence[IndexEntry], embed: Embed) -> Iterable[tuple[IndexEntry, list[float]]]:
    for start in range(0, len(entries), _BATCH):
        batch = entries[start : start + _BATCH]
        yield from zip(batch, embed([entry.text for entry in batch]), strict=True)


def _copy(base: Path, folder: Path) -> None:
    """Copy the data; Chroma's database through SQLite, since a reader may be writing to it."""
    for name in _files(base):
        if name == _META or Path(name).name.startswith(f"{_DATABASE}-"):
            continue
        target = folder / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.name == _DATABASE:
            with closing(sqlite3.connect(base / name)) as old, closing(sqlite3.connect(target)) as new:
                old.backup(new)
        else:
            shutil.copyfile(base / name, target)


def _read_meta(folder: Path) -> Meta:
    meta = Meta(**json.loads((folder / _META).read_text(encoding="utf-8")))
    if meta.format != FORMAT:
        raise Damaged(f"its format is {meta.format}, this version reads {FORMAT}")
    return meta


def _verify(folder: Path, meta: Meta) -> None:
    for name, digest in meta.digests.items():
        if _sha256(folder / name) != digest:
            raise Damaged(f"{name} was changed")
    database = folder / _VECTORS / _DATABASE
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise Damaged(f"{_DATABASE} is malformed")


def _stamp(folder: Path) -> tuple[int, int]:
    try:
        found = (folder / _META).stat()
    except OSError:
        return (0, 0)
    return (found.st_ino, found.st_mtime_ns)


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """Make sure all of it is on the disk before anything points to it."""
    for path in [*folder.rglob("*"), folder, folder.parent]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def damage() -> Generator[None]:
    """Everything the libraries raise on broken files, Rust panics included, as `Damaged`."""
    try:
        yield
    except (Damaged, CopilotError):
        raise
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise Damaged(f"{type(error).__name__}: {_line(error)}") from error
        raise


def _line(error: Any) -> str:
    return " ".join(str(error).split())[:200]
