"""The decision: what should happen to a mention, why, and how soon."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from copilot.models import Brand, Mention, Thread, TriageDecision
from copilot.triage import wording
from copilot.triage.desk import desk_for
from copilot.triage.everyday import everyday, noise
from copilot.triage.grave import foreign, grave
from copilot.triage.past import look_back
from copilot.triage.view import in_context, look


def triage(mention: Mention, brand: Brand, thread: Thread | None = None, now: datetime | None = None) -> TriageDecision:
    """Decide what should happen to a mention. No model is asked; the same input gives the same decision.

    Args:
        mention: what was written.
        brand: who is meant; its escalation topics, languages and handles count.
        thread: the conversation, where there is one; messages after the mention are left out.
        now: adds the time the mention has waited; None leaves it out.
    """
    if mention.from_brand:
        return TriageDecision(
            action="ignore",
            intent="chatter",
            sentiment="neutral",
            urgency=0.0,
            lang=mention.lang,
            reason=wording.OWN_POST,
        )
    view = in_context(look(mention, desk_for(brand), look_back(mention, thread)))
    return grave(view, now) or noise(view) or foreign(view, now) or everyday(view, now)


def triage_many(
    mentions: Iterable[Mention],
    brand: Brand,
    threads: Mapping[str, Thread] | None = None,
    now: datetime | None = None,
) -> list[TriageDecision]:
    """Decide for many mentions of one brand, in their order; `threads` by thread id."""
    known = threads or {}
    return [triage(mention, brand, known.get(mention.thread), now) for mention in mentions]
