"""A clause as its terms: the words that carry its claim, what it denies, and the values in it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from copilot.values import Value

TermKind = Literal["word", "name", "property", "light"]


@dataclass(frozen=True)
class Term:
    """One word that carries meaning."""

    key: str
    """Its concept, or its stem where it has none."""
    raw: str
    start: int
    end: int
    kind: TermKind = "word"
    denied: bool = False
    """Denied by itself ("gluten-free", "without butter", "closed"), whatever the clause does."""
    ours: bool = False
    """Whether it is a name that the brand itself uses."""
    known: bool = True
    """Whether it is a concept, which other languages have too."""


@dataclass(frozen=True)
class Unit:
    """A clause, read."""

    text: str
    terms: tuple[Term, ...]
    values: tuple[Value, ...]
    denied: bool = False
    """Whether the clause as a whole says no."""
    lang: str = ""
    only: bool = False
    """Whether it says that this holds for nothing else."""
    inherited: frozenset[int] = frozenset()
    """Weekdays named before it, where it names none: "on Sundays we open at 8 and close at 16"."""

    @cached_property
    def days(self) -> frozenset[int]:
        """The weekdays it speaks of."""
        return frozenset(d for v in self.values if v.kind == "weekday" for d in v.days) or self.inherited

    @cached_property
    def names(self) -> frozenset[str]:
        """Keys of its names."""
        return frozenset(t.key for t in self.terms if t.kind == "name")

    @cached_property
    def keys(self) -> frozenset[str]:
        """What it is about."""
        return frozenset(t.key for t in self.terms)


KINDRED = 5
"""Words that share their beginning from here on are kin ("certif-ied", "certif-icate")."""


def kindred(unit: Unit, vocabulary: frozenset[str]) -> Unit:
    """The clause with its unlisted words in the form in which the facts have them."""
    out: list[Term] = []
    for term in unit.terms:
        if term.known or term.key in vocabulary or len(term.key) < KINDRED:
            out.append(term)
            continue
        kin = [k for k in vocabulary if len(k) >= KINDRED and (k.startswith(term.key) or term.key.startswith(k))]
        out.append(replace(term, key=min(kin, key=lambda k: (abs(len(k) - len(term.key)), k))) if kin else term)
    return replace(unit, terms=tuple(out))
