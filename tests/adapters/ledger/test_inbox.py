"""The order of the inbox is what matters first, and the same every time."""

from collections.abc import Sequence

import pytest

from copilot.adapters.ledger import SqlBrandLedger
from copilot.errors import InputError
from copilot.models import QueueItem
from copilot.ports import NewMention

from .parts import JO, NOW, approved, at, new, opened, promise


def ids(items: Sequence[QueueItem]) -> list[str]:
    return [item.case.mention_id for item in items]


def fill(ledger: SqlBrandLedger, *items: NewMention) -> None:
    ledger.add_mentions(
        [i._replace(mention=i.mention.model_copy(update={"author": f"by-{i.mention.id}"})) for i in items], NOW, None
    )


def sent_with_promise(ledger: SqlBrandLedger, id: str, due: float, **fields: object) -> None:
    case = opened(ledger, id, author=f"by-{id}", **fields)
    approved(ledger, case, f"r-{id}", promises=[promise(case, f"r-{id}", f"pr-{id}", due)])
    ledger.mark_sent(f"r-{id}", JO, None, at(3))


def test_the_order(bakery: SqlBrandLedger) -> None:
    fill(
        bakery,
        new("ignored", action="ignore", urgency=1.0, due=1),
        new("calm", urgency=0.2, due=5),
        new("urgent-later", urgency=0.8, due=90),
        new("urgent-sooner", urgency=0.8, due=30),
        new("urgent-never", urgency=0.8, due=None),
        new("escalation-calm", action="escalate", urgency=0.1, due=900),
        new("escalation-urgent", action="escalate", urgency=0.9, due=900),
        new("given-away", urgency=0.5),
    )
    sent_with_promise(bakery, "late", 10, urgency=0.0, action="ignore")
    sent_with_promise(bakery, "in-time", 5000)
    bakery.change(bakery.case_of("given-away").id, "escalate", JO, NOW, escalated_to="sam")
    assert ids(bakery.queue(at(60))) == [
        "late",
        "escalation-urgent",
        "given-away",
        "escalation-calm",
        "urgent-sooner",
        "urgent-later",
        "urgent-never",
        "calm",
        "ignored",
    ]
    assert [item.late_promises for item in bakery.queue(at(60))] == [1] + [0] * 8
    bakery.close_promise("pr-late", "kept", JO, at(61))
    assert "late" not in ids(bakery.queue(at(62)))


def test_ties_are_broken_the_same_way_on_every_page(bakery: SqlBrandLedger) -> None:
    fill(bakery, *(new(f"m{n}") for n in range(25)))
    for n in range(0, 25, 3):
        bakery.change(bakery.case_of(f"m{n}").id, "draft", JO, NOW)
    whole = ids(bakery.queue(NOW))
    pages = [id for start in range(0, 25, 4) for id in ids(bakery.queue(NOW, limit=4, offset=start))]
    assert pages == whole
    assert sorted(whole) == sorted(f"m{n}" for n in range(25))
    assert [item.case.id for item in bakery.queue(NOW)] == sorted(item.case.id for item in bakery.queue(NOW))


def test_everything_a_person_has_to_look_at_is_there_and_nothing_else(bakery: SqlBrandLedger) -> None:
    fill(bakery, *(new(name) for name in ("open", "drafted", "escalated", "asleep", "due", "resolved", "no_reply")))
    for name, event in (
        ("drafted", "draft"),
        ("escalated", "escalate"),
        ("resolved", "resolve"),
        ("no_reply", "no_reply"),
    ):
        bakery.change(bakery.case_of(name).id, event, JO, NOW)  # type: ignore[arg-type]
    bakery.change(bakery.case_of("asleep").id, "snooze", JO, NOW, snoozed_until=at(61))
    bakery.change(bakery.case_of("due").id, "snooze", JO, NOW, snoozed_until=at(60))
    case = opened(bakery, "approved", author="zed")
    approved(bakery, case)
    assert sorted(ids(bakery.queue(at(60)))) == ["drafted", "due", "escalated", "open"]
    assert sorted(ids(bakery.queue(at(60), states=("snoozed", "resolved")))) == ["asleep", "due", "resolved"]
    assert bakery.counts(at(60)) == {
        "open": 2,
        "drafted": 1,
        "approved": 1,
        "waiting": 0,
        "resolved": 1,
        "escalated": 1,
        "snoozed": 1,
        "no_reply": 1,
    }


def test_a_row_shows_what_waits(bakery: SqlBrandLedger) -> None:
    case = opened(bakery, minutes=-7, text="Where is my cake?")
    (item,) = bakery.queue(NOW)
    assert item == QueueItem(case=case, text="Where is my cake?", created_at=at(-7), has_draft=False)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("CAKE", ["cake"]),
        ("@dana", ["cake", "per"]),
        ("straße", ["street"]),
        ("STRASSE", ["street"]),
        ("50%", ["per"]),
        ("5%0", []),
        ("c_ke", []),
        ("c\\", ["slash"]),
        ("'; --", []),
        ("earlier", ["cake"]),
        ("brand’s", []),
    ],
)
def test_search_in_text_and_author(bakery: SqlBrandLedger, search: str, found: list[str]) -> None:
    bakery.add_mentions(
        [
            new("first", text="an earlier message", minutes=-1, thread="t"),
            new("cake", text="My Cake is late", thread="t"),
            new("per", text="is it 50% rye? or 500?"),
            new("street", text="the shop in Hauptstraße", author="eli"),
            new("slash", text="c\\d 5xx0", author="eli"),
            new("own", text="the brand’s own word", author="bakery", thread="t", from_brand=True),
        ],
        NOW,
        None,
    )
    assert sorted(ids(bakery.queue(NOW, search=search))) == found


def test_a_search_of_a_whole_book_is_refused(bakery: SqlBrandLedger) -> None:
    with pytest.raises(InputError, match="at most 1,000 characters"):
        bakery.queue(NOW, search="x" * 60_000)


def test_only_mine(bakery: SqlBrandLedger) -> None:
    fill(bakery, new("m1"), new("m2"))
    bakery.annotate(bakery.case_of("m2").id, "assign", JO, NOW, {}, assignee="sam")
    assert ids(bakery.queue(NOW, assignee="sam")) == ["m2"]
    assert ids(bakery.queue(NOW, assignee="jo")) == []


def test_ten_thousand_open_cases_are_searched_and_paged(bakery: SqlBrandLedger) -> None:
    bakery.add_mentions(
        [new(f"m{n}", author=f"a{n}", urgency=(n % 97) / 97, due=n % 300) for n in range(10_000)], NOW, None
    )
    first = bakery.queue(NOW)
    last = bakery.queue(NOW, offset=9_990)
    assert len(first) == 50 and len(last) == 10
    assert first[0].case.triage and last[-1].case.triage
    assert first[0].case.triage.urgency > last[-1].case.triage.urgency
    assert ids(bakery.queue(NOW, search="(m777)")) == ["m777"]
