"""The life of a case: only along the table, never over somebody else's change, all of it in the history."""

from typing import get_args

import pytest

from copilot.adapters.ledger import SqlBrandLedger
from copilot.errors import Conflict, InputError, Refused
from copilot.models import TRANSITIONS, Case, CaseEvent, CaseState

from .parts import JO, NOW, SAM, approved, at, new, opened

OUTBOX: tuple[CaseEvent, ...] = ("approve", "take_back", "sent", "message")
PATHS: dict[CaseState, list[CaseEvent]] = {
    "open": [],
    "drafted": ["draft"],
    "approved": ["approve"],
    "waiting": ["approve", "sent"],
    "resolved": ["resolve"],
    "escalated": ["escalate"],
    "snoozed": ["snooze"],
    "no_reply": ["no_reply"],
}


def walk(ledger: SqlBrandLedger, state: CaseState) -> Case:
    case = opened(ledger)
    for event in PATHS[state]:
        if event == "approve":
            approved(ledger, case)
        elif event == "sent":
            ledger.mark_sent("r1", JO, None, at(3))
        else:
            ledger.change(case.id, event, JO, NOW, snoozed_until=at(60) if event == "snooze" else None)
    case = ledger.case(case.id)
    assert case.state == state
    return case


@pytest.mark.parametrize("event", [e for e in get_args(CaseEvent) if e not in OUTBOX])
@pytest.mark.parametrize("state", get_args(CaseState))
def test_a_case_moves_only_along_the_table(bakery: SqlBrandLedger, state: CaseState, event: CaseEvent) -> None:
    case = walk(bakery, state)
    rule = TRANSITIONS.get((state, event))
    if rule is None:
        with pytest.raises(Refused, match=f"is '{state}', so '{event}' is not possible. Possible now: [a-z]"):
            bakery.change(case.id, event, SAM, at(9), snoozed_until=at(60))
        assert bakery.case(case.id) == case
    else:
        after = bakery.change(case.id, event, SAM, at(9), snoozed_until=at(60))
        assert (after.state, after.version) == (rule.to, case.version + 1)
        line = bakery.history(case.id)[-1]
        assert (line.event, line.actor, line.at, line.state, line.version) == (
            event,
            SAM,
            at(9),
            rule.to,
            after.version,
        )


@pytest.mark.parametrize("event", OUTBOX)
def test_a_reply_moves_its_case_only_through_the_outbox(bakery: SqlBrandLedger, event: CaseEvent) -> None:
    case = opened(bakery)
    with pytest.raises(Refused, match="by itself"):
        bakery.change(case.id, event, JO, NOW)
    with pytest.raises(InputError, match="knows no 'explode'"):
        bakery.change(case.id, "explode", JO, NOW)  # type: ignore[arg-type]
    assert bakery.case(case.id) == case


def test_an_act_on_an_old_version_names_who_changed_what_and_when(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    bakery.change(case.id, "escalate", SAM, at(5), expected_version=1)
    with pytest.raises(
        Conflict, match=r"version 1, now it is 2 and 'escalated'.*sam escalated it on 2026-03-02 09:05 UTC"
    ):
        bakery.change(case.id, "resolve", JO, at(6), expected_version=1)
    bakery.add_mentions([new("m2", thread="m1", minutes=7)], at(8), None)
    with pytest.raises(Conflict, match="the system brought in a new message on 2026-03-02 09:08 UTC"):
        bakery.change(case.id, "resolve", JO, at(9), expected_version=2)
    assert bakery.change(case.id, "resolve", JO, at(9), expected_version=3).state == "resolved"


def test_what_belongs_to_a_state_leaves_with_it(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    gone = bakery.change(case.id, "escalate", JO, NOW, escalated_to="sam", reason="a recall", detail={"seen": at(1)})
    assert (gone.escalated_to, gone.reason) == ("sam", "a recall")
    assert bakery.history(case.id)[-1].detail == {
        "escalated_to": "sam",
        "reason": "a recall",
        "seen": str(at(1)),
    }
    asleep = bakery.change(case.id, "snooze", JO, NOW, snoozed_until=at(60), reason="waits for the oven")
    assert (asleep.escalated_to, asleep.snoozed_until, asleep.reason) == (None, at(60), "waits for the oven")
    awake = bakery.change(case.id, "wake", None, at(60))
    assert (awake.state, awake.snoozed_until, awake.reason) == ("open", None, "")
    assert bakery.history(case.id)[-1].actor is None


def test_a_sleep_without_an_end_is_refused(bakery: SqlBrandLedger) -> None:
    with pytest.raises(InputError, match="Say until when"):
        bakery.change(opened(bakery).id, "snooze", JO, NOW)


def test_notes_assignments_and_attestations_are_history(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    noted = bakery.annotate(case.id, "note", JO, at(1), {"text": "called them"})
    assert (noted.state, noted.version, noted.assignee) == ("open", 2, None)
    assert bakery.annotate(case.id, "assign", JO, at(2), {}, assignee="sam").assignee == "sam"
    assert bakery.annotate(case.id, "note", JO, at(3), {"text": "still"}).assignee == "sam"
    assert bakery.annotate(case.id, "assign", JO, at(4), {}, assignee=None).assignee is None
    bakery.annotate(case.id, "attest", SAM, at(5), {"text": "The oven was repaired.", "why": "I paid for it."})
    assert [line.event for line in bakery.history(case.id)] == ["import", "note", "assign", "note", "assign", "attest"]
    assert bakery.history(case.id)[1].detail == {"text": "called them"}
    (said,) = bakery.attestations("m1")
    assert (said.text, said.by, said.why) == ("The oven was repaired.", "sam", "I paid for it.")


def test_an_annotation_without_sense_is_refused(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    with pytest.raises(InputError, match="Possible: note, assign, attest, import"):
        bakery.annotate(case.id, "sent", JO, NOW, {})
    with pytest.raises(InputError, match="'why'"):
        bakery.annotate(case.id, "attest", JO, NOW, {"text": "True."})
    assert bakery.case(case.id) == case


def test_what_is_not_there_is_named(bakery: SqlBrandLedger) -> None:
    for ask in (bakery.case, bakery.history):
        with pytest.raises(InputError, match="There is no case 'nope' in the brand 'bakery'"):
            ask("nope")
    with pytest.raises(InputError, match="no case 'nope'"):
        bakery.change("nope", "resolve", JO, NOW)
    with pytest.raises(InputError, match="no case 'nope'"):
        bakery.annotate("nope", "note", JO, NOW, {})
