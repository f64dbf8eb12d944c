"""The other ways on: to a person, to later, to silence, to the end."""

from datetime import UTC, datetime, timedelta

from copilot import cases
from copilot.models import Actor
from copilot.ui.inbox.moves import snooze_times
from tests.conftest import OWNER, Clock
from tests.ui.driver import HARBOR, Driver

CASE = "hc-081"
TARIK = Actor(person="tl")


def test_an_escalation_names_a_person_and_a_note(driver: Driver) -> None:
    driver.start(me="TL").open(CASE)
    driver.choose("Who decides?", "Jo Marsh").field("What should they decide?", "May we open later?").submit(
        "Hand it over"
    )
    case = driver.case(CASE)
    assert (case.state, case.escalated_to, case.reason) == ("escalated", "jm", "May we open later?")
    assert driver.state(f"chosen:{HARBOR}") != case.id
    driver.open(CASE)
    assert "With Jo Marsh: May we open later?" in driver.plain


def test_an_escalation_without_a_note_is_refused_with_the_mend(driver: Driver) -> None:
    driver.start().open(CASE).submit("Hand it over")
    assert driver.case(CASE).state == "drafted"
    assert "The reason is missing. Say it in a few words." in driver.plain


def test_who_decides_gives_it_back_with_the_decision(driver: Driver) -> None:
    driver.start()
    cases.escalate(driver.desk, driver.case(CASE).id, "jm", "May we?", TARIK)
    driver.open(CASE).field("What was decided?", "Yes, once.").submit("Give it back")
    assert driver.case(CASE).state == "open"
    assert "Yes, once." in driver.plain


def test_no_reply_keeps_its_reason(driver: Driver) -> None:
    driver.start().open(CASE).choose("Why is silence better?", "Spam").submit("Close without a reply")
    assert (driver.case(CASE).state, driver.case(CASE).reason) == ("no_reply", "Spam or bait")


def test_no_reply_for_another_reason_needs_words(driver: Driver) -> None:
    driver.start().open(CASE).choose("Why is silence better?", "Other").submit("Close without a reply")
    assert driver.case(CASE).state == "drafted"
    driver.choose("Why is silence better?", "Other").field("In your words (needed for Other)", "They asked us not to.")
    driver.submit("Close without a reply")
    assert driver.case(CASE).reason == "They asked us not to."


def test_what_was_closed_can_be_reopened(driver: Driver) -> None:
    driver.start()
    cases.no_reply(driver.desk, driver.case(CASE).id, "Spam", OWNER)
    driver.open(CASE).press("reopen")
    assert driver.case(CASE).state in ("open", "drafted")


def test_a_snoozed_case_comes_back_when_it_is_time(driver: Driver, clock: Clock) -> None:
    driver.start().open(CASE).choose("Until when?", "In three hours").submit("Put aside")
    assert driver.case(CASE).snoozed_until == clock() + timedelta(hours=3)
    driver.open(CASE)
    assert "Put aside until 14:00" in driver.plain


def test_a_note_stands_in_the_history_and_nowhere_a_customer_looks(driver: Driver) -> None:
    driver.start().open(CASE).field("Note (customers never see it)", "Called her twice.").submit("Keep it")
    entry = driver.desk.ledger.history(driver.case(CASE).id)[-1]
    assert (entry.event, entry.detail["text"]) == ("note", "Called her twice.")
    assert "left a note: Called her twice." in driver.plain


def test_a_case_is_assigned_to_somebody_of_the_brand(driver: Driver) -> None:
    driver.start().open(CASE).choose("Whose is it?", "Tarik").submit("Assign")
    assert driver.case(CASE).assignee == "tl"
    assert "Assigned to Tarik Lindqvist." in driver.plain


def test_a_move_on_a_stale_page_is_refused(driver: Driver) -> None:
    driver.start().open(CASE)
    cases.note(driver.desk, driver.case(CASE).id, "Wait.", TARIK)
    driver.choose("Why is silence better?", "Spam").submit("Close without a reply")
    assert driver.case(CASE).state == "drafted"
    assert "tl left a note" in driver.plain


def test_usual_moments_to_come_back_follow_the_brands_clock() -> None:
    friday = datetime(2026, 3, 27, 16, 0, tzinfo=UTC)
    times = snooze_times(friday, "Europe/Berlin")
    assert times["Tomorrow at 9:00"].isoformat() == "2026-03-28T09:00:00+01:00"
    assert times["On Monday at 9:00"].isoformat() == "2026-03-30T09:00:00+02:00"
    assert all(moment > friday for moment in times.values())
