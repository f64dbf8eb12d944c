"""Praise, criticism, both, and praise that means the opposite."""

import pytest

from copilot.triage.mood import feel
from copilot.triage.signals import read


def mood(text: str) -> str:
    return feel(read(text, ("en", "de", "fr", "es"))).sentiment


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("The soup was good.", "positive"),
        ("The soup was not good.", "negative"),
        ("not bad at all", "positive"),
        ("no complaints", "positive"),
        ("You never disappoint", "positive"),
        ("Not a great start", "negative"),
        ("It isn't broken", "neutral"),
        ("Would be great if it worked", "neutral"),
        ("Great coffee, but the queue was awful", "mixed"),
        ("Great coffee. The queue was awful.", "mixed"),
        ("Friendly staff but one chair for eight guests", "mixed"),
        ("great job losing my parcel again 👏", "negative"),
        ("Great. Delayed again.", "negative"),
        ("Oh wonderful, the lift is broken", "negative"),
        ("Thanks for another cancelled order", "negative"),
        ("Thanks for fixing the broken link", "neutral"),
        ("love how cosy it is", "positive"),
        ("love how it crashes every day", "negative"),
        ("The problem is solved now", "neutral"),
        ("parcel lost 😊", "negative"),
        ("soooo goood", "positive"),
        ("Is it any good?", "neutral"),
        ("Der Kuchen war nicht gut", "negative"),
        ("Leckerer Kuchen, aber kalter Service, leider", "mixed"),
        ("Ce n'est pas bon", "negative"),
        ("No está bueno", "negative"),
        ("#worstserviceever", "negative"),
        ("", "neutral"),
    ],
)
def test_mood_reads_context_and_not_words_alone(text: str, sentiment: str) -> None:
    assert mood(text) == sentiment


def test_irony_is_marked_so_that_the_reason_can_say_it() -> None:
    found = feel(read("Oh great, the app crashed", ("en",)))
    assert found.ironic
    assert found.good == 0
    assert not feel(read("Great app, it crashed once but no harm done", ("en",))).ironic


def test_the_heaviest_words_are_kept_for_the_reason() -> None:
    signals = read("Nice shop, horrible music", ("en",))
    found = feel(signals)
    assert found.best and signals.said(found.best) == "Nice"
    assert found.worst and signals.said(found.worst) == "horrible"
