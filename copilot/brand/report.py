"""Collects what is wrong in the files of a brand, so that a person sees all of it at once."""

import difflib
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress

from copilot.errors import KnowledgeError, Problem

MOST_PROBLEMS = 500
"""Reading stops there: a person mends these first, and a hostile file cannot buy endless work."""
_LONGEST_WORD = 60


class _EnoughError(Exception):
    """There are so many problems that reading on helps nobody."""


class Report:
    """The problems of one file; `on` gives the same list for another file."""

    def __init__(self, file: str, problems: list[Problem] | None = None) -> None:
        self.file = file
        self.problems: list[Problem] = [] if problems is None else problems

    def add(self, line: int, message: str, fix: str) -> None:
        """Note one problem; reading goes on with a stand-in, which never leaves the loader."""
        self.problems.append(Problem(self.file, line, message, fix))
        if len(self.problems) >= MOST_PROBLEMS:
            self.problems.append(
                Problem(self.file, line, f"{MOST_PROBLEMS} problems were found; reading stopped.", "Mend those first.")
            )
            raise _EnoughError

    def on(self, file: str) -> "Report":
        """A report for `file` that adds to the same list."""
        return Report(file, self.problems)


@contextmanager
def collecting(brand: str, file: str = "") -> Generator[Report]:
    """Gather problems inside the block; raise them together at its end.

    Raises:
        KnowledgeError: there was at least one, ordered by file and line.
    """
    report = Report(file)
    with suppress(_EnoughError):
        yield report
    if report.problems:
        unique = dict.fromkeys(report.problems)
        raise KnowledgeError(brand, sorted(unique, key=lambda problem: (problem.file, problem.line)))


def closest(word: str, choices: Iterable[str]) -> str | None:
    """What the person probably meant, or None."""
    known = {choice.lower(): choice for choice in choices}
    hits = difflib.get_close_matches(word.lower()[:_LONGEST_WORD], known, n=1, cutoff=0.6)
    return known[hits[0]] if hits else None


def pick(word: str, choices: Iterable[str], *, none: str = "There is nothing to choose from yet.") -> str:
    """The fix for a misspelt value: the nearest choice first, then all of them."""
    known = list(choices)
    if not known:
        return none
    near = closest(word, known)
    listed = ", ".join(known[:40]) + (", …" if len(known) > 40 else "")
    if near is None:
        return f"Write one of: {listed}."
    return f"Did you mean `{near}`?" + (f" Possible: {listed}." if len(known) > 1 else "")


def shown(text: str) -> str:
    """A piece of the file as it can stand in a message: one line, not endless, nothing hidden."""
    flat = " ".join(text.split())
    flat = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in flat)
    return f"`{flat[:_LONGEST_WORD]}…`" if len(flat) > _LONGEST_WORD else f"`{flat}`"
