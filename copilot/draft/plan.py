"""Decide what a reply does before any word of it is written: the acts, and the facts that may be said."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from copilot.models import ActStep, Brand, Evidence, Intent, Playbook, TriageDecision

NEEDS_FACTS: frozenset[Intent] = frozenset({"question"})
"""Intents that cannot be answered without a fact."""
FACTUAL_ACTS = frozenset({"answer", "explain"})
"""Acts that state something, and need a fact."""

_BUILT_IN: dict[Intent, tuple[ActStep, ...]] = {
    "question": (ActStep(act="answer", guide="Answer the question from the facts."),),
    "praise": (ActStep(act="thank", guide="Say thank you for the thing they named."),),
    "thanks": (ActStep(act="thank", guide="Accept the thanks in a few words."),),
}
_BUILT_IN_DEFAULT = (
    ActStep(act="acknowledge", guide="Name what happened to them, in plain words."),
    ActStep(act="next_step", guide="Say that a person here looks at it."),
)


class Plan(NamedTuple):
    """What to write."""

    acts: tuple[ActStep, ...]
    facts: tuple[Evidence, ...]
    """Facts that may be said, best first."""


def playbook(brand: Brand, intent: Intent) -> Playbook:
    """The brand's playbook for `intent`, or a plain built-in one."""
    return brand.playbooks.get(intent) or Playbook(intent=intent, acts=_BUILT_IN.get(intent, _BUILT_IN_DEFAULT))


def spoken(lines: tuple[str, ...], others: dict[str, tuple[str, ...]], brand: Brand, language: str) -> tuple[str, ...]:
    """`lines` in `language`; none where they were never written in it."""
    return lines if language == brand.languages[0] else others.get(language, ())


def make_plan(brand: Brand, triage: TriageDecision, facts: tuple[Evidence, ...], language: str) -> Plan:
    """The acts of the playbook that can be done with the `facts` that were chosen.

    Factual acts need a fact or a line of the brand's own, and optional acts are left to the person: a short reply that
    answers beats a complete one.
    An ``answer`` is added where a fact answers what the playbook did not foresee.
    """
    book = playbook(brand, triage.intent)
    acts = tuple(
        step.model_copy(update={"lines": spoken(step.lines, step.lines_in, brand, language)})
        for step in _doable(book.acts, len(facts))
    )
    if facts and not any(step.act in FACTUAL_ACTS for step in acts):
        step = ActStep(act="answer", guide="Answer their question from the facts.")
        acts = (*acts[:1], step, *acts[1:])
    return Plan(acts, facts)


def _doable(acts: Iterable[ActStep], facts: int) -> Iterator[ActStep]:
    for step in acts:
        if not step.optional and (facts or step.lines or step.act not in FACTUAL_ACTS):
            yield step
