"""Which language a short reply is in, and when that cannot be told.

Frequent small words decide; py3langid is asked only where they say nothing and the text is long enough to judge.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any, cast

import regex

from copilot.checks.phrases import straight, table

_OTHERS = ("pl", "sv", "da", "tr", "cs", "ru", "uk", "el", "ar", "ja", "zh")
_TOKEN = regex.compile(r"[\p{L}]+(?:'\p{L}+)?")


@lru_cache(maxsize=1)
def _small() -> dict[str, frozenset[str]]:
    return {lang: frozenset(line.split()) for lang, line in table("small_words").items()}


@lru_cache(maxsize=1024)
def _counts(text: str) -> dict[str, int]:
    low = straight(text).lower()
    tokens = _TOKEN.findall(regex.sub(r"https?://\S+|[@#]\S+", " ", low))
    counts = {lang: sum(t in words for t in tokens) for lang, words in _small().items()}
    counts["_"] = len(tokens)
    return counts


def guess(text: str, among: Sequence[str]) -> str | None:
    """The language of `among` with the most small words; None when none has any or two have the same."""
    counts = _counts(text)
    ranked = sorted(((counts.get(lang, 0), lang) for lang in among), reverse=True)
    if not ranked or ranked[0][0] == 0 or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def likely(text: str, among: Sequence[str]) -> str | None:
    """The one language of `among` whose small words stand in a short text, at least two, and no other's."""
    counts = _counts(text)
    found = {lang: n for lang in among if (n := counts.get(lang, 0))}
    return next(iter(found)) if len(found) == 1 and max(found.values()) >= 2 else None


@lru_cache(maxsize=256)
def surely(text: str) -> str | None:
    """The language of `text` when there is little doubt; None for short, mixed and unknown texts."""
    counts = _counts(text)
    total = counts["_"]
    if total < 4:
        return None
    ranked = sorted(((n, lang) for lang, n in counts.items() if lang != "_"), reverse=True)
    (most, lang), (second, _) = ranked[0], ranked[1]
    if most >= 3 and most >= 2 * second and most >= 0.2 * total:
        return lang
    return _by_model(text) if total >= 8 else None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    library = cast(Any, import_module("py3langid.langid"))  # heavy: only where small words do not decide
    identifier = library.LanguageIdentifier.from_model_file(library.MODEL_FILE, norm_probs=True)
    identifier.set_languages([*_small(), *_OTHERS])
    return identifier


def _by_model(text: str) -> str | None:
    lang, probability = cast(tuple[str, float], _identifier().classify(text[:600]))
    return lang if probability >= 0.98 else None
