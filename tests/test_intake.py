"""Files of any shape: every row is taken or refused with its line and a reason, and nothing crashes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.bootstrap import Copilot
from copilot.errors import InputError
from copilot.intake import import_mentions, import_precedents, moment, rows
from copilot.pipeline import Desk
from tests.conftest import OWNER


@pytest.fixture
def desk(copilot: Copilot) -> Desk:
    return copilot.brand("harbor-coffee")


def quiet(_: str) -> None:
    pass


def test_a_reply_without_a_thread_joins_its_parent(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    first = {"id": "1", "text": "Is the Pier shop open?", "author": "dana", "created_at": "2026-03-01T10:00:00Z"}
    second = {"id": "2", "text": "Anyone?", "author": "dana", "in_reply_to": "1", "created_at": "2026-03-01T11:00:00Z"}
    file.write_text("\n".join(map(json.dumps, (second, first))))
    report = import_mentions(desk, file, {}, "bluesky", OWNER, 10_000, quiet)
    assert (report.read, report.new) == (2, 2)
    assert [m.id for m in desk.ledger.thread_of("2").mentions] == ["1", "2"]
    assert desk.ledger.case_of("1").id == desk.ledger.case_of("2").id


def test_a_row_that_is_too_long_is_refused_with_its_line(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"text": "fine"}\n' + json.dumps({"text": "x" * 11_000}) + "\n")
    report = import_mentions(desk, file, {}, "bluesky", OWNER, 10_000, quiet)
    assert report.new == 1 and report.rejected[0].line == 2 and "10,000" in report.rejected[0].reason


def test_an_unknown_field_is_named(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="knows no field 'body'"):
        import_mentions(desk, tmp_path / "x", {"body": "text"}, "bluesky", OWNER, 10_000, quiet)


def test_resolved_issues_become_masked_candidates(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "p.jsonl"
    row = {"mention": "No parcel yet, I am dana@example.org", "reply": "It left late, and that was us. ^JM"}
    file.write_text(json.dumps(row) + "\n" + json.dumps({"mention": "only half"}) + "\n")
    report = import_precedents(desk, file, {}, OWNER)
    assert report.new == 1 and report.rejected[0].line == 2
    found = desk.ledger.precedents(("candidate",))
    assert len(found) == 1 and "dana@example.org" not in found[0].mention


@pytest.mark.parametrize(
    "text", ["2026-03-01T10:00:00+00:00", "2026-03-01 10:00:00", "1772359200", "Sun Mar 01 10:00:00 +0000 2026"]
)
def test_moments_in_every_usual_form(text: str) -> None:
    assert moment(text) == datetime(2026, 3, 1, 10, tzinfo=UTC)


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=400), kind=st.sampled_from(["in.jsonl", "in.csv", "in.tsv"]))
def test_any_bytes_give_rows_or_a_reason(tmp_path: Path, content: bytes, kind: str) -> None:
    file = tmp_path / kind
    file.write_bytes(content)
    for line, row in rows(file, {}):
        assert line >= 1 and isinstance(row, dict)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.none()))
def test_any_moment_is_understood_or_refused(value: object) -> None:
    try:
        assert moment(value).tzinfo is not None
    except ValueError as error:
        assert "date" in str(error)
