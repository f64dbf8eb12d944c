"""Values and names: each must stand in a fact about the same thing, or be theirs and said back as theirs (H2, H3)."""

import re
from collections.abc import Iterator, Sequence

from copilot.checks.claims import frames
from copilot.checks.grounds import Ground
from copilot.checks.lexicon import LIGHT, lexicon
from copilot.checks.problem import ADD, Problem, problem
from copilot.checks.reading import Reading, Said
from copilot.checks.support import NEAR, Match, stated
from copilot.checks.terms import Term, Unit
from copilot.values import Value, comparable, same


def of_claim(one: Said, made: Reading, found: Sequence[Match]) -> Iterator[Problem]:
    """What is wrong with the values and names of a clause that states something; `found` are the facts beside it."""
    near = [m for m in found if m.shared or not one.unit.terms]
    near = [m for m in near if _same_place(one, made, m)] or near
    for value in one.unit.values:
        found_wrong = _of_value(value, one, made, near)
        if found_wrong:
            yield found_wrong
    for term in unknown_names(one, made):
        yield _unknown_name(term, one)


def _same_place(one: Said, made: Reading, found: Match) -> bool:
    """As in "The Pier shop opens at 8": not held against the hours of the Market shop."""
    names = made.grounds.names
    mine = one.unit.names or {k for k in one.around if k in names}
    return not mine or not found.ground.names or bool(mine & found.ground.names)


def _of_value(value: Value, one: Said, made: Reading, near: Sequence[Match]) -> Problem | None:
    """What is wrong with a value: the facts nearest to the clause that have such a value must have this one."""
    rivals = [m for m in near if any(_alike(value, v) for v in _fitting(value, one.unit, m.ground))]
    rivals = [m for m in rivals if m.score >= rivals[0].score - NEAR] if rivals else []
    if any(stated(value, _fitting(value, one.unit, m.ground)) for m in rivals):
        return None
    against = _contradicting(value, one, rivals)
    if _excused(value, one, made, rivals, against is not None) or _stated_beside(value, one, made, rivals):
        return None
    place = (value.start, value.end)
    if against is not None:
        reason = f"“{value.text.strip()}” differs from what the fact says: “{against.ground.text}”"
        return problem("H3", one, reason, "Use the fact's value.", place)
    return problem("H2", one, f"No fact says “{value.text.strip()}” about this.", ADD, place)


def _contradicting(value: Value, one: Said, rivals: Sequence[Match]) -> Match | None:
    """The fact about the same thing that has another value for it."""
    near = (m for m in rivals if m.coverage >= 0.5 or not one.unit.terms)
    return next((m for m in near if any(comparable(value, v) for v in _fitting(value, one.unit, m.ground))), None)


def _stated_beside(value: Value, one: Said, made: Reading, rivals: Sequence[Match]) -> bool:
    """Whether another fact that the sentence speaks of has the value."""
    sought = any(
        t.kind != "light" and (t.known or t.kind != "word" or made.lang in made.languages) for t in one.unit.terms
    )
    if rivals and sought:
        return False
    return _known_somewhere(
        value, _sentence_keys(one, made) if sought else frozenset(), made, _sentence_names(one, made)
    )


def _alike(value: Value, known: Value) -> bool:
    if value.kind == "measure" == known.kind:
        return value.unit == known.unit
    return value.kind == known.kind or comparable(value, known) or same(value, known)


def _excused(value: Value, one: Said, made: Reading, rivals: Sequence[Match], against: bool) -> bool:
    """Values that need no fact: addresses of ours, their own words said back, words that count nothing."""
    if value.relative or value.kind in ("url", "email", "handle"):
        return value.relative or _known_address(value, made) or stated(value, made.conversation.values)
    if value.kind == "percent" and value.amount == 100:
        return True
    if value.kind == "count" and value.in_words:
        return not any(m.coverage >= 0.75 and m.ground.lang == made.lang for m in rivals)
    if value.kind == "date" and _PAST.search(one.part.body):
        return True
    if not stated(value, made.conversation.values) and value.text not in made.conversation.words:
        return False
    if any(_within(value, m.ground) for m in rivals):
        return True
    return _theirs(value, one, made, against) or (not _price(value, one.unit) and not rivals)


_PAST = re.compile(r"\b(?:was|were|did|used to|ended|war|waren|était|étaient)\b", re.IGNORECASE)


def _fitting(value: Value, unit: Unit, known: Ground) -> Sequence[Value]:
    """Values of the clauses of a fact that speak of the same days; its days themselves are all of them."""
    if value.kind == "weekday":
        return known.values
    return [
        v
        for clause in known.units
        if not unit.days or not clause.days or unit.days & clause.days
        for v in clause.values
    ]


def _within(value: Value, known: Ground) -> bool:
    """As in "At 10 we are open": a time they named, inside the hours of the fact."""
    starts = [min(v.minutes) for v in known.values if v.kind == "clock" and v.role == "start"]
    ends = [max(v.minutes) for v in known.values if v.kind == "clock" and v.role == "end"]
    return value.kind == "clock" and any(a <= m <= b for a in starts for b in ends for m in value.minutes)


_YOU = re.compile(
    r"\b(?:you|your|yours|you['’]\w+|sorry|apolog\w+|thank\w*|paid|charged|too (?:much|many|long)|instead|waited|wrong|"
    r"no age|is no|are no|du|dich|dir|dein\w*|ihr|euch|euer|eure\w*|sie|ihnen|ihre\w*|entschuldig\w*|leid|danke|"
    r"bezahlt|berechnet|zu (?:viel|lang\w*|teuer)|statt|kein\w*|vous|votre|vos|pardon)\b",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:sorry|apolog\w+|paid|charged|billed|overcharged|too much|a lot|instead|wrong|mistake|twice|double|took|"
    r"taken|yours?|refund\w*|entschuldig\w*|leid|bezahlt|gezahlt|berechnet|abgebucht|zu viel|zu teuer|statt|falsch|"
    r"deine?|ihre?|désolé\w*|pardon|payé|facturé|trop)\b",
    re.IGNORECASE,
)
"""What makes a price of theirs sound as theirs: they paid it, and perhaps should not have."""
_REDUCED = frozenset({"cheap", "cost", "free"})


def _price(value: Value, unit: Unit) -> bool:
    return value.kind == "money" or (value.kind == "percent" and bool(unit.keys & _REDUCED or "off" in unit.text))


def _theirs(value: Value, one: Said, made: Reading, against: bool) -> bool:
    """Whether a value of the conversation is said back as theirs; a price is ours only where a fact says so."""
    text = one.clause.text
    if _price(value, one.unit):
        return _PAID.search(text) is not None
    if one.kind != "claim" or one.unit.denied or one.part.no or _NO.search(text):
        return True
    if against:
        return frames(made.lang)["past"].search(text) is not None
    return _YOU.search(text) is not None or frames(made.lang)["past"].search(text) is not None


_NO = re.compile(r"\b(?:no|kein\w*)\b", re.IGNORECASE)


def _known_address(value: Value, made: Reading) -> bool:
    return any(same(value, v) for g in (*made.grounds.valid, *made.grounds.attested) for v in g.values)


def unknown_names(one: Said, made: Reading) -> list[Term]:
    """Names that neither the facts, nor the brand, nor the conversation know."""
    known = made.grounds
    return [
        t
        for t in one.unit.terms
        if t.kind == "name"
        and t.key not in known.vocabulary
        and t.raw not in known.names
        and not _spoken(t, made)
        and not _common(t, made.lang)
    ]


def _common(term: Term, lang: str) -> bool:
    """An ordinary word with a capital ("our Community")."""
    return term.known or term.key in lexicon(lang).plain


def _spoken(term: Term, made: Reading) -> bool:
    words = made.conversation.mentioned
    bare = term.raw.replace("’", "'").removesuffix("'s")
    return (
        bare in words or term.key in made.conversation.keys or any(len(bare) > 2 and w.startswith(bare) for w in words)
    )


def _unknown_name(term: Term, one: Said) -> Problem:
    return problem(
        "H2", one, f"“{one.written(term)}” stands in no fact and nobody mentioned it.", ADD, (term.start, term.end)
    )


_CHECKED_EVERYWHERE = frozenset({"money", "percent", "url", "email", "handle", "measure", "clock", "date", "count"})
_ASKABLE = frozenset({"count", "measure", "clock", "date"})
"""What a question may name without claiming it."""
_PROMISED = frozenset({"money", "percent", "clock", "date"})


def of_other(one: Said, made: Reading) -> Iterator[Problem]:
    """Values and names need their ground wherever they stand, except what a commitment names (H5)."""
    keys = _sentence_keys(one, made)
    left_out = _PROMISED if one.kind == "commitment" else _ASKABLE if one.kind == "question" else frozenset[str]()
    for value in one.unit.values:
        if value.in_words or value.kind not in _CHECKED_EVERYWHERE or value.kind in left_out:
            continue
        if not _excused(value, one, made, (), False) and not _known_somewhere(value, keys, made):
            reason = f"“{value.text.strip()}” stands in no fact about this, and they did not say it."
            yield problem("H2", one, reason, ADD, (value.start, value.end))
    if one.kind != "question" or re.search(r"\b(?:our|unser\w*|nos|notre)\b", one.unit.text, re.IGNORECASE):
        for term in unknown_names(one, made):
            yield _unknown_name(term, one)


def _sentence_names(one: Said, made: Reading) -> frozenset[str]:
    return frozenset[str]().union(*(s.unit.names for s in made.said if s.clause.sentence == one.clause.sentence))


def _sentence_keys(one: Said, made: Reading) -> frozenset[str]:
    own = (s.unit.keys for s in made.said if s.clause.sentence == one.clause.sentence)
    return one.around.union(*own) - LIGHT


_TELLING = 100
"""A number from here on is as good as a name."""


def _known_somewhere(value: Value, keys: frozenset[str], made: Reading, names: frozenset[str] = frozenset()) -> bool:
    """Whether a fact about any of this, and about no other place or thing, has the value."""
    telling = value.kind == "count" and (value.amount or 0) >= _TELLING
    return any(
        stated(value, g.values)
        and (telling or not keys or bool(keys & g.keys))
        and (not names or not g.names or bool(names & g.names))
        for g in made.grounds.valid
    )
