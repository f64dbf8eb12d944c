"""From what a database driver says to what happened and what to do about it."""

from collections.abc import Generator
from contextlib import contextmanager

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from copilot.errors import InputError, StorageError

_CAUSES: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("disk is full", "no space left", "file too large"),
        "the disk is full. Nothing of this step was stored and nothing was sent. Free some space and do it again.",
    ),
    (
        ("is locked", "table is locked", "lock timeout", "deadlock"),
        "another process has kept it busy for too long. Nothing of this step was stored. Do it again; if it stays so, "
        "look for a candor process that hangs.",
    ),
    (
        ("malformed", "not a database", "database corrupt", "unsupported file format"),
        "the file is damaged. Stop every candor process, keep the file for inspection, and put the last backup in its "
        "place.",
    ),
    (
        ("readonly database", "read-only", "permission denied"),
        "it may not be written. Let the user who runs candor write the file and its folder.",
    ),
    (
        ("unable to open database file", "disk i/o error"),
        "the file cannot be read or written. Check that its folder exists, is writable, and that the disk is healthy.",
    ),
    (
        ("connection refused", "could not connect", "connection failed", "closed the connection", "timeout expired"),
        "the database server does not answer. Start it, or correct the ledger's address.",
    ),
)


def cause(error: BaseException) -> str:
    """What went wrong and the mend, in words."""
    said = str(getattr(error, "orig", None) or error).strip()
    low = said.lower()
    for signs, words in _CAUSES:
        if any(sign in low for sign in signs):
            return words
    if isinstance(error, PoolTimeout):
        return "every connection was in use for too long. Nothing of this step was stored. Do it again."
    first = said.splitlines()[0] if said else type(error).__name__
    return f"the database refused this step ({first}). Nothing of it was stored."


@contextmanager
def reported(where: str) -> Generator[None]:
    """Turn what the driver raises inside into our errors; `where` names the ledger, without any password."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StorageError(f"The ledger {where}: {cause(error)}") from error
    except UnicodeEncodeError as error:
        raise InputError(
            "A text holds half of a surrogate pair, which is not valid Unicode. Nothing was stored."
        ) from error
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]["msg"]
        raise StorageError(
            f"The ledger {where}: a stored {error.title} cannot be read ({problem}). It was changed by something "
            "other than candor, or the file is damaged: put the last backup in its place."
        ) from error
