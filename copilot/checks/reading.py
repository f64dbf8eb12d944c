"""One reply, read once for all honesty checks: its clauses, what each does, and what it stands beside."""

import re
import weakref
from dataclasses import dataclass, replace
from functools import lru_cache

from copilot.brand.clock import local_day
from copilot.checks.claims import Around, Kind, Parts, kind_of, parts
from copilot.checks.grounds import Conversation, Grounds, conversation, grounds
from copilot.checks.lexicon import load
from copilot.checks.reader import read
from copilot.checks.terms import Term, Unit, kindred
from copilot.clauses import Clause, clauses, language
from copilot.models import CheckContext, Span
from copilot.promises import FoundCommitment, allowed, commitments


@dataclass(frozen=True)
class Said:
    """One clause of the reply, understood."""

    part: Parts
    unit: Unit
    kind: Kind
    around: frozenset[str]
    """Keys of what it may refer to: the clause or sentence before, and the question it answers."""

    def written(self, term: Term) -> str:
        """A term as it stands in the reply."""
        return self.unit.text[term.start : term.end]

    @property
    def clause(self) -> Clause:
        """Where it stands."""
        return self.part.clause


@dataclass(frozen=True)
class Reading:
    """A whole reply, understood."""

    lang: str
    said: tuple[Said, ...]
    grounds: Grounds
    conversation: Conversation
    questions: tuple[Unit, ...]
    """What they asked, clause by clause."""
    marked: tuple[Unit, ...]
    """Those of `questions` that end with a question mark."""
    commitments: tuple[FoundCommitment, ...]

    @property
    def languages(self) -> frozenset[str]:
        """Languages in which facts are written."""
        return frozenset(g.lang for g in self.grounds.valid if not g.own_data)

    @property
    def asked(self) -> frozenset[str]:
        """Keys of all questions."""
        return frozenset(key for unit in self.questions for key in unit.keys)


_SIGNATURE = re.compile(
    r"(?:\s*[\^~*]\s?[\w.]{1,20}(?:\s(?:for|at|from|von|für|bei)\s[^.!?]{2,40})?|\s+/[A-Z]{1,4}|"
    r"\s+[–—-]{1,2}\s?[A-ZÄÖÜ][\w.]*(?:\s[A-ZÄÖÜ&][\w.]*){0,3})\s*$"
)
_REFERS = re.compile(
    r"^(?:it|its|it's|they|they're|that|that's|this|these|those|he|she|which|there|es|er|sie|das|dies\w*|die|den|il|elle|ce|c'est)\b",
    re.IGNORECASE,
)


_PART = re.compile(r"\s*\(?\b[1-9]/[1-9]\b\)?\s*$")
_FIRST_PART = re.compile(r"^\s*(?:[1-9]/[1-9]|\([1-9]/[1-9]\)|[1-9]:)\s")


def body_of(reply: str) -> str:
    """The reply without its signature and "1/2"; places stay what they were."""
    for ending in (_PART, _SIGNATURE, _PART):
        match = ending.search(reply)
        reply = reply[: match.start()] if match else reply
    first = _FIRST_PART.match(reply)
    return " " * first.end() + reply[first.end() :] if first else reply


_last: tuple[weakref.ref[CheckContext], Reading] | None = None


def reading(context: CheckContext) -> Reading:
    """Read the reply of `context`; the eight checks of one context share one reading."""
    global _last
    kept = _last
    if kept is not None and kept[0]() is context:
        return kept[1]
    made = _read(context)
    _last = (weakref.ref(context), made)
    return made


def _read(context: CheckContext) -> Reading:
    known = grounds(context)
    said = conversation(context, known)
    body = body_of(context.reply)
    lang = language(body, said.lang)
    today = local_day(context.brand, context.now).weekday()
    people = tuple(first for p in context.brand.people for first in (p.name, p.name.split()[0]))
    promised = tuple(commitments(body, lang, people))
    questions = tuple(unit for clause, unit in said.clauses if clause.question or unmarked(clause.text))
    marked = tuple(unit for clause, unit in said.clauses if clause.question)
    made = Reading(lang, (), known, said, questions, marked, promised)
    whole = [_opened(clause, made, today) for clause in clauses(body)]
    settled = {
        c.span.start for c in promised if not c.general or allowed(c, context.brand, context.speaker, context.now)
    }
    return replace(made, said=tuple(_understood(n, whole, made, settled) for n in range(len(whole))))


@lru_cache(maxsize=1)
def _unmarked() -> re.Pattern[str]:
    return re.compile(load("questions.toml")["unmarked"], re.IGNORECASE)


def unmarked(text: str) -> bool:
    """Whether it is a question although nobody typed the mark."""
    return _unmarked().match(text) is not None


def _opened(clause: Clause, made: Reading, today: int) -> tuple[Parts, Unit]:
    part = parts(clause, made.lang)
    unit = kindred(read(part.body, made.lang, made.grounds.names, today), made.grounds.vocabulary)
    return part, replace(unit, terms=tuple(t for t in unit.terms if not _vocative(t, unit.text)))


_CALLED = re.compile(
    r"(?:^|,|\b(?:thanks|thank you|hi|hello|dear|sorry|hallo|danke|liebe[r]?|hey|merci|bonjour|worries))\s*$",
    re.IGNORECASE,
)


def _vocative(term: Term, text: str) -> bool:
    """As in "Thank you, Lea!": whether it is the right name is another check's question."""
    if term.kind != "name" or term.ours or not _CALLED.search(text[: term.start]):
        return False
    after = text[term.end :].lstrip()
    return not after or not after[0].isalnum()


def _understood(number: int, whole: list[tuple[Parts, Unit]], made: Reading, settled: set[int]) -> Said:
    part, unit = whole[number]
    near = Around(made.lang, made.grounds, made.conversation, made.asked)
    kind = kind_of(part, unit, near, part.clause.start in settled)
    if kind in ("claim", "remark"):
        unit = _softened(unit, made)
    if not unit.days:
        unit = replace(
            unit, inherited=_days_before(number, whole) or frozenset(d for q in made.questions for d in q.days)
        )
    return Said(part, unit, kind, _around(number, unit, whole) | made.asked)


def _days_before(number: int, whole: list[tuple[Parts, Unit]]) -> frozenset[int]:
    """Weekdays of the nearest clause before this one in its sentence."""
    sentence = whole[number][0].clause.sentence
    named = [u.days for p, u in whole[:number] if p.clause.sentence == sentence and u.days]
    return named[-1] if named else frozenset()


def _softened(unit: Unit, made: Reading) -> Unit:
    """Their words, said back inside a claim about something else, need no fact."""
    asked = made.asked
    heavy = [t for t in unit.terms if t.kind != "light"]
    theirs = [t for t in heavy if t.kind == "word" and t.key in made.conversation.keys and t.key not in asked]
    if len(theirs) == len(heavy):
        return unit
    return replace(unit, terms=tuple(replace(t, kind="light") if t in theirs else t for t in unit.terms))


def _around(number: int, unit: Unit, whole: list[tuple[Parts, Unit]]) -> frozenset[str]:
    """Keys of what the clause leans on.

    That is its sentence so far (all of it, where it has no words of its own), and the sentence before a pronoun.
    """
    part = whole[number][0]
    sentence = part.clause.sentence
    bare = not any(t.kind != "light" for t in unit.terms)
    refers = _REFERS.match(part.body) is not None or bare
    keys: set[str] = set()
    for index, (other, found) in enumerate(whole):
        apart = sentence - other.clause.sentence
        if index != number and ((apart == 0 and (bare or index < number)) or (apart == 1 and refers)):
            keys |= found.keys
    return frozenset(keys)


def span(reply: str, start: int, end: int) -> Span:
    """A piece of the reply as a span."""
    return Span(start=start, end=end, text=reply[start:end])
