"""The life of a case outside of drafting and sending."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args

from copilot.adapters.ledger.base import Store
from copilot.adapters.ledger.casework import check_version, follow, history, load, moved, store
from copilot.adapters.ledger.registers import file_attestation
from copilot.errors import InputError, Refused
from copilot.models import Actor, Attestation, Case, CaseEvent, CaseLogEntry

_ELSEWHERE = {
    "approve": "a reply is approved with its text and its checks",
    "take_back": "an approval is taken back in the outbox",
    "sent": "a reply is marked as sent in the outbox",
    "message": "messages come in by import",
}
_NOTES = ("note", "assign", "attest", "import")
_SETTLES = ("resolve", "no_reply")


class Cases(Store):
    """Cases of one brand."""

    def case(self, case_id: str) -> Case:
        """Raises InputError when there is none."""
        with self._reading() as connection:
            return load(connection, self._brand, case_id).case

    def history(self, case_id: str) -> list[CaseLogEntry]:
        """What happened, oldest first."""
        with self._reading() as connection:
            load(connection, self._brand, case_id)
            return history(connection, self._brand, case_id)

    def change(
        self,
        case_id: str,
        event: CaseEvent,
        actor: Actor | None,
        at: datetime,
        *,
        expected_version: int | None = None,
        detail: Mapping[str, Any] | None = None,
        escalated_to: str | None = None,
        snoozed_until: datetime | None = None,
        reason: str = "",
    ) -> Case:
        """Move a case along the transition table; what concerns a reply goes through the outbox instead.

        Raises:
            Refused: the table has no such row; the message says what state the case is in and what is possible.
            Conflict: `expected_version` is not current; the message says who changed what.
        """
        if event not in get_args(CaseEvent):
            raise InputError(f"A case knows no '{event}'. Events are: {', '.join(get_args(CaseEvent))}.")
        if event in _ELSEWHERE:
            raise Refused(f"'{event}' cannot be set on case {case_id} by itself: {_ELSEWHERE[event]}.")
        if event == "snooze" and snoozed_until is None:
            raise InputError(f"Say until when case {case_id} sleeps.")
        extra = {"reason": reason, "escalated_to": escalated_to, "snoozed_until": snoozed_until}
        given = {name: value for name, value in extra.items() if value}
        with self._writing() as connection:
            item = load(connection, self._brand, case_id)
            check_version(connection, item.case, expected_version)
            item = moved(item, follow(item.case, event), **given)
            if event in _SETTLES:
                item = item._replace(settled=item.case.version)
            elif event == "reopen":  # what was closed without an answer waits again
                item = item._replace(settled=item.answered)
            return store(connection, item, event, actor, at, {**given, **(detail or {})})

    def annotate(
        self,
        case_id: str,
        event: str,
        actor: Actor,
        at: datetime,
        detail: Mapping[str, Any],
        *,
        assignee: str | None = None,
    ) -> Case:
        """Add a note, an assignment (None: nobody) or an attestation (``text``, ``why``) to the history."""
        if event not in _NOTES:
            raise InputError(f"'{event}' is no entry for a history by hand. Possible: {', '.join(_NOTES)}.")
        with self._writing() as connection:
            item = load(connection, self._brand, case_id)
            changes: dict[str, Any] = {}
            if event == "assign" or assignee is not None:
                changes["assignee"] = assignee
            if event == "attest":
                file_attestation(connection, self._brand, case_id, _attested(detail, actor), at)
            return store(connection, moved(item, item.case.state, **changes), event, actor, at, {**detail, **changes})


def _attested(detail: Mapping[str, Any], actor: Actor) -> Attestation:
    if not detail.get("text") or not detail.get("why"):
        raise InputError("An attestation needs the statement ('text') and how you know it ('why').")
    return Attestation(text=str(detail["text"]), by=str(detail.get("by") or actor.person), why=str(detail["why"]))
