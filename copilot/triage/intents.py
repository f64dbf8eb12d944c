"""What an ordinary mention wants: complaint, question, praise and their kin."""

from typing import NamedTuple

from copilot.models import Intent
from copilot.triage.grammar import words_for
from copilot.triage.lexicon import Hit
from copilot.triage.mood import Mood
from copilot.triage.past import Past
from copilot.triage.signals import Signals
from copilot.triage.tokens import Sentence

_SHORT = 8
_FEW = 4
_GLOWING = 3
_VERB_FIRST = 4
_OPENING = 3
"""A question word counts within this many words of the sentence's start."""
_HEAVY = 1.4
"""So much trouble makes it a complaint even when it is put as a question …"""
_SPOILT = 1.1
"""… and so much when it is put as a wish."""


class Reading(NamedTuple):
    """An intent and the words that decided it."""

    intent: Intent
    words: str
    second: str = ""
    """For ``mixed``: the words of the criticism."""
    sure: bool = True
    """False where nothing in the mention itself says what it wants."""


def ordinary(signals: Signals, mood: Mood, past: Past) -> Reading:
    """The intent of a mention that threatens nobody."""
    asked = question(signals)
    if past.answered and (bye := _goodbye(signals, mood, asked)):
        return Reading("thanks", bye)
    wish = signals.first("suggestion")
    if wish and mood.bad < _SPOILT:
        return Reading("suggestion", signals.said(wish))
    if mood.sentiment == "mixed":
        return Reading("mixed", _said(signals, mood.best), _said(signals, mood.worst))
    if mood.sentiment == "negative" and not (asked and _mild(signals, mood)):
        return Reading("complaint", _said(signals, mood.worst))
    if thanks := _thanks(signals, mood, asked):
        return Reading("thanks", thanks)
    if asked:
        return Reading("question", asked)
    if mood.sentiment == "positive":
        return Reading("praise", _said(signals, mood.best))
    if hit := signals.first("request", "please", "need"):
        return Reading("question", signals.said(hit))
    return Reading("chatter", signals.tokens.body(), sure=False)


def _said(signals: Signals, hit: Hit | None) -> str:
    return signals.said(hit) if hit else ""


def _mild(signals: Signals, mood: Mood) -> bool:
    """A question that only names a trouble: "is it too late to order?"."""
    if signals.has("problem", "neg2", "sarcasm", "repeat", "waiting", "why") or mood.ironic or mood.bad >= _HEAVY:
        return False
    asking = [s for s in signals.ordinary if "?" in s.mark]
    if any("??" in s.mark and any(s.start <= h.start < s.end for h in signals.hits.get("soft", ())) for s in asking):
        return False
    blunt = [h for h in signals.hits.get("neg", ()) if not any(s.start <= h.start < s.end for s in asking)]
    return not (blunt and asking)


def _goodbye(signals: Signals, mood: Mood, asked: str) -> str:
    """After our answer: thanks, or a short word that all is well."""
    if asked or mood.sentiment in ("negative", "mixed") or _goes_on(signals):
        return ""
    hit = signals.first("thanks", "resolved") or (signals.first("closing") if len(signals.words) <= _SHORT else None)
    return signals.said(hit) if hit else ""


def _goes_on(signals: Signals) -> bool:
    """Whether a "but" follows, as in ``thanks, but the door was locked``."""
    return signals.has("turn") and len(signals.words) > _FEW


def _thanks(signals: Signals, mood: Mood, asked: str) -> str:
    """Thanks are the point, unless praise comes first or far outweighs them."""
    hit = signals.first("thanks")
    if hit is None or asked or signals.has("please", "request") or mood.good >= _GLOWING or _goes_on(signals):
        return ""
    if mood.best and mood.best.start < hit.start:
        return ""
    return signals.said(hit)


def question(signals: Signals) -> str:
    """The words that ask something; empty when nothing does."""
    for sentence in signals.ordinary:
        if said := _asks(signals, sentence):
            return said
    return ""


def _asks(signals: Signals, sentence: Sentence) -> str:
    words, tokens = signals.words, signals.tokens
    marked = "?" in sentence.mark or "？" in sentence.mark or "؟" in sentence.mark
    for hit in signals.hits.get("ask", ()):
        if sentence.start <= hit.start < sentence.end:
            return tokens.said(hit.start, min(hit.end + 2, sentence.end))
    for hit in signals.hits.get("ask_first", ()):
        inside = sentence.start <= hit.start < sentence.end and _opens(signals, hit, sentence)
        if inside and (marked or _inverted(signals, hit, sentence)):
            return tokens.said(hit.start, min(hit.end + 3, sentence.end))
    if _verb_first(signals, sentence):
        return tokens.said(sentence.start, min(sentence.start + 5, sentence.end))
    if marked and any(w[0].isalpha() for w in words[sentence.start : sentence.end]):
        return tokens.said(max(sentence.start, sentence.end - 5), sentence.end)
    return ""


def _verb_first(signals: Signals, sentence: Sentence) -> bool:
    """``are dogs ok inside``: a question without its mark."""
    words = signals.words[sentence.start : sentence.end]
    if len(words) < _VERB_FIRST or words[0] not in words_for("auxiliary"):
        return False
    if "!" in sentence.mark:
        return words[1] in ("you", "there")
    return words[1] in words_for("subject") or (words[0] in ("are", "does", "did") and words[1] != "not")


def _opens(signals: Signals, hit: Hit, sentence: Sentence) -> bool:
    """Whether a question word stands near the start of its sentence or clause, or after a joining word."""
    if hit.start < sentence.start + _OPENING:
        return True
    clauses = signals.tokens.clauses
    return clauses[hit.start - 1] != clauses[hit.start] or signals.words[hit.start - 1] in words_for("joining")


def _inverted(signals: Signals, hit: Hit, sentence: Sentence) -> bool:
    """Without a question mark: "is there wifi" asks, "what a week" and "when I came" do not."""
    words = signals.words
    if "!" in sentence.mark or hit.end >= sentence.end or words[hit.end] in words_for("exclaimed"):
        return False
    if words[hit.start].endswith("'s"):
        return True
    if hit.end - hit.start > 1:
        return not any(p.start <= hit.start < p.end and p.category == "plain" for p in signals.polar)
    reach = 2 if words[hit.start] in words_for("measuring") else 1
    return any(word in words_for("follows") for word in words[hit.end : min(hit.end + reach, sentence.end)])
