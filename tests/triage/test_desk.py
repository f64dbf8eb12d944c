"""The brand's own escalation topics."""

import pytest

from copilot.models import Brand, EscalationTopic, Product
from copilot.triage import triage
from copilot.triage.desk import Desk, kind_of
from tests.triage.brands import KETTLE, said


def with_topic(*words: str, id: str = "topic", to: str = "ri", **more: object) -> Brand:
    topic = EscalationTopic(id=id, words=words, to=to, why="because")
    return KETTLE.model_copy(update={"id": "other", "escalate": (topic,), **more})


@pytest.mark.parametrize(
    ("word", "text", "fires"),
    [
        ("strike", "Is there a strike on Monday?", True),
        ("strike", "STRIKE?", True),
        ("strike", "any strikes planned?", True),
        ("strike", "striking colours, lovely", False),
        ("unpaid overtime", "Do you do unpaid overtime?", True),
        ("unpaid overtime", "Unpaid. Overtime?", False),
        ("A&E", "we sat in A&E all night", True),
        ("Kündigung", "Was ist mit der Kündigung?", True),
        ("glass", "two glasses of water please?", False),
        ("Rückruf", "Gibt es einen Rückruf?", True),
    ],
)
def test_topics_match_whole_words_without_case(word: str, text: str, fires: bool) -> None:
    decision = triage(said(text), with_topic(word))
    assert (decision.topic == "topic") is fires
    assert (decision.action == "escalate") is fires


def test_the_person_and_the_rule_stand_in_the_decision_and_the_reason() -> None:
    decision = triage(said("Will the strike change your hours?"), KETTLE)
    assert (decision.action, decision.intent, decision.escalate_to, decision.topic) == (
        "escalate",
        "question",
        "jm",
        "wages",
    )
    assert decision.reason == (
        "Touches a topic of the brand (\"strike\"): Jo Marsh decides, per the brand's rule 'wages'."
    )


def test_a_word_of_many_meanings_fires_only_where_the_mention_means_it() -> None:
    assert triage(said("Do I press the button twice?"), KETTLE).action == "reply"
    assert triage(said("Who answers press enquiries?"), KETTLE).topic == "press"
    assert triage(said("My name is Sue, is my cake ready?"), KETTLE).action == "reply"


def test_an_idiom_does_not_touch_a_topic() -> None:
    brand = with_topic("fire", "smoke", "injury", id="danger")
    assert triage(said("you're on fire today, guys!"), brand).action == "reply"
    assert triage(said("smoke comes out of the plug"), brand).topic == "danger"


def test_a_risk_without_words_of_the_brand_goes_to_who_decides_about_its_like() -> None:
    decision = triage(said("I've swallowed a piece of metal from your muffin"), KETTLE)
    assert (decision.escalate_to, decision.topic) == ("jm", None)
    assert "as for the brand's rule 'injury'" in decision.reason
    nobody = KETTLE.model_copy(update={"id": "bare", "escalate": ()})
    decision = triage(said("I've swallowed a piece of metal from your muffin"), nobody)
    assert (decision.action, decision.escalate_to) == ("escalate", None)
    assert "the brand names nobody" in decision.reason


def test_what_a_topic_is_about_is_judged_by_its_own_words() -> None:
    def kind(*words: str) -> str | None:
        return kind_of(EscalationTopic(id="x", words=words, to="jm", why=""), ("en", "de"))

    assert kind("lawyer", "sue", "court") == "legal"
    assert kind("verbrüht", "Unfall") == "safety"
    assert kind("journalist", "press enquiry") == "press"
    assert kind("parking", "opening hours") is None


def test_a_changed_brand_is_read_anew() -> None:
    text = said("Is the ferry running?")
    assert triage(text, with_topic("ferry")).topic == "topic"
    assert triage(text, with_topic("bridge")).topic is None


def test_names_of_brand_and_products_are_known() -> None:
    from copilot.triage.signals import read

    desk = Desk(KETTLE.model_copy(update={"products": (Product(name="Night Owl", aliases=("the owl",)),)}))
    assert desk.named(read("ran out of the owl"))
    assert not desk.named(read("ran out of the owl"), products=False)
    assert desk.named(read("at copper kettle"), products=False)


def test_a_question_to_a_friend_that_only_names_the_brand_is_left_alone() -> None:
    assert triage(said("@anna see you at Copper Kettle at four?"), KETTLE).action == "ignore"
    assert triage(said("@copperkettle see you at four?"), KETTLE).action == "reply"


def test_a_mention_to_our_handle_is_never_left_alone_for_want_of_words_we_know() -> None:
    text = "the purple gizmo hummed all through the evening"
    assert triage(said(f"@copperkettle {text}"), KETTLE).action == "reply"
    assert triage(said(f"{text} @copperkettle"), KETTLE).action == "reply"
    assert triage(said(text), KETTLE).action == "reply"
    assert triage(said(f"{text} in the Copper Kettle"), KETTLE).action == "ignore"
    assert triage(said(f"{text} in the Copper Kettle", channel="google_reviews"), KETTLE).action == "reply"
