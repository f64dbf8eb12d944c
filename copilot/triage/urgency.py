"""How soon a mention needs a person, from 0 to 1, and what says so."""

from datetime import datetime
from typing import NamedTuple

from copilot.models import Intent, Mention
from copilot.triage.past import Past
from copilot.triage.signals import Signals

_BASE: dict[Intent, float] = {
    "crisis": 0.97,
    "safety": 0.93,
    "legal": 0.82,
    "press": 0.72,
    "complaint": 0.45,
    "mixed": 0.38,
    "bot_question": 0.4,
    "question": 0.32,
    "suggestion": 0.15,
    "praise": 0.12,
    "thanks": 0.05,
    "chatter": 0.02,
    "spam": 0.0,
}
_PRESSED: frozenset[Intent] = frozenset(("complaint", "mixed", "question", "bot_question", "press", "legal"))
_CEILING: dict[Intent, float] = {"complaint": 0.88, "mixed": 0.8, "question": 0.78, "bot_question": 0.78}
_FLOOR_ESCALATED = 0.7
_AGE_STEP, _AGE_MOST = 0.03, 0.09


class Factor(NamedTuple):
    """Something that makes a mention more urgent."""

    plus: float
    why: str
    words: str = ""


class Urgency(NamedTuple):
    """The number and what raised it, strongest first."""

    value: float
    factors: tuple[Factor, ...]


_FACTORS: tuple[tuple[str, float, str], ...] = (
    ("stranded", 0.25, "stuck right now"),
    ("deadline", 0.18, "has a deadline"),
    ("urgent", 0.12, "says it is urgent"),
    ("repeat", 0.12, "not the first time"),
    ("public_reach", 0.12, "may take it further in public"),
    ("money", 0.08, "money is involved"),
    ("since", 0.1, "has been waiting"),
    ("waiting", 0.06, "has been waiting"),
)


def rate(
    intent: Intent, signals: Signals, past: Past, escalated: bool, mention: Mention, now: datetime | None
) -> Urgency:
    """Rate one mention."""
    value = _BASE[intent]
    if escalated:
        value = max(value, _FLOOR_ESCALATED)
    factors = _factors(intent, signals, past, mention, now) if intent in _PRESSED else []
    ceiling = max(_CEILING.get(intent, 1.0), value)
    total = min(value + sum(f.plus for f in factors), 0.98 if escalated else ceiling)
    return Urgency(round(total, 3), tuple(sorted(factors, key=lambda f: -f.plus)))


def _factors(intent: Intent, signals: Signals, past: Past, mention: Mention, now: datetime | None) -> list[Factor]:
    out: list[Factor] = []
    for category, plus, why in _FACTORS:
        if (hit := signals.first(category)) and not any(f.why == why for f in out):
            out.append(
                Factor(plus if intent != "question" or category in _TIMELY else plus / 2, why, signals.said(hit))
            )
    if (hit := signals.first("today")) and intent == "question" and signals.has("ask", "ask_first"):
        out.append(Factor(0.12, "wants to know today", signals.said(hit)))
    if past.unanswered:
        out.append(Factor(min(0.12 + 0.04 * past.unanswered, 0.24), _times(past.unanswered)))
    days = (now - mention.created_at).days if now else 0
    if days >= 1:
        out.append(Factor(min(_AGE_STEP * days, _AGE_MOST), f"has waited {_days(days)} for us"))
    if signals.tokens.loud:
        out.append(Factor(0.04, "in capitals"))
    return out


_TIMELY = frozenset(("stranded", "deadline", "urgent"))


def _times(unanswered: int) -> str:
    return (
        "their message before has no answer yet" if unanswered == 1 else f"{unanswered} messages before have no answer"
    )


def _days(days: int) -> str:
    return "a day" if days == 1 else f"{days} days"
