"""How well a statement stands on what is known: the seam where later versions may weigh in fitted features."""

from collections.abc import Sequence
from dataclasses import dataclass

from copilot.checks.grounds import Ground, ground
from copilot.checks.lexicon import LIGHT
from copilot.checks.reader import read
from copilot.checks.terms import Term, Unit, kindred
from copilot.clauses import clauses, language
from copilot.models import Evidence
from copilot.values import Value, same

_WEIGHTS = {"word": 1.0, "name": 2.0, "property": 1.5, "light": 0.25}
"""For ranking: a name says best which fact is meant."""
_SHARES = {"word": 1.0, "name": 0.5, "property": 1.0, "light": 0.25}
"""For coverage: knowing the name is not knowing what is said about it."""
_ELSEWHERE = {"word": 0.6, "name": 0.5, "property": 0.6, "light": 0.6}
"""What a term counts that stands in another clause of the same fact."""
_CONTEXT = 0.3
ENOUGH = 0.66
"""Share of a clause's weight that one fact must cover."""
NEAR = 0.51
"""Matches this close to the best are as good."""
_NEAR_CLAUSE = 0.3
_OWN_DATA = 0.6
"""What brand.yaml says in passing stands behind a fact about the same thing."""


@dataclass(frozen=True)
class Match:
    """A clause beside one clause of one ground."""

    ground: Ground
    unit: Unit
    score: float
    """For ranking: weight of what they share, the surroundings included."""
    coverage: float
    """Share of the clause's own weight that the ground covers, 0 to 1."""
    missing: tuple[Term, ...]
    """Terms of the clause that the ground lacks."""
    heavy: int = 0
    """How many words that matter they share; where the clause has none of its own, names and surroundings count."""
    topical: int = 0
    """The same without names: whether they are about one matter, and not only about one place or thing."""
    around: frozenset[str] = frozenset()
    """Keys the clause leans on."""
    equals: tuple[Unit, ...] = ()
    """Clauses of the ground that match as well as `unit`."""

    @property
    def carries(self) -> bool:
        """Whether the ground says all that matters; values and polarity are judged apart."""
        if self.coverage < ENOUGH or any(t.kind == "property" for t in self.missing):
            return False
        if self.unit.only and any(t.kind != "light" for t in self.missing):
            return False
        return not any(t.kind == "name" and (self.ground.names or not t.ours) for t in self.missing)

    @property
    def shared(self) -> bool:
        """Whether they share a word that matters."""
        return self.heavy > 0


@dataclass(frozen=True)
class Support:
    """How well a sentence stands on some evidence."""

    score: float
    """0 not at all, 1 every word of it."""
    best_id: str | None
    missing: tuple[str, ...]
    """Words of the sentence that the best evidence lacks."""


def match(unit: Unit, around: frozenset[str], one: Ground) -> Match | None:
    """The best reading of `unit` against one ground, or None when they share nothing."""
    leaning = around & one.keys
    if not leaning and not unit.keys & one.keys and not (unit.days and one.days):
        return None
    base = _CONTEXT * len(leaning) - (_OWN_DATA if one.own_data else 0)
    scored = [(_score(unit, known, one) + base, known) for known in one.units]
    best, chosen = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if chosen is None or best <= 0:
        return None
    missing = tuple(t for t in unit.terms if t.key not in one.keys)
    sought = [t for t in unit.terms if t.kind != "word" or t.known or unit.lang == one.lang or t.key in one.keys]
    total = sum(_SHARES[t.kind] for t in sought)
    lacking = sum(_SHARES[t.kind] for t in sought if t.key not in one.keys)
    coverage = 1 - lacking / total if total else float(not unit.terms or bool(around))
    heavy, topical = _shared(unit, sought, around, one)
    equals = tuple(known for score, known in scored if score >= best - _NEAR_CLAUSE)
    return Match(one, chosen, best, coverage, missing, heavy, topical, around, equals)


def _shared(unit: Unit, sought: Sequence[Term], around: frozenset[str], one: Ground) -> tuple[int, int]:
    """How many words that matter they share: with names, and without."""
    own = [t for t in sought if t.kind not in ("light", "name")]
    if own:
        topical = sum(t.key in one.keys for t in own)
        return topical, topical
    topical = len((around & one.keys) - one.names - LIGHT)
    named = len(unit.names & one.keys)
    leaning = bool((around & one.keys) - LIGHT)
    light = not named and not around - LIGHT and bool(unit.keys & one.keys)
    return topical + named + (leaning or light), topical


def _score(unit: Unit, known: Unit, one: Ground) -> float:
    score = _days(unit, known)
    for term in unit.terms:
        if term.key in known.keys:
            score += _WEIGHTS[term.kind]
        elif term.key in one.keys:
            score += _ELSEWHERE[term.kind] * _WEIGHTS[term.kind]
    return score


def _days(unit: Unit, known: Unit) -> float:
    """Weekdays say which fact is meant: "on Sundays" belongs to the fact about Sundays."""
    if not unit.days or not known.days:
        return 0.0
    return 1.0 if unit.days & known.days else -1.0


def ranked(unit: Unit, around: frozenset[str], known: Sequence[Ground]) -> list[Match]:
    """All matches, best first; equal ones in the order of `known`."""
    found = [m for one in known if (m := match(unit, around, one))]
    return sorted(found, key=lambda m: (-m.score, len(m.ground.keys)))


def opposed(unit: Unit, found: Match) -> bool:
    """Whether the clause says yes where the fact says no, or the reverse.

    Where one of them denies a word by itself ("no oat milk", "closed"), that word decides; else the clauses do.
    """
    if unit.denied and _another_value(unit, found.ground):
        return False
    if any(_word_denied(term, unit, found.ground) for term in unit.terms):
        return True
    return all(_against(unit, known, found) for known in found.equals or (found.unit,))


def _word_denied(term: Term, unit: Unit, one: Ground) -> bool:
    """Whether the fact says the reverse of this one word wherever it has it: "has no lift", "without a receipt"."""
    if term.key in LIGHT:
        return False
    if term.kind == "name" and (_denies(unit) or not _always_denied(term.key, one)):
        return False
    theirs = [t.denied != known.denied for known in one.units for t in known.terms if t.key == term.key]
    mine = term.denied != unit.denied
    surely = term.denied or not mine or any(t.denied for known in one.units for t in known.terms if t.key == term.key)
    return bool(theirs) and surely and all(denied != mine for denied in theirs)


def _denies(unit: Unit) -> bool:
    return unit.denied or any(t.denied for t in unit.terms)


def _always_denied(key: str, one: Ground) -> bool:
    """As in "There is no Linux version": a name that the fact only has to deny it."""
    found = [t.denied for known in one.units for t in known.terms if t.key == key]
    return bool(found) and all(found)


def _another_value(unit: Unit, one: Ground) -> bool:
    """As in "We don't roast on Sundays" beside "We roast on Tuesdays": both can be true."""
    return any(
        not stated(value, one.values) and any(value.kind == known.kind for known in one.values) for value in unit.values
    )


def _against(unit: Unit, known: Unit, found: Match) -> bool:
    mine = (dict.fromkeys(found.around, True) if unit.denied else {}) | _denials(unit)
    theirs = _denials(known)
    both = {key for key in mine if key in theirs and not _also_otherwise(key, theirs[key], unit, known, found.ground)}
    focus = [key for key in both if mine[key] != unit.denied or theirs[key] != known.denied]
    focus = [key for key in focus if key not in unit.names] or focus
    if focus:
        return any(mine[key] != theirs[key] for key in focus)
    return unit.denied != known.denied and not _denied_later(unit, found)


def _denied_later(unit: Unit, found: Match) -> bool:
    """As in "Partners repair our bikes; they do not sell them": another clause of the fact says what this one says."""
    keys = unit.keys | found.around
    return any(u.denied == unit.denied and u.keys and u.keys <= keys for u in found.ground.units)


def _also_otherwise(key: str, denied: bool, unit: Unit, known: Unit, one: Ground) -> bool:
    """Whether another clause of the fact says the reverse of this word, about the same place or about none."""
    for other in one.units:
        if (
            other is not known
            and (not other.names or unit.names & other.names)
            and _denials(other).get(key, denied) != denied
        ):
            return True
    return False


def _denials(unit: Unit) -> dict[str, bool]:
    return {t.key: t.denied != unit.denied for t in unit.terms}


def support_score(sentence: str, evidence: Sequence[Evidence], lang: str | None = None) -> Support:
    """How well `sentence` stands on `evidence`, by words alone: its weakest clause counts.

    Only evidence of kind ``fact`` carries anything. A contradicted clause scores 0.
    """
    spoken = lang or language(sentence)
    nobody = frozenset[str]()
    facts = [ground(e.id, e.text, spoken, nobody) for e in evidence if e.kind == "fact"]
    vocabulary = frozenset(key for one in facts for key in one.keys)
    worst: Support | None = None
    around = frozenset[str]()
    for clause in clauses(sentence):
        unit = kindred(read(clause.text, spoken), vocabulary)
        if not unit.terms and not unit.values:
            continue
        one = _supported(unit, around, facts)
        around |= unit.keys
        if worst is None or one.score < worst.score:
            worst = one
    return worst or Support(1.0, None, ())


def _supported(unit: Unit, around: frozenset[str], facts: Sequence[Ground]) -> Support:
    found = ranked(unit, around, facts)
    if not found:
        return Support(0.0, None, tuple(t.raw for t in unit.terms))
    best = max(found, key=lambda m: (m.coverage, m.score))
    if opposed(unit, best) and best.coverage >= ENOUGH:
        return Support(0.0, best.ground.id, ())
    held = [v for v in unit.values if stated(v, best.ground.values)]
    share = len(held) / len(unit.values) if unit.values else 1.0
    return Support(best.coverage * share if unit.terms else share, best.ground.id, tuple(t.raw for t in best.missing))


def stated(value: Value, known: Sequence[Value]) -> bool:
    """Whether one of `known` says the same."""
    return any(same(value, one) for one in known)
