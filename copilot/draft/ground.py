"""Which of the retrieved facts may be said in this reply.

Near is not enough: a fact about the Market shop is near a question about the Roastery. Weights and limits were set on
the sample brands' own precedents and mentions (docs/benchmarks.md, "Grounding").
"""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from copilot.models import Brand, Evidence, Intent, TriageDecision
from copilot.text import sentences, stems
from copilot.text import words as words_of
from copilot.triage.language import detect

_QUESTION = 0.48
"""Nearness from which a fact is about what was asked."""
_RELATED = 0.44
"""Cosine below which shared words are an accident."""
_ASIDE = 0.80
"""The same where nothing was asked: a fact must be about exactly this."""
_BESIDE_BEST = 0.10
"""A second fact may be this much further away than the best."""
_MOST = 2
_PER_BIT = 0.02
_MOST_FOR_WORDS = 0.22
_NO_FACTS: frozenset[Intent] = frozenset(
    {"praise", "thanks", "suggestion", "bot_question", "legal", "safety", "press", "crisis"}
)
_NAME = regex.compile(r"(?<=[\p{Ll},;:] )\p{Lu}\p{L}{2,}")
_OFTEN = 3


class _Words(NamedTuple):
    """What the facts of a brand say about words."""

    weight: dict[str, float]
    """Stem → how much it tells a fact from the others (inverse document frequency, natural logarithm)."""
    names: frozenset[str]
    """Stems of names that several facts are about: shops, models."""


def usable_facts(
    brand: Brand, evidence: Sequence[Evidence], triage: TriageDecision, text: str, gloss: str = ""
) -> tuple[Evidence, ...]:
    """At most two facts near enough to what was written, nearest first; none is a fine answer.

    Args:
        brand: Whose facts they are.
        evidence: What was retrieved.
        triage: Decides whether facts have a place in the reply at all.
        text: What was written.
        gloss: The same in the brand's first language, where it is in another. A fact that stands in the language of
            the mention is then preferred: it can be said as it is.
    """
    if triage.intent in _NO_FACTS:
        return ()
    asked = f"{_asked(text)} {_asked(gloss)}".strip()
    words = _words(tuple(f.text for f in brand.facts))
    wanted = set(stems(asked or f"{text} {gloss}"))
    enough = _QUESTION if asked or triage.intent == "question" else _ASIDE
    scored = [(_nearness(e, wanted, words), e) for e in evidence if _candidate(e, wanted, words)]
    near = sorted((pair for pair in scored if pair[0] >= enough), key=lambda pair: (-pair[0], pair[1].id))
    theirs = [(score, e) for score, e in near if triage.lang and _language(e.text, brand.languages) == triage.lang]
    chosen = theirs or near
    return tuple(e for score, e in chosen[:_MOST] if score >= chosen[0][0] - _BESIDE_BEST)


@lru_cache(maxsize=4096)
def _language(text: str, spoken: tuple[str, ...]) -> str | None:
    return detect(text, [w.text.lower() for w in words_of(text)], spoken)


def _asked(text: str) -> str:
    """The sentences of `text` that ask."""
    return " ".join(s.text for s in sentences(text) if s.text.rstrip("\"'”’)").endswith("?"))


def _nearness(fact: Evidence, wanted: set[str], words: _Words) -> float:
    """Cosine, and more for every rare word they share: names and numbers matter more than vectors say."""
    shared = wanted & set(stems(fact.text))
    return fact.similarity + min(_PER_BIT * sum(words.weight.get(s, 0.0) for s in shared), _MOST_FOR_WORDS)


def _candidate(fact: Evidence, wanted: set[str], words: _Words) -> bool:
    """A fact that is about the matter, and not about another shop or model than the one that was asked about."""
    if fact.kind != "fact" or fact.similarity < _RELATED:
        return False
    theirs, ours = wanted & words.names, set(stems(fact.text)) & words.names
    return not theirs or not ours or bool(theirs & ours)


@lru_cache(maxsize=16)
def _words(facts: tuple[str, ...]) -> _Words:
    found = Counter(s for fact in facts for s in set(stems(fact)))
    names = Counter(s for fact in facts for s in {stems(m.group())[0] for m in _NAME.finditer(fact)})
    weight = {s: max(math.log(len(facts) / n) - 1.0, 0.0) for s, n in found.items()}
    return _Words(weight, frozenset(s for s, n in names.items() if n >= _OFTEN))
