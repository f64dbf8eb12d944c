"""Promises, precedents, gaps and attestations."""

import pytest

from copilot.adapters.ledger import SqlBrandLedger
from copilot.errors import Conflict, InputError, Refused
from copilot.models import Attestation

from .parts import JO, NOW, SAM, approved, at, gap, opened, precedent, promise, reply


def test_promises_run_once_their_reply_is_sent(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    late, soon = promise(case, id="pr2", due=90), promise(case, id="pr1", due=200)
    approved(bakery, case, promises=[soon, late])
    with pytest.raises(Refused, match="has not been sent"):
        bakery.close_promise("pr1", "kept", JO, at(2))
    assert bakery.promises() == bakery.promises(()) == []
    bakery.mark_sent("r1", JO, None, at(3))
    assert bakery.promises() == [late, soon]
    assert bakery.close_promise("pr2", "kept", SAM, at(4)) == late.model_copy(update={"state": "kept"})
    assert [one.id for one in bakery.promises()] == ["pr1"]
    assert [one.id for one in bakery.promises(("kept",))] == ["pr2"]
    assert [one.id for one in bakery.promises(())] == ["pr2", "pr1"]
    line = bakery.history(case.id)[-1]
    assert (line.event, line.actor) == ("note", SAM)
    assert line.detail == {"promise_id": "pr2", "promise": "kept", "text": "We call you."}


def test_a_promise_is_closed_once(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    approved(bakery, case, promises=[promise(case)])
    bakery.mark_sent("r1", JO, None, at(3))
    with pytest.raises(InputError, match=r"cannot become 'open'. Possible: kept, broken, dropped"):
        bakery.close_promise("pr1", "open", JO, at(4))
    bakery.close_promise("pr1", "broken", SAM, at(4))
    with pytest.raises(Conflict, match="sam closed promise pr1 as 'broken' on 2026-03-02 09:04 UTC"):
        bakery.close_promise("pr1", "kept", JO, at(5))
    with pytest.raises(InputError, match="There is no promise 'pr9' in the brand 'bakery'"):
        bakery.close_promise("pr9", "kept", JO, at(5))


def test_precedents_known_to_the_ledger_keep_its_state(bakery: SqlBrandLedger) -> None:
    assert bakery.put_precedents([precedent("p-b"), precedent("p-a"), precedent("p-b", reply="Other.")], NOW, JO) == 2
    accepted = bakery.set_precedent(precedent("p-a", status="accepted"), SAM, NOW)
    assert bakery.put_precedents([precedent("p-a"), precedent("p-c")], NOW, None) == 1
    assert bakery.precedents() == [accepted, precedent("p-b"), precedent("p-c")]
    assert bakery.precedents(("accepted", "retired")) == [accepted]
    assert bakery.put_precedents([], NOW, None) == 0
    with pytest.raises(InputError, match="There is no precedent 'p-z' in the brand 'bakery'"):
        bakery.set_precedent(precedent("p-z"), SAM, NOW)


def test_a_question_asked_again_gains_its_mentions(bakery: SqlBrandLedger) -> None:
    assert bakery.add_gap(gap("g1", ["m1"])) == gap("g1", ["m1"])
    bakery.add_gap(gap("g2", ["m1", "m2"], created_at=at(5)))
    bakery.add_gap(gap("g3", ["m5", "m6"], created_at=at(4)))
    assert [one.id for one in bakery.gaps()] == ["g3", "g2", "g1"]
    merged = bakery.add_gap(gap("g1", ["m3", "m1", "m4"], question="other words", created_at=at(9)))
    assert merged == gap("g1", ["m1", "m3", "m4"])
    assert bakery.gaps()[0] == merged


def test_an_answered_question_stays_answered(bakery: SqlBrandLedger) -> None:
    bakery.add_gap(gap("g1", ["m1"]))
    bakery.add_gap(gap("g1", (), state="answered"))
    assert bakery.gaps() == []
    bakery.add_gap(gap("g1", ["m2"]))
    assert bakery.gaps(("answered",)) == bakery.gaps(()) == [gap("g1", ["m1", "m2"], state="answered")]


def test_a_statement_is_kept_once_per_case(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    opened(bakery, "m2", author="eli")
    said = Attestation(text="No milk.", by="jo", why="I bake it.")
    more = Attestation(text="No nuts.", by="sam", why="I asked.")
    case = bakery.annotate(case.id, "attest", JO, NOW, {"text": said.text, "why": said.why})
    bakery.commit_approval(reply(case, attestations=(said, more)), at(2), (), ())
    assert bakery.attestations("m1") == [said, more]
    assert bakery.attestations("m2") == []
