"""Lint rules: each finds its own thing, at its line, and nothing in a brand that is in order."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from copilot.brand import LintFinding, lint, load_brand, load_precedents
from copilot.brand.linting import RULES

from .sample import ANCHOR, FILES, good

BRAND, VOICE, PLAYBOOKS, FACTS, PRECEDENTS = (
    "brand.yaml",
    "voice.md",
    "playbooks.yaml",
    "facts/shop.md",
    "precedents.jsonl",
)


def findings(files: Mapping[str, str] = FILES, today: date = ANCHOR) -> list[LintFinding]:
    brand = load_brand("fern-fold", files, ANCHOR)
    return lint(brand, files, load_precedents(brand, files.get(PRECEDENTS, ""), ANCHOR), today=today)


def edited(file: str, old: str, new: str) -> dict[str, str]:
    assert FILES[file].count(old) == 1
    return {**FILES, file: FILES[file].replace(old, new)}


EVERYDAY = {("intent-without-playbook", PLAYBOOKS, 0), ("expiring-fact", FACTS, 9)}
"""What the sample has on purpose."""


def test_a_brand_in_order_gets_only_what_was_put_there() -> None:
    assert {(one.rule, one.file, one.line) for one in findings()} == EVERYDAY


CASES = [
    (PLAYBOOKS, "That should not have happened.", "Hey Guys, sorry.", "avoided-word", "warn", 8),
    (PLAYBOOKS, "Somebody here is looking", "On this journey we are looking", "avoided-word", "warn", 12),
    (VOICE, "We glued it too dry", "Guys, we glued it", "avoided-word", "warn", 17),
    (FACTS, "A new spine costs", "A new spine for guys costs", "avoided-word", "warn", 9),
    (PRECEDENTS, "We glued it too dry", "Guys, we glued it", "avoided-word", "warn", 1),
    (VOICE, "`book block`:", "`Journey`:", "used-and-avoided", "error", 26),
    (VOICE, "`everyone`", "`journey`", "used-and-avoided", "error", 29),
    (VOICE, " check=first-person-plural", "", "unenforced-rule", "info", 19),
    (VOICE, "check=first-person-plural", "check=max-sentences=3", "contradiction", "error", 22),
    (VOICE, "check=first-person-plural", "check=no-emoji", "contradiction", "error", 19),
    (PLAYBOOKS, "acts:\n    - {act: thank", "hand_over: x\n  acts:\n    - {act: thank", "", "", 0),
    (PLAYBOOKS, "That should not have happened.", "Long " * 70, "too-long", "info", 8),
    (FACTS, "A new spine costs €40.", "Free until 3 May.", "date-in-fact", "warn", 9),
    (FACTS, "A new spine costs €40.", "Bis 24.12. offen.", "date-in-fact", "warn", 9),
    (FACTS, "A new spine costs €40.", "One is here. Two is there. Three is gone.", "long-fact", "info", 9),
    (FACTS, "A new spine costs €40.", "The bindery opens at 9:00 on mondays.", "same-fact", "info", 9),
    (FACTS, "A new spine", "A new\u202e spine", "hidden-character", "warn", 9),
    (
        BRAND,
        "kind: callback, roles: [owner]",
        "kind: callback, roles: [affiliate]",
        "commitment-without-people",
        "warn",
        35,
    ),
    (BRAND, "channels: [bluesky]", "channels: [tiktok]", "unknown-channel", "warn", 17),
    (BRAND, "  mastodon:\n    limit: 500\n", "", "channel-without-limit", "info", 14),
    (BRAND, "urgent: 30", "urgent: 300", "targets-out-of-order", "warn", 26),
    (BRAND, "H6: block", "H6: warn", "check-without-effect", "info", 39),
]


@pytest.mark.parametrize(("file", "old", "new", "rule", "severity", "line"), CASES)
def test_a_rule_finds_its_own_thing_at_its_line(
    file: str, old: str, new: str, rule: str, severity: str, line: int
) -> None:
    found = findings(edited(file, old, new))
    new_ones = [one for one in found if (one.rule, one.file, one.line) not in EVERYDAY]
    assert [(one.rule, one.severity, one.file, one.line) for one in new_ones] == (
        [(rule, severity, file, line)] if rule else []
    )
    assert all(one.message and one.fix for one in new_ones)


@pytest.mark.parametrize(
    "text", ["A refill is €1.10.", "It is €1.50.", "We may have 3 left.", "We open at 9.30 sharp."]
)
def test_a_price_or_a_time_is_no_date(text: str) -> None:
    assert "date-in-fact" not in {one.rule for one in findings(edited(FACTS, "A new spine costs €40.", text))}


def test_a_wording_that_breaks_a_checked_rule_is_found() -> None:
    files = edited(VOICE, "check=first-person-plural", "check=no-exclamation")
    files[PLAYBOOKS] = files[PLAYBOOKS].replace("not have happened.", "not have happened!")
    (found,) = [one for one in findings(files) if one.rule == "wording-breaks-check"]
    assert (found.file, found.line) == (PLAYBOOKS, 8) and "`v-we`" in found.message


def test_hours_that_are_all_closed_are_found() -> None:
    files = edited(BRAND, '  mon: ["09:00-12:00", "13:00-17:00"]\n  sat: ["10:00-24:00"]\n', "")
    assert ("closed-all-week", BRAND, 6) in {(one.rule, one.file, one.line) for one in findings(files)}


def test_signing_rule_against_a_policy_that_never_signs() -> None:
    files = edited(VOICE, "check=first-person-plural", "check=signs")
    files[BRAND] = files[BRAND].replace("policy: required", "policy: never")
    (found,) = [one for one in findings(files) if one.severity == "error"]
    assert (found.rule, found.line) == ("contradiction", 19) and "brand.yaml:18" in found.message


@pytest.mark.parametrize(
    ("days", "rule"),
    [(-1, None), (0, "expiring-fact"), (13, "expiring-fact"), (14, "expiring-fact"), (15, "expired-fact")],
)
def test_a_fact_is_announced_two_weeks_before_its_last_day_and_reported_after_it(days: int, rule: str | None) -> None:
    found = [one.rule for one in findings(today=ANCHOR + timedelta(days=days)) if one.file == FACTS]
    assert found == ([rule] if rule else [])


def test_an_accepted_precedent_on_an_expired_fact_is_found() -> None:
    found = [one for one in findings(today=ANCHOR + timedelta(days=15)) if one.rule == "precedent-without-fact"]
    assert [(one.file, one.line) for one in found] == [(PRECEDENTS, 1)]
    candidate = edited(PRECEDENTS, '"accepted"', '"candidate"')
    assert not [one for one in findings(candidate, ANCHOR + timedelta(days=15)) if one.file == PRECEDENTS]


def test_a_precedent_of_the_ledger_that_is_in_no_file_has_no_line() -> None:
    brand = good()
    (loose, _) = load_precedents(brand, FILES[PRECEDENTS], ANCHOR)
    without = {name: text for name, text in FILES.items() if name != PRECEDENTS}
    found = lint(brand, without, [loose], today=ANCHOR + timedelta(days=15))
    assert [one.line for one in found if one.rule == "precedent-without-fact"] == [0]


def test_the_gravest_comes_first() -> None:
    files = edited(VOICE, "`book block`:", "`Journey`:")
    severities = [one.severity for one in findings(files)]
    assert severities == sorted(severities, key=["error", "warn", "info"].index)


def test_every_rule_is_in_the_list_once_and_documented() -> None:
    assert len(set(RULES)) == len(RULES)
    assert all(rule.__doc__ for rule in RULES)
