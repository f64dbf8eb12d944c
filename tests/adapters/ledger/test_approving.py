"""An approval is one transaction, on the version the approver saw, once for a mention and purpose."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from copilot.adapters.ledger import SqlBrandLedger
from copilot.errors import Conflict, InputError, Refused, StorageError
from copilot.models import Attestation, CheckResult

from .parts import JO, NOW, SAM, approved, at, draft, gap, leased, new, opened, promise, reply, sending


def edit(folder: Path, statement: str) -> None:
    """Somebody with the file in their hands."""
    with closing(sqlite3.connect(folder / "ledger.db")) as plain:
        plain.execute(statement)
        plain.commit()


def test_an_approval_is_in_the_outbox_as_it_was_approved(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    bakery.save_draft(draft("d1"), JO, NOW)
    case = bakery.case(case.id)
    whole = reply(
        case,
        draft_id="d1",
        approver=SAM,
        override_reasons={"T5": "they shouted first"},
        attestations=(Attestation(text="No milk.", by="sam", why="I bake it."),),
        checks=(CheckResult(check="T5", version=1, verdict="warn"),),
        in_reply_to_url="https://example.com/1",
    )
    item = bakery.commit_approval(whole, at(2), [promise(case)], [gap()])
    assert (item.id, item.reply, item.state, item.created_at, item.hold_until) == ("r1", whole, "queued", at(1), at(2))
    assert (item.attempts, item.lease_token, item.lease_until, item.sent_at, item.url) == (0, 0, None, None, None)
    assert bakery.outbox_item("r1") == item
    assert bakery.outbox() == [item]
    after = bakery.case(case.id)
    assert (after.state, after.version) == ("approved", case.version + 1)
    line = bakery.history(case.id)[-1]
    assert (line.event, line.actor, line.at) == ("approve", SAM, at(1))
    assert line.detail == {
        "outbox_id": "r1",
        "mention_id": "m1",
        "purpose": "answer",
        "overrides": {"T5": "they shouted first"},
    }
    assert bakery.gaps() == [gap()]
    assert bakery.attestations("m1") == list(whole.attestations)
    assert bakery.promises() == [], "they run once the reply is sent"


def test_the_second_approval_learns_who_was_first(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    approved(bakery, case, "r1", approver=SAM)
    for second in (reply(case, "r2"), reply(bakery.case(case.id), "r2"), reply(case, "r1", approver=SAM)):
        with pytest.raises(
            Conflict, match=r"sam approved a reply \(answer\) .* on 2026-03-02 09:01 UTC; it is 'queued'"
        ):
            bakery.commit_approval(second, at(2), [promise(case, second.id)], [gap()])
    assert [item.id for item in bakery.outbox()] == ["r1"]
    assert bakery.gaps() == []


def test_an_approval_of_what_changed_meanwhile_is_void(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    bakery.add_mentions([new("m2", thread="m1", minutes=1)], at(1), None)
    with pytest.raises(Conflict, match=r"you saw version 1, now it is 2.*the system brought in a new message"):
        bakery.commit_approval(reply(case), at(2), (), ())
    assert bakery.outbox() == []
    assert bakery.case(case.id).state == "open"


def test_where_nothing_is_to_be_answered_nothing_is_approved(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    case = bakery.change(case.id, "no_reply", JO, NOW)
    with pytest.raises(Refused, match=r"is 'no_reply', so 'approve' is not possible\. Possible now: (reopen|escalate)"):
        approved(bakery, case)
    assert bakery.outbox() == []


def test_other_purposes_stand_beside_an_answer_that_was_sent(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    approved(bakery, case, "r1")
    with pytest.raises(Refused, match="is 'approved', so 'approve' is not possible"):
        approved(bakery, bakery.case(case.id), "r2", purpose="closing")
    bakery.mark_sent("r1", JO, None, at(3))
    with pytest.raises(Conflict, match="'sent' in the outbox as r1"):
        approved(bakery, bakery.case(case.id), "r2")
    approved(bakery, bakery.case(case.id), "r2", purpose="closing")
    bakery.mark_sent("r2", JO, None, at(4))
    assert approved(bakery, bakery.case(case.id), "r3", purpose="correction").state == "queued"


def test_after_taking_back_the_mention_can_be_answered_anew_with_the_same_promise(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    approved(bakery, case, "r1", promises=[promise(case)])
    bakery.take_back("r1", JO, at(2))
    case = bakery.case(case.id)
    assert case.state == "drafted"
    with pytest.raises(Conflict, match="jo used the id r1"):
        approved(bakery, case, "r1")
    approved(bakery, case, "r2", promises=[promise(case, "r2")])
    bakery.mark_sent("r2", JO, None, at(5))
    assert [one.outbox_id for one in bakery.promises()] == ["r2"]


def test_a_paused_brand_approves_nothing(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    bakery.set_paused("a recall", JO, NOW)
    with pytest.raises(Refused, match="'bakery' is paused: a recall"):
        approved(bakery, case)
    bakery.set_paused(None, JO, NOW)
    assert approved(bakery, case).state == "queued"


def test_what_does_not_fit_together_is_refused(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    other = opened(bakery, "m2", author="eli")
    bakery.add_mentions([new("b1", thread="m1", author="bakery", from_brand=True)], NOW, None)
    for wrong, why in (
        (reply(case, brand="florist"), "of the brand 'florist'"),
        (reply(case, mention_id="m2"), "'m2' does not belong to case"),
        (reply(case, mention_id="b1"), "'b1' does not belong to case"),
        (reply(case, mention_id="m9"), "'m9' does not belong to case"),
        (reply(case, draft_id="d9"), "Draft 'd9'.* is not stored"),
    ):
        with pytest.raises(InputError, match=why):
            bakery.commit_approval(wrong, at(2), (), ())
    for strange in (promise(other), promise(case, "r9")):
        with pytest.raises(InputError, match="belongs to another reply or case"):
            bakery.commit_approval(reply(case), at(2), [strange], ())
    with pytest.raises(InputError, match="'pr1' is used already"):
        bakery.commit_approval(reply(case), at(2), [promise(case), promise(case)], ())
    assert bakery.outbox() == []
    assert bakery.case(case.id) == case


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE approvals SET payload = replace(payload, 'flour', 'floor')",
        "UPDATE approvals SET payload = 'nothing'",
        "UPDATE outbox SET created_at = '2026-03-02 09:01:01.000000'",
        "UPDATE outbox SET purpose = 'closing'",
        "UPDATE outbox SET mention_id = 'm2'",
        "UPDATE outbox SET case_id = 'c2'",
    ],
)
def test_a_reply_that_was_changed_after_approval_is_never_sent(
    bakery: SqlBrandLedger, tmp_path: Path, change: str
) -> None:
    first = opened(bakery)
    approved(bakery, first)
    edit(tmp_path, change)
    second = opened(bakery, "m3", author="eli")
    approved(bakery, second, "r3", approved_at=at(1.5))
    for read in (bakery.outbox, lambda: bakery.outbox_item("r1"), lambda: bakery.lease_due(at(3), at(8))):
        with pytest.raises(StorageError, match="is not what jo approved: it was changed since"):
            read()
    assert leased(bakery).id == "r3", "and it does not hold up the others"


def test_a_reply_that_is_changed_under_a_lease_is_not_sent(bakery: SqlBrandLedger, tmp_path: Path) -> None:
    approved(bakery, opened(bakery))
    item = leased(bakery)
    edit(tmp_path, "UPDATE approvals SET payload = replace(payload, 'flour', 'floor')")
    with pytest.raises(StorageError, match="is not what jo approved"):
        bakery.start_sending(item.id, item.lease_token, at(3))


def test_the_database_itself_holds_one_standing_reply(bakery: SqlBrandLedger, tmp_path: Path) -> None:
    approved(bakery, opened(bakery))
    columns = (
        "brand, case_id, mention_id, purpose, state, created_at, hold_until, approved_version, attempts, lease_token"
    )
    copy = (
        f"INSERT INTO outbox (id, {columns}, manual, last_error) SELECT 'r2', {columns}, manual, last_error FROM outbox"
    )
    with pytest.raises(sqlite3.IntegrityError, match=r"outbox\.brand, outbox\.mention_id, outbox\.purpose"):
        edit(tmp_path, copy)
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as plain:
        plain.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            plain.execute(copy.replace("'r2', brand, case_id, mention_id", "'r2', brand, case_id, 'm2'"))


def test_the_outbox_shows_the_newest_first(bakery: SqlBrandLedger) -> None:
    for n in range(4):
        approved(bakery, opened(bakery, f"m{n}", author=f"a{n}"), f"r{n}", approved_at=at(n // 2))
    bakery.take_back("r2", JO, at(9))
    assert [item.id for item in bakery.outbox()] == ["r3", "r2", "r1", "r0"]
    assert [item.id for item in bakery.outbox(("queued",), limit=2)] == ["r3", "r1"]
    with pytest.raises(InputError, match="no outbox item 'r9' in the brand 'bakery'"):
        bakery.outbox_item("r9")


def test_the_last_replies_that_were_sent(bakery: SqlBrandLedger) -> None:
    for n in range(4):
        approved(bakery, opened(bakery, f"m{n}", author=f"a{n}"), f"r{n}", text=f"answer {n}")
    for minute, n in enumerate((2, 0, 1)):
        bakery.mark_sent(f"r{n}", JO, None, at(3 + minute))
    assert bakery.recent_replies(2) == ["answer 1", "answer 0"]
    assert bakery.recent_replies(9) == ["answer 1", "answer 0", "answer 2"]
    sending(bakery, 20)
    assert len(bakery.recent_replies(9)) == 3
