"""Spam and gibberish are left alone, with a reason; odd but real messages are not."""

import pytest

from copilot.triage import triage
from tests.triage.brands import RELAY, said


@pytest.mark.parametrize(
    "text",
    [
        "Earn $900 a day from home, DM me",
        "Buy followers cheap, link in bio",
        "asdfgh qwerty zxcvb",
        "xkcjv bnmrt plkjh",
        "#follow #like #f4f #l4l #love #promo",
        "Jetzt schnell Geld verdienen, schreib mir privat",
        "Gana dinero desde casa, link en mi bio",
        "Slot gacor hari ini, klik link",
    ],
)
def test_spam_is_left_alone_with_a_reason(text: str) -> None:
    decision = triage(said(text, RELAY), RELAY)
    assert (decision.action, decision.intent, decision.urgency) == ("ignore", "spam", 0.0)
    assert "nothing to answer" in decision.reason


@pytest.mark.parametrize(
    "text",
    [
        "My account was hacked and now it posts spam, help!",
        "Your newsletter says link in bio but there is no link?",
        "hahahaha this reply made my day",
        "pls fix the btn, thx",
        "I can't subscribe to the channel, error 500",
        "Can you follow back so I can DM you my number?",
        "grrrr the lid again broke!!!",
    ],
)
def test_odd_but_real_messages_are_answered(text: str) -> None:
    assert triage(said(text, RELAY), RELAY).action == "reply"
