"""What a value is."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "money",  # amount, and the currency as unit
    "percent",
    "duration",  # minutes; months and years are kept as months, because a month has no fixed number of days
    "workdays",
    "clock",  # possible minutes after midnight, and whether something starts or ends then
    "weekday",
    "date",
    "measure",  # in the base unit: g, mm, ml, …
    "count",
    "url",
    "email",
    "handle",
]
Role = Literal["", "start", "end"]


@dataclass(frozen=True)
class Value:
    """One value in a text."""

    kind: Kind
    start: int
    end: int
    text: str
    amount: Decimal | None = None
    number: Decimal | None = None
    """As written, before units were brought together."""
    unit: str = ""
    """Currency code, base unit, ``min`` or ``month`` for durations; empty where it was not written."""
    minutes: frozenset[int] = frozenset()
    """What a clock time can mean: "8" is 480 or 1200."""
    role: Role = ""
    days: frozenset[int] = frozenset()
    """Monday is 0."""
    date: tuple[int | None, int | None, int | None] = (None, None, None)
    """Year, month, day, as far as written."""
    key: str = ""
    """An address or handle in its plain form."""
    in_words: bool = False
    """A count written as a word ("two shops"), which is often no more than a way of speaking."""
    relative: bool = False
    """A weekday that was written as "today" or "tomorrow"."""
