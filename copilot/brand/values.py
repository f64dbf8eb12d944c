"""What YAML and JSON have in common once read: a tree of values that know their line."""

from dataclasses import dataclass
from typing import Literal, LiteralString, NamedTuple, TypeVar

Choice = TypeVar("Choice", bound=LiteralString)

Kind = Literal["text", "integer", "number", "flag", "date", "nothing", "list", "map", "other"]

KIND_WORDS: dict[Kind, str] = {
    "text": "text",
    "integer": "a whole number",
    "number": "a number",
    "flag": "true or false",
    "date": "a date",
    "nothing": "empty",
    "list": "a list",
    "map": "a group of fields",
    "other": "something that cannot be read",
}
"""How a message names a kind."""

DEEPEST = 20
"""Levels of nesting that are read; no knowledge file needs a third of it."""


class Entry(NamedTuple):
    """One field of a group."""

    key: str
    line: int
    value: "Value"


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar, list or group, with the line it starts on."""

    kind: Kind
    line: int
    raw: str = ""
    """A scalar as it was written, without its quotes."""
    items: tuple["Value", ...] = ()
    entries: tuple[Entry, ...] = ()
    """Each key once: the first one where a key stands twice."""


def choose(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    """The choice that is written exactly so, or None."""
    for choice in choices:
        if choice == text:
            return choice
    return None
