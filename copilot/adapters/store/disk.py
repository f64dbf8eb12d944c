"""What the model store asks of the disk: room, digests, and a memory of files already verified."""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from copilot.errors import StorageError

FreeBytes = Callable[[Path], int]
_MB = 1_000_000
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def free_bytes(folder: Path) -> int:
    """Bytes free where `folder` is, or will be."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def no_room(name: str, folder: Path, needed: int, free: int) -> StorageError:
    """The error for a disk without room for `needed` more bytes."""
    return StorageError(
        f"{name} needs {-(-needed // _MB)} MB at {folder}, {free // _MB} MB free; make room, or set CANDOR_MODEL_DIR "
        "to a folder with more. What was downloaded so far is kept: run `candor model pull` again."
    )


@contextmanager
def disk_errors(name: str, folder: Path, needed: int, free: FreeBytes) -> Generator[None]:
    """Turn a full disk, or one that cannot be written, into a message that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise no_room(name, folder, needed, free(folder)) from error
        raise StorageError(
            f"{name} cannot be written at {folder}: {error.strerror or error}. "
            "Set CANDOR_MODEL_DIR to a folder you may write."
        ) from error


def sha256(path: Path) -> str:
    """Hex digest of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note(path: Path) -> Path:
    return path.with_name(f".{path.name}.verified.json")


class Verified(NamedTuple):
    """What was noted when a file was last verified."""

    size: int
    mtime_ns: int
    sha256: str
    source: str


def recall(path: Path) -> Verified | None:
    """The note on this very file (same size and time), or None."""
    try:
        note = Verified(**json.loads(_note(path).read_text(encoding="utf-8")))
        stat = path.stat()
    except (OSError, ValueError, TypeError):
        return None
    return note if (note.size, note.mtime_ns) == (stat.st_size, stat.st_mtime_ns) else None


def remember(path: Path, digest: str, source: str) -> None:
    """Note the digest, so that the next start does not read a gigabyte. A folder that cannot be written is no error."""
    stat = path.stat()
    note = Verified(stat.st_size, stat.st_mtime_ns, digest, source)
    with suppress(OSError):
        replace_text(_note(path), json.dumps(note._asdict()))


def replace_text(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old one or the new one, never half."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
