"""Who may promise what: every commitment of a reply against the brand's rules for this speaker (H5)."""

from copilot.checks.base import Finding
from copilot.checks.reader import read
from copilot.checks.reading import Reading
from copilot.checks.support import ranked, stated
from copilot.models import CheckContext, CommitmentKind, Span
from copilot.promises import FoundCommitment, allowed, requested

_WHAT: dict[CommitmentKind, str] = {
    "refund": "a refund", "replacement": "a replacement", "discount": "a discount", "voucher": "a voucher",
    "repair": "a repair", "free_item": "something for free", "callback": "to come back to them",
    "investigate": "to look into it",
    "deadline": "a date", "visit": "a visit",
}  # fmt: skip


def unauthorised(context: CheckContext, made: Reading) -> Finding | None:
    """What this speaker promises and may not."""
    found = [c for c in made.commitments if not _permitted(c, context, made)]
    if not found:
        return _promised_by_yes(context, made)
    return Finding(
        " ".join(dict.fromkeys(_why_not(c, context) for c in found)),
        f"Leave it out, or let somebody send it who may promise {_WHAT[found[0].kind]}.",
        tuple(c.span for c in found),
    )


def _permitted(found: FoundCommitment, context: CheckContext, made: Reading) -> bool:
    if context.purpose == "holding" and found.kind in ("investigate", "callback") and found.amount is None:
        return True
    if allowed(found, context.brand, context.speaker, context.now) is not None:
        return not _too_much(found, context, made)
    return found.general and _is_policy(found, made)


def _too_much(found: FoundCommitment, context: CheckContext, made: Reading) -> bool:
    """Whether "in full" is more than may be given: it is as much as they say they paid."""
    rule = allowed(found, context.brand, context.speaker, context.now)
    paid = [v.amount for v in made.conversation.values if v.kind == "money" and v.amount is not None]
    return bool(
        found.whole and found.amount is None and rule and rule.up_to is not None and paid and max(paid) > rule.up_to
    )


_CONCEPTS: dict[CommitmentKind, frozenset[str]] = {
    "refund": frozenset({"refund"}), "replacement": frozenset({"replace", "exchange"}),
    "discount": frozenset({"cheap", "cost"}), "voucher": frozenset({"voucher"}), "repair": frozenset({"repair"}),
    "free_item": frozenset({"free"}),
    "deadline": frozenset({"deliver", "ship", "open", "have", "roast"}),
}  # fmt: skip


def _is_policy(found: FoundCommitment, made: Reading) -> bool:
    """Whether a fact makes this commitment in general, with at least one of its conditions named."""
    unit = read(found.sentence, made.lang, made.grounds.names)
    wanted = _CONCEPTS.get(found.kind, frozenset())
    for match in ranked(unit, made.asked, made.grounds.valid):
        shared = unit.keys & match.ground.keys
        if wanted & match.ground.keys and len(shared) >= 2 and all(stated(v, match.ground.values) for v in unit.values):
            return True
    return False


def _why_not(found: FoundCommitment, context: CheckContext) -> str:
    who = context.speaker.name if context.speaker else "Without a chosen speaker, nobody"
    verb = "may not promise" if context.speaker else "may promise"
    what = _WHAT[found.kind]
    rules = [c for c in context.brand.commitments if c.kind == found.kind]
    limit = ""
    if context.speaker and any(context.speaker.relation in rule.roles for rule in rules):
        limit = " with this amount or date" if found.amount is not None or found.term else " of an unnamed whole amount"
    return f"{who} {verb} {what}{limit}: “{found.span.text}”"


def _promised_by_yes(context: CheckContext, made: Reading) -> Finding | None:
    """A bare yes promises what was asked: "Can I get a refund?" - "Yes, of course!"."""
    yes = next((one for one in made.said if one.part.yes and one.kind == "answer"), None)
    if yes is None or context.mention is None:
        return None
    for clause, unit in made.conversation.clauses:
        for kind in requested(clause.text if clause.question else "", made.conversation.lang):
            place = Span(start=yes.clause.start, end=yes.clause.end, text=yes.clause.text)
            asked = FoundCommitment(kind, place, yes.clause.text, general=True)
            policy = any(
                _CONCEPTS.get(kind, frozenset()) & m.ground.keys and m.carries
                for m in ranked(unit, frozenset(), made.grounds.valid)
            )
            if allowed(asked, context.brand, context.speaker, context.now) is None and not policy:
                return Finding(
                    f"A bare yes to “{clause.text}” promises {_WHAT[kind]}.",
                    "Say what happens next, or let somebody send it who may promise it.",
                    (place,),
                )
    return None
