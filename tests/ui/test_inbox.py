"""The inbox: what the queue shows, how it is narrowed, and what an empty one says."""

from datetime import timedelta

from copilot import cases
from tests.conftest import OWNER, Clock
from tests.ui.driver import HARBOR, Driver


def test_a_row_says_why_it_stands_where_it_stands(driver: Driver, clock: Clock) -> None:
    driver.start()
    first = driver.desk.ledger.queue(clock())[0].case
    assert first.triage is not None
    assert first.triage.reason in driver.plain
    assert f"@{first.author}" in driver.plain


def test_without_a_name_one_can_read_and_nothing_else(driver: Driver) -> None:
    driver.start(me="").open("hc-004")
    assert "is there oat milk at the market place one?" in driver.plain
    assert "Say who you are first" in driver.plain
    assert not driver.editing
    assert driver.case("hc-004").state == "open"


def test_a_search_looks_into_text_and_author(driver: Driver) -> None:
    driver.start().field("Search text and author", "dana-on-the-quay").run()
    assert len(driver.rows) == 1
    driver.field("Search text and author", "nobody ever wrote this").run()
    assert driver.rows == []
    assert "No case is like this" in driver.rendered


def test_a_view_keeps_its_choice_when_its_count_changes(driver: Driver) -> None:
    driver.start()
    desk = driver.desk
    for mention in ("hc-004", "hc-005"):
        cases.no_reply(desk, driver.case(mention).id, "Spam or bait", OWNER)
    driver.run().pick("Show", "No reply (2)")
    assert len(driver.rows) == 2
    cases.reopen(desk, driver.case("hc-004").id, OWNER)
    driver.run()
    assert len(driver.rows) == 1


def test_the_queue_is_paged(driver: Driver) -> None:
    driver.start()
    first = driver.rows
    driver.press("rows-on")
    assert len(first) == 20
    assert not set(first) & set(driver.rows)
    driver.press("rows-back")
    assert driver.rows == first


def test_assigned_cases_can_be_shown_alone(driver: Driver) -> None:
    driver.start()
    cases.assign(driver.desk, driver.case("hc-004").id, "tl", OWNER)
    driver.pick("Whose", "Tarik")
    assert driver.rows == [f"open-{driver.case('hc-004').id}"]


def test_next_and_previous_walk_the_queue(driver: Driver) -> None:
    driver.start()
    driver.press("next")
    assert driver.state(f"chosen:{HARBOR}") == driver.rows[1].removeprefix("open-")
    driver.press("previous")
    assert driver.state(f"chosen:{HARBOR}") == driver.rows[0].removeprefix("open-")


def test_a_late_case_says_so_in_words(driver: Driver, clock: Clock) -> None:
    clock.advance(days=3)
    driver.start()
    assert "late by" in driver.rendered


def test_an_empty_queue_says_what_was_done_and_what_waits_elsewhere(driver: Driver, clock: Clock) -> None:
    driver.start()
    desk = driver.desk
    while items := desk.ledger.queue(clock(), limit=50):
        for item in items:
            cases.snooze(desk, item.case.id, clock() + timedelta(days=1), OWNER)
    driver.app.session_state[f"chosen:{HARBOR}"] = None
    driver.run()
    assert "Nothing waits for an answer here" in driver.rendered
    assert "Snoozed: " in driver.plain
    assert "Velo North: " in driver.plain


def test_the_rows_of_one_brand_never_show_in_another(driver: Driver) -> None:
    driver.start()
    mine = set(driver.rows)
    driver.pick("Brand", "Velo North")
    assert driver.brand == "velo-north"
    assert not mine & set(driver.rows)
    assert "Say who you are first" in driver.plain
