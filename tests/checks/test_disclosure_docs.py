"""docs/checks.md names every check with the severity it has, and its examples are ones the tests judge."""

from pathlib import Path

from copilot.checks import CHECKS
from tests.checks.reply_cases import rows

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"
TABLE = {
    cells[0]: cells
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and (cells := [c.strip() for c in line.strip("|").split(" | ")])[0] in CHECKS
}


def test_every_check_has_its_row() -> None:
    assert list(TABLE) == list(CHECKS)


def test_the_row_tells_the_severity_in_the_code() -> None:
    assert {id: cells[2] for id, cells in TABLE.items()} == {id: check.severity for id, check in CHECKS.items()}


def test_examples_are_pairs_of_the_tests() -> None:
    pairs = [row for folder in ("disclosure", "privacy", "tone") for row in rows(folder)]
    bad = {(r["check"], r.get("bad_with", {}).get("mention", r["bad"])) for r in pairs}
    good = {(r["check"], r.get("good_with", {}).get("mention", r["good"])) for r in pairs}
    plain = {"D3", "D9", "D10", "D12", "D15", "T2"}
    shown = [cells for id, cells in TABLE.items() if id[0] in "DTP" and id not in plain]
    assert [c[0] for c in shown if (c[0], c[3]) not in bad or (c[0], c[4]) not in good] == []
