"""Complaints, questions, praise, thanks, chatter and noise: what is answered and what is left alone."""

from datetime import datetime

from copilot.models import Action, Intent, TriageDecision
from copilot.triage import wording
from copilot.triage.intents import Reading, question
from copilot.triage.noise import Noise, find_noise
from copilot.triage.past import Past
from copilot.triage.urgency import rate
from copilot.triage.view import View, decision, look, reading_of, says_little

_STORY = 5
"""So many words are told to us, even without our handle."""
_LONG = 40
"""A longer message is a story: nobody should guess what it says."""
_SHORT = 4
_INSULTS = 8
_LEFT = 2
_WORDLESS_URGENCY = 0.3
_IGNORED_URGENCY = 0.1


def noise(view: View) -> TriageDecision | None:
    """Advertising, gibberish, links alone, and orders to the drafter without anything else; None for the rest."""
    signals = view.signals
    left = sum(s.end - s.start for s in signals.ordinary)
    if "instructions" in view.risks and left <= _LEFT and not signals.polar:
        return _ignored(view, Noise("orders", view.risks["instructions"]))
    found = find_noise(signals, view.mood)
    if found is None or "asks_bot" in view.risks:
        return None
    if found.kind in ("empty", "link") and (view.mention.has_media or view.past.in_conversation):
        reason = wording.picture(found, view.mention.has_media)
        return decision(view, "reply", "question", _WORDLESS_URGENCY, reason)
    return _ignored(view, found)


def _ignored(view: View, found: Noise) -> TriageDecision:
    return decision(view, "ignore", "chatter" if found.kind == "empty" else "spam", 0.0, wording.noise(found))


def everyday(view: View, now: datetime | None) -> TriageDecision:
    """The decision for everything that is neither grave nor noise."""
    action, reading = _action(view, _follow_up(view, reading_of(view)))
    urgency = rate(reading.intent, view.signals, view.past, False, view.mention, now)
    ignored = action == "ignore"
    return decision(
        view,
        action,
        reading.intent,
        min(urgency.value, _IGNORED_URGENCY) if ignored else urgency.value,
        wording.everyday(action, reading, view, () if ignored else urgency.factors),
        sentiment="negative" if _guessed(view, reading) and view.mood.sentiment == "neutral" else None,
    )


def _action(view: View, reading: Reading) -> tuple[Action, Reading]:
    if reading.intent == "thanks" and view.past.answered:
        return "ignore", reading
    if _to_somebody_else(view, reading):
        return "ignore", reading._replace(intent="chatter")
    if reading.intent == "chatter":
        return ("reply", reading._replace(intent=_guess(view))) if _told_to_us(view) else ("ignore", reading)
    if "abuse" in view.risks and _only_insults(view):
        return "ignore", reading._replace(intent="complaint", words=view.risks["abuse"])
    return "reply", reading


def _follow_up(view: View, reading: Reading) -> Reading:
    """A message that says nothing by itself goes on with what the conversation is about."""
    past = view.past
    if not past.in_conversation or not says_little(view):
        return reading
    if past.opening is None:
        return Reading("question", reading.words, sure=False)
    if past.brand_spoke_last and not past.brand_asked and len(view.signals.words) <= _SHORT:
        return reading
    before = reading_of(look(past.opening, view.desk, Past())).intent
    intent: Intent = before if before in ("complaint", "mixed", "question") else "question"
    return Reading(intent, reading.words, sure=False)


def _to_somebody_else(view: View, reading: Reading) -> bool:
    """``@anna see you at …?``: a question to a friend that only names the brand."""
    tokens, ours = view.signals.tokens, view.desk.handles
    if reading.intent not in ("question", "suggestion") or not tokens.leading_handles or view.past.in_conversation:
        return False
    if any(handle in ours for handle in tokens.handles[: tokens.leading_handles]):
        return False
    return any(handle in ours for handle in tokens.handles) or view.desk.named(view.signals)


def _told_to_us(view: View) -> bool:
    """Meant for us, though it neither asks nor judges: to our handle, in a review, or without naming us at all."""
    tokens, ours = view.signals.tokens, view.desk.handles
    if len(tokens.words) < _SHORT or view.signals.has("chatter"):
        return False
    trailing = len(tokens.handles) - tokens.trailing_handles
    outer = tokens.handles[: tokens.leading_handles] + tokens.handles[trailing:]
    if any(handle in ours for handle in outer) or (outer and not ours):
        return True
    if "review" in view.mention.channel:
        return True
    if tokens.handles or view.desk.named(view.signals, products=False):
        return view.signals.has("service") and view.signals.has("addressed", "dealt") and tokens.plain_words >= _STORY
    return tokens.plain_words >= _STORY


def _guess(view: View) -> Intent:
    """Who tells us in a few words how they were served, and praises nothing, mostly complains."""
    served = view.signals.has("service") and view.signals.tokens.plain_words <= _LONG
    return "complaint" if served or "abuse" in view.risks else "question"


def _guessed(view: View, reading: Reading) -> bool:
    return reading.intent == "complaint" and not reading.sure and view.past.opening is None


def _only_insults(view: View) -> bool:
    """Nothing in it but abuse: no trouble named, nothing asked."""
    signals = view.signals
    trouble = signals.has("problem", "soft", "request", "service", "money", "waiting", "repeat")
    return not trouble and not question(signals) and not view.past.in_conversation and len(signals.words) <= _INSULTS
