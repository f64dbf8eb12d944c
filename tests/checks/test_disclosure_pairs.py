"""Every disclosure rule on pairs of a bad and a good reply that differ in little else."""

from collections import Counter
from typing import Any

import pytest

from tests.checks.reply_cases import problems, rows

ROWS = rows("disclosure")
PLAIN = {"D3": 2, "D10": 1}
"""Those that only inform need fewer."""


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_bad_is_found_and_good_is_left_alone(row: dict[str, Any]) -> None:
    assert problems(row) == []


def test_every_rule_has_its_pairs() -> None:
    count = Counter(row["check"] for row in ROWS)
    wanted = {f"D{n}": 8 for n in range(1, 17) if n not in (9, 12, 15)} | PLAIN | {"D13": 20, "D14": 20}
    assert {id: count[id] for id, least in wanted.items() if count[id] < least} == {}
