"""What could make a mention dangerous for somebody, with the words that say so."""

from copilot.models import Risk
from copilot.triage.grammar import words_for
from copilot.triage.lexicon import Hit
from copilot.triage.mood import Mood
from copilot.triage.outside import bot_question, personal_kinds
from copilot.triage.signals import Signals

_WORDS: tuple[tuple[Risk, tuple[str, ...]], ...] = (
    ("self_harm", ("self_harm",)),
    ("safety", ("safety", "threat", "child_harm")),
    ("legal", ("legal",)),
    ("press", ("press",)),
    ("abuse", ("threat", "insult")),
    ("instructions", ("instructions",)),
)
"""Risks that the word lists show by themselves; an earlier list names the words that are quoted."""
_FEW_WORDS = 3
_BAD_TALK = 0.9
"""Talk in the town is alarming only where the mention itself is this angry."""
_YOUNGEST, _OLDEST_MINOR = 4, 17


def find_risks(signals: Signals, mood: Mood, spoken: tuple[str, ...]) -> dict[Risk, str]:
    """Every risk with the words that show it. Personal data is named, never repeated."""
    found: dict[Risk, str] = {}
    for risk, categories in _WORDS:
        hit = next((hit for hit in map(signals.first, categories) if hit), None)
        if hit:
            found[risk] = signals.said(hit)
    if hit := _crisis(signals, mood, "safety" in found):
        found["crisis"] = signals.said(hit)
    if words := _minor(signals, "safety" in found or "self_harm" in found):
        found["minor"] = words
    if kinds := personal_kinds(signals):
        found["personal_data"] = kinds
    if words := bot_question(signals):
        found["asks_bot"] = words
    if foreign(signals, spoken):
        found["foreign_language"] = signals.tokens.body()
    return found


def _crisis(signals: Signals, mood: Mood, danger: bool) -> Hit | None:
    """Something alarming, many people in danger, or angry talk about it."""
    if hit := signals.first("crisis"):
        return hit
    if danger and (hit := signals.first("crowd")):
        return hit
    if mood.good <= mood.bad and (hit := signals.first("viral")):
        return hit
    return signals.first("talk") if mood.bad >= _BAD_TALK and mood.good < mood.bad else None


def _minor(signals: Signals, danger: bool) -> str:
    """A child in danger, a child shown without consent, or a child who writes."""
    hit = signals.first("child_harm", "child_risk") or (signals.first("child") if danger else None)
    return signals.said(hit) if hit else _own_age(signals)


def _own_age(signals: Signals) -> str:
    """``i'm 12``: the words, or nothing."""
    words = signals.words
    for i, word in enumerate(words[:-1]):
        after_i = i > 0 and words[i - 1] in ("i", "j'") and word in ("am", "ai")
        if (after_i or word in words_for("i_am")) and words[i + 1].isdecimal() and len(words[i + 1]) <= 2:
            follows = words[i + 2] if i + 2 < len(words) else ""
            if _YOUNGEST <= int(words[i + 1]) <= _OLDEST_MINOR and follows not in words_for("units"):
                return signals.tokens.said(i, i + 2)
    return ""


def foreign(signals: Signals, spoken: tuple[str, ...]) -> bool:
    """Whether the brand does not speak the language; too few words are no language yet."""
    lang = signals.lang
    if lang is None or lang in spoken:
        return False
    long_enough = signals.tokens.plain_words >= _FEW_WORDS
    return long_enough or (lang in words_for("scripts") and any(c.isalpha() for c in signals.tokens.text))
