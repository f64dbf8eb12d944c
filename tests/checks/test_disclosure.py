"""The rule table, signatures, and the checks that only point elsewhere."""

import pytest

from copilot.checks import CHECKS
from copilot.checks.contents import known_contents
from copilot.checks.phrases import expression, table
from copilot.checks.rules import rules
from copilot.checks.signature import signatures
from tests.checks.reply_cases import LARCH, context


def test_every_rule_names_its_source_and_a_fix() -> None:
    assert [r.id for r in rules() if not r.source or "en" not in r.fix or not r.reason] == []
    assert len({r.id for r in rules()}) == len(rules())


def test_every_rule_refers_to_sets_that_exist() -> None:
    known = set(table("disclosure")["phrases"]) | known_contents()
    used = {n for r in rules() for n in (*r.content, *r.unless, *r.require, *r.forbid, *r.sparing)}
    assert used - known == set()


@pytest.mark.parametrize("name", ["disclosure", "privacy", "tone"])
def test_every_wording_is_an_expression_that_needs_text(name: str) -> None:
    for key in table(name)["phrases"]:
        if key != "celebration_signs":
            assert expression(name, key, "Larch", "Fen", "Ada").search("") is None, key


@pytest.mark.parametrize("id", ["D9", "D12", "D15"])
def test_a_rule_kept_elsewhere_passes_and_says_where(id: str) -> None:
    result = CHECKS[id](context("We open at eight."))
    assert result.verdict == "pass"
    assert result.reason


def test_a_brand_may_make_a_rule_stricter_and_never_milder() -> None:
    drafted = context("We open at eight.", authorship="ai_drafted")
    foreign = context("We open at eight. ^BO", speaker="aq")
    brand = LARCH.model_copy(update={"checks": {"D10": "warn", "D14": "info"}})
    assert CHECKS["D10"](drafted.model_copy(update={"brand": brand})).verdict == "warn"
    assert CHECKS["D14"](foreign.model_copy(update={"brand": brand})).verdict == "block"


def test_the_fix_is_a_wording_in_the_language_of_the_reply() -> None:
    result = CHECKS["D1"](context("Das Roggenbrot von Larch Bakery ist toll.", speaker="bo", account="personal"))
    assert "Ich arbeite bei Larch Bakery" in result.fix


def test_a_denial_of_software_blocks_even_when_nobody_asked() -> None:
    assert CHECKS["D13"](context("No bots here, we open at eight.", authorship="ai_drafted")).verdict == "block"


def test_who_wrote_it_alone_may_say_so() -> None:
    reply = "I'm Ada, not a bot: I'm typing this myself."
    asked = {"mention": "Are you a bot?", "speaker": "aq"}
    assert CHECKS["D13"](context(reply, **asked)).verdict == "pass"
    assert CHECKS["D13"](context(reply, **asked, authorship="ai_drafted")).verdict == "block"


def test_without_a_speaker_only_registered_people_sign() -> None:
    assert CHECKS["D14"](context("We open at eight. ^BO")).verdict == "pass"
    assert CHECKS["D14"](context("We open at eight. ^ZZ")).verdict == "block"


def test_a_brand_without_people_judges_no_signature() -> None:
    neutral = LARCH.model_copy(update={"people": ()})
    assert CHECKS["D14"](context("We open at eight. ^ZZ").model_copy(update={"brand": neutral})).verdict == "pass"


def test_a_foreign_signature_names_its_owner_and_the_way_out() -> None:
    result = CHECKS["D14"](context("We open at eight. ^BO", speaker="aq"))
    assert "Ben Osei" in result.reason
    assert "^AQ" in result.fix


def test_a_personal_account_needs_no_signature() -> None:
    ctx = context("We open at eight.", speaker="aq", account="personal", brand="required")
    assert CHECKS["D14"](ctx).verdict == "pass"


@pytest.mark.parametrize(
    "text",
    [
        "Open 24/7.",
        "It costs 4 - 5 euros",
        "Fresh daily - always",
        "Thanks for telling us, Dana.",
        "Bread and/or rolls",
        "We ship to the US",
        "See you at the Rye",
        "Great day for rye - Sunday",
        "We're here, waiting for you.",
        "Click here: larchbakery.example",
    ],
)
def test_an_ending_that_is_no_signature(text: str) -> None:
    assert signatures(text, LARCH) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Open at eight ^JM", "JM"),
        ("Open at eight! –KT 🙂", "KT"),
        ("Open at eight. /SP 2/2", "SP"),
        ("Open at eight. *RobF", "RobF"),
        ("Open at eight.-Tia", "Tia"),
        ("Open at eight.\n\nBest regards,\nNora Falk", "Nora Falk"),
        ("Otto from Larch Bakery here, we open at eight.", "Otto"),
    ],
)
def test_a_signature_is_seen(text: str, who: str) -> None:
    assert [s.text for s in signatures(text, LARCH)] == [who]
