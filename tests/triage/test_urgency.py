"""Urgency orders the inbox and explains itself."""

from datetime import timedelta

import pytest

from copilot.triage import triage
from tests.triage.brands import KETTLE, NOW, said, talk


def urgency(text: str) -> float:
    return triage(said(text), KETTLE, None, NOW).urgency


@pytest.mark.parametrize(
    ("sooner", "later"),
    [
        ("I don't want to live anymore", "I cut my hand on your cup"),
        ("I cut my hand on your cup", "my lawyer will write to you"),
        ("my lawyer will write to you", "the order is wrong"),
        ("the order is wrong", "do you sell tea?"),
        ("do you sell tea?", "you should sell tea, an idea for you"),
        ("you should sell matcha", "lovely tea"),
        ("lovely tea", "Thanks!"),
        ("my order never came and the party is tomorrow", "my order never came"),
        ("third time I ask: my order never came", "my order never came"),
        ("my order never came, I want my 80 euros back", "my order never came"),
        ("I'm stranded outside, the door is broken", "the door is broken"),
        ("my order never came, I'll tell all my followers", "my order never came"),
        ("I've been waiting for 3 weeks, my order never came", "my order never came"),
        ("are you still open today?", "are you open?"),
        ("praise be, the best tea", "Buy followers cheap, DM for details"),
    ],
)
def test_what_is_worse_or_sooner_comes_first(sooner: str, later: str) -> None:
    assert urgency(sooner) > urgency(later)


def test_an_urgent_complaint_says_what_made_it_urgent() -> None:
    reason = triage(said("Third time I ask, my order never came and the wedding is tomorrow"), KETTLE).reason
    assert "More urgent: " in reason
    assert '"tomorrow"' in reason or '"wedding"' in reason
    assert 'not the first time ("Third time' in reason


def test_somebody_stranded_is_answered_within_the_urgent_target() -> None:
    assert urgency("Your locker won't open, I'm locked out in the snow and my flight leaves in an hour") >= 0.7


def test_days_without_an_answer_raise_urgency_and_are_named() -> None:
    mention = said("the order is wrong", created_at=NOW - timedelta(days=3))
    waiting = triage(mention, KETTLE, None, NOW)
    assert waiting.urgency > triage(mention, KETTLE, None, None).urgency
    assert "has waited 3 days for us" in waiting.reason


def test_writing_again_without_an_answer_raises_urgency() -> None:
    once, thread = talk(KETTLE, [(False, "My order is wrong.")], "Anybody there?")
    again = triage(once, KETTLE, thread, NOW)
    assert again.urgency > urgency("My order is wrong.")
    assert "no answer yet" in again.reason


def test_what_is_left_alone_comes_last() -> None:
    assert urgency("first espresso of the day") < 0.1
    assert urgency("asdfgh jklqwe zxcvzx") == 0.0
