"""One step of one case: the only place that writes a case, its version and its history together."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, insert, select

from copilot.adapters.ledger.base import by, missing, rewrite, row, to_json, when, who
from copilot.adapters.ledger.tables import case_log, cases, mentions
from copilot.errors import Conflict, Refused
from copilot.models import TRANSITIONS, Actor, Case, CaseEvent, CaseLogEntry, CaseState, TriageDecision

_FIELDS = tuple(name for name in Case.model_fields if name != "triage")
_RANKS = {"escalate": 0, "reply": 1, "ignore": 2}
_DONE: dict[str, str] = {
    "draft": "drafted a reply",
    "approve": "approved a reply",
    "take_back": "took the reply back",
    "sent": "sent the reply",
    "resolve": "resolved it",
    "escalate": "escalated it",
    "return": "gave it back",
    "snooze": "snoozed it",
    "wake": "woke it",
    "no_reply": "decided on no reply",
    "reopen": "reopened it",
    "message": "brought in a new message",
    "import": "brought in a message",
    "note": "left a note",
    "assign": "assigned it",
    "attest": "vouched for something",
}


class Held(NamedTuple):
    """A case as stored, with what only the ledger needs to know of it."""

    case: Case
    answered: int
    """Messages that arrived with versions up to this have been answered."""
    settled: int
    """Messages up to this wait for nothing."""


class Waiting(NamedTuple):
    """A customer's message that nobody has dealt with; sorts by age."""

    created_at: datetime
    id: str
    triage: TriageDecision | None
    due_at: datetime | None


def case_id(thread: str, author: str) -> str:
    """The same thread and author make the same case, in whatever order their messages arrive."""
    return "c-" + sha256(json.dumps([thread, author]).encode()).hexdigest()[:20]


def decision(stored: str | None) -> TriageDecision | None:
    """Triage from its column."""
    return None if stored is None else TriageDecision.model_validate_json(stored)


def held(found: RowMapping) -> Held:
    """A case from its row."""
    case = Case(**{name: found[name] for name in _FIELDS}, triage=decision(found["triage"]))
    return Held(case, found["answered_version"], found["settled_version"])


def load(connection: Connection, brand: str, id: str) -> Held:
    """Raises InputError when the brand has no such case."""
    found = row(connection, cases, brand, cases.c.id == id)
    if found is None:
        raise missing("case", id, brand)
    return held(found)


def columns(item: Held) -> dict[str, Any]:
    """A case as its row; what the inbox sorts by has columns of its own."""
    case, triage = item.case, item.case.triage
    rank = 0 if case.state == "escalated" else _RANKS[triage.action] if triage else 1
    return {
        **{name: getattr(case, name) for name in _FIELDS},
        "triage": triage.model_dump_json() if triage else None,
        "rank": rank,
        "urgency": triage.urgency if triage else 0.0,
        "answered_version": item.answered,
        "settled_version": item.settled,
    }


def log_columns(case: Case, event: str, actor: Actor | None, at: datetime, detail: Mapping[str, Any]) -> dict[str, Any]:
    """The history's line for the version a case has now."""
    known: dict[str, Any] = {"brand": case.brand, "case_id": case.id, "version": case.version, "at": at, "event": event}
    return {**known, **who(actor), "state": case.state, "detail": to_json(detail)}


def follow(case: Case, event: CaseEvent) -> CaseState:
    """The state after `event`.

    Raises:
        Refused: the table of transitions has no such row.
    """
    rule = TRANSITIONS.get((case.state, event))
    if rule is None:
        possible = [e for (state, e), r in TRANSITIONS.items() if state == case.state and r.roles]
        raise Refused(
            f"Case {case.id} is '{case.state}', so '{event}' is not possible. "
            f"Possible now: {', '.join(possible) or 'nothing'}."
        )
    return rule.to


def moved(item: Held, to: CaseState, **changes: Any) -> Held:
    """The case one version on. What belongs to a state (whom it waits for, until when, why) leaves with it."""
    old = item.case
    gone: dict[str, Any] = {}
    if to != old.state:
        gone = {"escalated_to": None, "snoozed_until": None, "reason": ""}
    return item._replace(case=old.model_copy(update={**gone, **changes, "state": to, "version": old.version + 1}))


def store(
    connection: Connection, item: Held, event: str, actor: Actor | None, at: datetime, detail: Mapping[str, Any]
) -> Case:
    """Write a moved case and its line of history."""
    case = item.case
    connection.execute(rewrite(cases, case.brand, cases.c.id == case.id).values(**columns(item)))
    connection.execute(insert(case_log).values(**log_columns(case, event, actor, at, detail)))
    return case


def waiting(connection: Connection, brand: str, id: str, after: int) -> list[Waiting]:
    """Messages of a case that arrived with versions later than `after`."""
    wanted = select(mentions.c.created_at, mentions.c.id, mentions.c.triage, mentions.c.due_at).where(
        mentions.c.brand == brand, mentions.c.case_id == id, mentions.c.case_version > after
    )
    return [Waiting(r.created_at, r.id, decision(r.triage), r.due_at) for r in connection.execute(wanted)]


def summary(messages: Sequence[Waiting]) -> dict[str, Any]:
    """What waiting messages make of their case: the newest is answered, the most pressing decides how it ranks.

    A "hello?" after a complaint neither hides the complaint nor moves its due time.
    """
    newest = max(messages, key=lambda m: (m.created_at, m.id))
    judged = [m for m in messages if m.triage]
    pressing = max(judged, key=_pressing, default=None)
    return {
        "mention_id": newest.id,
        "triage": pressing.triage if pressing else None,
        "due_at": min((m.due_at for m in messages if m.due_at), default=None),
    }


def _pressing(message: Waiting) -> tuple[int, float, datetime, str]:
    assert message.triage is not None
    return -_RANKS[message.triage.action], message.triage.urgency, message.created_at, message.id


def history(connection: Connection, brand: str, id: str, after: int = 0) -> list[CaseLogEntry]:
    """The history's lines later than version `after`, oldest first."""
    wanted = select(case_log).where(case_log.c.brand == brand, case_log.c.case_id == id, case_log.c.version > after)
    return [
        CaseLogEntry(
            at=line["at"],
            actor=None if line["person"] is None else Actor(person=line["person"], identity=line["identity"]),
            event=line["event"],
            state=line["state"],
            version=line["version"],
            detail=json.loads(line["detail"]),
        )
        for line in connection.execute(wanted.order_by(case_log.c.version)).mappings()
    ]


def check_version(connection: Connection, case: Case, expected: int | None) -> None:
    """Refuse an act on a version that is not current.

    Raises:
        Conflict: names who changed what since.
    """
    if expected is None or expected == case.version:
        return
    lines = [
        f"{by(line.actor.person if line.actor else None)} {_DONE.get(line.event, line.event)} on {when(line.at)}"
        for line in history(connection, case.brand, case.id, expected)[-3:]
    ]
    since = f" Since then {'; '.join(lines)}." if lines else ""
    raise Conflict(
        f"Case {case.id} changed meanwhile: you saw version {expected}, now it is {case.version} and '{case.state}'."
        f"{since} Look at it again, then decide."
    )
