"""Drafts are kept as they were made."""

import pytest

from copilot.adapters.ledger import SqlBrandLedger
from copilot.errors import InputError

from .parts import JO, NOW, approved, at, draft, mention, new, opened


def test_a_draft_is_kept_whole_and_its_case_becomes_drafted(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    bakery.save_draft(draft("d1"), None, at(1))
    assert bakery.draft("d1") == draft("d1") == bakery.latest_draft("m1")
    after = bakery.case(case.id)
    assert (after.state, after.version) == ("drafted", 2)
    line = bakery.history(case.id)[-1]
    assert (line.event, line.actor, line.detail) == ("draft", None, {"draft_id": "d1"})


def test_the_newest_draft_is_the_last_one_saved(bakery: SqlBrandLedger) -> None:
    opened(bakery)
    for id in ("d2", "d9", "d1"):
        bakery.save_draft(draft(id), JO, at(1))
    latest = bakery.latest_draft("m1")
    assert latest is not None and latest.id == "d1"
    assert bakery.latest_draft("m2") is None


def test_a_draft_never_changes(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    bakery.save_draft(draft("d1"), JO, at(1))
    bakery.save_draft(draft("d1"), JO, at(2))
    assert bakery.case(case.id).version == 2
    with pytest.raises(InputError, match="never change"):
        bakery.save_draft(draft("d1").model_copy(update={"speaker": "sam"}), JO, at(3))
    assert bakery.draft("d1").speaker is None


def test_an_escalation_and_an_approval_keep_their_state(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    bakery.change(case.id, "escalate", JO, NOW, escalated_to="sam", reason="recall")
    bakery.save_draft(draft("d1"), JO, at(1))
    after = bakery.case(case.id)
    assert (after.state, after.escalated_to, after.reason) == ("escalated", "sam", "recall")
    approved(bakery, after)
    bakery.save_draft(draft("d2"), JO, at(2))
    assert bakery.case(case.id).state == "approved"
    assert bakery.history(case.id)[-1].event == "note"


def test_a_text_that_is_no_stored_mention_can_be_drafted(bakery: SqlBrandLedger) -> None:
    bakery.save_draft(draft("d1", mention("from-the-command-line")), JO, NOW)
    assert bakery.draft("d1").mention.id == "from-the-command-line"
    assert bakery.queue(NOW) == []


def test_a_draft_on_the_brands_own_post_opens_nothing(bakery: SqlBrandLedger) -> None:
    bakery.add_mentions([new("b1", from_brand=True)], NOW, None)
    bakery.save_draft(draft("d1", mention("b1", from_brand=True)), JO, NOW)
    assert bakery.queue(NOW) == []


def test_what_does_not_belong_here_is_refused(bakery: SqlBrandLedger) -> None:
    with pytest.raises(InputError, match="for the brand 'florist'"):
        bakery.save_draft(draft("d1", mention(brand="florist")), JO, NOW)
    with pytest.raises(InputError, match="There is no draft 'd1' in the brand 'bakery'"):
        bakery.draft("d1")
