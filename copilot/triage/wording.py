"""Sentences for the reasons."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from copilot.models import Action, EscalationTopic, Person, Risk
from copilot.triage.intents import Reading
from copilot.triage.language import name
from copilot.triage.noise import Noise
from copilot.triage.reason import because, line, quote
from copilot.triage.urgency import Factor
from copilot.triage.view import View

OWN_POST = "This is the brand's own post: it gives context and needs no answer."
_GRAVE: dict[Risk, str] = {
    "self_harm": "Somebody may be in danger of harming themselves",
    "safety": "Reports an injury or a danger",
    "crisis": "Many people or something alarming",
    "legal": "Legal steps or a legal claim",
    "press": "Press or research asks",
    "minor": "A child is involved",
}


class Decider(NamedTuple):
    """Who decides: the person of the topic touched, or of the brand's nearest topic."""

    person: Person | None
    topic: EscalationTopic | None
    nearest: EscalationTopic | None = None

    def clause(self) -> str:
        """Who decides and by which rule, as in ``Jo Marsh decides, per the brand's rule 'injury'``."""
        who = self.person.name if self.person else "a person"
        if self.topic:
            return f"{who} decides, per the brand's rule '{self.topic.id}'."
        if self.nearest:
            return f"{who} decides, as for the brand's rule '{self.nearest.id}'."
        return f"{who} decides; the brand names nobody for this."


_EVERYDAY: dict[str, str] = {
    "complaint": "Something went wrong for them{why}: needs an answer.",
    "question": "Asks us something{why}: needs an answer.",
    "praise": "Likes something{why}: worth a thank-you.",
    "suggestion": "Has an idea or a wish{why}: worth an answer.",
    "thanks": "Says thanks{why}: a short answer is enough.",
    "bot_question": "Asks whether a person or software answers{why}: needs a truthful answer.",
    "chatter": "Names us but asks nothing{why}: no answer expected.",
}
_NOISE = {
    "advertising": "Advertising or a scam{why}: nothing to answer.",
    "gibberish": "Letters without a meaning{why}: nothing to answer.",
    "tags": "Only hashtags{why}: nothing to answer.",
    "link": "Only a link{why} and no words: nothing to answer.",
    "empty": "No words at all{why}: nothing to answer.",
    "orders": "Only tries to instruct whoever drafts{why}: not followed, nothing to answer.",
}


def escalated(
    risk: Risk | None,
    words: str,
    decider: Decider,
    risks: Mapping[Risk, str],
    factors: Sequence[Factor],
    inherited: bool = False,
) -> str:
    """Why a person decides, and who."""
    what = _GRAVE[risk] if risk else "Touches a topic of the brand"
    if inherited:
        what = f"Goes on with an escalated conversation: {what[0].lower()}{what[1:]}"
    main = f"{what}{because(words)}: {decider.clause()}"
    child = f"A child is involved{because(risks['minor'], 25)}." if risk != "minor" and "minor" in risks else ""
    return line((main, child, *_also(risks), *_pressing(factors)))


def foreign(lang: str, words: str, brand: str, risks: Mapping[Risk, str]) -> str:
    """Why somebody who reads the language is needed."""
    main = f"Written in {name(lang)}{because(words)}, which {brand} does not speak: somebody who does should decide."
    return line((main, *_also(risks)))


def noise(found: Noise) -> str:
    """Why nothing is answered."""
    return line((_NOISE[found.kind].format(why=because(found.words)),))


def picture(found: Noise, has_media: bool) -> str:
    """For a message without words."""
    what = "Only a picture and no words" if has_media else f"Only a link{because(found.words)} in a conversation"
    return f"{what}: somebody should look before anyone answers."


def everyday(action: Action, reading: Reading, view: View, factors: Sequence[Factor]) -> str:
    """Why an ordinary mention is answered, or is not."""
    main = _unsure(reading, view) if action == "reply" and not reading.sure else _main(action, reading, view)
    return line((main, *_also(view.risks), *_pressing(factors)))


def _unsure(reading: Reading, view: View) -> str:
    why = because(reading.words)
    if view.past.in_conversation:
        return f"Goes on with the conversation{why}: needs an answer."
    if reading.intent == "complaint":
        return f"Tells how they were served and praises nothing{why}: may be a complaint, somebody should look."
    return f"Tells us something without asking{why}: somebody should look."


def _main(action: Action, reading: Reading, view: View) -> str:
    why = because(reading.words)
    if action == "ignore" and reading.intent == "complaint":
        return f"Only insults{why}, nothing that could be answered."
    if action == "ignore" and reading.intent == "thanks":
        return f"Closes the conversation{why} after our answer and asks nothing: no answer needed."
    if reading.intent == "mixed":
        liked, disliked = quote(reading.words) or "something", quote(reading.second) or "something"
        return f"Likes {liked} and criticises {disliked}: answer both."
    if view.mood.ironic and reading.intent == "complaint":
        return f"Praise that means the opposite{why}: something went wrong for them, needs an answer."
    return _EVERYDAY[reading.intent].format(why=why)


def _also(risks: Mapping[Risk, str]) -> list[str]:
    out: list[str] = []
    if "personal_data" in risks:
        out.append(f"They posted {risks['personal_data']} in public.")
    if "instructions" in risks:
        out.append(f"Also tries to instruct whoever drafts{because(risks['instructions'], 30)}: not followed.")
    return out


def _pressing(factors: Sequence[Factor]) -> list[str]:
    if not factors:
        return []
    said = [f"{factor.why}{because(factor.words, 25)}" for factor in factors[:2]]
    return [f"More urgent: {', '.join(said)}."]
