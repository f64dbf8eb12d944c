"""One mention with everything that is known about it before anything is decided."""

from typing import NamedTuple

from copilot.models import Action, Intent, Mention, Risk, Sentiment, TriageDecision
from copilot.triage.desk import Desk, Touched
from copilot.triage.intents import Reading, ordinary
from copilot.triage.mood import Mood, feel
from copilot.triage.past import Past
from copilot.triage.risks import find_risks
from copilot.triage.signals import Signals, read

GRAVE: tuple[Risk, ...] = ("self_harm", "safety", "minor", "crisis", "legal", "press")
"""Risks that a person decides about, gravest first."""
_OTHERS: tuple[Risk, ...] = ("abuse", "personal_data", "asks_bot", "instructions", "foreign_language")
_LASTING: tuple[Risk, ...] = ("self_harm", "safety", "crisis")
"""Risks that stay with a conversation: whatever is asked next goes to the same person."""
_WANTS: tuple[Intent, ...] = ("question", "complaint", "mixed")
_BARE = 3


class View(NamedTuple):
    """What is known about a mention."""

    mention: Mention
    desk: Desk
    signals: Signals
    mood: Mood
    past: Past
    risks: dict[Risk, str]
    """Each with the words that show it."""
    touched: list[Touched]
    inherited: bool = False
    """The gravity comes from an earlier message of the conversation."""

    @property
    def leading(self) -> Risk | None:
        """The gravest risk that a person decides about."""
        return next((risk for risk in GRAVE if risk in self.risks), None)


def look(mention: Mention, desk: Desk, past: Past) -> View:
    """Read a mention by itself."""
    signals = read(mention.text, desk.languages, mention.lang)
    mood = feel(signals)
    risks = find_risks(signals, mood, desk.languages)
    touched = desk.touched(signals)
    for one in touched:
        if one.risk:
            risks.setdefault(one.risk, one.words)
    return View(mention, desk, signals, mood, past, risks, touched)


def in_context(view: View) -> View:
    """A mention that says or asks little keeps the gravity of the conversation it goes on with."""
    if view.past.root is None or view.touched or view.leading:
        return view
    little = says_little(view)
    if not little and reading_of(view).intent not in _WANTS:
        return view
    for earlier in dict.fromkeys((view.past.opening, view.past.root)):
        if earlier is None:
            continue
        before = look(earlier, view.desk, Past())
        lasting = GRAVE if little else _LASTING
        grave = {risk: words for risk, words in before.risks.items() if risk in lasting and not earlier.from_brand}
        touched = [t for t in before.touched if little or t.topic.public_interest]
        if grave or touched:
            return view._replace(risks=view.risks | grave, touched=touched, inherited=True)
    return view


def reading_of(view: View) -> Reading:
    """What the mention wants, by itself."""
    if "asks_bot" in view.risks:
        return Reading("bot_question", view.risks["asks_bot"])
    return ordinary(view.signals, view.mood, view.past)


def says_little(view: View) -> bool:
    """Nothing by itself, or a question of so few words ("hello??") that it leans on what was said before."""
    reading = reading_of(view)
    return not reading.sure or (reading.intent == "question" and len(view.signals.words) <= _BARE)


def decision(
    view: View,
    action: Action,
    intent: Intent,
    urgency: float,
    reason: str,
    *,
    sentiment: Sentiment | None = None,
    escalate_to: str | None = None,
    topic: str | None = None,
) -> TriageDecision:
    """The decision as the rest of the project knows it."""
    return TriageDecision(
        action=action,
        intent=intent,
        sentiment=sentiment or _sentiment(view, intent),
        urgency=urgency,
        risks=tuple(risk for risk in (*GRAVE, *_OTHERS) if risk in view.risks),
        reason=reason,
        lang=view.signals.lang,
        escalate_to=escalate_to,
        topic=topic,
    )


def _sentiment(view: View, intent: Intent) -> Sentiment:
    mood = view.mood
    if intent == "legal":
        return "neutral" if mood.good > mood.bad else "negative"
    if intent in ("safety", "crisis") or ("abuse" in view.risks and mood.sentiment != "mixed"):
        return "negative"
    if intent in ("press", "spam") or (intent == "question" and mood.sentiment == "negative"):
        return "neutral"
    return "positive" if intent == "thanks" and mood.sentiment == "neutral" else mood.sentiment
