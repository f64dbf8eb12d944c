"""Mentions come in once, in any order, and none is lost."""

from itertools import permutations
from pathlib import Path

import pytest

from copilot.adapters.ledger import SqlBrandLedger, open_ledger
from copilot.errors import InputError
from copilot.models import CaseEvent, PublishResult

from .parts import JO, NOW, approved, at, draft, mention, new, opened, sending, triage, url


def test_a_mention_opens_a_case(bakery: SqlBrandLedger) -> None:
    added = bakery.add_mentions([new("m1", minutes=-5, due=30)], NOW, JO)
    assert added == (("m1",), 0, ())
    case = bakery.case_of("m1")
    assert case == bakery.case(case.id)
    assert (case.brand, case.thread, case.author, case.channel) == ("bakery", "m1", "dana", "bluesky")
    assert (case.state, case.version, case.mention_id, case.triage) == ("open", 1, "m1", triage())
    assert (case.opened_at, case.last_message_at, case.due_at) == (at(-5), at(-5), at(30))
    (line,) = bakery.history(case.id)
    assert (line.event, line.actor, line.at, line.version, line.detail) == ("import", JO, NOW, 1, {"mention_id": "m1"})


def test_the_same_mention_is_stored_once(bakery: SqlBrandLedger) -> None:
    assert bakery.add_mentions([new("m1"), new("m2", author="eli"), new("m1")], NOW, None) == (("m1", "m2"), 1, ())
    before = bakery.case_of("m1")
    assert bakery.add_mentions([new("m1"), new("m2", author="eli")], NOW, None) == ((), 2, ())
    assert bakery.add_mentions([], NOW, None) == ((), 0, ())
    assert bakery.case_of("m1") == before
    assert len(bakery.history(before.id)) == 1


def test_one_thread_of_one_author_is_one_case(bakery: SqlBrandLedger) -> None:
    mine, later, theirs = new("m1"), new("m2", thread="m1", minutes=1), new("m3", thread="m1", author="eli")
    bakery.add_mentions([mine, later, theirs, new("m4")], NOW, None)
    assert bakery.case_of("m1") == bakery.case_of("m2")
    assert len({bakery.case_of(id).id for id in ("m1", "m3", "m4")}) == 3


def test_any_order_of_arrival_ends_in_the_same_case(bakery: SqlBrandLedger, tmp_path: Path) -> None:
    a = new("m1", minutes=0, action="escalate", urgency=0.9, due=50)
    b = new("m2", minutes=1, thread="m1", action="ignore", urgency=0.1, due=80)
    c = new("m3", minutes=1, thread="m1", urgency=0.3, due=None)
    bakery.add_mentions([a, b, c], NOW, None)
    wanted = bakery.case_of("m1")
    assert (wanted.mention_id, wanted.version, wanted.opened_at, wanted.last_message_at) == ("m3", 3, at(0), at(1))
    for number, order in enumerate(permutations((a, b, c))):
        ledger = open_ledger(url(tmp_path / str(number)))
        for item in order:
            ledger.brand("bakery").add_mentions([item], NOW, None)
        assert ledger.brand("bakery").case_of("m1") == wanted
        ledger.close()


def test_a_hello_after_a_complaint_neither_hides_nor_delays_it(bakery: SqlBrandLedger) -> None:
    opened(bakery, action="escalate", urgency=0.9, due=30)
    bakery.add_mentions([new("m2", thread="m1", minutes=5, action="ignore", urgency=0.0, due=90)], NOW, None)
    case = bakery.case_of("m1")
    assert case.mention_id == "m2"
    assert case.triage is not None and case.triage.action == "escalate"
    assert case.due_at == at(30)


def test_the_brands_own_posts_give_context_and_open_nothing(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    bakery.change(case.id, "resolve", JO, NOW)
    own = new("b1", author="bakery", thread="m1", minutes=2, from_brand=True)
    assert bakery.add_mentions([own, new("b2", author="dana", from_brand=True)], NOW, None) == (("b1", "b2"), 0, ())
    assert bakery.case(case.id).state == "resolved"
    assert [one.id for one in bakery.thread_of("m1").mentions] == ["m1", "b1"]
    assert bakery.thread_of("b1").id == "m1"
    with pytest.raises(InputError, match="brand's own post"):
        bakery.case_of("b1")
    assert len(bakery.queue(NOW, states=("resolved",))) == 1
    assert bakery.queue(NOW) == []


@pytest.mark.parametrize(
    ("events", "state", "counts"),
    [
        ([], "open", False),
        (["draft"], "open", False),
        (["resolve"], "open", True),
        (["snooze"], "open", True),
        (["no_reply"], "open", True),
        (["escalate"], "escalated", False),
    ],
)
def test_a_new_message_reopens_what_was_closed(
    bakery: SqlBrandLedger, events: list[CaseEvent], state: str, counts: bool
) -> None:
    case = opened(bakery)
    for one in events:
        case = bakery.change(case.id, one, JO, NOW, snoozed_until=at(900) if one == "snooze" else None)
    added = bakery.add_mentions([new("m2", thread="m1", minutes=5, due=90)], at(6), JO)
    after = bakery.case(case.id)
    assert (after.state, after.version, after.mention_id) == (state, case.version + 1, "m2")
    assert after.snoozed_until is None
    assert added.reopened == ((case.id,) if counts else ())
    assert bakery.history(case.id)[-1].event == "message"


def test_a_message_while_the_reply_is_on_its_way_keeps_the_approval_and_is_not_lost(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    approved(bakery, case)
    bakery.add_mentions([new("m2", thread="m1", minutes=2, urgency=0.9, due=200)], at(2), None)
    meanwhile = bakery.case(case.id)
    assert (meanwhile.state, meanwhile.version, meanwhile.mention_id) == ("approved", 3, "m2")
    item = sending(bakery)
    bakery.finish_send(item.id, item.lease_token, PublishResult(state="sent"), at(4))
    after = bakery.case(case.id)
    assert (after.state, after.mention_id, after.due_at) == ("open", "m2", at(200))
    assert [line.event for line in bakery.history(case.id)] == ["import", "approve", "message", "sent", "message"]


def test_what_was_answered_does_not_count_when_a_new_message_comes(bakery: SqlBrandLedger) -> None:
    case = opened(bakery, action="escalate", urgency=0.9, due=10)
    item = approved(bakery, case)
    bakery.mark_sent(item.id, JO, None, at(3))
    late = new("m0", thread="m1", minutes=-30, action="ignore", urgency=0.1, due=300)
    assert bakery.add_mentions([late], at(4), None).reopened == (case.id,)
    after = bakery.case(case.id)
    assert after.mention_id == "m0", "the message that waits, though an older one than the answered"
    assert after.triage == triage("ignore", 0.1)
    assert (after.due_at, after.opened_at, after.last_message_at) == (at(300), at(-30), at(0))


def test_what_was_closed_does_not_count_either(bakery: SqlBrandLedger) -> None:
    case = opened(bakery, action="escalate", urgency=0.9, due=10)
    bakery.change(case.id, "resolve", JO, NOW)
    bakery.add_mentions([new("m2", thread="m1", minutes=5, action="ignore", urgency=0.1, due=90)], NOW, None)
    after = bakery.case(case.id)
    assert (after.state, after.triage, after.due_at) == ("open", triage("ignore", 0.1), at(90))


def test_a_batch_in_disorder_becomes_history_in_order(bakery: SqlBrandLedger) -> None:
    bakery.add_mentions([new("m3", thread="m1", minutes=2), new("m1"), new("m2", thread="m1", minutes=1)], NOW, None)
    lines = bakery.history(bakery.case_of("m1").id)
    assert [(line.event, line.detail["mention_id"]) for line in lines] == [
        ("import", "m1"),
        ("message", "m2"),
        ("message", "m3"),
    ]


def test_a_closed_case_that_is_reopened_by_hand_waits_with_all_its_messages(bakery: SqlBrandLedger) -> None:
    case = opened(bakery, action="escalate", due=30)
    bakery.change(case.id, "no_reply", JO, NOW)
    bakery.change(case.id, "reopen", JO, NOW)
    bakery.add_mentions([new("m2", thread="m1", minutes=5, action="ignore", due=90)], NOW, None)
    after = bakery.case(case.id)
    assert after.triage is not None and after.triage.action == "escalate"
    assert after.due_at == at(30)


def test_a_mention_of_another_brand_is_refused(bakery: SqlBrandLedger) -> None:
    with pytest.raises(InputError, match="of the brand 'florist'"):
        bakery.add_mentions([new("m1"), new("m2", brand="florist")], NOW, None)
    with pytest.raises(InputError, match="no mention 'm1'"):
        bakery.mention("m1")


def test_what_is_not_there_is_named(bakery: SqlBrandLedger) -> None:
    for ask in (bakery.mention, bakery.thread_of, bakery.case_of, bakery.attestations):
        with pytest.raises(InputError, match="There is no mention 'nope' in the brand 'bakery'"):
            ask("nope")


def test_a_mention_that_may_not_be_there(bakery: SqlBrandLedger) -> None:
    opened(bakery)
    assert bakery.find_mention("m1") == mention("m1")
    assert bakery.find_mention("nope") is None


def test_ten_thousand_mentions_in_one_call(bakery: SqlBrandLedger) -> None:
    many = [new(f"m{n}", author=f"a{n % 7000}", thread=f"t{n % 7000}", minutes=n) for n in range(10_000)]
    assert len(bakery.add_mentions(many, NOW, None).new) == 10_000
    assert bakery.counts(NOW)["open"] == 7000
    assert bakery.add_mentions(many, NOW, None).duplicate == 10_000


def test_one_author_who_writes_all_day_is_one_case(bakery: SqlBrandLedger) -> None:
    bakery.add_mentions([new(f"m{n}", thread="t", minutes=n) for n in range(2000)], NOW, None)
    assert (bakery.case_of("m0").version, bakery.case_of("m0").mention_id) == (2000, "m1999")


def test_drafts_of_the_newest_message_show_in_the_queue(bakery: SqlBrandLedger) -> None:
    opened(bakery)
    bakery.save_draft(draft(of=mention()), JO, NOW)
    assert bakery.queue(NOW)[0].has_draft
    bakery.add_mentions([new("m2", thread="m1", minutes=5)], NOW, None)
    assert not bakery.queue(NOW)[0].has_draft
