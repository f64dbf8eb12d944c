"""Every error a user can meet. The message is for them: what happened, where, and what to do.

CopilotError
├── InputError            what was given is wrong (exit 2)
│   └── KnowledgeError    a file under knowledge/ is wrong: file, line, fix
├── NotAllowed            this person may not do this (exit 2)
├── Refused               the answer is "no": a blocking finding, a case that moved on (exit 1)
│   └── Conflict          somebody else changed it first
└── ServiceError          an outside service failed after its retries (exit 3)
    ├── ModelError        the chat or embedding model
    └── StorageError      disk or database
"""

from collections.abc import Sequence
from typing import NamedTuple


class CopilotError(Exception):
    """Base of all errors that Candor raises on purpose; printed without a traceback."""

    exit_code = 2


class InputError(CopilotError):
    """What was given (an argument, a file, a setting) is wrong."""


class Problem(NamedTuple):
    """One thing wrong in a knowledge file."""

    file: str
    """Path relative to the brand's folder, for example ``facts/hours.md``."""
    line: int
    """1-based; 0 when the whole file is meant (missing, not UTF-8)."""
    message: str
    """What is wrong, in words."""
    fix: str
    """What to write instead."""

    def __str__(self) -> str:
        """`file:line: message. Fix: …`, as editors make it clickable."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.message} Fix: {self.fix}"


class KnowledgeError(InputError):
    """One or more files of a brand cannot be used; carries every problem found, not only the first."""

    def __init__(self, brand: str, problems: Sequence[Problem]) -> None:
        """Keep the problems; the message lists them one a line."""
        self.brand = brand
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"The knowledge of '{brand}' has {len(self.problems)} problem(s):\n{lines}")


class NotAllowed(CopilotError):
    """This person may not do this; the message says who may."""


class Refused(CopilotError):
    """The answer is "no": a finding blocks, a rule forbids it, or the case is in another state."""

    exit_code = 1


class Conflict(Refused):
    """Somebody else changed the case first; the message says who and what."""


class ServiceError(CopilotError):
    """An outside service failed after its retries."""

    exit_code = 3


class ModelError(ServiceError):
    """The chat model or the embedding model could not answer."""


class StorageError(ServiceError):
    """The disk or the database could not take it; nothing was half-written."""
