"""Every privacy and safety check on pairs of a bad and a good reply (for P5: mention)."""

from collections import Counter
from typing import Any

import pytest

from copilot.personal_data import find
from tests.checks.reply_cases import problems, rows

ROWS = rows("privacy")


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_bad_is_found_and_good_is_left_alone(row: dict[str, Any]) -> None:
    assert problems(row) == []


def test_every_check_has_its_pairs() -> None:
    count = Counter(row["check"] for row in ROWS)
    wanted = {"P1": 20, "P2": 8, "P3": 20, "P4": 8, "P5": 8}
    assert {id: count[id] for id, least in wanted.items() if count[id] < least} == {}
    mails = [row for row in ROWS if row["check"] == "P1" and any(p.kind == "email" for p in find(row["bad"]))]
    assert len(mails) >= 20
