"""Whether a mention praises, criticises or both: words weighed with negation, contrast, questions and irony."""

from dataclasses import dataclass

from copilot.models import Sentiment
from copilot.triage.grammar import words_for
from copilot.triage.lexicon import Hit
from copilot.triage.signals import Signals
from copilot.triage.tokens import Sentence

_WEIGHT = {"pos": 1.0, "pos2": 2.0, "neg": -1.0, "neg2": -2.0, "problem": -1.5, "soft": -0.7, "sarcasm": -2.0}
_NEGATION_REACH = 4
_IF_REACH = 6
_MENDED_REACH = 4
_THANKS_REACH = 9
_ENOUGH = 0.9
_SOME = 0.7
_IMPATIENT = {"why": 0.8, "since": 0.5, "waiting": 0.3, "repeat": 0.4, "why_else": 0.4}
_TURN_WORDS = 3
_INSULTED = 1.0
_OVER = 0.3
"""What is left of a trouble that they say is over."""
_FULL_BOTH = 0.34
"""From this share of the stronger side on, the weaker side makes it mixed even without a "but"."""


@dataclass(slots=True)
class Mood:
    """How much good and how much bad a mention says, and the words that say most of it."""

    good: float = 0.0
    bad: float = 0.0
    best: Hit | None = None
    worst: Hit | None = None
    ironic: bool = False
    """Praise that means its opposite."""
    sentiment: Sentiment = "neutral"


@dataclass(slots=True)
class _Weighed:
    hit: Hit
    value: float
    sentence: Sentence
    emoji: bool


def feel(signals: Signals) -> Mood:
    """Weigh a mention."""
    weighed = _weigh(signals)
    bad = -sum(w.value for w in weighed if w.value < 0) + _impatience(signals, weighed)
    bad += _INSULTED if signals.has("insult") else 0.0
    if signals.has("resolved") and not signals.has("contrast"):
        bad *= _OVER
    praise = [w for w in weighed if w.value > 0]
    ironic = _ironic(signals, weighed, praise, bad)
    if ironic:
        bad += 0.5
        praise = []
    elif bad >= _SOME:
        praise = [w for w in praise if not w.emoji]
    good = sum(w.value for w in praise)
    turned = _turned(signals, praise) if praise and bad < _ENOUGH else None
    if turned:
        bad = _ENOUGH
    mood = Mood(good, bad, ironic=ironic is not None)
    mood.best = max(praise, key=lambda w: (w.value, -w.hit.start)).hit if praise else None
    wrong = [w for w in weighed if w.value < 0]
    worst = min(wrong, key=lambda w: (w.value, w.hit.start)).hit if wrong else signals.first(*_IMPATIENT)
    mood.worst = ironic or turned or worst
    mood.sentiment = _sentiment(good, bad, signals.has("contrast"))
    return mood


def _impatience(signals: Signals, weighed: list[_Weighed]) -> float:
    """Waiting, asking again and "why" are no praise, whatever the words."""
    if any(w.value > 0 and not w.emoji for w in weighed) or signals.has("suggestion"):
        return 0.0
    return sum(weight for category, weight in _IMPATIENT.items() if signals.has(category))


def _turned(signals: Signals, praise: list[_Weighed]) -> Hit | None:
    """``lovely class, but six people and one machine``: what stands with the "but" is no praise, whatever it is."""
    worded = [p.hit.start for p in praise if not p.emoji]
    for mark in signals.hits.get("turn", ()):
        sentence = next(s for s in signals.tokens.sentences if s.start <= mark.start < s.end)
        inside = [start for start in worded if sentence.start <= start < sentence.end]
        if mark.end == sentence.end and not inside and worded and worded[0] < sentence.start:
            return Hit(sentence.start, mark.end, "turn")
        before = any(start < mark.start for start in inside)
        after = any(start > mark.start for start in inside)
        asks = "?" in sentence.mark and not signals.has("why")
        if before and not after and not asks and sentence.end - mark.end >= _TURN_WORDS:
            return Hit(mark.start, min(mark.end + _TURN_WORDS + 1, sentence.end), "turn")
    return None


def _sentiment(good: float, bad: float, contrast: bool) -> Sentiment:
    if good >= _ENOUGH and bad >= _ENOUGH and (contrast or min(good, bad) >= _FULL_BOTH * max(good, bad)):
        return "mixed"
    if bad >= _SOME and bad >= good:
        return "negative"
    if good >= _SOME and good > bad:
        return "positive"
    return "neutral"


def _weigh(signals: Signals) -> list[_Weighed]:
    out: list[_Weighed] = []
    sentences = iter(signals.tokens.sentences)
    sentence = next(sentences, None)
    for hit in signals.polar:
        while sentence and hit.start >= sentence.end:
            sentence = next(sentences, None)
        base = _WEIGHT.get(hit.category)
        if base is None or sentence is None:
            continue
        emoji = hit.end - hit.start == 1 and not signals.words[hit.start][0].isalnum()
        value = base if emoji else _in_context(signals, hit, base, sentence)
        if value:
            out.append(_Weighed(hit, value, sentence, emoji))
    return out


def _in_context(signals: Signals, hit: Hit, value: float, sentence: Sentence) -> float:
    """The weight of one hit after what stands before it."""
    good = hit.category in ("pos", "pos2")
    if signals.before(hit, "negator", _NEGATION_REACH if good else 1, sentence.start) and not _denies(signals, hit):
        if good:
            return -0.8
        value = {"neg": 0.3, "neg2": 0.3, "problem": 0.5, "soft": 0.0}.get(hit.category, value)
    elif signals.before(hit, "booster", 1, sentence.start):
        value *= 1.3
    if value < 0 and signals.before(hit, "mended", _MENDED_REACH, sentence.start):
        return 0.2 * value
    if signals.before(hit, "maybe" if value > 0 else "condition", _IF_REACH, sentence.start):
        value *= 0.5
    if "?" in sentence.mark or "？" in sentence.mark:
        value *= 0.4 if value > 0 else 0.8
    return value


def _denies(signals: Signals, hit: Hit) -> bool:
    """The phrase brings its own "no": one before it does not undo it."""
    return any(signals.words[i] in signals.negators for i in range(hit.start, hit.end))


def _ironic(signals: Signals, weighed: list[_Weighed], praise: list[_Weighed], bad: float) -> Hit | None:
    """The words that show that the praise is meant the other way round."""
    if sure := signals.first("sarcasm"):
        return sure
    if bad < _SOME or signals.has("contrast"):
        return None
    if hint := signals.first("irony"):
        return hint
    trouble = [w.hit for w in weighed if w.hit.category in ("problem", "soft", "neg2") and w.value <= -0.5]
    for thanks in signals.hits.get("thanks", ()):
        if _for_trouble(signals, thanks, trouble, praise):
            return thanks
    for one in praise:
        if not one.emoji and trouble and (_alone(signals, one.hit) or _leads_into(signals, one.hit, trouble)):
            return one.hit
    return None


def _alone(signals: Signals, hit: Hit) -> bool:
    """``Great. Lost again.``: the praise is a clause of its own, with nothing that it could be about."""
    clauses = signals.tokens.clauses
    number = clauses[hit.start]
    low, high = hit.start, hit.end
    while low > 0 and clauses[low - 1] == number:
        low -= 1
    while high < len(clauses) and clauses[high] == number:
        high += 1
    return all(hit.start <= i < hit.end or signals.words[i] in words_for("fillers") for i in range(low, high))


def _for_trouble(signals: Signals, thanks: Hit, trouble: list[Hit], praise: list[_Weighed]) -> bool:
    """``thanks for another cancelled order``: thanked for the trouble itself."""
    if thanks.end >= len(signals.words) or signals.words[thanks.end] not in words_for("for"):
        return False
    clauses = signals.tokens.clauses
    for one in trouble:
        near = 0 < one.start - thanks.end <= _THANKS_REACH and clauses[one.start] == clauses[thanks.start]
        if near and not any(thanks.end <= p.hit.start < one.start for p in praise):
            return True
    return False


def _leads_into(signals: Signals, hit: Hit, trouble: list[Hit]) -> bool:
    """``lovely broken mug``: the trouble follows at once, in the same clause."""
    clauses = signals.tokens.clauses
    return any(0 <= t.start - hit.end <= 1 and clauses[t.start] == clauses[hit.start] for t in trouble)
