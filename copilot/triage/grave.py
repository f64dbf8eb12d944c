"""What a person decides about: grave risks, the brand's own topics, and languages nobody here drafts in."""

from datetime import datetime

from copilot.models import Intent, Risk, TriageDecision
from copilot.triage import wording
from copilot.triage.noise import find_noise
from copilot.triage.urgency import rate
from copilot.triage.view import View, decision, reading_of

_INTENT: dict[Risk, Intent] = {
    "self_harm": "crisis",
    "crisis": "crisis",
    "safety": "safety",
    "legal": "legal",
    "press": "press",
}
_FOREIGN_URGENCY = 0.4
"""At least this: nobody can tell yet what it says."""


def grave(view: View, now: datetime | None) -> TriageDecision | None:
    """Escalate for a grave risk or a topic of the brand; None where there is neither."""
    leading = view.leading
    if leading is None and not view.touched:
        return None
    if leading in ("legal", "press") and not view.touched and find_noise(view.signals, view.mood):
        return None
    touched = next((t for t in view.touched if t.risk == leading), None) or next(iter(view.touched), None)
    topic = touched.topic if touched else None
    nearest = topic or (view.desk.topic_for(leading) if leading else None)
    intent = _intent(view, leading)
    urgency = rate(intent, view.signals, view.past, True, view.mention, now)
    words = view.risks[leading] if leading else touched.words if touched else ""
    decider = wording.Decider(view.desk.brand.person(nearest.to) if nearest else None, topic, nearest)
    return decision(
        view,
        "escalate",
        intent,
        urgency.value,
        wording.escalated(leading, words, decider, view.risks, urgency.factors, view.inherited),
        escalate_to=nearest.to if nearest else None,
        topic=topic.id if topic else None,
    )


def _intent(view: View, leading: Risk | None) -> Intent:
    if leading == "minor" and "safety" in view.risks:
        return "safety"
    if leading == "safety" and "crisis" in view.risks:
        return "crisis"
    return _INTENT[leading] if leading in _INTENT else reading_of(view).intent


def foreign(view: View, now: datetime | None) -> TriageDecision | None:
    """Escalate what is written in a language that the brand does not speak."""
    lang = view.signals.lang
    if lang is None or "foreign_language" not in view.risks:
        return None
    intent = reading_of(view).intent
    urgency = rate(intent, view.signals, view.past, False, view.mention, now)
    reason = wording.foreign(lang, view.risks["foreign_language"], view.desk.brand.name, view.risks)
    return decision(view, "escalate", intent, max(urgency.value, _FOREIGN_URGENCY), reason)
