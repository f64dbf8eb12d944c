"""Days and moments, absolute or counted from the import."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.brand.dates import parse_day, parse_moment

from .steady import steady

ANCHOR = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@given(st.dates(), st.integers(-9999, 9999))
@steady()
def test_a_day_counts_from_the_anchor(anchor: date, days: int) -> None:
    text = f"import{days:+d}d" if days else "import"
    try:
        expected = anchor + timedelta(days=days)
    except OverflowError:
        with pytest.raises(ValueError, match="calendar"):
            parse_day(text, anchor)
    else:
        assert parse_day(text, anchor) == expected


@given(st.dates())
@steady()
def test_an_absolute_day_is_itself_whatever_the_anchor(day: date) -> None:
    assert parse_day(day.isoformat(), ANCHOR) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "import-",
        "import30d",
        "import-3h",
        "import -3d",
        "2026-3-1",
        "20260301",
        "2026-W10-1",
        "2026-13-01",
        "2025-02-29",
        "٢٠٢٦-٠٣-٠١",
        "Import",
    ],
)
def test_anything_else_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match="is "):
        parse_day(text, ANCHOR)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("import", timedelta()),
        ("import-3h", timedelta(hours=3)),
        ("import-26h", timedelta(hours=26)),
        ("import-5m", timedelta(minutes=5)),
        ("import-2d", timedelta(days=2)),
    ],
)
def test_a_moment_counts_back_from_the_import(text: str, before: timedelta) -> None:
    assert parse_moment(text, NOW) == NOW - before


def test_an_absolute_moment_keeps_its_offset() -> None:
    assert parse_moment("2026-03-10T14:00:00+02:00", NOW) == NOW
    assert parse_moment("2026-03-10T12:00:00Z", NOW) == NOW


@pytest.mark.parametrize(
    "text", ["", "import+3h", "import-3", "import-3w", "yesterday", "12:00", "2026-03-10T12:00:00", "import-999999d"]
)
def test_anything_else_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"is |has no offset"):
        parse_moment(text, datetime(2000, 1, 1, tzinfo=UTC))
