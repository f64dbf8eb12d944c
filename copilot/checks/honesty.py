"""H1 to H8: nothing is claimed without a fact, nothing promised without authority, nothing made up about oneself."""

import re
from dataclasses import replace
from functools import lru_cache

from copilot.checks.authority import unauthorised
from copilot.checks.base import Check, Finding, check
from copilot.checks.judge import lowest_support, problems
from copilot.checks.lexicon import LANGUAGES, load
from copilot.checks.problem import Problem, Which
from copilot.checks.questions import beside_the_point, unanswered
from copilot.checks.reader import read
from copilot.checks.reading import Reading, body_of, reading, span
from copilot.checks.support import ranked
from copilot.models import CheckContext, Span

_CLAIMS = "Only a currently valid fact, or a person who attests it, carries a statement of fact. UCPD 6-7; DMCC Act."


def _finding(context: CheckContext, which: Which) -> Finding | None:
    """All problems of one check as one finding."""
    found = [p for p in problems(reading(context)) if p.check == which]
    if not found:
        return None
    reasons = list(dict.fromkeys(p.reason for p in found))
    return Finding(
        reason=" ".join(reasons),
        fix=found[0].fix,
        spans=tuple(dict.fromkeys(_span(context, p) for p in found)),
    )


def _span(context: CheckContext, problem: Problem) -> Span:
    return span(context.reply, problem.start, problem.end)


@check("H1", version=1, severity="block", title="A claim without a fact", rule=_CLAIMS)
def h1(context: CheckContext) -> Finding | None:
    """A factual sentence that nothing carries."""
    made = reading(context)
    if made.lang not in LANGUAGES and any(one.kind == "claim" for one in made.said):
        return Finding(
            "This reply is in a language whose sentences cannot be held against the facts here.",
            "Have somebody who speaks it compare it with the facts.",
            severity="warn",
        )
    finding = _finding(context, "H1")
    score = lowest_support(made)
    if finding is None:
        return None if score is None else Finding("", severity="pass", score=score)
    return replace(finding, score=min(score or 0.0, _UNSUPPORTED))


_UNSUPPORTED = 0.5
"""A reply with an unsupported claim never scores better than this."""


@check(
    "H2",
    version=1,
    severity="block",
    title="A figure or name from nowhere",
    rule=(
        "A price, figure, date, time, address or name must stand in a fact about the same thing; what a customer wrote "
        "may be echoed, not adopted."
    ),
)
def h2(context: CheckContext) -> Finding | None:
    """A value or name that neither a fact nor the conversation knows."""
    return _finding(context, "H2")


@check(
    "H3",
    version=1,
    severity="block",
    title="Against a fact",
    rule="A reply may not say yes where a fact says no, name another value, or lend one place what only another has.",
)
def h3(context: CheckContext) -> Finding | None:
    """A claim that a fact denies or gives another value for."""
    return _finding(context, "H3")


@check(
    "H4",
    version=1,
    severity="block",
    title="Not true today",
    rule="A fact carries claims from its first to its last valid day, in the brand's time zone, and no longer.",
)
def h4(context: CheckContext) -> Finding | None:
    """A claim that stands only on an expired fact, or on one that does not hold yet."""
    return _finding(context, "H4")


@check(
    "H5",
    version=1,
    severity="block",
    title="A promise without authority",
    rule=(
        "A speaker promises only what brand.yaml allows their role, up to its amount and time; without a speaker, only "
        "what everyone may who writes from the brand's account."
    ),
)
def h5(context: CheckContext) -> Finding | None:
    """A commitment outside what this speaker may promise."""
    return unauthorised(context, reading(context))


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, list[str]]]:
    return load("honesty.toml")


@lru_cache(maxsize=len(LANGUAGES))
def _patterns(table: str, lang: str) -> re.Pattern[str]:
    listed = _lists()[table].get(lang, _lists()[table]["en"])
    return re.compile("|".join(listed), re.IGNORECASE)


def _matches(pattern: re.Pattern[str], text: str) -> tuple[Span, ...]:
    return tuple(Span(start=m.start(), end=m.end(), text=m.group()) for m in pattern.finditer(text))


@check(
    "H6",
    version=1,
    severity="warn",
    title="Absolutes and guarantees",
    rule="Nobody can keep an always, a never or a guarantee; say what is true now.",
)
def h6(context: CheckContext) -> Finding | None:
    """An absolute or a guarantee that no fact gives."""
    made = reading(context)
    body = body_of(context.reply)
    left = _patterns("idiom", made.lang).sub(lambda m: " " * len(m.group()), body)
    said = _matches(_patterns("absolute", made.lang), left)
    facts = " ".join(g.text.lower() for g in made.grounds.valid) if said else ""
    found = tuple(s for s in said if s.text.lower() not in facts)
    if not found:
        return None
    words = ", ".join(dict.fromkeys(f"“{s.text}”" for s in found))
    return Finding(f"{words} promises more than anyone can keep.", "Say what you do, or what is true now.", found)


@check(
    "H7",
    version=1,
    severity="block",
    title="An experience nobody had",
    rule="No invented use of our own products, no borrowed feelings. 16 CFR 465.2; UCPD Annex I.",
)
def h7(context: CheckContext) -> Finding | None:
    """Somebody who writes for a brand has no customer's experience, and cannot feel what they feel."""
    made = reading(context)
    found = tuple(
        s for s in _matches(_patterns("experience", made.lang), body_of(context.reply)) if not _shared(s, made)
    )
    if not found:
        return None
    words = ", ".join(f"“{s.text}”" for s in found)
    return Finding(
        f"{words}: nobody here had this experience or feeling.", "Say it from the facts, or leave it out.", found
    )


def _shared(found: Span, made: Reading) -> bool:
    """A fact may say that the team drinks the house blend every morning."""
    unit = read(found.text, made.lang, made.grounds.names)
    heavy = [t for t in unit.terms if t.kind != "light"]
    return len(heavy) > 1 and any(not m.missing for m in ranked(unit, frozenset(), made.grounds.valid))


@check(
    "H8",
    version=1,
    severity="warn",
    title="Another question answered",
    rule="Answer what was asked, say that you do not know, or say who will find out.",
)
def h8(context: CheckContext) -> Finding | None:
    """A question passed over, or something else answered."""
    made = reading(context)
    if context.mention is None or context.purpose == "holding" or made.lang not in LANGUAGES:
        return None
    wanted, question = beside_the_point(made)
    if wanted:
        return Finding(
            f"They asked for {wanted} (“{question}”), and the reply does not name it.",
            "Name it, or say that you do not know.",
        )
    question = unanswered(made)
    if question:
        return Finding(
            f"The reply does not answer “{question}”.", "Answer it, say that you do not know, or say who will."
        )
    return None


CHECKS: tuple[Check, ...] = (h1, h2, h3, h4, h5, h6, h7, h8)
