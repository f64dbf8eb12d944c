"""Every tone check on pairs of a bad and a good reply that differ in little else."""

from collections import Counter
from typing import Any

import pytest

from tests.checks.reply_cases import problems, rows

ROWS = rows("tone")


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_bad_is_found_and_good_is_left_alone(row: dict[str, Any]) -> None:
    assert problems(row) == []


def test_every_check_has_its_pairs() -> None:
    count = Counter(row["check"] for row in ROWS)
    assert {f"T{n}": count[f"T{n}"] for n in range(1, 11) if count[f"T{n}"] < 8} == {}
