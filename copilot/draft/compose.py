"""A reply without a model: the playbook's own lines and the fact as it stands. Plain, and true."""

from collections.abc import Sequence, Set
from hashlib import sha256

from copilot.draft.plan import FACTUAL_ACTS, Plan
from copilot.models import ActStep, Sentence
from copilot.text import plain


def composed(plan: Plan, key: str, recent: Sequence[str] = ()) -> tuple[Sentence, ...]:
    """The whole plan from lines and facts; acts that have neither are left out."""
    out: list[Sentence] = []
    for step in plan.acts:
        sentence = composed_act(plan, step, key, recent, used={id for s in out for id in s.evidence_ids})
        if sentence is not None:
            out.append(sentence)
    return tuple(out)


def composed_act(
    plan: Plan, step: ActStep, key: str, recent: Sequence[str] = (), used: Set[str] = frozenset()
) -> Sentence | None:
    """One act: the nearest fact, unless it is `used`, for an act that states something, else a line of the playbook."""
    if step.act in FACTUAL_ACTS and plan.facts:
        fact = next((f for f in plan.facts[:1] if f.id not in used), None)
        return Sentence(text=fact.text, act=step.act, evidence_ids=(fact.id,)) if fact else None
    line = pick(step.lines, key, recent)
    return Sentence(text=line, act=step.act) if line else None


def pick(lines: Sequence[str], key: str, recent: Sequence[str] = ()) -> str:
    """One of `lines`, the same for the same `key`, preferring one that no recent reply used."""
    fresh = [line for line in lines if not any(plain(line) in plain(reply) for reply in recent)]
    choice = fresh or list(lines)
    if not choice:
        return ""
    return choice[int.from_bytes(sha256(key.encode()).digest()[:4], "big") % len(choice)]
