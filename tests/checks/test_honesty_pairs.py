"""Minimal pairs: a reply that must be found, and its neighbour that must pass every honesty check."""

import json
from pathlib import Path

import pytest

from copilot.checks.honesty import CHECKS
from copilot.models import CheckResult

from .brands import context

PAIRS = Path(__file__).parent / "pairs"
FINDS: dict[str, frozenset[str]] = {
    "invented_price": frozenset({"H1", "H2", "H3", "H4"}),
    "unauthorised_refund": frozenset({"H5"}),
    "expired_fact": frozenset({"H4"}),
    "h1_unsupported": frozenset({"H1"}),
    "h2_values": frozenset({"H2"}),
    "h3_contradiction": frozenset({"H3"}),
    "h5_commitments": frozenset({"H5"}),
    "h6_absolutes": frozenset({"H6"}),
    "h7_experience": frozenset({"H7"}),
    "h8_questions": frozenset({"H8"}),
}
"""Which checks may find the bad side, where a row does not say so itself."""
WARNS = frozenset({"H6", "H8"})
LEAST = {"invented_price": 25, "unauthorised_refund": 25, "expired_fact": 25, "ordinary": 40}


def rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (PAIRS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def every(side: str) -> list[object]:
    names = sorted(path.stem for path in PAIRS.glob("*.jsonl"))
    skipped = {"limits"} if side == "bad" else set[str]()
    return [
        pytest.param(name, row, id=row["id"])
        for name in names
        if name not in skipped
        for row in rows(name)
        if side in row
    ]


def judged(row: dict[str, str], side: str) -> list[CheckResult]:
    made = context(row[side], row["brand"], row.get("mention", ""), row.get("speaker"), row.get("lang"))
    return [check(made) for check in CHECKS]


@pytest.mark.parametrize(("name", "row"), every("bad"))
def test_bad_reply_is_found_by_the_check_it_breaks(name: str, row: dict[str, str]) -> None:
    wanted = frozenset(row.get("finds", ())) or FINDS[name]
    found = {result.check: result for result in judged(row, "bad") if result.verdict != "pass"}
    hits = [result for check, result in found.items() if check in wanted]
    assert hits, {check: result.reason for check, result in found.items()}
    for hit in hits:
        assert hit.verdict == ("warn" if hit.check in WARNS else "block")
        assert hit.reason
        assert hit.fix
        for span in hit.spans:
            assert row["bad"][span.start : span.end] == span.text


@pytest.mark.parametrize(("name", "row"), every("good"))
def test_good_reply_passes_every_honesty_check(name: str, row: dict[str, str]) -> None:
    assert [(r.check, r.verdict, r.reason) for r in judged(row, "good") if r.verdict != "pass"] == []


@pytest.mark.parametrize("name", sorted({*FINDS, *LEAST}))
def test_there_are_enough_pairs(name: str) -> None:
    least = LEAST.get(name, 12)
    sides = ("good",) if name == "ordinary" else ("bad", "good")
    for side in sides:
        assert sum(side in row for row in rows(name)) >= least


def test_ids_are_unique() -> None:
    ids = [row["id"] for path in PAIRS.glob("*.jsonl") for row in rows(path.stem)]
    assert len(ids) == len(set(ids))
