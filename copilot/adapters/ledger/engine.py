"""Opens the database so that what was acknowledged is on the disk, and only its owner can read it."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from copilot.errors import InputError, StorageError

BUSY_SECONDS = 30
"""How long a writer waits for another one."""
WRITER: dict[str, Any] = {"candor_writer": True}
"""Execution options of an engine whose transactions write."""


def parsed(url: str) -> URL:
    """The address as SQLAlchemy knows it.

    Raises:
        InputError: it is none we can use; the message leaves passwords out.
    """
    hint = "Write sqlite:///path/to/ledger.db, or postgresql+psycopg://user:password@host/database."
    try:
        found = make_url(url)
    except ArgumentError:
        raise InputError(f"The ledger's address cannot be read. {hint}") from None
    if found.drivername == "postgresql":
        found = found.set(drivername="postgresql+psycopg")
    if found.drivername not in ("sqlite", "postgresql+psycopg"):
        raise InputError(f"The ledger's address starts with '{found.drivername}', which is not supported. {hint}")
    if found.drivername == "sqlite" and (found.database or ":memory:") == ":memory:":
        raise InputError(f"The ledger needs a file: a database in memory would be lost. {hint}")
    return found


def shown(url: URL) -> str:
    """The address for messages, without a password."""
    return str(url.database) if url.drivername == "sqlite" else url.render_as_string(hide_password=True)


def private_file(path: Path) -> None:
    """Make sure the file is there with mode 0600; a folder made for it gets 0700.

    A folder that was there before keeps its mode: it may be anybody's.

    Raises:
        StorageError: it cannot be made.
    """
    try:
        missing = [folder for folder in path.parents if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise StorageError(
            f"The ledger {path} cannot be opened for writing ({error.strerror}). Choose a place for it that you may "
            "write, or correct the folder's rights."
        ) from error


def open_engine(url: URL) -> Engine:
    """An engine whose transactions begin as `WRITER` says.

    Raises:
        InputError: the driver is not installed.
    """
    try:
        if url.drivername != "sqlite":
            return create_engine(url, pool_pre_ping=True, pool_timeout=BUSY_SECONDS)
        engine = create_engine(
            url, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None}, pool_size=4, max_overflow=60
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise InputError("A ledger on PostgreSQL needs the driver: pip install 'psycopg[binary]>=3.2'.") from error
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    """FULL, because an approval that was acknowledged must survive a power cut, in WAL mode too."""
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")


def _on_begin(connection: Connection) -> None:
    """A writer takes the lock at once: what it read cannot have changed when it writes."""
    writes = connection.get_execution_options().get("candor_writer")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
