"""Sending: nothing before the hold is over, nothing twice, and what is unknown is not sent blindly again."""

from datetime import datetime, timedelta

import pytest

from copilot.bootstrap import Copilot
from copilot.errors import ServiceError
from copilot.models import ApprovedReply, PublishResult
from copilot.people import pause
from copilot.pipeline import Desk
from copilot.sending import send_due
from tests.conftest import OWNER, Clock
from tests.test_pipeline import approved, ask


class Wire:
    """A channel that does what it is told, and counts."""

    name = "wire"

    def __init__(self, *results: PublishResult | ServiceError) -> None:
        self.results = list(results)
        self.posts: list[str] = []

    def publish(self, reply: ApprovedReply, *, created_at: datetime, key: str) -> PublishResult:
        self.posts.append(key)
        result = self.results.pop(0)
        if isinstance(result, ServiceError):
            raise result
        return result


SENT = PublishResult(state="sent", url="https://example.com/1")


@pytest.fixture
def desk(copilot: Copilot) -> Desk:
    return copilot.brand("harbor-coffee")


def send(desk: Desk, wire: Wire) -> list[str]:
    return [i.state for i in send_due(desk.ledger, lambda _: wire, desk.clock)]


def test_nothing_leaves_before_the_hold_is_over(desk: Desk, clock: Clock) -> None:
    approved(desk, ask(desk))
    wire = Wire(SENT)
    assert send(desk, wire) == [] and wire.posts == []
    clock.advance(seconds=21)
    assert send(desk, wire) == ["sent"]
    assert send(desk, wire) == [] and len(wire.posts) == 1


def test_an_answer_that_got_lost_is_unknown_and_not_sent_again(desk: Desk, clock: Clock) -> None:
    approved(desk, ask(desk))
    clock.advance(seconds=21)
    wire = Wire(ServiceError("the connection broke off"))
    assert send(desk, wire) == ["unknown"]
    clock.advance(hours=1)
    assert send(desk, wire) == [] and len(wire.posts) == 1


def test_a_paused_brand_sends_nothing(desk: Desk, clock: Clock) -> None:
    approved(desk, ask(desk))
    clock.advance(seconds=21)
    pause(desk.ledger, "recall", OWNER, clock())
    assert send(desk, Wire(SENT)) == []


def test_the_clipboard_waits_for_a_person(desk: Desk, copilot: Copilot, clock: Clock) -> None:
    outbox = approved(desk, ask(desk))
    clock.advance(seconds=21)
    touched = send_due(desk.ledger, copilot.channel, clock)
    assert [i.state for i in touched] == ["queued"]
    assert desk.ledger.outbox_item(outbox).state == "queued"


def test_a_sender_that_died_while_sending_leaves_it_unknown(desk: Desk, clock: Clock) -> None:
    outbox = approved(desk, ask(desk))
    clock.advance(seconds=21)
    item = desk.ledger.lease_due(clock(), clock() + timedelta(seconds=60))
    assert item is not None and desk.ledger.start_sending(item.id, item.lease_token, clock())
    wire = Wire(SENT)
    assert send(desk, wire) == []
    clock.advance(minutes=2)
    assert send(desk, wire) == ["unknown"] and wire.posts == []
    assert desk.ledger.outbox_item(outbox).state == "unknown"
