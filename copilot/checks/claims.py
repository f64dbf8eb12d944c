"""What a clause does: states something about the brand, or only greets, feels, asks, echoes, owns up, hands over."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from copilot.checks.grounds import Conversation, Grounds
from copilot.checks.lexicon import LANGUAGES, lexicon, load
from copilot.checks.terms import Term, Unit
from copilot.clauses import Clause
from copilot.values import same

Kind = Literal[
    "claim",  # states something about the brand or what it sells: needs a fact
    "remark",  # speaks of what a fact is about, without stating much: held against it, needs none
    "answer",  # a bare yes or no, whose content stands in the question
    "commitment",  # promises: H5 judges it
    "question",
    "request",  # asks or advises them to do something
    "condition",  # "if you bring your cup": what follows is the claim
    "echo",  # says back what they said
    "talk",  # greeting, thanks, empathy, ownership, judgement, not knowing, handing over
]
Frames = dict[str, re.Pattern[str]]


@lru_cache(maxsize=len(LANGUAGES))
def frames(lang: str) -> Frames:
    """The sentence patterns of a language; English for one without any."""
    table = load("frames.toml")
    found = table.get(lang, table["en"])
    compiled = {
        name: re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)
        for name, patterns in found.items()
        if name != "prefix"
    }
    joined = "|".join(f"(?:{p})" for p in found["prefix"])
    # Names in greetings need their capital, so only the fixed words of a prefix ignore case.
    return compiled | {"prefix": re.compile(rf"^(?:{joined})+", re.IGNORECASE)}


_STRONG = ("social", "unknown", "own_up", "wish")
_WEAK = ("norm", "evaluate", "passing", "feeling")
"""Frames that give way where the clause speaks of what a fact is about."""
_FACTUAL = frozenset({"money", "percent", "measure", "clock", "url", "email", "date", "workdays"})


@dataclass(frozen=True)
class Parts:
    """A clause taken apart."""

    clause: Clause
    body: str
    """Without greeting and opening."""
    offset: int
    """Where the body starts in the clause."""
    yes: bool = False
    no: bool = False


_AFTER_ANSWER = re.compile(r"\s*[,!.;:–-]+\s*(?=\w)")


def parts(clause: Clause, lang: str) -> Parts:
    """Take off the opening, and note whether it begins with a yes or a no."""
    known = frames(lang)
    yes, no = known["yes"].match(clause.text), known["no"].match(clause.text)
    answer = yes or no
    offset = 0
    if answer and (rest := _AFTER_ANSWER.match(clause.text, answer.end())):
        offset = rest.end()
    opening = known["prefix"].match(clause.text[offset:])
    offset += opening.end() if opening else 0
    return Parts(clause, clause.text[offset:], offset, yes is not None, no is not None and yes is None)


def bare(part: Parts, lang: str) -> bool:
    """Whether a yes or no is all there is."""
    known = frames(lang)
    found = known["yes"].match(part.clause.text) or known["no"].match(part.clause.text)
    rest = part.clause.text[found.end() :] if found else part.clause.text
    return found is not None and not re.search(r"[^\W_]", known["prefix"].sub("", rest.lstrip(" ,.!–-")))


@dataclass(frozen=True)
class Around:
    """What tells what a clause does, beside its own words."""

    lang: str
    known: Grounds
    said: Conversation
    asked: frozenset[str]
    """Keys of the questions in the conversation."""


def kind_of(part: Parts, unit: Unit, near: Around, committed: bool) -> Kind:
    """What this clause does; `committed` says that it promises something."""
    if (part.yes or part.no) and (bare(part, near.lang) or _short(part, unit, near.said)):
        return "answer"
    if part.clause.question and not _exposes(part):
        return "question"
    if committed:
        return "commitment"
    if _lends(unit, near.known, near.said):
        return "request" if frames(near.lang)["request"].match(part.body) else "claim"
    return _talk_of(part, unit, near) or _statement(part, unit, near)


def _exposes(part: Parts) -> bool:
    """As in "Did you know that …": no question, but a statement."""
    opening = part.clause.text[: part.offset]
    return re.search(r"\bknow\b|\bwusstest\b|\bwissen\b", opening, re.IGNORECASE) is not None


def _talk_of(part: Parts, unit: Unit, near: Around) -> Kind | None:
    """Everything that states nothing by its form; None where the form does not tell."""
    frame = frames(near.lang)
    if _talks(part, near.lang, _STRONG):
        return "talk"
    if _talks(part, near.lang, _WEAK):
        on_fact = _on_fact(unit, near.known, near.said)
        if (
            unit.names & near.known.vocabulary
            and any(v.kind in _FACTUAL for v in unit.values)
            and _dated(unit, near.said)
        ):
            return "claim"
        asked = any(t.key in near.asked for t in unit.terms if t.kind != "light")
        if asked and _shares(unit, near.known):
            return "claim"
        states = on_fact and any(frame[name].search(part.body) for name in ("there", "holds"))
        return "claim" if states else "remark" if on_fact else "talk"
    if frame["condition"].match(part.body):
        return "condition"
    return "request" if frame["request"].match(part.body) else None


def _statement(part: Parts, unit: Unit, near: Around) -> Kind:
    if not unit.terms and not unit.values:
        return "talk"
    if _echoes(part, unit, near.lang, near.said, near.asked):
        return "echo"
    if _asserts(part, unit, near.lang, near.known, near.said, near.asked):
        return "claim"
    return "remark" if _on_fact(unit, near.known, near.said) else "talk"


def _short(part: Parts, unit: Unit, said: Conversation) -> bool:
    """As in "We do, Aarhus included": a yes, and a word of theirs."""
    return (
        len(part.clause.text.split()) <= 6
        and bool(unit.terms)
        and not unit.values
        and all(t.kind == "light" or _said(t.key, t.raw, said) for t in unit.terms)
    )


def _on_fact(unit: Unit, known: Grounds, said: Conversation) -> bool:
    """Whether it speaks of what some fact is about, in more words than theirs."""
    heavy = [t for t in unit.terms if t.kind != "light"]
    if len(heavy) < 2 or all(_said(t.key, t.raw, said) for t in heavy):
        return False
    return _shares(unit, known)


def _shares(unit: Unit, known: Grounds) -> bool:
    """Whether some fact has two of its words, and not only names."""
    heavy = [t for t in unit.terms if t.kind != "light"]
    things = {t.key for t in heavy if t.kind != "name"}
    keys = {t.key for t in heavy}
    return any(len(keys & one.keys) >= 2 and things & one.keys for one in (*known.valid, *known.stale))


def _new_name(term: Term, lang: str, known: Grounds, said: Conversation) -> bool:
    """A name they did not say, of nobody who speaks for the brand, and no ordinary word with a capital."""
    if term.kind != "name" or term.key in known.people or _said(term.key, term.raw, said):
        return False
    return term.ours or term.known or term.key not in lexicon(lang).plain


def _dated(unit: Unit, said: Conversation) -> bool:
    """Whether it names a value that they did not."""
    return any(not v.in_words and not v.relative and not any(same(v, w) for w in said.values) for v in unit.values)


def _talks(part: Parts, lang: str, names: tuple[str, ...]) -> bool:
    known = frames(lang)
    return any(known[name].search(part.body or part.clause.text) for name in names)


def _lends(unit: Unit, known: Grounds, said: Conversation) -> bool:
    """Whether it gives something a property that neither they nor any fact mentioned."""
    return any(
        t.kind == "property" and t.key not in said.keys and t.key not in known.vocabulary and t.known
        for t in unit.terms
    )


def _echoes(part: Parts, unit: Unit, lang: str, said: Conversation, asked: frozenset[str]) -> bool:
    """Whether it only says back what they said: about them, or about what happened."""
    known = frames(lang)
    if not all(_said(t.key, t.raw, said) for t in unit.terms):
        return False
    if unit.terms and _dated(unit, said) and not known["echo"].match(part.body):
        return False
    if any(v.kind in _FACTUAL and not any(v.text == w.text or v == w for w in said.values) for v in unit.values):
        return _theirs(unit, said) and bool(known["echo"].match(part.body))
    if known["echo"].match(part.body):
        return not known["may"].search(part.body)
    if unit.keys & asked:
        return False
    return not known["there"].search(part.body) and (
        bool(known["past"].search(part.body)) or not known["we"].search(part.body)
    )


def _said(key: str, raw: str, said: Conversation) -> bool:
    return key in said.keys or raw in said.words


def _theirs(unit: Unit, said: Conversation) -> bool:
    return all(any(same(v, w) for w in said.values) for v in unit.values)


def _asserts(part: Parts, unit: Unit, lang: str, known: Grounds, said: Conversation, asked: frozenset[str]) -> bool:
    """Whether it states something about the brand: its doings, its things, what it allows, or what was asked."""
    frame = frames(lang)
    if part.yes and any(t.kind != "light" and not _said(t.key, t.raw, said) for t in unit.terms):
        return True
    if any(v.kind in _FACTUAL for v in unit.values) or (unit.values and "open" in unit.keys):
        return True
    if any(t.kind == "property" or _new_name(t, lang, known, said) for t in unit.terms):
        return True
    if any(t.key in asked and (t.known or t.key in known.vocabulary) for t in unit.terms):
        return True
    if unit.terms and any(frame[name].search(part.body) for name in ("holds", "there")):
        return True
    if frame["may"].search(part.body) and any(t.known or t.key in known.vocabulary for t in unit.terms):
        return True
    if _dated(unit, said) and unit.keys & asked:
        return True
    thing = frame["bare"].match(part.body)
    if thing and any(t.key in known.vocabulary and t.end <= thing.end("thing") for t in unit.terms):
        return True
    definite = frame["definite"].match(part.body)
    if definite is None or not unit.terms:
        return False
    subject = definite["subject"].lower()
    ours = re.search(r"\b(?:our|unser\w*|notre|nos)\b", subject) is not None
    return ours or any(t.key in known.vocabulary and t.end <= definite.end("subject") for t in unit.terms)
