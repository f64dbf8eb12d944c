"""The seven things that must never leave: at least twenty wordings of each blocked, their honest neighbours not.

`python -m pytest tests/checks/test_seven_lies.py -s` prints the counts.
"""

from collections.abc import Callable
from typing import Any

import pytest

from copilot.checks import run_checks
from copilot.models import CheckContext
from tests.checks import brands, reply_cases
from tests.checks.test_honesty_pairs import rows as honesty_rows

Row = dict[str, Any]
LEAST = 20


def _honesty(side: str, row: Row) -> CheckContext:
    return brands.context(row[side], row["brand"], row.get("mention", ""), row.get("speaker"), row.get("lang"))


def _reply(side: str, row: Row) -> CheckContext:
    return reply_cases.sides(row)[0 if side == "bad" else 1]


def _of(folder: str, check: str, wanted: Callable[[Row], bool] = lambda _: True) -> list[Row]:
    return [r for r in reply_cases.rows(folder) if r["check"] == check and wanted(r)]


LIES: dict[str, tuple[str, Callable[[str, Row], CheckContext], Callable[[], list[Row]]]] = {
    "an invented price": ("H", _honesty, lambda: honesty_rows("invented_price")),
    "an unauthorised refund": ("H5", _honesty, lambda: honesty_rows("unauthorised_refund")),
    "an expired fact": ("H4", _honesty, lambda: honesty_rows("expired_fact")),
    "foreign initials": ("D14", _reply, lambda: _of("disclosure", "D14")),
    "a denial of software": ("D13", _reply, lambda: _of("disclosure", "D13")),
    "a customer's e-mail": (
        "P1",
        _reply,
        lambda: _of("privacy", "P1", lambda r: "@" in r["bad"] or "(at)" in r["bad"]),
    ),
    "a link off the list": ("P3", _reply, lambda: _of("privacy", "P3")),
}


@pytest.mark.parametrize("lie", LIES)
def test_it_is_blocked_in_every_wording_and_its_honest_neighbour_is_not(lie: str) -> None:
    family, context, pairs = LIES[lie]
    bad = good = 0
    wrong: list[str] = []
    for row in pairs():
        if "bad" in row:
            blocks = [r.check for r in run_checks(context("bad", row)) if r.verdict == "block"]
            bad += any(check.startswith(family) for check in blocks)
            wrong += [] if any(check.startswith(family) for check in blocks) else [f"passed: {row['bad']}"]
        if "good" in row:
            blocks = [
                r.check
                for r in run_checks(context("good", row))
                if r.verdict == "block" and r.check[: len(family)] == family
            ]
            good += not blocks
            wrong += [f"blocked by {blocks}: {row['good']}"] if blocks else []
    print(f"\n{lie:<24} {bad} bad wordings blocked, {good} honest neighbours passed", end="")  # noqa: T201
    assert wrong == [] and bad >= LEAST and good >= LEAST
