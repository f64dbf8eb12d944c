"""Commitments: found in the text, held against the rules, kept in the register."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from copilot.models import DEFAULT_PROMISE_TERM
from copilot.promises import allowed, commitments, promises_in, requested

from .checks.brands import LANTERN, NOW, SPOKE

BERLIN = ZoneInfo("Europe/Berlin")
NAMES = ("Mara Voss", "Mara", "Tim Oster", "Tim")


def kinds(text: str, lang: str | None = None) -> list[str]:
    return [one.kind for one in commitments(text, lang, NAMES)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We'll refund you.", "refund"),
        ("I'm happy to reimburse you.", "refund"),
        ("You'll get your money back.", "refund"),
        ("Your refund is on its way.", "refund"),
        ("We have refunded the €6.", "refund"),
        ("Wir erstatten dir das Geld.", "refund"),
        ("Sie bekommen eine Rückerstattung.", "refund"),
        ("Nous allons vous rembourser.", "refund"),
        ("We'll send you a new bag.", "replacement"),
        ("A new one is on its way.", "replacement"),
        ("Wir schicken dir ein neues Paket.", "replacement"),
        ("We'll take 10% off your next order.", "discount"),
        ("You won't have to pay for that.", "discount"),
        ("Here's a voucher for you.", "voucher"),
        ("Dafür bekommst du einen Gutschein.", "voucher"),
        ("We'll repair your wheel.", "repair"),
        ("Wir reparieren dir das Rad.", "repair"),
        ("Your next coffee is on us.", "free_item"),
        ("Der nächste Kaffee geht aufs Haus.", "free_item"),
        ("I'll call you back.", "callback"),
        ("You'll hear from us tomorrow.", "callback"),
        ("Wir melden uns bei dir.", "callback"),
        ("We'll look into it.", "investigate"),
        ("Let me check with the bakers.", "investigate"),
        ("Mara will look into it.", "investigate"),
        ("Wir gehen dem nach.", "investigate"),
        ("Nous allons vérifier.", "investigate"),
        ("Your bike will be ready by Friday.", "deadline"),
        ("We'll come to your place.", "visit"),
        ("Would you like a voucher?", "voucher"),
    ],
)
def test_commitment_is_found(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "We can't refund opened bags.",
        "We don't replace worn helmets.",
        "We refund unopened bags within 14 days.",
        "Did you ask for a refund?",
        "The courier will refund you.",
        "If you want a refund, that is your right.",
        "That's on us.",
        "Thanks for the refund policy feedback.",
        "We have no gluten-free bread.",
        "Das können wir leider nicht erstatten.",
        "Wir erstatten keine geöffneten Päckchen.",
        "I'm afraid vouchers run out after a year.",
        "Thank you for your patience.",
    ],
)
def test_what_promises_nothing(text: str) -> None:
    firm = [one for one in commitments(text, names=NAMES) if not one.general]
    assert firm == []


def test_two_promises_in_one_sentence() -> None:
    assert kinds("We'll replace your loaf and take €5 off your next order.") == ["replacement", "discount"]


def test_amount_and_unit() -> None:
    (euros,) = commitments("We'll refund you €12.50.")
    assert (euros.amount, euros.unit) == (Decimal("12.5"), "EUR")
    (percent,) = commitments("We'll take 10% off your next order.")
    assert (percent.amount, percent.unit) == (Decimal(10), "%")


def test_the_span_is_the_clause_and_the_text_the_sentence() -> None:
    (one,) = commitments("Sorry about that. Please keep the bag, and we'll look into it by Friday.")
    assert one.span.text == "we'll look into it by Friday."
    assert one.sentence == "Please keep the bag, and we'll look into it by Friday."


def speaker(id: str):
    return LANTERN.person(id)


@pytest.mark.parametrize(
    ("text", "who", "may"),
    [
        ("We'll refund you €20.", "mara", True),
        ("We'll refund you €31.", "mara", False),
        ("We'll refund you €20.", "tim", False),
        ("We'll refund you within 5 days.", "mara", True),
        ("We'll refund you within 14 days.", "mara", False),
        ("We'll replace it.", "tim", True),
        ("We'll replace it.", "ada", False),
        ("I'll call you by Friday.", "tim", True),
        ("I'll call you next week.", "tim", False),
        ("We'll look into it within 72 hours.", "ada", True),
        ("We'll look into it within 2 working days.", "ada", True),
        ("I'd like to give you a €10 voucher.", "mara", True),
        ("We'll come to your place.", "mara", False),
    ],
)
def test_who_may_promise_what(text: str, who: str, may: bool) -> None:
    (one,) = commitments(text)
    assert (allowed(one, LANTERN, speaker(who), NOW) is not None) is may


def test_an_amount_needs_a_rule_that_names_one() -> None:
    (one,) = commitments("We'll repair it for €30.")
    assert allowed(one, SPOKE, SPOKE.person("jonas"), NOW) is None


def test_what_a_question_asks_for() -> None:
    assert requested("Can I get a refund?") == ("refund",)
    assert requested("Kann ich einen Gutschein bekommen?", "de") == ("voucher",)
    assert requested("Can I get a coffee?") == ()


def register(text: str, now: datetime = NOW):
    return promises_in(text, LANTERN, owner="tim", now=now, case_id="c1", outbox_id="o1")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("We'll look into it by Friday.", datetime(2026, 11, 20, 17, 0, tzinfo=BERLIN)),
        ("I'll call you tomorrow.", datetime(2026, 11, 19, 17, 0, tzinfo=BERLIN)),
        ("I'll call you within 24 hours.", NOW + timedelta(hours=24)),
        ("We'll look into it this week.", datetime(2026, 11, 20, 17, 0, tzinfo=BERLIN)),
        ("We'll write to you on Saturday.", datetime(2026, 11, 21, 23, 59, tzinfo=BERLIN)),
        ("We'll look into it within two working days.", datetime(2026, 11, 20, 17, 0, tzinfo=BERLIN)),
        ("I'll call you on 1 December.", datetime(2026, 12, 1, 17, 0, tzinfo=BERLIN)),
        ("I'll call you at 4 pm.", datetime(2026, 11, 18, 16, 0, tzinfo=BERLIN)),
        ("We'll look into it.", NOW + DEFAULT_PROMISE_TERM),
        ("Wir melden uns bis Freitag bei dir.", datetime(2026, 11, 20, 17, 0, tzinfo=BERLIN)),
        ("Ich melde mich morgen bei dir.", datetime(2026, 11, 19, 17, 0, tzinfo=BERLIN)),
    ],
)
def test_when_a_promise_is_due(text: str, due: datetime) -> None:
    (one,) = register(text)
    assert one.due == due


def test_a_weekday_is_the_brands_weekday() -> None:
    thursday_in_berlin = datetime(2026, 11, 19, 0, 30, tzinfo=BERLIN)
    (one,) = register("I'll call you tomorrow.", thursday_in_berlin.astimezone(ZoneInfo("America/New_York")))
    assert one.due.date().isoformat() == "2026-11-20"


def test_on_friday_said_on_a_friday_is_the_next_one() -> None:
    friday = datetime(2026, 11, 20, 10, 0, tzinfo=BERLIN)
    assert register("I'll call you on Friday.", friday)[0].due.date().isoformat() == "2026-11-27"
    assert register("I'll call you by Friday.", friday)[0].due.date().isoformat() == "2026-11-20"


def test_the_register_entry() -> None:
    first, second = register("Sorry! We'll replace your loaf. I'll also ask the bakers what happened.")
    assert (first.kind, first.text, first.owner, first.state) == (
        "replacement",
        "We'll replace your loaf.",
        "tim",
        "open",
    )
    assert (first.case_id, first.outbox_id) == ("c1", "o1")
    assert first.id != second.id
    assert second.kind == "investigate"


def test_what_is_done_already_leaves_nothing_to_keep() -> None:
    assert register("We have replaced your loaf.") == []


def test_a_reply_without_promises_makes_no_entries() -> None:
    assert register("Thank you for the photo!") == []
