"""Facts that do not hold today, and replies that stand on them (H4)."""

import re

from copilot.checks.lexicon import LIGHT
from copilot.checks.reading import Reading, Said
from copilot.checks.support import Match, opposed, ranked, stated
from copilot.checks.terms import Term, Unit


def standing_on(one: Said, made: Reading, troubled: bool) -> Match | None:
    """The fact of another time that this clause stands on, if it stands on one."""
    if one.unit.denied or not made.grounds.stale:
        return None
    for found in ranked(one.unit, one.around, made.grounds.stale):
        if opposed(one.unit, found):
            continue
        if troubled and _taken_from(one.unit, found, made):
            return found
        if (
            not troubled
            and one.kind in ("request", "talk", "question", "condition", "remark")
            and _only_there(one, found, made)
        ):
            return found
    return None


def _taken_from(unit: Unit, found: Match, made: Reading) -> bool:
    """Whether the clause's trouble goes away with this fact: it says it all, or has the very value."""
    held = [v for v in unit.values if v.kind != "weekday" and stated(v, found.ground.values)]
    keys = unit.keys - LIGHT
    own = [v for v in held if not any(stated(v, g.values) and keys & g.keys for g in made.grounds.valid)]
    if own and (keys & found.ground.keys or not unit.terms):
        return True
    return found.carries and found.topical > 0 and all(stated(v, found.ground.values) for v in unit.values)


def _only_there(one: Said, found: Match, made: Reading) -> bool:
    heavy = [t for t in one.unit.terms if t.kind != "light"]
    if len(heavy) < 2 or found.missing or all(_heard(t, made) for t in heavy):
        return False
    return not any(not m.missing for m in ranked(one.unit, one.around, made.grounds.valid))


def _heard(term: Term, made: Reading) -> bool:
    return term.key in made.conversation.keys or term.raw in made.conversation.words


_PAST = re.compile(
    r"\b(?:was|were|used to|ended|is over|are over|war|waren|gab|kostete|était|étaient)\b", re.IGNORECASE
)
_PRESENT = re.compile(r"\b(?:is|are|ist|sind|gibt|est|sont|still|now|noch|jetzt)\b", re.IGNORECASE)


def told_as_past(one: Said) -> bool:
    """Whether it tells of the past: "The plum cake was €3.20 until October" is true of an expired fact."""
    return bool(_PAST.search(one.part.body)) and not _PRESENT.search(one.part.body)
