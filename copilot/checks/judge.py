"""What is wrong with each clause of a reply.

Nothing carries it (H1), a value in it stands nowhere (H2), a fact says otherwise (H3), or only a fact that does not
hold today carries it (H4).
"""

import re
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from copilot.checks import figures
from copilot.checks.answers import answered
from copilot.checks.grounds import Ground
from copilot.checks.problem import ADD, SAY_THE_FACT, Problem, problem
from copilot.checks.reader import read
from copilot.checks.reading import Reading, Said
from copilot.checks.stale import standing_on, told_as_past
from copilot.checks.support import NEAR, Match, opposed, ranked, stated
from copilot.checks.terms import Unit, kindred
from copilot.clauses import has_verb

_last: tuple[weakref.ref[Reading], tuple[Problem, ...]] | None = None


def problems(made: Reading) -> tuple[Problem, ...]:
    """Everything H1 to H4 find in a reply, in order; found once for the four of them."""
    global _last
    kept = _last
    if kept is not None and kept[0]() is made:
        return kept[1]
    found = tuple(p for one in made.said for p in _of_clause(one, made)) + tuple(answered(made))
    _last = (weakref.ref(made), found)
    return found


def lowest_support(made: Reading) -> float | None:
    """How well the weakest claim of the reply is covered, 0 to 1; None where it claims nothing."""
    known = (*made.grounds.valid, *made.grounds.attested)
    claims = [one for one in made.said if one.kind == "claim"]
    best = (max((m.coverage for m in ranked(one.unit, one.around, known)), default=0.0) for one in claims)
    return min(best, default=None)


def _of_clause(one: Said, made: Reading) -> Iterator[Problem]:
    stating = one.kind in ("claim", "remark")
    found = list(_of_claim(one, made) if stating else figures.of_other(one, made))
    if one.kind == "answer" or (one.kind == "claim" and not found):
        return
    stale = standing_on(one, made, bool(found))
    if stale is not None and not told_as_past(one):
        reason = f"“{stale.ground.text}” does not hold today: {stale.ground.stale}."
        yield problem("H4", one, reason, "Say what holds today, or leave it out.")
    elif stale is None and not _carried(one, one.unit, made.grounds.attested):
        yield from found


def _of_claim(one: Said, made: Reading) -> Iterator[Problem]:
    found = ranked(one.unit, one.around, made.grounds.valid)
    carrying = _carrying(one.unit, found, made.lang)
    if one.unit.terms and not carrying and not _in_pieces(one, made):
        yield from _unsupported(one, made, found)
    elif doubtful := _doubtful(one, carrying):
        reason = f"No fact says this; the nearest says otherwise: “{doubtful.ground.text}”"
        yield problem("H1", one, reason, ADD)
        return
    elif against := _against(one, made, carrying, found):
        yield problem("H3", one, f"A fact says otherwise: “{against.ground.text}”", SAY_THE_FACT)
        return
    elif scope := _out_of_scope(one, made):
        yield problem(
            "H3",
            one,
            f"They asked about something else: “{scope.ground.text}”",
            "Say what holds for what they asked about.",
        )
        return
    yield from figures.of_claim(one, made, found)


def _doubtful(one: Said, carrying: Sequence[Match]) -> Match | None:
    """A fact that speaks of part of it and says the reverse: no contradiction for sure, and no support either."""
    if one.kind != "claim" or not carrying or not all(opposed(one.unit, m) for m in carrying):
        return None
    first = carrying[0]
    return first if first.topical > 0 and not first.ground.own_data and first.coverage < _SURE else None


_SURE = 0.75
_EVERY = re.compile(r"\b(?:both|all|every|each|any|beide\w*|alle\w*|jede\w*|tous|toutes|chaque)\b", re.IGNORECASE)


def _against(one: Said, made: Reading, carrying: Sequence[Match], found: Sequence[Match]) -> Match | None:
    """The fact that the clause contradicts: all of those that speak of it, or one where it speaks of every one."""
    if not one.unit.terms or not carrying:
        return None
    if all(opposed(one.unit, m) for m in carrying):
        return carrying[0] if _sure(one, carrying[0], made) else None
    if not _EVERY.search(one.unit.text) or one.unit.names:
        return None
    for m in found:
        elsewhere_no = (
            any(u.denied and u.names and not has_verb(u.text) for u in m.ground.units) and not one.unit.denied
        )
        if m.carries and m.ground.names and (elsewhere_no or opposed(one.unit, m)) and _sure(one, m, made):
            return m
    return None


def _sure(one: Said, found: Match, made: Reading) -> bool:
    """A contradiction is only named where the clause states something, or says nearly the same words."""
    denied_name = not found.topical and any(
        t.denied and t.key in one.unit.names for u in found.ground.units for t in u.terms
    )
    if not (found.topical or denied_name) or found.ground.own_data or found.coverage < _SURE:
        return False
    answers = one.unit.denied or any(t.denied for t in one.unit.terms) or one.unit.keys & made.asked
    if made.lang == "en" and not answers and not has_verb(one.part.body):
        return False  # "the serial number under the pack": a thing, and nothing said of it
    if found.ground.lang != made.lang and one.unit.denied and found.topical < 2:
        return False  # a verb that no list translates may be what is denied
    return one.kind == "claim" or (found.coverage >= 0.8 and found.topical >= 2)


def _carrying(unit: Unit, found: Sequence[Match], lang: str) -> list[Match]:
    """The matches that say all of it, as good as the best of them."""
    good = [
        m
        for m in found
        if not unit.terms or (m.carries and m.shared and _every_item(unit, m) and not _only_the_place(unit, m, lang))
    ]
    return [m for m in good if m.score >= good[0].score - NEAR] if good else []


def _only_the_place(unit: Unit, found: Match, lang: str) -> bool:
    """A fact in another language that shares but a name: words no list translates are then not known to be in it.

    What it denies of that name counts, where hardly anything else is said.
    """
    unknown = sum(t.kind == "word" for t in found.missing)
    foreign = found.ground.lang != lang and not found.topical
    return foreign and unknown > 0 and (unknown > 1 or not opposed(unit, found))


_JOINED = re.compile(
    r"\s*(?:,|/|\band\b|\bund\b|\bet\b|\bor\b|\boder\b|\bou\b|\bas well as\b|\bsowie\b|\bplus\b)\s*", re.IGNORECASE
)


def _every_item(unit: Unit, found: Match) -> bool:
    """As in "Black, moss green and copper": no item of a list may be missing altogether."""
    if not found.missing:
        return True
    cuts = [0, *(m.end() for m in _JOINED.finditer(unit.text)), len(unit.text) + 1]
    for start, end in pairwise(cuts):
        item = [t for t in unit.terms if start <= t.start < end and t.kind != "light"]
        if item and all(t in found.missing for t in item):
            return False
    return True


def _carried(one: Said, unit: Unit, known: Sequence[Ground]) -> bool:
    """Whether one ground says all of it, values and polarity included."""
    if not known or not (unit.terms or unit.values):
        return False
    return any(
        (m.carries or not unit.terms) and not opposed(unit, m) and all(stated(v, m.ground.values) for v in unit.values)
        for m in ranked(unit, one.around, known)
    )


def _in_pieces(one: Said, made: Reading) -> bool:
    """As in "The rye costs €5.40 and the knot €2.80": two facts, one clause. Each piece must be carried by itself."""
    pieces = [p for p in _JOINED.split(one.unit.text) if p.strip()]
    units = [kindred(read(p, made.lang, made.grounds.names), made.grounds.vocabulary) for p in pieces]
    if len(pieces) < 2 or sum(bool(u.terms) for u in units) < 2:
        return False
    keys = one.around | one.unit.keys
    if not any(u.denied for u in units):
        units = [replace(u, denied=one.unit.denied) for u in units]
    for unit in units:
        good = _carrying(unit, [m for m in ranked(unit, keys, made.grounds.valid) if m.shared], made.lang)
        if any(t.kind != "light" for t in unit.terms) and (not good or all(opposed(unit, m) for m in good)):
            return False
    return True


def _unsupported(one: Said, made: Reading, found: Sequence[Match]) -> Iterator[Problem]:
    best = max(found, key=lambda m: (m.coverage, m.score), default=None)
    missing = best.missing if best and best.shared else one.unit.terms
    if one.kind == "remark" and not any(t.kind in ("name", "property") for t in missing):
        return
    unknown = figures.unknown_names(one, made)
    if missing and all(t in unknown for t in missing):
        return
    if made.lang not in made.languages:
        missing = tuple(t for t in missing if t.known or t.kind != "word")  # no list translates the others
        if not any(t.kind != "light" for t in missing):
            return
    words = ", ".join(f"“{one.written(t)}”" for t in missing if t.kind != "light") or f"“{one.unit.text}”"
    near = f" The nearest is: “{best.ground.text}”" if best and best.shared and best.coverage > 0.3 else ""
    yield problem("H1", one, f"No fact says {words}.{near}", ADD)


def _out_of_scope(one: Said, made: Reading) -> Match | None:
    """The fact about what was asked, where a yes was only true of something else: oat milk, but at another shop."""
    if any(t.kind == "name" for t in one.unit.terms) or not one.unit.terms:
        return None
    asked = {t.key: t for q in made.questions for t in q.terms if t.kind == "name"}
    asked |= {
        t.key: t
        for other in made.said
        if other.kind == "condition" and other.clause.sentence == one.clause.sentence
        for t in other.unit.terms
        if t.kind == "name"
    }
    if not asked:
        return None
    wider = replace(one.unit, terms=(*one.unit.terms, *asked.values()))
    good = [m for m in _carrying(wider, ranked(wider, frozenset(), made.grounds.valid), made.lang) if not m.missing]
    return good[0] if good and all(opposed(one.unit, m) for m in good) else None
