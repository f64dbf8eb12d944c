"""The way of an approved reply: leased by one worker at a time, sent once, or taken back before it leaves."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, delete, or_

from copilot.adapters.ledger.approving import outbox_item, outbox_rows, verified
from copilot.adapters.ledger.base import Store, by, missing, rewrite, row, when
from copilot.adapters.ledger.casework import follow, load, moved, store, summary, waiting
from copilot.adapters.ledger.knowledge import pause_reason
from copilot.adapters.ledger.tables import outbox, promises
from copilot.errors import Conflict, Refused, StorageError
from copilot.models import Actor, OutboxItem, OutboxState, PublishResult

_OUTCOMES: dict[tuple[str, str], OutboxState] = {
    ("leased", "failed"): "failed",
    ("leased", "manual"): "queued",
    ("sending", "sent"): "sent",
    ("sending", "failed"): "failed",
    ("sending", "unknown"): "unknown",
    ("sending", "manual"): "queued",
    ("unknown", "sent"): "sent",
    ("unknown", "failed"): "failed",
    ("unknown", "unknown"): "unknown",
}
"""(state, what the channel said) → what follows. An unknown one is reconciled, never handed out to be posted again."""
_BY_HAND = ("queued", "leased", "failed", "unknown")
_STILL_HERE = ("queued", "leased", "failed")
_COPY = "A person has to copy it to the channel and mark it as sent."


class Sending(Store):
    """Sends of one brand."""

    def lease_due(self, now: datetime, lease_until: datetime) -> OutboxItem | None:
        """Claim the oldest queued item whose hold is over (or whose lease ran out before it was sending).

        None while the brand is paused. An item whose text was changed after the approval fails at once, loudly.
        """
        due = or_(
            and_(outbox.c.state == "queued", outbox.c.manual.is_(False), outbox.c.hold_until <= now),
            and_(outbox.c.state == "leased", outbox.c.lease_until <= now),
        )
        oldest = outbox_rows(self._brand).where(due).order_by(outbox.c.created_at, outbox.c.id).limit(1)
        broken: StorageError | None = None
        with self._writing() as connection:
            if pause_reason(connection, self._brand) is not None:
                return None
            found = connection.execute(oldest).mappings().one_or_none()
            if found is None:
                return None
            try:
                verified(found, self._where)
                token = found["lease_token"] + 1
                _set(connection, self._brand, found["id"], state="leased", lease_token=token, lease_until=lease_until)
                return outbox_item(connection, self._brand, found["id"], self._where)
            except StorageError as error:
                broken = error
                _set(connection, self._brand, found["id"], state="failed", last_error=str(error))
        raise broken

    def start_sending(self, outbox_id: str, lease_token: int, now: datetime) -> bool:
        """`leased → sending`; False when the lease is no longer ours, or the brand was paused meanwhile."""
        with self._writing() as connection:
            found = _row(connection, self._brand, outbox_id)
            ours = found["state"] == "leased" and found["lease_token"] == lease_token and now < found["lease_until"]
            if not ours or pause_reason(connection, self._brand) is not None:
                return False
            outbox_item(connection, self._brand, outbox_id, self._where)
            _set(connection, self._brand, outbox_id, state="sending", attempts=found["attempts"] + 1)
            return True

    def finish_send(self, outbox_id: str, lease_token: int, result: PublishResult, at: datetime) -> OutboxItem:
        """Store the outcome. ``manual`` goes back to queued with a note that a person has to copy it.

        An item in `unknown` is reconciled by this too, with the token it has.

        Raises:
            Conflict: the lease is no longer ours.
        """
        with self._writing() as connection:
            found = _row(connection, self._brand, outbox_id)
            state = _OUTCOMES.get((found["state"], result.state))
            if found["lease_token"] != lease_token or state is None:
                raise Conflict(
                    f"Send {outbox_id} is '{found['state']}' with lease {found['lease_token']}; the outcome "
                    f"'{result.state}' of lease {lease_token} does not fit and was not stored."
                )
            if state == "sent":
                return self._sent(connection, found, None, result.url, at)
            manual = result.state == "manual"
            error = result.detail or (_COPY if manual else "")
            _set(connection, self._brand, outbox_id, state=state, last_error=error, lease_until=None, manual=manual)
            item = load(connection, self._brand, found["case_id"])
            detail = {"outbox_id": outbox_id, "outbox": state, "detail": error}
            store(connection, moved(item, item.case.state), "note", None, at, detail)
            return outbox_item(connection, self._brand, outbox_id, self._where)

    def mark_sent(self, outbox_id: str, actor: Actor, url: str | None, at: datetime) -> OutboxItem:
        """A person posted it by hand: `sent`, the case waits for the customer, promises start to run.

        Doing it twice changes nothing.

        Raises:
            Conflict: somebody else marked it, or a worker sent it.
            Refused: it is being sent, or was taken back.
        """
        with self._writing() as connection:
            found = _row(connection, self._brand, outbox_id)
            if found["state"] == "sent":
                if found["sent_by"] == actor.person:
                    return outbox_item(connection, self._brand, outbox_id, self._where)
                sender = found["sent_by"] or "the channel's worker"
                raise Conflict(
                    f"{sender} sent {outbox_id} on {when(found['sent_at'])} already. If yours is out too, delete one."
                )
            if found["state"] not in _BY_HAND:
                raise Refused(_why_not(found, "marked as sent"))
            return self._sent(connection, found, actor, url, at)

    def take_back(self, outbox_id: str, actor: Actor, at: datetime) -> OutboxItem:
        """Void an approval that has not left. Doing it twice changes nothing.

        Raises:
            Refused: it has been sent, is being sent, or may have been sent.
            Conflict: somebody else took it back.
        """
        with self._writing() as connection:
            found = _row(connection, self._brand, outbox_id)
            if found["state"] == "taken_back":
                if found["taken_back_by"] == actor.person:
                    return outbox_item(connection, self._brand, outbox_id, self._where)
                raise Conflict(f"{by(found['taken_back_by'])} took {outbox_id} back already.")
            if found["state"] not in _STILL_HERE:
                raise Refused(_why_not(found, "taken back"))
            _set(connection, self._brand, outbox_id, state="taken_back", taken_back_by=actor.person, lease_until=None)
            connection.execute(
                delete(promises).where(promises.c.brand == self._brand, promises.c.outbox_id == outbox_id)
            )
            item = load(connection, self._brand, found["case_id"])
            item = moved(item, follow(item.case, "take_back"))
            store(connection, item, "take_back", actor, at, {"outbox_id": outbox_id})
            return outbox_item(connection, self._brand, outbox_id, self._where)

    def _sent(
        self, connection: Connection, found: RowMapping, actor: Actor | None, url: str | None, at: datetime
    ) -> OutboxItem:
        id = found["id"]
        person = actor.person if actor else None
        _set(
            connection,
            self._brand,
            id,
            state="sent",
            url=url,
            sent_at=at,
            sent_by=person,
            last_error="",
            lease_until=None,
        )
        running = rewrite(promises, self._brand, promises.c.outbox_id == id)
        connection.execute(running.values(running=True))
        item = load(connection, self._brand, found["case_id"])
        answered = found["approved_version"]
        item = item._replace(answered=max(item.answered, answered), settled=max(item.settled, answered))
        item = moved(item, follow(item.case, "sent"))
        store(connection, item, "sent", actor, at, {"outbox_id": id, "url": url})
        left = waiting(connection, self._brand, found["case_id"], item.settled)
        if left:  # came while the reply was on its way: it has no answer yet
            item = moved(item, follow(item.case, "message"), **summary(left))
            store(connection, item, "message", None, at, {"mention_id": item.case.mention_id})
        return outbox_item(connection, self._brand, id, self._where)


def _row(connection: Connection, brand: str, id: str) -> RowMapping:
    found = row(connection, outbox, brand, outbox.c.id == id)
    if found is None:
        raise missing("outbox item", id, brand)
    return found


def _set(connection: Connection, brand: str, id: str, **values: Any) -> None:
    connection.execute(rewrite(outbox, brand, outbox.c.id == id).values(**values))


def _why_not(found: RowMapping, wish: str) -> str:
    """Why an item cannot be taken back or marked, and what helps."""
    id, state = found["id"], found["state"]
    return (
        f"{id} cannot be {wish}: "
        + {
            "sent": f"it left on {when(found['sent_at'])}." if state == "sent" else "",
            "sending": "it is being sent at this moment. Wait for the outcome.",
            "unknown": "it may have left. Look into the thread: mark it as sent, or let the worker find out.",
            "taken_back": f"{by(found['taken_back_by'])} took it back. Approve it anew.",
        }[state]
    )
