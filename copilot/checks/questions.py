"""Whether a reply leaves their question unanswered, or answers another one (H8). Only where the words are plain."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from copilot.checks.claims import frames
from copilot.checks.lexicon import LIGHT, load
from copilot.checks.reading import Reading, Said
from copilot.checks.support import ranked
from copilot.checks.terms import Unit

_PRICE = frozenset({"cost", "free", "extra", "cheap"})
_WORDS = 3
"""Shorter than this, it is rarely clear what is asked."""


@dataclass(frozen=True)
class _Want:
    """What a kind of question wants to know."""

    what: str
    kinds: frozenset[str]
    asked: re.Pattern[str]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return load("questions.toml")


@lru_cache(maxsize=16)
def pattern(name: str) -> re.Pattern[str]:
    """One of the patterns of data/questions.toml."""
    return re.compile(_table()[name], re.IGNORECASE)


@lru_cache(maxsize=1)
def _wants() -> tuple[_Want, ...]:
    return tuple(
        _Want(row["what"], frozenset(row["kinds"]), re.compile(row["asked"], re.IGNORECASE))
        for row in _table()["wants"]
    )


def open_question(text: str) -> bool:
    """Whether a yes or a no is no answer to it."""
    return pattern("open").match(text) is not None


def unanswered(made: Reading) -> str:
    """The question that the reply passes over, as they asked it; empty when it deals with all that is plain."""
    asked = [u for u in made.marked if u.terms and _plain(u.text)]
    if not asked or any(_elsewhere(one, made) for one in made.said):
        return ""
    passed_over = (q.text for q in asked if not any(_answers(one, q, made) for one in made.said))
    return next(passed_over, "")


def beside_the_point(made: Reading) -> tuple[str, str]:
    """What they wanted to know ("the price") where the reply states something else, and the question."""
    if any(_elsewhere(one, made) for one in made.said) or not any(one.kind == "claim" for one in made.said):
        return "", ""
    for question, want in _wanted(made):
        named = any(value.kind in want.kinds for one in made.said for value in one.unit.values)
        free = "money" in want.kinds and any(one.unit.keys & {"free", "extra"} for one in made.said)
        if not named and not free:
            return want.what, question.text
    return "", ""


def _wanted(made: Reading) -> Iterator[tuple[Unit, _Want]]:
    for question in made.marked:
        for want in _wants():
            if want.asked.search(question.text):
                yield question, want


def _plain(question: str) -> bool:
    """A question of some words that wants an answer, not a sigh."""
    if len(question.split()) < _WORDS or pattern("bot").search(question) or not pattern("proper").match(question):
        return False
    return not pattern("rhetorical").search(question.rstrip("?!. "))


def _elsewhere(one: Said, made: Reading) -> bool:
    """Asking back, promising to find out, not knowing, or passing it on deals with any question."""
    known = frames(made.lang)
    if one.kind in ("question", "commitment") or pattern("private").search(one.clause.text):
        return True
    if one.kind == "request" and pattern("elsewhere").search(one.clause.text):
        return True
    return bool(known["unknown"].search(one.part.body) or known["passing"].search(one.part.body))


def _answers(one: Said, question: Unit, made: Reading) -> bool:
    if one.kind == "answer" or one.part.yes or one.part.no or pattern("yes_or_no").search(one.clause.text):
        return True
    if one.kind == "claim" and open_question(question.text):
        return True
    money = any(v.kind == "money" for v in one.unit.values)
    if pattern("priced").search(question.text) and (money or one.unit.keys & _PRICE):
        return True
    if any(t.kind != "light" and t.key in question.keys for t in one.unit.terms):
        return True
    return bool(one.unit.terms or one.unit.values) and _about(one, question, made)


def _about(one: Said, question: Unit, made: Reading) -> bool:
    """Whether the fact the clause stands on is about what was asked."""
    near = [m for m in ranked(one.unit, question.keys, made.grounds.valid)[:3] if m.ground.keys & question.keys - LIGHT]
    return any(m.coverage >= 0.5 or not one.unit.terms for m in near)
