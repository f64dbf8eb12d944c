"""The reply workspace: draft, edit, findings, decision, and what becomes of it."""

from copilot import cases
from copilot.models import Actor
from tests.conftest import OWNER, Clock
from tests.ui.driver import HARBOR, Driver

TARIK = Actor(person="tl")
QUESTION = "hc-081"
"""Asks when the Market shop is open; a fact answers it."""
PRAISE = "hc-059"


def test_opening_a_case_drafts_and_shows_what_each_sentence_stands_on(driver: Driver) -> None:
    driver.start().open(QUESTION)
    record = driver.desk.ledger.latest_draft(QUESTION)
    assert record is not None
    used = record.draft.sentences[0].evidence_ids
    assert driver.editor.value == record.draft.text
    assert used
    assert used[0] in driver.plain
    assert "sentence 1" in driver.rendered
    assert driver.case(QUESTION).state == "drafted"


def test_a_draft_made_ahead_is_shown_at_once_and_signed_by_who_sits_here(driver: Driver) -> None:
    driver.start(me="")
    desk = driver.desk
    made = desk.draft(desk.ledger.mention(QUESTION), "jm")
    driver.pick("Who are you?", "(TL)").open(QUESTION)
    latest = desk.ledger.latest_draft(QUESTION)
    assert latest is not None
    assert latest.id == made.record_id
    assert driver.editor.value == made.draft.text.replace("^JM", "^TL")


def test_what_was_typed_survives_other_pages_and_other_cases(driver: Driver) -> None:
    driver.start().open(QUESTION).write("We are open until six. ^JM")
    driver.go("knowledge").go("inbox")
    assert driver.editor.value == "We are open until six. ^JM"
    driver.open(PRAISE).open(QUESTION)
    assert driver.editor.value == "We are open until six. ^JM"


def test_a_new_draft_does_not_replace_what_a_person_wrote(driver: Driver) -> None:
    driver.start().open(QUESTION).write("My own words. ^JM")
    driver.press("redraft")
    assert driver.editor.value == "My own words. ^JM"


def test_every_earlier_text_can_be_brought_back(driver: Driver) -> None:
    driver.start().open(QUESTION)
    drafted = driver.editor.value
    driver.write("First thought. ^JM").write("Second thought. ^JM")
    assert drafted in driver.plain
    driver.press("use-earlier-0")
    assert driver.editor.value == "First thought. ^JM"


def test_a_fact_is_added_before_the_signature(driver: Driver) -> None:
    driver.start().open(PRAISE).write("Thank you. ^JM")
    driver.field("Look up facts and past cases", "oat milk at the Market").run()
    fact = next(b.key for b in driver.app.button if b.key and b.key.startswith("use-looked-up-f-"))
    driver.press(fact)
    text = next(f.text for f in driver.desk.brand.facts if f.id == fact.removeprefix("use-looked-up-"))
    assert driver.editor.value == f"Thank you. {text} ^JM"


def test_a_block_says_what_to_do_and_holds_the_approval_back(driver: Driver) -> None:
    driver.start().open(PRAISE).write("Thank you, that was good to read. ^TL")
    assert "Nobody signs for somebody else" in driver.plain
    assert "Fix this first" in driver.rendered
    driver.press("approve")
    assert "Not approved: something must be fixed first" in driver.plain
    assert driver.desk.ledger.outbox() == []


def test_a_sentence_that_blocks_can_be_taken_out(driver: Driver) -> None:
    driver.start().open(PRAISE).write("Thank you, that was good to read. ^TL")
    driver.press("remove-D14")
    assert driver.editor.value == "Thank you, that was good to read."


def test_a_warning_asks_for_its_reason_in_place_and_the_reason_is_kept(driver: Driver) -> None:
    driver.start().open(PRAISE).write("Unfortunately we can only say thank you. ^JM")
    assert "Unfortunately" in driver.plain
    driver.press("approve")
    assert "Not approved: write why" in driver.plain
    assert driver.desk.ledger.outbox() == []
    asked = [t for t in driver.app.text_input if t.label.startswith("Send it anyway")]
    for field in asked:
        field.set_value("It is a joke they made.")
    warned = [str(field.key).split(":")[0].removeprefix("why-") for field in asked]
    driver.run().press("approve")
    sent = driver.desk.ledger.outbox()[0].reply
    assert sent.override_reasons == dict.fromkeys(warned, "It is a joke they made.")
    assert "T1" in warned


def test_approve_and_next_goes_on_to_the_row_below(driver: Driver) -> None:
    driver.start().open(PRAISE)
    rows = [row.removeprefix("open-") for row in driver.rows]
    case = driver.case(PRAISE).id
    expected = rows[rows.index(case) + 1] if case in rows else rows[0]
    driver.press("approve-next")
    assert driver.case(PRAISE).state == "approved"
    assert driver.state(f"chosen:{HARBOR}") == expected


def test_what_was_approved_can_be_taken_back(driver: Driver) -> None:
    driver.start().open(PRAISE).press("approve")
    assert not driver.editing
    driver.press("take-back-last")
    assert driver.case(PRAISE).state == "drafted"
    assert driver.desk.ledger.outbox()[0].state == "taken_back"
    assert driver.editing


def test_what_was_said_about_one_brand_stays_with_it(driver: Driver) -> None:
    driver.start().open(PRAISE).press("approve")
    assert "Approved. Nothing leaves for" in driver.plain
    driver.pick("Brand", "Velo North")
    assert "Approved." not in driver.plain
    driver.pick("Brand", "Harbor Coffee")
    assert driver.has_button("take-back-last")


def test_from_approval_to_an_accepted_precedent(driver: Driver) -> None:
    driver.start().open(PRAISE)
    text = driver.editor.value
    driver.press("approve")
    item = driver.desk.ledger.outbox()[0]
    assert item.reply.text == text
    assert text in [c.value for c in driver.app.code]
    driver.app.text_input(f"url-{item.id}").set_value("https://bluesky.example/harborcoffee/1")
    driver.press(f"mark-{item.id}")
    assert driver.desk.ledger.outbox_item(item.id).state == "sent"
    assert driver.case(PRAISE).state == "waiting"
    driver.field("How did it end?", "They liked it.").submit("Resolve")
    assert driver.case(PRAISE).state == "resolved"
    driver.go("knowledge")
    driver.app.get("button_group")[0].set_value("Precedents")
    driver.run()
    candidate = driver.desk.ledger.precedents(("candidate",))[0]
    assert candidate.outcome == "They liked it."
    driver.press(f"accept-{candidate.id}")
    assert candidate.id in {p.id for p in driver.desk.ledger.precedents(("accepted",))}
    assert candidate.id in driver.desk.index.ids()


def test_an_address_that_is_none_is_refused(driver: Driver) -> None:
    driver.start().open(PRAISE).press("approve")
    item = driver.desk.ledger.outbox()[0]
    driver.app.text_input(f"url-{item.id}").set_value("javascript:alert(1)")
    driver.press(f"mark-{item.id}")
    assert "must begin with https://" in driver.plain
    assert driver.desk.ledger.outbox_item(item.id).state == "queued"


def test_an_approval_from_a_stale_page_is_a_conflict_that_names_who_did_what(driver: Driver) -> None:
    driver.start().open(PRAISE).write("Thank you, that was good to read. ^JM")
    cases.note(driver.desk, driver.case(PRAISE).id, "I know her, wait.", TARIK)
    driver.button("approve").click()
    driver.app.run()
    assert driver.desk.ledger.outbox() == []
    assert "tl left a note" in driver.plain
    assert "Somebody changed it meanwhile" in driver.plain
    assert driver.editor.value == "Thank you, that was good to read. ^JM"
    assert "I know her, wait." in driver.plain
    driver.press("news-seen").press("approve")
    assert driver.desk.ledger.outbox()[0].reply.text == "Thank you, that was good to read. ^JM"


def test_two_managers_approve_and_the_second_sees_who_was_first(driver: Driver) -> None:
    driver.start().open(PRAISE).write("Thank you, that was good to read. ^JM")
    desk = driver.desk
    first = desk.approve(PRAISE, "Thank you, that was good to read. ^TL", TARIK)
    assert first.outbox is not None
    driver.press("approve")
    assert len(desk.ledger.outbox()) == 1
    assert "tl approved a reply" in driver.plain


def test_a_vouched_statement_reaches_the_owner_as_a_gap(driver: Driver) -> None:
    driver.start().open(QUESTION)
    driver.field("The statement", "The Market shop opens at 7:00 on fair days.").field(
        "How you know it", "I have the key."
    )
    driver.submit("Vouch for it")
    said = driver.desk.ledger.attestations(QUESTION)
    assert [(s.text, s.by) for s in said] == [("The Market shop opens at 7:00 on fair days.", "jm")]
    assert any(g.origin == "attested" for g in driver.desk.ledger.gaps())


def test_a_follow_up_to_a_sent_reply_is_a_closing_one(driver: Driver, clock: Clock) -> None:
    driver.start().open(PRAISE).press("approve")
    item = driver.desk.ledger.outbox()[0]
    clock.advance(hours=1)
    cases.mark_sent(driver.desk, item.id, OWNER)
    driver.run()
    assert not driver.editing
    driver.app.toggle[0].set_value(True)
    driver.run()
    assert driver.editor.value == ""
    driver.write("It is solved. Thank you for telling us. ^JM").press("approve")
    assert [i.reply.purpose for i in driver.desk.ledger.outbox()] == ["closing", "answer"]


def test_what_only_holds_goes_out_as_a_holding_reply(driver: Driver) -> None:
    driver.start().open("hc-058")
    record = driver.desk.ledger.latest_draft("hc-058")
    assert record is not None
    assert record.draft.abstained
    assert "A holding reply only" in driver.rendered
    assert next(s for s in driver.app.selectbox if s.label == "This is").value == "holding"


def test_a_viewer_reads_and_is_told_who_can_help(driver: Driver) -> None:
    driver.start(brand="velo-north", me="LB")
    assert not driver.editing
    assert "may not answer" in driver.plain
    assert "Ask mt" in driver.plain
