"""The rest of a case's life: who looks at it, where it waits, how it ends."""

from datetime import datetime

from copilot.access import allow
from copilot.errors import InputError
from copilot.learn import candidate
from copilot.models import Actor, Case, OutboxItem, Precedent
from copilot.pipeline import Desk, gap

_NOTE_LIMIT = 2000


def assign(desk: Desk, case_id: str, to: str, actor: Actor) -> Case:
    """Give a case to somebody of the brand."""
    allow(desk.ledger, actor, "work", "assign cases")
    person = desk.person(to)
    return desk.ledger.annotate(case_id, "assign", actor, desk.clock(), {"to": person.id}, assignee=person.id)


def note(desk: Desk, case_id: str, text: str, actor: Actor) -> Case:
    """Write an internal note; customers never see it."""
    allow(desk.ledger, actor, "work", "write notes")
    return desk.ledger.annotate(case_id, "note", actor, desk.clock(), {"text": _words(text, "The note")})


def snooze(desk: Desk, case_id: str, until: datetime, actor: Actor, version: int | None = None) -> Case:
    """Put a case aside until a time to come."""
    allow(desk.ledger, actor, "work", "snooze cases")
    if until <= desk.clock():
        raise InputError(f"{until:%Y-%m-%d %H:%M %Z} has passed. Name a time to come.")
    return desk.ledger.change(case_id, "snooze", actor, desk.clock(), expected_version=version, snoozed_until=until)


def escalate(desk: Desk, case_id: str, to: str, why: str, actor: Actor, version: int | None = None) -> Case:
    """Hand a case to the person who decides about it, with a note."""
    allow(desk.ledger, actor, "work", "escalate cases")
    person = desk.person(to)
    return desk.ledger.change(
        case_id,
        "escalate",
        actor,
        desk.clock(),
        expected_version=version,
        escalated_to=person.id,
        reason=_words(why, "The reason"),
    )


def give_back(desk: Desk, case_id: str, what: str, actor: Actor, version: int | None = None) -> Case:
    """Return an escalated case to the inbox with what was decided."""
    allow(desk.ledger, actor, "work", "return cases")
    return desk.ledger.change(
        case_id, "return", actor, desk.clock(), expected_version=version, reason=_words(what, "The decision")
    )


def no_reply(desk: Desk, case_id: str, why: str, actor: Actor, version: int | None = None) -> Case:
    """Decide, with a reason, that silence is the better answer."""
    allow(desk.ledger, actor, "work", "close cases without a reply")
    return desk.ledger.change(
        case_id, "no_reply", actor, desk.clock(), expected_version=version, reason=_words(why, "The reason")
    )


def reopen(desk: Desk, case_id: str, actor: Actor, version: int | None = None) -> Case:
    """Put a case back into the inbox."""
    allow(desk.ledger, actor, "work", "reopen cases")
    return desk.ledger.change(case_id, "reopen", actor, desk.clock(), expected_version=version)


def attest(desk: Desk, case_id: str, text: str, why: str, actor: Actor) -> Case:
    """Vouch for a true statement that the facts lack; the owner finds it among the knowledge gaps."""
    allow(desk.ledger, actor, "work", "attest statements")
    detail = {"text": _words(text, "The statement"), "why": _words(why, "How you know it")}
    case = desk.ledger.annotate(case_id, "attest", actor, desk.clock(), detail)
    desk.ledger.add_gap(gap(detail["text"], case.mention_id, desk.clock(), "attested"))
    return case


def take_back(desk: Desk, outbox_id: str, actor: Actor) -> OutboxItem:
    """Void an approval that has not left yet."""
    allow(desk.ledger, actor, "work", "take replies back")
    return desk.ledger.take_back(outbox_id, actor, desk.clock())


def mark_sent(desk: Desk, outbox_id: str, actor: Actor, url: str | None = None) -> OutboxItem:
    """Say that a person posted this reply by hand; its promises start to run."""
    allow(desk.ledger, actor, "work", "mark replies sent")
    return desk.ledger.mark_sent(outbox_id, actor, url, desk.clock())


def resolve(
    desk: Desk, case_id: str, outcome: str, actor: Actor, version: int | None = None
) -> tuple[Case, Precedent | None]:
    """Close a case; what was sent becomes a candidate precedent that waits for an owner."""
    allow(desk.ledger, actor, "work", "resolve cases")
    now = desk.clock()
    case = desk.ledger.change(case_id, "resolve", actor, now, expected_version=version, reason=outcome.strip()[:500])
    sent = [i for i in desk.ledger.outbox(("sent",), case_id=case_id) if i.reply.purpose != "holding"]
    if not sent:
        return case, None
    mention = desk.ledger.mention(sent[0].reply.mention_id)
    decision = desk.triage(mention, desk.ledger.thread_of(mention.id))
    drafted = desk.ledger.draft(sent[0].reply.draft_id) if sent[0].reply.draft_id else None
    proposal = candidate(desk.brand, mention, decision, sent[0], drafted, outcome, now)
    desk.ledger.put_precedents([proposal], now, actor)
    return case, proposal


def _words(text: str, what: str) -> str:
    """`text`, trimmed; refused when empty."""
    text = text.strip()
    if not text:
        raise InputError(f"{what} is missing. Say it in a few words.")
    return text[:_NOTE_LIMIT]
