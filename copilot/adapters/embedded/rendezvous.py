"""Where users of the embedded model and its server find each other: a private folder of locks and one JSON file.

``start.lock``    whoever starts, joins, sweeps or stops holds it, for as long as that takes
``serving.lock``  the server holds it for its whole life: a free lock means no server, whatever the file says
``server.json``   address, key and process of the server, once it answers
``users/*.lock``  one a user, held while it lives: a free lock means its process is gone
``server.log``    what the server said, for when it cannot start; prompts are not logged
"""

import json
import os
import secrets
import stat
import warnings
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from copilot.errors import StorageError


class Running(NamedTuple):
    """A server that has announced itself."""

    base_url: str
    api_key: str
    pid: int
    model: str


class User:
    """One process's claim on the server."""

    def __init__(self, path: Path) -> None:
        """Take the claim; call while holding the start lock, so that no sweep removes it half-made."""
        self._path = path
        self._lock = FileLock(path, thread_local=False)
        self._lock.acquire(timeout=5)

    def leave(self) -> None:
        """Give the claim back; once or more often."""
        self._lock.release(force=True)
        self._path.unlink(missing_ok=True)


class Rendezvous:
    """The meeting place for one model file."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, made for this user only."""
        self.folder = private(folder)
        self.log = self.folder / "server.log"
        self._users = private(self.folder / "users")
        self._file = self.folder / "server.json"

    def start_lock(self) -> FileLock:
        """Held while somebody starts, joins, sweeps or stops."""
        return FileLock(self.folder / "start.lock", thread_local=False)

    def serving_lock(self) -> FileLock:
        """Held by the server as long as it lives."""
        return FileLock(self.folder / "serving.lock", thread_local=False)

    def alive(self) -> bool:
        """Whether a server process exists, ready or still loading."""
        return _held(self.serving_lock())

    def running(self) -> Running | None:
        """The server's own announcement, if its process is alive."""
        if not self.alive():
            return None
        try:
            return Running(**json.loads(self._file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def announce(self, running: Running) -> None:
        """Say that the server answers; only this user can read it."""
        temporary = self._file.with_suffix(f".{running.pid}.tmp")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(running._asdict(), file)
        temporary.replace(self._file)

    def withdraw(self) -> None:
        """Take the announcement back."""
        self._file.unlink(missing_ok=True)

    def join(self) -> User:
        """Claim the server for this process; hold the start lock."""
        return User(self._users / f"{os.getpid()}-{secrets.token_hex(4)}.lock")

    def users(self) -> int:
        """How many users live; removes what dead ones left. Hold the start lock."""
        living = 0
        for path in self._users.glob("*.lock"):
            if _held(FileLock(path, thread_local=False)):
                living += 1
            else:
                path.unlink(missing_ok=True)
        return living


def _held(lock: FileLock) -> bool:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def default_root() -> Path:
    """The user's runtime folder, or the cache where there is none."""
    from platformdirs import user_cache_path, user_runtime_path

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that XDG_RUNTIME_DIR is not set; its stand-in is checked like any other
        root = user_runtime_path("candor")
    try:
        return private(root)
    except (OSError, StorageError):
        return private(user_cache_path("candor") / "run")


def private(folder: Path) -> Path:
    """Make a folder that only this user can enter.

    Raises:
        StorageError: it cannot be made, or it is somebody else's.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode):
            raise StorageError(f"{folder} is not a folder; remove it.")
        if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
            raise StorageError(f"{folder} belongs to another user; remove it.")
        if found.st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise StorageError(f"The folder {folder} cannot be made: {error.strerror or error}") from error
    return folder
