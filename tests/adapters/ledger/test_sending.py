"""A reply leaves once, by one hand, or not at all."""

import pytest

from copilot.adapters.ledger import SqlBrandLedger
from copilot.errors import Conflict, InputError, Refused
from copilot.models import OutboxState, PublishResult

from .parts import JO, NOW, SAM, approved, at, leased, opened, promise

SENT = PublishResult(state="sent", url="https://example.com/2")
STATES: tuple[OutboxState, ...] = ("queued", "leased", "sending", "sent", "failed", "unknown", "taken_back")


def bring(ledger: SqlBrandLedger, state: OutboxState) -> int:
    """An approved reply in this state; returns its lease token."""
    case = opened(ledger)
    approved(ledger, case, promises=[promise(case)])
    if state == "taken_back":
        ledger.take_back("r1", SAM, at(2))
    if state in ("queued", "taken_back"):
        return 0
    item = leased(ledger)
    if state != "leased":
        assert ledger.start_sending("r1", item.lease_token, at(3))
    if state in ("sent", "failed", "unknown"):
        ledger.finish_send("r1", item.lease_token, PublishResult(state=state, detail="said no"), at(4))
    assert ledger.outbox_item("r1").state == state
    return item.lease_token


def test_the_whole_way(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    approved(bakery, case, promises=[promise(case)])
    item = leased(bakery)
    assert (item.state, item.lease_token, item.lease_until, item.attempts) == ("leased", 1, at(8), 0)
    assert bakery.start_sending("r1", 1, at(4))
    assert (bakery.outbox_item("r1").state, bakery.outbox_item("r1").attempts) == ("sending", 1)
    done = bakery.finish_send("r1", 1, SENT, at(5))
    assert (done.state, done.url, done.sent_at, done.sent_by) == ("sent", SENT.url, at(5), None)
    assert done.created_at == at(1) and done.reply == item.reply
    after = bakery.case(case.id)
    assert (after.state, after.version) == ("waiting", case.version + 2)
    line = bakery.history(case.id)[-1]
    assert (line.event, line.actor, line.detail) == ("sent", None, {"outbox_id": "r1", "url": SENT.url})
    assert [one.id for one in bakery.promises()] == ["pr1"]
    assert bakery.lease_due(at(99), at(100)) is None


def test_nothing_leaves_before_its_hold_is_over_and_the_oldest_leaves_first(bakery: SqlBrandLedger) -> None:
    for n, minute in ((1, 1.5), (2, 1.0), (3, 1.5)):
        approved(bakery, opened(bakery, f"m{n}", author=f"a{n}"), f"r{n}", approved_at=at(minute))
    assert bakery.lease_due(at(1.9), at(9)) is None
    assert [leased(bakery, 2).id for _ in range(3)] == ["r2", "r1", "r3"]
    assert bakery.lease_due(at(2), at(9)) is None


def test_a_lease_that_ran_out_goes_to_the_next_with_a_higher_token(bakery: SqlBrandLedger) -> None:
    approved(bakery, opened(bakery))
    first = leased(bakery, 3, 5)
    assert bakery.lease_due(at(7.9), at(12)) is None
    second = leased(bakery, 8, 5)
    assert (second.id, second.lease_token) == ("r1", first.lease_token + 1)
    assert not bakery.start_sending("r1", first.lease_token, at(8.5)), "its worker lives on, but late"
    with pytest.raises(Conflict, match=r"'leased' with lease 2; the outcome 'failed' of lease 1 does not fit"):
        bakery.finish_send("r1", first.lease_token, PublishResult(state="failed"), at(9))
    assert bakery.start_sending("r1", second.lease_token, at(9))
    assert bakery.finish_send("r1", second.lease_token, SENT, at(10)).state == "sent"


def test_a_worker_whose_lease_ran_out_does_not_start_even_if_nobody_else_came(bakery: SqlBrandLedger) -> None:
    approved(bakery, opened(bakery))
    item = leased(bakery, 3, 5)
    assert not bakery.start_sending("r1", item.lease_token, at(8))
    assert not bakery.start_sending("r1", item.lease_token + 1, at(4))
    assert bakery.start_sending("r1", item.lease_token, at(7.9))
    assert not bakery.start_sending("r1", item.lease_token, at(7.9)), "twice"


def test_what_may_be_out_is_never_leased_again(bakery: SqlBrandLedger) -> None:
    token = bring(bakery, "sending")
    assert bakery.lease_due(at(500), at(600)) is None
    bakery.finish_send("r1", token, PublishResult(state="unknown", detail="timeout"), at(600))
    assert bakery.lease_due(at(700), at(800)) is None
    assert bakery.outbox_item("r1").last_error == "timeout"


@pytest.mark.parametrize(("found", "state"), [("sent", "waiting"), ("failed", "approved"), ("unknown", "approved")])
def test_an_unknown_outcome_is_reconciled(bakery: SqlBrandLedger, found: OutboxState, state: str) -> None:
    token = bring(bakery, "unknown")
    item = bakery.finish_send("r1", token, PublishResult(state=found), at(9))  # type: ignore[arg-type]
    assert item.state == found
    assert bakery.case_of("m1").state == state


def test_a_failure_is_kept_with_its_reason_and_the_case_stays_approved(bakery: SqlBrandLedger) -> None:
    bring(bakery, "failed")
    item = bakery.outbox_item("r1")
    assert (item.last_error, item.attempts, item.lease_until) == ("said no", 1, None)
    assert bakery.case_of("m1").state == "approved"
    line = bakery.history(bakery.case_of("m1").id)[-1]
    assert (line.event, line.detail) == ("note", {"outbox_id": "r1", "outbox": "failed", "detail": "said no"})
    assert bakery.lease_due(at(99), at(100)) is None


@pytest.mark.parametrize("state", ["leased", "sending"])
def test_what_a_person_has_to_post_goes_back_and_no_worker_takes_it_again(
    bakery: SqlBrandLedger, state: OutboxState
) -> None:
    token = bring(bakery, state)
    item = bakery.finish_send("r1", token, PublishResult(state="manual"), at(4))
    assert (item.state, item.last_error) == ("queued", "A person has to copy it to the channel and mark it as sent.")
    assert bakery.lease_due(at(99), at(100)) is None
    done = bakery.mark_sent("r1", JO, "https://example.com/3", at(5))
    assert (done.state, done.sent_by, done.sent_at, done.url, done.last_error) == (
        "sent",
        "jo",
        at(5),
        "https://example.com/3",
        "",
    )


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("outcome", ["sent", "failed", "unknown", "manual"])
def test_an_outcome_is_stored_only_where_it_fits(bakery: SqlBrandLedger, state: OutboxState, outcome: str) -> None:
    token = bring(bakery, state)
    fits = {
        "leased": ("failed", "manual"),
        "sending": ("sent", "failed", "unknown", "manual"),
        "unknown": ("sent", "failed", "unknown"),
    }
    before = bakery.outbox_item("r1")
    if outcome in fits.get(state, ()):
        after = bakery.finish_send("r1", token, PublishResult(state=outcome), at(9))  # type: ignore[arg-type]
        assert after.state == ("queued" if outcome == "manual" else outcome)
    else:
        with pytest.raises(Conflict, match=f"'{state}' with lease {token}"):
            bakery.finish_send("r1", token, PublishResult(state=outcome), at(9))  # type: ignore[arg-type]
        assert bakery.outbox_item("r1") == before


@pytest.mark.parametrize("state", STATES)
def test_by_hand(bakery: SqlBrandLedger, state: OutboxState) -> None:
    token = bring(bakery, state)
    if state == "sent":
        with pytest.raises(Conflict, match="the channel's worker sent r1 on 2026-03-02 09:04 UTC"):
            bakery.mark_sent("r1", JO, None, at(9))
    elif state == "sending":
        with pytest.raises(Refused, match="being sent at this moment"):
            bakery.mark_sent("r1", JO, None, at(9))
    elif state == "taken_back":
        with pytest.raises(Refused, match="sam took it back"):
            bakery.mark_sent("r1", JO, None, at(9))
    else:
        item = bakery.mark_sent("r1", JO, None, at(9))
        assert (item.state, item.sent_by) == ("sent", "jo")
        assert bakery.case_of("m1").state == "waiting"
        assert len(bakery.promises()) == 1
        assert not bakery.start_sending("r1", token, at(4)), "a worker that held it lets go"


def test_marking_twice_changes_nothing_but_two_people_are_told(bakery: SqlBrandLedger) -> None:
    bring(bakery, "queued")
    first = bakery.mark_sent("r1", JO, "https://example.com/3", at(5))
    assert bakery.mark_sent("r1", JO, None, at(6)) == first
    with pytest.raises(Conflict, match=r"jo sent r1 on 2026-03-02 09:05 UTC already. If yours is out too, delete one"):
        bakery.mark_sent("r1", SAM, None, at(7))
    assert [line.event for line in bakery.history(bakery.case_of("m1").id)].count("sent") == 1


@pytest.mark.parametrize("state", STATES)
def test_taking_back(bakery: SqlBrandLedger, state: OutboxState) -> None:
    token = bring(bakery, state)
    before = bakery.case_of("m1")
    if state in ("queued", "leased", "failed"):
        assert bakery.take_back("r1", SAM, at(4)).state == "taken_back"
        after = bakery.case_of("m1")
        assert (after.state, after.version) == ("drafted", before.version + 1)
        line = bakery.history(after.id)[-1]
        assert (line.event, line.actor, line.detail) == ("take_back", SAM, {"outbox_id": "r1"})
        assert not bakery.start_sending("r1", token, at(4))
        assert bakery.lease_due(at(99), at(100)) is None
    elif state == "taken_back":
        assert bakery.take_back("r1", SAM, at(4)).state == "taken_back"
        with pytest.raises(Conflict, match="sam took r1 back already"):
            bakery.take_back("r1", JO, at(4))
        assert bakery.case_of("m1") == before
    else:
        words = {"sending": "being sent", "sent": "left on 2026-03-02 09:04", "unknown": "may have left"}
        with pytest.raises(Refused, match=f"r1 cannot be taken back: it .*{words[state].split()[-1]}"):
            bakery.take_back("r1", SAM, at(4))
        assert bakery.outbox_item("r1").state == state


def test_a_paused_brand_sends_nothing(bakery: SqlBrandLedger) -> None:
    approved(bakery, opened(bakery))
    item = leased(bakery)
    bakery.set_paused("a recall", JO, NOW)
    assert not bakery.start_sending("r1", item.lease_token, at(4))
    assert bakery.lease_due(at(20), at(30)) is None
    bakery.set_paused(None, JO, NOW)
    assert leased(bakery, 20).lease_token == 2
    bakery.set_paused("again", JO, NOW)
    assert bakery.mark_sent("r1", JO, None, at(21)).state == "sent", "what a person has done is written down"


def test_what_is_not_there_is_named(bakery: SqlBrandLedger) -> None:
    for ask in (
        lambda: bakery.start_sending("r9", 1, NOW),
        lambda: bakery.finish_send("r9", 1, SENT, NOW),
        lambda: bakery.mark_sent("r9", JO, None, NOW),
        lambda: bakery.take_back("r9", JO, NOW),
    ):
        with pytest.raises(InputError, match="There is no outbox item 'r9' in the brand 'bakery'"):
            ask()
