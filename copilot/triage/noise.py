"""Spam, gibberish and empty posts: what nobody needs to answer, with a reason all the same."""

import re
from typing import NamedTuple

from copilot.triage.lexicon import Hit
from copilot.triage.mood import Mood
from copilot.triage.signals import Signals

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm")
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûåæøœ")
_LAUGHTER = re.compile(
    r"(?:[hj][aeiou]*|[aeiou]+[hj]+|k+|w+k+|s+|l+o*l+|x+d+|m+|[bg]r+|f+|z+|j+s+|h+m+|a+|o+|u+|e+|i+)+"
)
_LONELY_Q = re.compile(r"q(?!u|$)")
_MANY_TAGS = 5
_OWN_TROUBLE = 2.5
_NEAR = 6
_SPOKEN_TO, _TROUBLED = 1.6, 2.2
"""Points from which it is advertising although it speaks to us, or tells a trouble of its own."""


class Noise(NamedTuple):
    """Why a mention is noise."""

    kind: str
    """``advertising``, ``gibberish``, ``link``, ``tags`` or ``empty``."""
    words: str


def find_noise(signals: Signals, mood: Mood) -> Noise | None:
    """Why this is nothing to answer, or None."""
    tokens = signals.tokens
    adverts = signals.hits.get("advert", [])
    hints = len({h.start for h in signals.hits.get("advert_hint", ())})
    if adverts:
        points = 1.0 + 0.6 * (len({h.start for h in adverts}) - 1) + 0.3 * hints + 0.5 * bool(tokens.urls)
        own_trouble = any(_apart(hit, adverts) for hit in signals.hits.get("problem", ())) or mood.bad >= _OWN_TROUBLE
        if points >= (_TROUBLED if own_trouble else _SPOKEN_TO if _speaks_to_us(signals) else 1.0):
            return Noise("advertising", signals.said(min(adverts)))
    if tokens.tags >= _MANY_TAGS and tokens.plain_words <= tokens.tags // 2:
        return Noise("tags", tokens.body())
    if not tokens.words:
        return Noise("link" if tokens.urls else "empty", tokens.text)
    if _gibberish(signals):
        return Noise("gibberish", tokens.body())
    return None


def _apart(hit: Hit, adverts: list[Hit]) -> bool:
    """Whether a trouble is told on its own and not as part of the advertising."""
    return all(hit.end + _NEAR <= advert.start or advert.end + _NEAR <= hit.start for advert in adverts)


def _speaks_to_us(signals: Signals) -> bool:
    if signals.has("suggestion", "thanks"):
        return True
    return signals.has("ask", "ask_first", "addressed") and any("?" in s.mark for s in signals.ordinary)


def _gibberish(signals: Signals) -> bool:
    """Letters that no language puts together."""
    words = [w for w in signals.tokens.words if w.isalpha() and w.isascii()]
    if not words or len(words) < len(signals.tokens.words) - signals.tokens.emoji:
        return False
    if any(hit.end > hit.start for hits in signals.hits.values() for hit in hits):
        return False
    odd = [w for w in words if _odd(w)]
    long_enough = sum(map(len, odd)) >= 6
    return long_enough and len(odd) * 3 >= len(words) * 2


def _odd(word: str) -> bool:
    if len(word) < 4 or _LAUGHTER.fullmatch(word):
        return False
    vowels = sum(c in _VOWELS for c in word)
    if vowels * 6 < len(word) or any(word[i : i + 4] in row for row in _ROWS for i in range(len(word) - 3)):
        return True
    if _LONELY_Q.search(word):
        return True
    run = longest = 0
    for c in word:
        run = 0 if c in _VOWELS else run + 1
        longest = max(longest, run)
    return longest >= 5 or len(set(word)) * 4 <= len(word)
