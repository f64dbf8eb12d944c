"""Which language a mention is written in: its script, then its small words, then a library for what is left."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import import_module, resources
from typing import Any, NamedTuple

_ASKED = ("en", "de", "fr", "es", "pt", "it", "nl", "id", "pl", "sv", "da", "no", "tr", "ro", "cs", "fi", "hu")
"""Languages the library may choose from."""
_SURE = 0.9
_CODE = re.compile(r"[a-zA-Z]{2}(?:[-_]|$)")
_LEAN = 0.5
_LOAN = 0.25
_SHORT = 2
_FAR = re.compile(r"[\u0370-\u1fff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_PERSIAN = re.compile(r"[پچژگ]")
_BULGARIAN = re.compile(r"\b(?:съм|къде|поръчка|благодаря|моля|защо)\b", re.IGNORECASE)


class _Tables(NamedTuple):
    names: dict[str, str]
    words: dict[str, tuple[tuple[str, float], ...]]
    """Small word → languages that use it, each with what the word says for it."""
    scripts: dict[str, re.Pattern[str]]


@cache
def _tables() -> _Tables:
    data: dict[str, Any] = tomllib.loads(
        resources.files("copilot.triage").joinpath("languages.toml").read_text(encoding="utf-8")
    )
    words: dict[str, list[str]] = {}
    for lang, line in data["words"].items():
        for word in dict.fromkeys(line.split()):
            words.setdefault(word, []).append(lang)
    weighed = {w: _weighed(w, langs) for w, langs in words.items()}
    for lang, line in data["loan"].items():
        for word in line.split():
            weighed[word] = (*weighed.get(word, ()), (lang, _LOAN))
    scripts = {lang: _range(pair) for lang, pair in data["scripts"].items()}
    return _Tables(data["names"], weighed, scripts)


def _weighed(word: str, langs: list[str]) -> tuple[tuple[str, float], ...]:
    weight = 0.2 if len(word) == 1 else (1.0, 0.6, 0.3)[min(len(langs), 3) - 1]
    return tuple((lang, weight) for lang in langs)


def _range(pair: str) -> re.Pattern[str]:
    low, high = pair.split("-")
    return re.compile(f"[{chr(int(low, 16))}-{chr(int(high, 16))}]")


def name(lang: str) -> str:
    """``French`` for ``fr``; the code itself for a language without a name here."""
    return _tables().names.get(lang, lang)


def detect(text: str, words: Sequence[str], spoken: Sequence[str], declared: str | None = None) -> str | None:
    """The language as an ISO 639-1 code, or None when it cannot be told.

    Args:
        text: the mention, cleaned.
        words: its words, folded.
        spoken: languages of the brand, which win a tie.
        declared: what the channel says, believed only where the text itself does not decide.
    """
    if not text.isascii() and _FAR.search(text) and (script := _by_script(text)):
        return script
    scores = _scores(words)
    if found := _decided(scores, len(words), spoken):
        return found
    leaning = _leaning(scores, len(words), spoken)
    if leaning in spoken:
        return leaning
    if declared and _CODE.match(declared):
        return declared[:2].lower()
    if leaning or sum(w.isalpha() and len(w) > 1 for w in words) < 4:
        return leaning
    return _by_library(text, spoken)


def _by_script(text: str) -> str | None:
    letters = sum(c.isalpha() for c in text)
    counts = {lang: len(p.findall(text)) for lang, p in _tables().scripts.items()}
    best = max(counts, key=lambda lang: (counts[lang], lang))
    if not counts[best] or counts[best] * 3 < letters:
        return "ja" if counts["ja"] and (counts["ja"] + counts["zh"]) * 3 >= letters > 0 else None
    if best == "zh" and counts["ja"]:
        return "ja"
    if best == "ru":
        return "uk" if _UKRAINIAN.search(text) else "bg" if _BULGARIAN.search(text) else "ru"
    return "fa" if best == "ar" and _PERSIAN.search(text) else best


def _scores(words: Sequence[str]) -> dict[str, float]:
    table = _tables().words
    scores: dict[str, float] = {}
    for word in words:
        for lang, weight in table.get(word, ()):
            scores[lang] = scores.get(lang, 0.0) + weight
    return scores


def _decided(scores: dict[str, float], length: int, spoken: Sequence[str]) -> str | None:
    if not scores:
        return None
    ranked = sorted(scores, key=lambda lang: (-scores[lang], lang not in spoken, lang))
    best = scores[ranked[0]]
    second = scores[ranked[1]] if len(ranked) > 1 else 0.0
    if best >= 1.6 and best >= 1.5 * second and best * 8 >= length:
        return ranked[0]
    return None


def _leaning(scores: dict[str, float], length: int, spoken: Sequence[str]) -> str | None:
    """From little evidence: the brand's language where nothing speaks against it, another where a word is its own."""
    if not scores:
        return None
    ranked = sorted(scores, key=lambda lang: (-scores[lang], lang not in spoken, lang))
    best = ranked[0]
    ours = next((lang for lang in ranked if lang in spoken), None)
    if ours and scores[ours] >= max(_LEAN, 0.6 * scores[best]):
        return ours
    ahead = len(ranked) == 1 or scores[best] > scores[ranked[1]]
    enough = 1.0 if length <= _SHORT else max(1.6, length / 6)
    return best if scores[best] >= enough and ahead else None


@cache
def _library() -> Any:
    langid: Any = import_module("py3langid.langid")
    identifier: Any = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    known = set(identifier.labels)
    identifier.set_languages([lang for lang in _ASKED if lang in known])
    return identifier


def _by_library(text: str, spoken: Sequence[str]) -> str | None:
    plain = re.sub(r"https?://\S+|[@#]\S+", " ", text)[:400]
    ranking: list[tuple[str, float]] = _library().rank(plain)
    best, sure = ranking[0]
    if best in spoken and sure >= 0.5:
        return best
    return best if sure >= _SURE else None
