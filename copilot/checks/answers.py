"""A bare "yes" or "no" claims what was asked."""

import re
from collections.abc import Iterator
from dataclasses import replace

from copilot.checks.problem import ADD, SAY_THE_FACT, Problem
from copilot.checks.questions import open_question, pattern
from copilot.checks.reading import Reading, Said
from copilot.checks.support import NEAR, Match, opposed, ranked, stated
from copilot.checks.terms import Term, Unit


def asked_yes_or_no(made: Reading) -> Unit | None:
    """The last question that a yes or a no answers, if it is about something a fact could hold."""
    for unit in reversed(made.questions):
        if open_question(unit.text) or pattern("to_us").search(unit.text) or re.search(r"\bor\b|\boder\b", unit.text):
            return None
        if unit.terms:
            return replace(unit, denied=False, terms=tuple(_costed(t) for t in unit.terms))
    return None


def _costed(term: Term) -> Term:
    """As in "Is oat milk extra?": whether it is not free."""
    return replace(term, key="free", denied=not term.denied) if term.key == "extra" else term


def answered(made: Reading) -> Iterator[Problem]:
    """What is wrong with the bare answers of a reply."""
    question = asked_yes_or_no(made)
    if question is None:
        return
    for one in made.said:
        if one.kind == "claim" and (one.part.yes or one.part.no):
            yield from _of_opening(one, replace(question, denied=one.part.no), made)
        if one.kind == "answer":
            own = any(t.kind != "light" and t.key not in question.keys for t in one.unit.terms)
            claimed = replace(one.unit, denied=False) if own else question
            yield from _of_answer(one, replace(claimed, denied=one.part.no), made)


def _of_opening(one: Said, claimed: Unit, made: Reading) -> Iterator[Problem]:
    """As in "No, the rye loaf contains butter": the no itself is against the fact."""
    best = _nearest(
        [m for m in ranked(claimed, frozenset(), made.grounds.valid) if m.carries and not m.missing and m.topical >= 2]
    )
    if not best or one.unit.names - claimed.names or not all(opposed(claimed, m) for m in best):
        return
    end = one.clause.start + one.part.offset
    reason = f"To this question the fact answers otherwise: “{best[0].ground.text}”"
    yield Problem("H3", one.clause.start, end, reason, SAY_THE_FACT)


def _of_answer(one: Said, claimed: Unit, made: Reading) -> Iterator[Problem]:
    known = ranked(claimed, frozenset(), (*made.grounds.valid, *made.grounds.attested))
    best = _nearest([m for m in known if m.carries])
    close = [m for m in best if one.part.yes or m.topical >= 2]
    if one.part.yes and not best:
        close = _nearest([m for m in known if m.coverage >= _HALF and m.shared])
    word = "no" if one.part.no else "yes"
    if close and all(opposed(claimed, m) for m in close) and not _narrowed(one, made, claimed):
        reason = f"To this question the fact answers otherwise than “{word}”: “{close[0].ground.text}”"
        yield Problem("H3", one.clause.start, one.clause.end, reason, SAY_THE_FACT)
        return
    if one.part.yes and best and (wrong := _unstated(claimed, best)):
        reason = f"“{wrong}” stood in the question; the fact says: “{best[0].ground.text}”"
        yield Problem("H3", one.clause.start, one.clause.end, reason, "Answer with the fact's value.")
        return
    if best or _explained(one, made, claimed) or (one.part.no and _over(claimed, made)):
        return
    reason = f"No fact says that the answer to “{claimed.text}” is {word}."
    yield Problem("H1", one.clause.start, one.clause.end, reason, ADD)


_HALF = 0.5


def _nearest(found: list[Match]) -> list[Match]:
    return [m for m in found if m.score >= found[0].score - NEAR] if found else []


def _unstated(claimed: Unit, best: list[Match]) -> str:
    """A value of the question that no fact about it states."""
    for value in claimed.values:
        if value.kind in ("money", "percent", "clock", "measure", "duration") and not any(
            stated(value, m.ground.values) for m in best
        ):
            return value.text if any(v.kind == value.kind for m in best for v in m.ground.values) else ""
    return ""


def _explained(one: Said, made: Reading, claimed: Unit) -> bool:
    """Whether something else in the reply, checked by itself, answers: "Yes, from Monday to Friday"."""
    return any(_explains(other, one, claimed) for other in made.said if other is not one)


def _explains(other: Said, one: Said, claimed: Unit) -> bool:
    apart = other.clause.sentence - one.clause.sentence
    if other.kind == "claim":
        return apart == 0 or (apart == 1 and bool(other.unit.keys & claimed.keys or other.unit.values))
    plain = not any(t.kind != "light" for t in other.unit.terms)
    return apart == 0 and (other.kind in ("request", "commitment", "question") or (other.kind == "talk" and plain))


def _narrowed(one: Said, made: Reading, claimed: Unit) -> bool:
    """As in "No, the Pier closes at 17:00 now": the same sentence says how far the yes or the no goes."""
    return any(
        other is not one
        and other.kind == "claim"
        and other.clause.sentence == one.clause.sentence
        and (not claimed.names or bool(claimed.names & other.unit.keys))
        and bool(other.unit.values or other.unit.names or other.unit.only)
        for other in made.said
    )


def _over(claimed: Unit, made: Reading) -> bool:
    """A "no" is right where only an expired fact said yes."""
    return any(m.carries for m in ranked(replace(claimed, denied=False), frozenset(), made.grounds.stale))
