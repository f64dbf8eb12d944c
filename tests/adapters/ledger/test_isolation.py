"""A handle bound to one brand neither sees nor touches another, whatever ids it is given."""

import re
from collections.abc import Callable
from typing import Any, get_args

import pytest
from sqlalchemy import event

from copilot.adapters.ledger import SqlBrandLedger, SqlLedger
from copilot.errors import CopilotError
from copilot.models import CaseState, PublishResult
from copilot.ports import BrandLedger

from .parts import JO, NOW, approved, at, draft, gap, mention, new, opened, precedent, promise, reply, sending

ALL: tuple[CaseState, ...] = get_args(CaseState)
Act = Callable[[SqlBrandLedger, str], object]


def fill(ledger: SqlBrandLedger) -> str:
    """One of everything, with the same ids in every brand; a case id."""
    ledger.save_snapshot({"voice.md": f"# Voice of {ledger.brand}"}, "k1", NOW, NOW.date())
    ledger.move_generation(None, "g1")
    ledger.set_member("jo", "owner", True, JO, NOW)
    opened(ledger, "m2", author="eli")
    case = opened(ledger)
    ledger.save_draft(draft("d1", mention(brand=ledger.brand)), JO, NOW)
    case = ledger.annotate(case.id, "attest", JO, NOW, {"text": "True.", "why": "Seen."})
    ledger.commit_approval(reply(case), at(2), [promise(case)], [gap()])
    ledger.mark_sent("r1", JO, None, at(3))
    ledger.put_precedents([precedent()], NOW, JO)
    approved(ledger, ledger.case_of("m2"), "r2")
    return case.id


def everything(ledger: SqlBrandLedger) -> list[object]:
    case = ledger.case_of("m1").id
    return [
        ledger.snapshot(),
        ledger.generation(),
        ledger.paused(),
        ledger.members(),
        ledger.mention("m1"),
        ledger.thread_of("m1"),
        ledger.case(case),
        ledger.history(case),
        ledger.queue(at(500), states=ALL),
        ledger.counts(NOW),
        ledger.latest_draft("m1"),
        ledger.outbox(),
        ledger.recent_replies(9),
        ledger.promises(()),
        ledger.precedents(),
        ledger.gaps(()),
        ledger.attestations("m1"),
    ]


READS: dict[str, Act] = {
    "brand": lambda b, _: b.brand == "bakery",
    "snapshot": lambda b, _: b.snapshot() or b.snapshot("k1"),
    "generation": lambda b, _: b.generation(),
    "paused": lambda b, _: b.paused(),
    "members": lambda b, _: b.members(),
    "mention": lambda b, _: b.mention("m1"),
    "find_mention": lambda b, _: b.find_mention("m1"),
    "thread_of": lambda b, _: b.thread_of("m1"),
    "case": lambda b, c: b.case(c),
    "case_of": lambda b, _: b.case_of("m1"),
    "history": lambda b, c: b.history(c),
    "queue": lambda b, _: (
        b.queue(at(500)) or b.queue(at(500), states=ALL) or b.queue(at(500), states=ALL, search="rye")
    ),
    "counts": lambda b, _: any(b.counts(NOW).values()),
    "draft": lambda b, _: b.draft("d1"),
    "latest_draft": lambda b, _: b.latest_draft("m1"),
    "outbox": lambda b, _: b.outbox(),
    "outbox_item": lambda b, _: b.outbox_item("r1"),
    "lease_due": lambda b, _: b.lease_due(at(50), at(60)),
    "recent_replies": lambda b, _: b.recent_replies(9),
    "promises": lambda b, _: b.promises(()),
    "precedents": lambda b, _: b.precedents(),
    "gaps": lambda b, _: b.gaps(()),
    "attestations": lambda b, _: b.attestations("m1"),
}
"""Must find nothing: an empty answer, or an error."""
WRITES: dict[str, Act] = {
    "save_snapshot": lambda b, _: b.save_snapshot({"voice.md": "# Mine"}, "k1", at(9), at(9).date()),
    "move_generation": lambda b, _: b.move_generation(None, "g9"),
    "set_paused": lambda b, _: b.set_paused("a recall", JO, NOW),
    "set_member": lambda b, _: b.set_member("jo", "viewer", False, JO, NOW),
    "add_mentions": lambda b, _: b.add_mentions([new(brand=b.brand, text="Mine.")], NOW, JO),
    "change": lambda b, c: b.change(c, "reopen", JO, NOW),
    "annotate": lambda b, c: b.annotate(c, "note", JO, NOW, {}),
    "save_draft": lambda b, _: b.save_draft(draft("d1", mention(brand=b.brand)), JO, NOW),
    "commit_approval": lambda b, c: b.commit_approval(
        reply(b.case(c)).model_copy(update={"brand": b.brand, "purpose": "closing", "id": "r3"}), at(2), (), ()
    ),
    "start_sending": lambda b, _: b.start_sending("r2", 1, at(3)),
    "finish_send": lambda b, _: b.finish_send("r2", 1, PublishResult(state="sent"), at(3)),
    "mark_sent": lambda b, _: b.mark_sent("r2", JO, None, at(3)),
    "take_back": lambda b, _: b.take_back("r2", JO, at(3)),
    "close_promise": lambda b, _: b.close_promise("pr1", "kept", JO, at(3)),
    "put_precedents": lambda b, _: b.put_precedents([precedent(reply="Mine.")], NOW, JO),
    "set_precedent": lambda b, _: b.set_precedent(precedent(status="accepted"), JO, NOW),
    "add_gap": lambda b, _: b.add_gap(gap(mentions=["m7"])),
}


def test_every_method_of_the_port_is_tried_here() -> None:
    methods = {name for name in vars(BrandLedger) if not name.startswith("_")}
    assert READS.keys() | WRITES.keys() == methods


@pytest.mark.parametrize("name", READS)
def test_a_read_finds_nothing_of_another_brand(ledger: SqlLedger, name: str) -> None:
    case = fill(ledger.brand("bakery"))
    try:
        assert not READS[name](ledger.brand("florist"), case)
    except CopilotError as error:
        assert "florist" in str(error) and "bakery" not in str(error)


@pytest.mark.parametrize("name", sorted(READS.keys() - {"lease_due"}))
def test_the_same_read_finds_it_in_its_own_brand(ledger: SqlLedger, name: str) -> None:
    case = fill(ledger.brand("bakery"))
    if name == "paused":
        ledger.brand("bakery").set_paused("a recall", JO, NOW)
    assert READS[name](ledger.brand("bakery"), case)


@pytest.mark.parametrize("also", [False, True], ids=["alone", "with the same ids"])
@pytest.mark.parametrize("name", WRITES)
def test_a_write_changes_nothing_of_another_brand(ledger: SqlLedger, name: str, also: bool) -> None:
    bakery, florist = ledger.brand("bakery"), ledger.brand("florist")
    case = fill(bakery)
    if also:
        fill(florist)
    if name in ("start_sending", "finish_send"):
        for brand in (bakery, florist) if also else (bakery,):
            sending(brand)
    before = everything(bakery)
    try:
        WRITES[name](florist, case)
    except CopilotError as error:
        assert "bakery" not in str(error)
    assert everything(bakery) == before


def test_two_brands_may_use_the_same_ids_for_everything(ledger: SqlLedger) -> None:
    bakery, florist = ledger.brand("bakery"), ledger.brand("florist")
    assert fill(bakery) == fill(florist)
    assert (
        florist.mention("m1").brand == florist.case_of("m1").brand == florist.outbox_item("r1").reply.brand == "florist"
    )
    assert [item.reply.brand for item in bakery.outbox()] == ["bakery", "bakery"]
    assert len(bakery.promises()) == len(florist.promises()) == 1


def test_the_inbox_shows_neither_words_nor_drafts_of_a_namesake(ledger: SqlLedger) -> None:
    bakery, florist = ledger.brand("bakery"), ledger.brand("florist")
    assert opened(bakery, text="rye").id == opened(florist, text="roses").id
    bakery.save_draft(draft("d1"), JO, NOW)
    assert [item.has_draft for item in bakery.queue(NOW)] == [True]
    assert [item.has_draft for item in florist.queue(NOW)] == [False]
    assert florist.queue(NOW, search="rye") == []
    assert [item.text for item in florist.queue(NOW, search="roses")] == ["roses"]


def test_every_statement_names_the_brand(ledger: SqlLedger) -> None:
    florist = ledger.brand("florist")
    fill(florist)
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(ledger._engine, "before_cursor_execute", note)  # pyright: ignore[reportPrivateUsage]
    case = fill(ledger.brand("bakery"))
    for act in (*READS.values(), *WRITES.values()):
        try:
            act(ledger.brand("bakery"), case)
        except CopilotError:
            continue
    mine = [one for one in statements if not one.startswith(("BEGIN", "PRAGMA"))]
    assert len(mine) > 100
    assert [one for one in mine if not re.search(r"brand = \?|INSERT INTO \w+ \((id, )?brand", one)] == []
