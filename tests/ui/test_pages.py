"""Sent & outbox, Knowledge, People & settings."""

from datetime import timedelta

from copilot import cases, people
from copilot.models import Actor
from tests.conftest import OWNER, Clock
from tests.ui.driver import HARBOR, Driver

PRAISE = "hc-059"
COMPLAINT = "hc-015"


def view(driver: Driver, name: str) -> None:
    driver.app.get("button_group")[0].set_value(name)
    driver.run()


def approved(driver: Driver, mention: str, text: str) -> str:
    outcome = driver.desk.approve(mention, text, OWNER, overrides=dict.fromkeys(("T1", "T6", "T9", "H8"), "fits"))
    assert outcome.outbox is not None, outcome.checks
    return outcome.outbox.id


def test_the_outbox_shows_what_has_to_be_posted_and_marks_it(driver: Driver) -> None:
    driver.start().go("sent")
    assert "Nothing waits to be posted" in driver.rendered
    outbox_id = approved(driver, PRAISE, "Thank you, that was good to read. ^JM")
    driver.run()
    assert "Thank you, that was good to read. ^JM" in driver.plain
    driver.press(f"mark-{outbox_id}")
    view(driver, "Sent")
    assert "approved by Jo Marsh · posted by Jo Marsh" in driver.plain


def test_a_reply_is_taken_back_from_the_outbox(driver: Driver) -> None:
    driver.start()
    outbox_id = approved(driver, PRAISE, "Thank you, that was good to read. ^JM")
    driver.go("sent").press(f"back-{outbox_id}")
    assert driver.desk.ledger.outbox_item(outbox_id).state == "taken_back"
    view(driver, "Taken back")
    assert "taken back before it left" in driver.plain


def test_the_case_behind_a_reply_is_one_press_away(driver: Driver) -> None:
    driver.start()
    outbox_id = approved(driver, PRAISE, "Thank you, that was good to read. ^JM")
    driver.go("sent").press(f"case-{outbox_id}")
    assert driver.state(f"chosen:{HARBOR}") == driver.case(PRAISE).id


def test_promises_of_sent_replies_stand_with_their_day_and_are_closed_by_name(driver: Driver, clock: Clock) -> None:
    driver.start()
    text = "We can see why you wrote. We'll look into it and answer you here. ^JM"
    cases.mark_sent(driver.desk, approved(driver, COMPLAINT, text), OWNER)
    promise = driver.desk.ledger.promises()[0]
    clock.now = promise.due + timedelta(hours=2)
    driver.go("sent")
    view(driver, "Promises")
    assert "late by 2 h" in driver.rendered
    assert promise.text in driver.plain
    for one in driver.desk.ledger.promises():
        driver.press(f"kept-{one.id}")
    assert driver.desk.ledger.promises() == []
    assert "No promise is open" in driver.rendered


def test_facts_say_until_when_they_hold(driver: Driver, clock: Clock) -> None:
    driver.start()
    facts = driver.desk.brand.facts
    ending = next(f for f in facts if f.valid_until is not None and f.valid_until > clock().date())
    assert ending.valid_until is not None
    driver.go("knowledge")
    view(driver, "Facts")
    assert f"valid until {ending.valid_until:%d %b %Y}" in driver.rendered
    clock.now += ending.valid_until - clock().date() + timedelta(days=2)
    driver.pick("Which", "Not valid")
    assert f"expired {ending.valid_until:%d %b %Y}" in driver.rendered
    assert ending.text in driver.plain


def test_knowledge_is_searched(driver: Driver) -> None:
    driver.start().go("knowledge").field("Search", "own it before explaining").run()
    assert "v-own-first" in driver.plain
    assert "v-we" not in driver.plain.replace("v-wel", "")


def test_only_an_owner_decides_about_precedents(driver: Driver) -> None:
    driver.start(me="TL").go("knowledge")
    view(driver, "Precedents")
    retire = next(b for b in driver.app.button if b.key and b.key.startswith("retire-"))
    assert retire.disabled
    assert "Ask jm" in driver.plain
    driver.pick("Who are you?", "(JM)")
    id = retire.key.removeprefix("retire-")
    driver.press(f"retire-{id}")
    assert id in {p.id for p in driver.desk.ledger.precedents(("retired",))}
    assert id not in driver.desk.index.ids()


def test_gaps_lead_to_the_case_they_came_from(driver: Driver) -> None:
    driver.start().open("hc-058")
    gap = driver.desk.ledger.gaps()[0]
    driver.go("knowledge")
    view(driver, "Gaps")
    assert gap.question in driver.plain
    driver.press(f"gap-case-{gap.id}")
    assert driver.state(f"chosen:{HARBOR}") == driver.case("hc-058").id


def test_an_owner_gives_and_takes_roles(driver: Driver) -> None:
    driver.start().go("people")
    role = next(s for s in driver.app.selectbox if str(s.key).startswith(f"role-{HARBOR}-fa-"))
    role.set_value("owner")
    driver.run()
    roles = {m.person: (m.role, m.active) for m in driver.desk.ledger.members()}
    assert roles["fa"] == ("owner", True)


def test_the_last_owner_stays(driver: Driver) -> None:
    driver.start().go("people")
    role = next(s for s in driver.app.selectbox if str(s.key).startswith(f"role-{HARBOR}-jm-"))
    role.set_value("manager")
    driver.run()
    assert "is the last owner" in driver.plain
    assert {m.person: m.role for m in driver.desk.ledger.members()}["jm"] == "owner"


def test_a_manager_sees_roles_and_changes_none(driver: Driver) -> None:
    driver.start(me="TL").go("people")
    assert all(s.disabled for s in driver.app.selectbox if str(s.key).startswith("role-"))


def test_a_paused_brand_says_so_everywhere_and_approves_nothing(driver: Driver) -> None:
    driver.start().go("people").field("Why should nothing be approved or sent?", "A pile-on.").submit(
        "Pause this brand"
    )
    assert driver.desk.ledger.paused() == "A pile-on."
    driver.go("inbox").open(PRAISE).press("approve")
    assert "A pile-on." in driver.plain
    assert driver.desk.ledger.outbox() == []
    people.resume(driver.desk.ledger, Actor(person="jm"), driver.desk.clock())
    driver.run()
    assert "This brand is paused" not in driver.rendered


def test_the_state_of_models_and_stores_is_shown(driver: Driver) -> None:
    driver.start().go("people")
    assert "chat model" in driver.plain
    assert "composed from playbook lines and facts" in driver.plain
