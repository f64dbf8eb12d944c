"""What came before decides what a short message means."""

from datetime import timedelta

from copilot.models import Thread
from copilot.triage import triage, triage_many
from tests.triage.brands import KETTLE, NOW, RELAY, said, talk


def test_the_brands_own_post_is_context_only() -> None:
    decision = triage(said("We are closed today, sorry!", from_brand=True), KETTLE)
    assert (decision.action, decision.urgency) == ("ignore", 0.0)
    assert "the brand's own post" in decision.reason


def test_thanks_after_our_answer_close_and_thanks_out_of_the_blue_get_a_word() -> None:
    mention, thread = talk(KETTLE, [(False, "Are you open?"), (True, "Until six!")], "thank you!")
    decision = triage(mention, KETTLE, thread)
    assert (decision.action, decision.intent) == ("ignore", "thanks")
    assert "no answer needed" in decision.reason
    assert triage(said("thank you!"), KETTLE).action == "reply"


def test_thanks_with_another_question_or_trouble_are_answered() -> None:
    before = [(False, "Are you open?"), (True, "Until six!")]
    for text in ("thanks, and on Sunday?", "thanks but the door was locked at five"):
        mention, thread = talk(KETTLE, before, text)
        assert triage(mention, KETTLE, thread).action == "reply", text


def test_an_answer_to_our_question_goes_on_with_their_complaint() -> None:
    mention, thread = talk(RELAY, [(False, "My scanner is broken"), (True, "Which model is it?")], "the RX-200")
    decision = triage(mention, RELAY, thread)
    assert (decision.action, decision.intent) == ("reply", "complaint")
    assert decision.reason.startswith("Goes on with the conversation")


def test_a_danger_stays_with_its_conversation() -> None:
    before = [(False, "I cut my lip on your cup"), (True, "We are sorry. When was that?")]
    mention, thread = talk(KETTLE, before, "Sunday at ten, at the Pier")
    decision = triage(mention, KETTLE, thread)
    assert (decision.action, decision.intent, decision.topic) == ("escalate", "safety", "injury")
    assert decision.reason.startswith("Goes on with an escalated conversation")


def test_praise_in_a_grave_conversation_is_still_praise() -> None:
    mention, thread = talk(KETTLE, [(False, "I cut my lip on your cup"), (True, "Sorry!")], "you guys are wonderful")
    assert triage(mention, KETTLE, thread).intent == "praise"


def test_messages_after_the_mention_do_not_count() -> None:
    mention, thread = talk(KETTLE, [(False, "Are you open?")], "thank you!")
    later = said("Until six!", id="later", from_brand=True, created_at=NOW + timedelta(hours=1))
    longer = Thread(id=thread.id, mentions=(*thread.mentions, later))
    assert triage(mention, KETTLE, longer) == triage(mention, KETTLE, thread)


def test_a_picture_without_words_is_looked_at() -> None:
    decision = triage(said("@copperkettle", has_media=True), KETTLE)
    assert decision.action == "reply"
    assert "picture" in decision.reason


def test_a_bare_link_is_left_alone_but_not_in_a_conversation() -> None:
    assert triage(said("https://a.example/x"), KETTLE).intent == "spam"
    mention, thread = talk(KETTLE, [(False, "broken lid"), (True, "A photo, please?")], "https://a.example/x")
    assert triage(mention, KETTLE, thread).action == "reply"


def test_many_are_decided_like_one_by_one_and_in_order() -> None:
    texts = ["where is it?", "lovely!", "I cut my lip", "", "thank you!"]
    mentions = [said(text, id=f"m-{n}", thread=f"own-{n}") for n, text in enumerate(texts)]
    last, thread = talk(KETTLE, [(False, "Are you open?"), (True, "Until six!")], "thank you!")
    decisions = triage_many([*mentions, last], KETTLE, {thread.id: thread}, NOW)
    assert decisions[:-1] == [triage(m, KETTLE, None, NOW) for m in mentions]
    assert decisions[-1].action == "ignore"
