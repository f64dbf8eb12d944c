"""Send what is due: claim it, publish it, write down what happened. Nothing here decides; people did."""

from collections.abc import Callable
from datetime import datetime, timedelta

from copilot.errors import ServiceError
from copilot.models import OutboxItem, PublishResult
from copilot.ports import BrandLedger, Channel

_LEASE = timedelta(seconds=60)


def send_due(
    ledger: BrandLedger, channel_of: Callable[[str], Channel], clock: Callable[[], datetime], most: int = 100
) -> list[OutboxItem]:
    """Publish queued replies whose hold is over, oldest first; returns what was touched.

    A reply for a channel without an API stays in the queue until a person marks it sent.
    """
    touched = _abandoned(ledger, clock())
    seen: set[str] = set()
    if ledger.paused() is not None:
        return touched
    for _ in range(most):
        item = ledger.lease_due(clock(), clock() + _LEASE)
        if item is None or item.id in seen:
            break
        seen.add(item.id)
        touched.append(_send(ledger, item, channel_of(item.reply.channel), clock))
    return touched


def _abandoned(ledger: BrandLedger, now: datetime) -> list[OutboxItem]:
    """Items whose sender died while it was sending: nobody knows whether they left, and nobody sends them again."""
    result = PublishResult(state="unknown", detail="The sender stopped while sending. Look whether it is there.")
    stale = [i for i in ledger.outbox(("sending",)) if i.lease_until is not None and i.lease_until < now]
    return [ledger.finish_send(i.id, i.lease_token, result, now) for i in stale]


def _send(ledger: BrandLedger, item: OutboxItem, channel: Channel, clock: Callable[[], datetime]) -> OutboxItem:
    if not ledger.start_sending(item.id, item.lease_token, clock()):
        return ledger.outbox_item(item.id)
    try:
        result = channel.publish(item.reply, created_at=item.created_at, key=item.id)
    except ServiceError as error:
        result = PublishResult(state="unknown", detail=str(error))
    return ledger.finish_send(item.id, item.lease_token, result, clock())
