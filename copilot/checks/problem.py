"""One thing that H1 to H4 find in one piece of a reply."""

from dataclasses import dataclass
from typing import Literal

from copilot.checks.reading import Said

Which = Literal["H1", "H2", "H3", "H4"]
ADD = "Remove it, add a fact that says so, or say how you know it (attest)."
SAY_THE_FACT = "Say what the fact says."


@dataclass(frozen=True)
class Problem:
    """What, where, why, and what to do."""

    check: Which
    start: int
    """In the reply, code points."""
    end: int
    reason: str
    fix: str


def problem(check: Which, one: Said, reason: str, fix: str, place: tuple[int, int] | None = None) -> Problem:
    """A problem of a clause, or of a piece of its body."""
    base = one.clause.start + one.part.offset
    start, end = (base + place[0], base + place[1]) if place else (base, one.clause.end)
    return Problem(check, start, end, reason, fix)
