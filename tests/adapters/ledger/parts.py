"""Values the ledger's tests are made of, and what other processes do to a ledger."""

import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import event

from copilot.adapters.ledger import SqlBrandLedger, SqlLedger, open_ledger
from copilot.errors import Conflict
from copilot.models import (
    Action,
    Actor,
    ApprovedReply,
    Case,
    Draft,
    DraftRecord,
    KnowledgeGap,
    Mention,
    OutboxItem,
    Precedent,
    Promise,
    Provenance,
    Purpose,
    Sentence,
    Thread,
    TriageDecision,
)
from copilot.ports import NewMention

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
JO = Actor(person="jo")
SAM = Actor(person="sam", identity="verified")
BRAND = "bakery"


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'ledger.db'}"


def triage(action: Action = "reply", urgency: float = 0.5, reason: str = "asks something") -> TriageDecision:
    return TriageDecision(action=action, intent="question", sentiment="neutral", urgency=urgency, reason=reason)


def mention(id: str = "m1", *, minutes: float = 0, **fields: Any) -> Mention:
    known = {"brand": BRAND, "channel": "bluesky", "author": "dana", "text": f"Is the rye bread vegan? ({id})"}
    return Mention(**{**known, "id": id, "created_at": at(minutes), **fields})


def new(
    id: str = "m1",
    *,
    minutes: float = 0,
    action: Action = "reply",
    urgency: float = 0.5,
    due: float | None = 60,
    **fields: Any,
) -> NewMention:
    """A mention with its triage; `due` in minutes after NOW."""
    decided = None if fields.get("from_brand") else triage(action, urgency)
    return NewMention(mention(id, minutes=minutes, **fields), decided, None if due is None else at(due))


def opened(ledger: SqlBrandLedger, id: str = "m1", **fields: Any) -> Case:
    ledger.add_mentions([new(id, brand=ledger.brand, **fields)], NOW, None)
    return ledger.case_of(id)


def reply(
    case: Case, id: str = "r1", *, purpose: Purpose = "answer", approver: Actor = JO, **fields: Any
) -> ApprovedReply:
    text = fields.pop("text", "Yes, it is: flour, water, salt.")
    known: dict[str, Any] = {
        "brand": case.brand,
        "case_id": case.id,
        "case_version": case.version,
        "mention_id": case.mention_id,
        "draft_id": None,
        "channel": case.channel,
        "account": "brand",
        "text_sha": sha256(text.encode()).hexdigest(),
        "approved_at": at(1),
    }
    return ApprovedReply(**{**known, "id": id, "purpose": purpose, "text": text, "approver": approver, **fields})


def promise(case: Case, outbox_id: str = "r1", id: str = "pr1", due: float = 120) -> Promise:
    return Promise(
        id=id, case_id=case.id, outbox_id=outbox_id, kind="callback", text="We call you.", owner="jo", due=at(due)
    )


def gap(id: str = "g1", mentions: Sequence[str] = ("m1",), **fields: Any) -> KnowledgeGap:
    known = {"question": "Is the rye bread vegan?", "created_at": NOW}
    return KnowledgeGap(**{**known, "id": id, "mention_ids": tuple(mentions), **fields})


def precedent(id: str = "p-1", **fields: Any) -> Precedent:
    known = {
        "intent": "complaint",
        "mention": "Burnt.",
        "situation": "burnt loaf",
        "reply": "Ours.",
        "resolved_at": NOW.date(),
    }
    return Precedent(**{**known, "id": id, **fields})


def draft(id: str = "d1", of: Mention | None = None) -> DraftRecord:
    of = of or mention()
    made = Provenance(model="none", prompt_sha="0", voice_version="1", knowledge_sha="k1", created_at=NOW)
    return DraftRecord(
        id=id,
        mention=of,
        thread=Thread(id=of.thread or of.id, mentions=(of,)),
        triage=triage(),
        evidence=(),
        draft=Draft(sentences=(Sentence(text="Yes.", act="answer"),), provenance=made),
    )


def approved(ledger: SqlBrandLedger, case: Case, id: str = "r1", **fields: Any) -> OutboxItem:
    """Approved, hold over at minute 2."""
    promises = fields.pop("promises", ())
    return ledger.commit_approval(reply(case, id, **fields), at(2), promises, ())


def leased(ledger: SqlBrandLedger, minutes: float = 3, lasts: float = 5) -> OutboxItem:
    item = ledger.lease_due(at(minutes), at(minutes + lasts))
    assert item is not None
    return item


def sending(ledger: SqlBrandLedger, minutes: float = 3) -> OutboxItem:
    item = leased(ledger, minutes)
    assert ledger.start_sending(item.id, item.lease_token, at(minutes))
    return item


# What other processes do -----------------------------------------------------------------------------------------


def approve_in(address: str, person: str, case: Case) -> str:
    """Approve as `person`; the error's text when another was first."""
    ledger = open_ledger(address)
    try:
        actor = Actor(person=person)
        return ledger.brand(case.brand).commit_approval(reply(case, f"r-{person}", approver=actor), at(2), (), ()).id
    except Conflict as error:
        return f"conflict: {error}"
    finally:
        ledger.close()


def write_in(address: str, writer: int, calls: int) -> int:
    """Add one mention of its own and one that all writers share, a call; how many were new."""
    ledger = open_ledger(address)
    try:
        brand = ledger.brand(BRAND)
        counts = [
            len(brand.add_mentions([new(f"w{writer}-{n}"), new(f"shared-{n}", author=f"a{n}")], NOW, None).new)
            for n in range(calls)
        ]
        return sum(counts)
    finally:
        ledger.close()


def open_in(address: str, brand: str) -> list[str]:
    """Open, store something, say which brands there are."""
    ledger = open_ledger(address)
    try:
        ledger.brand(brand).save_snapshot({"voice.md": "# Voice"}, "k1", NOW, NOW.date())
        return ledger.brands()
    finally:
        ledger.close()


def die_at(ledger: SqlLedger, statement: int) -> None:
    """Make this process kill itself, with no chance to clean up, before its nth statement."""
    seen = 0

    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(ledger._engine, "before_cursor_execute", count)  # pyright: ignore[reportPrivateUsage]


def approve_and_die(address: str, statement: int) -> bool:
    """Fork a child that approves and dies at a statement; True when it lived to the end."""
    pid = os.fork()
    if pid == 0:
        ledger = open_ledger(address)
        brand = ledger.brand(BRAND)
        case = brand.case_of("m1")
        die_at(ledger, statement)
        brand.commit_approval(reply(case), at(2), [promise(case)], [gap()])
        os._exit(0)
    return os.waitpid(pid, 0)[1] == 0


if __name__ == "__main__":  # run by test_races with the ledger's address: a process of its own may fork
    number = 1
    while True:
        lived = approve_and_die(sys.argv[1], number)
        after = open_ledger(sys.argv[1])
        there = after.brand(BRAND)
        print(number, lived, len(there.outbox()), there.case_of("m1").state, len(there.gaps()), flush=True)  # noqa: T201
        after.close()
        if lived:
            break
        number += 1
