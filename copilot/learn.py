"""Turn what was done into what is known: a resolved case becomes a candidate precedent, personal data masked."""

from datetime import datetime
from hashlib import sha256

from copilot.access import allow
from copilot.brand import local_day, valid_facts
from copilot.errors import InputError
from copilot.models import (
    Actor,
    Brand,
    DraftRecord,
    Mention,
    OutboxItem,
    Precedent,
    TriageDecision,
)
from copilot.personal_data import mask_all
from copilot.ports import BrandLedger
from copilot.promises import commitments
from copilot.text import sentences, stems


def candidate(
    brand: Brand,
    mention: Mention,
    triage: TriageDecision,
    sent: OutboxItem,
    drafted: DraftRecord | None,
    outcome: str,
    now: datetime,
) -> Precedent:
    """What a sent reply teaches, as a candidate; an owner accepts it or not."""
    (said, answered), _ = mask_all([mention.text, sent.reply.text])
    first = sentences(said)
    return Precedent(
        id="p-" + sha256(sent.reply.id.encode()).hexdigest()[:10],
        intent=triage.intent,
        mention=said,
        situation=(first[0].text if first else said)[:200],
        reply=answered,
        acts=_acts(sent.reply.text, drafted),
        fact_ids=_facts_used(brand, sent.reply.text, drafted, now),
        concession=", ".join(sorted({c.kind for c in commitments(sent.reply.text)} - {"investigate", "callback"})),
        authority=sent.reply.approver.person,
        outcome=outcome.strip()[:500],
        public=True,
        channel=sent.reply.channel,
        speaker=sent.reply.approver.person,
        lang=triage.lang if triage.lang in brand.languages else brand.languages[0],
        resolved_at=local_day(brand, now),
        status="candidate",
        source=sent.reply.case_id,
    )


def accept(ledger: BrandLedger, precedent_id: str, actor: Actor, now: datetime) -> Precedent:
    """Make a precedent one that drafts may follow."""
    return _decide(ledger, precedent_id, "accepted", actor, now)


def retire(ledger: BrandLedger, precedent_id: str, actor: Actor, now: datetime) -> Precedent:
    """Take a precedent out of use; it is kept."""
    return _decide(ledger, precedent_id, "retired", actor, now)


def _decide(ledger: BrandLedger, precedent_id: str, status: str, actor: Actor, now: datetime) -> Precedent:
    allow(ledger, actor, "own", "decide about precedents")
    found = next((p for p in ledger.precedents() if p.id == precedent_id), None)
    if found is None:
        raise InputError(f"There is no precedent '{precedent_id}' in '{ledger.brand}'. See: candor precedents list")
    return ledger.set_precedent(found.model_copy(update={"status": status}), actor, now)


def _acts(text: str, drafted: DraftRecord | None) -> tuple[str, ...]:
    """The acts of the draft's sentences that are still in the text."""
    if drafted is None:
        return ()
    return tuple(dict.fromkeys(s.act for s in drafted.draft.sentences if s.text in text))


def _facts_used(brand: Brand, text: str, drafted: DraftRecord | None, now: datetime) -> tuple[str, ...]:
    """Facts the draft cited and the sent text still carries."""
    if drafted is None:
        return ()
    cited = {id for s in drafted.draft.sentences for id in s.evidence_ids}
    said = set(stems(text))
    facts = [f for f in valid_facts(brand, now) if f.id in cited]
    return tuple(f.id for f in facts if len(said & set(stems(f.text))) >= 3)
