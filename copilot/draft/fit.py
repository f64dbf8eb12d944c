"""Whether a model's sentence does its act at all. Not about truth: the checks see to that.

A small model likes to repeat the customer's words back, to talk about its instructions, and to say one thing twice.
Such a sentence would pass every check and still be no reply.
"""

from collections.abc import Sequence

import regex

from copilot.models import Sentence
from copilot.text import plain, stems

_WE = regex.compile(r"\b(?:we|us|our|ours|we'll|we're|we've|wir|uns|unser\p{L}*|nous|notre|nos)\b")
_META = regex.compile(
    r"\b(?:the|that|these|this|a) (?:facts?|notes?|messages?|customers?|evidence|prompt|instructions?) "
    r"(?:says?|states?|is|are|was|asks?|does|do|has|holds?|mentions?)\b|\bthe (?:customer|user)\b|\bas an ai\b|"
    r"\bthey (?:wrote|said|asked|say|ask)\b|"
    r"\bthank you for (?:the|your) (?:information|message|comment|feedback|input)\b|"
    r"\bi (?:can't|cannot|am unable to) (?:assist|help)\b|\bfact \d"
)
_SPEAKS_FOR_US = frozenset({"own", "next_step", "return", "hold"})
"""Acts in which the brand says something about itself."""
_ECHO = 0.75
_SAME = 0.8


def fits(sentence: Sentence, mention: str, before: Sequence[Sentence]) -> bool:
    """Whether `sentence` says something of its own, as its act should, that `before` does not say already."""
    words = plain(sentence.text)
    if _META.search(words):
        return False
    ours = bool(_WE.search(words))
    if sentence.act in _SPEAKS_FOR_US and not ours:
        return False
    said = _content(sentence.text)
    if not said:
        return True
    if not ours and not sentence.evidence_ids and len(said & _content(mention)) / len(said) >= _ECHO:
        return False
    return all(len(said & _content(s.text)) / len(said) < _SAME for s in before)


def _content(text: str) -> set[str]:
    return {s for s in stems(text) if len(s) > 3}
