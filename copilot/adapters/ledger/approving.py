"""An approval and its place in the outbox come to be together, and only once for a mention and purpose."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select
from sqlalchemy.exc import IntegrityError

from copilot.adapters.ledger.base import Store, body, missing, row, when
from copilot.adapters.ledger.casework import check_version, follow, load, moved, store
from copilot.adapters.ledger.knowledge import pause_reason
from copilot.adapters.ledger.registers import file_attestation, file_gap
from copilot.adapters.ledger.tables import approvals, drafts, mentions, outbox, promises
from copilot.errors import Conflict, InputError, Refused, StorageError
from copilot.models import ApprovedReply, KnowledgeGap, OutboxItem, OutboxState, Promise

_COLUMNS = tuple(name for name in OutboxItem.model_fields if name != "reply")


class Approvals(Store):
    """Approvals of one brand, and what the outbox holds."""

    def commit_approval(
        self, reply: ApprovedReply, hold_until: datetime, promises: Sequence[Promise], gaps: Sequence[KnowledgeGap]
    ) -> OutboxItem:
        """In one transaction: the approval, its outbox row (the reply's id), its promises, the case's new state.

        Raises:
            Conflict: the case has a newer version than the approver saw, or an answer for this mention and purpose
                stands already; the message says whose.
            Refused: the brand is paused, or the case is in a state in which nothing is approved.
        """
        if reply.brand != self._brand:
            raise InputError(f"The reply is of the brand '{reply.brand}', this is '{self._brand}'.")
        payload = body(reply)
        with self._writing() as connection:
            self._check_reply(connection, reply, promises)
            item = load(connection, self._brand, reply.case_id)
            check_version(connection, item.case, reply.case_version)
            item = moved(item, follow(item.case, "approve"))
            try:
                self._insert(connection, reply, payload, hold_until, item.case.version)
            except IntegrityError as error:  # no writer runs beside this one; the database holds it all the same
                raise Conflict(
                    f"Another approval for {reply.mention_id} came first. Look at the case again."
                ) from error
            self._promise(connection, promises)
            for gap in gaps:
                file_gap(connection, self._brand, gap)
            for said in reply.attestations:
                file_attestation(connection, self._brand, reply.case_id, said, reply.approved_at)
            detail: dict[str, Any] = {"outbox_id": reply.id, "mention_id": reply.mention_id, "purpose": reply.purpose}
            if reply.override_reasons:
                detail["overrides"] = reply.override_reasons
            store(connection, item, "approve", reply.approver, reply.approved_at, detail)
            return outbox_item(connection, self._brand, reply.id, self._where)

    def outbox(
        self, states: Sequence[OutboxState] = (), limit: int = 200, *, case_id: str | None = None
    ) -> list[OutboxItem]:
        """Newest first; with `case_id` only that case's."""
        wanted = outbox_rows(self._brand)
        if case_id is not None:
            wanted = wanted.where(approvals.c.case_id == case_id)
        if states:
            wanted = wanted.where(outbox.c.state.in_(states))
        wanted = wanted.order_by(outbox.c.created_at.desc(), outbox.c.id.desc()).limit(limit)
        with self._reading() as connection:
            return [verified(found, self._where) for found in connection.execute(wanted).mappings()]

    def outbox_item(self, outbox_id: str) -> OutboxItem:
        """Raises InputError when there is none."""
        with self._reading() as connection:
            return outbox_item(connection, self._brand, outbox_id, self._where)

    def recent_replies(self, n: int) -> list[str]:
        """Texts of the last sent replies, newest first."""
        wanted = outbox_rows(self._brand).where(outbox.c.state == "sent")
        wanted = wanted.order_by(outbox.c.sent_at.desc(), outbox.c.id.desc()).limit(n)
        with self._reading() as connection:
            return [verified(found, self._where).reply.text for found in connection.execute(wanted).mappings()]

    def _check_reply(self, connection: Connection, reply: ApprovedReply, promises: Sequence[Promise]) -> None:
        """What must be true before anything is written."""
        reason = pause_reason(connection, self._brand)
        if reason is not None:
            raise Refused(f"The brand '{self._brand}' is paused: {reason}. Nothing is approved until it is resumed.")
        if any(p.outbox_id != reply.id or p.case_id != reply.case_id for p in promises):
            raise InputError(f"A promise given with reply {reply.id} belongs to another reply or case.")
        mention = row(connection, mentions, self._brand, mentions.c.id == reply.mention_id)
        if mention is None or mention["case_id"] != reply.case_id:
            raise InputError(
                f"Mention '{reply.mention_id}' does not belong to case {reply.case_id} of '{self._brand}'."
            )
        draft = reply.draft_id
        if draft is not None and row(connection, drafts, self._brand, drafts.c.id == draft) is None:
            raise InputError(f"Draft '{draft}', from which the reply was made, is not stored. Store it first.")
        self._check_standing(connection, reply)

    def _check_standing(self, connection: Connection, reply: ApprovedReply) -> None:
        standing = (
            select(approvals.c.approver, approvals.c.at, outbox.c.state, outbox.c.id)
            .join(outbox, (outbox.c.brand == approvals.c.brand) & (outbox.c.id == approvals.c.id))
            .where(approvals.c.brand == self._brand, outbox.c.mention_id == reply.mention_id)
            .where(outbox.c.purpose == reply.purpose, outbox.c.state != "taken_back")
        )
        other = connection.execute(standing).one_or_none()
        if other is not None:
            raise Conflict(
                f"{other.approver} approved a reply ({reply.purpose}) to this message on {when(other.at)}; it is "
                f"'{other.state}' in the outbox as {other.id}. Yours was not stored."
            )
        used = row(connection, approvals, self._brand, approvals.c.id == reply.id)
        if used is not None:
            raise Conflict(
                f"{used['approver']} used the id {reply.id} on {when(used['at'])}. Approve again for a new one."
            )

    def _insert(
        self, connection: Connection, reply: ApprovedReply, payload: str, hold_until: datetime, version: int
    ) -> None:
        known = {"brand": self._brand, "id": reply.id, "case_id": reply.case_id, "mention_id": reply.mention_id}
        approval = insert(approvals).values(
            **known,
            draft_id=reply.draft_id,
            approver=reply.approver.person,
            at=reply.approved_at,
            payload=payload,
            payload_sha=_seal(reply.id, reply.approved_at, payload),
        )
        connection.execute(approval)
        item = OutboxItem(
            id=reply.id, reply=reply, state="queued", created_at=reply.approved_at, hold_until=hold_until
        ).model_dump(exclude={"reply"})
        row = {**item, "purpose": reply.purpose, "approved_version": version, "manual": False}
        connection.execute(insert(outbox).values(**known, **{k: v for k, v in row.items() if k not in known}))

    def _promise(self, connection: Connection, new: Sequence[Promise]) -> None:
        for promise in new:
            if row(connection, promises, self._brand, promises.c.id == promise.id) is not None:
                raise InputError(f"The promise id '{promise.id}' is used already; each promise needs its own.")
            connection.execute(insert(promises).values(brand=self._brand, running=False, **promise.model_dump()))


def outbox_rows(brand: str) -> Any:
    """Select outbox rows of the brand, with the approval's frozen payload."""
    return (
        select(outbox, approvals.c.payload, approvals.c.payload_sha, approvals.c.approver)
        .join(approvals, (approvals.c.brand == outbox.c.brand) & (approvals.c.id == outbox.c.id))
        .where(outbox.c.brand == brand)
    )


def outbox_item(connection: Connection, brand: str, id: str, where: str) -> OutboxItem:
    """The item as stored, verified. Raises InputError when there is none."""
    found = connection.execute(outbox_rows(brand).where(outbox.c.id == id)).mappings().one_or_none()
    if found is None:
        raise missing("outbox item", id, brand)
    return verified(found, where)


def verified(found: RowMapping, where: str) -> OutboxItem:
    """An item whose text is still what was approved.

    Raises:
        StorageError: the stored payload, or the row that points to it, was changed afterwards.
    """
    if _seal(found["id"], found["created_at"], found["payload"]) == found["payload_sha"]:
        reply = ApprovedReply.model_validate_json(found["payload"])
        frozen = (reply.brand, reply.case_id, reply.mention_id, reply.purpose)
        if frozen == (found["brand"], found["case_id"], found["mention_id"], found["purpose"]):
            return OutboxItem(reply=reply, **{name: found[name] for name in _COLUMNS})
    raise StorageError(
        f"Reply {found['id']} in the ledger {where} is not what {found['approver']} approved: it was changed since "
        "and will not be sent. Find out who can write the database, then answer the mention by hand."
    )


def _seal(id: str, created_at: datetime, payload: str) -> str:
    """Hash of all that must not change between approval and post: the channel's key, the post's time, the payload."""
    return sha256(json.dumps([id, created_at.astimezone(UTC).isoformat(), payload]).encode()).hexdigest()
