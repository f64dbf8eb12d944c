"""Local days, facts that hold, and open hours: over midnight, over changes of the clocks, over closed weeks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.brand import due_at, local_day, valid_facts
from copilot.models import Brand, Day, Fact, Hours, VoiceGuide

from .steady import steady

VOICE = VoiceGuide(version="1", owner="", rules=())
WEEK: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def brand(timezone: str = "UTC", hours: dict[Day, tuple[Hours, ...]] | None = None, *facts: Fact) -> Brand:
    return Brand(id="b-1", name="B", timezone=timezone, hours=hours or {}, voice=VOICE, facts=facts)


def span(opens: str, closes: str) -> Hours:
    return Hours(opens=time.fromisoformat(opens), closes=time.max if closes == "24:00" else time.fromisoformat(closes))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


OFFICE: dict[Day, tuple[Hours, ...]] = {
    **{day: (span("09:00", "12:00"), span("13:00", "17:00")) for day in WEEK[:5]},
    "sat": (),
}


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("Pacific/Kiritimati", "2026-03-10T09:59", date(2026, 3, 10)),
        ("Pacific/Kiritimati", "2026-03-10T10:00", date(2026, 3, 11)),
        ("Pacific/Pago_Pago", "2026-03-10T10:59", date(2026, 3, 9)),
        ("Asia/Kolkata", "2026-03-10T18:30", date(2026, 3, 11)),
        ("Europe/Berlin", "2026-10-24T22:30", date(2026, 10, 25)),
        ("Europe/Berlin", "2026-10-25T22:30", date(2026, 10, 25)),
        ("UTC", "2026-12-31T23:59", date(2026, 12, 31)),
    ],
)
def test_the_day_is_the_brands_own(zone: str, now: str, day: date) -> None:
    assert local_day(brand(zone), utc(now)) == day
    assert local_day(brand(zone), utc(now).astimezone(ZoneInfo("America/New_York"))) == day


def test_a_fact_holds_through_its_last_day_where_the_brand_is() -> None:
    fact = Fact(id="f-a", text="A", valid_from=date(2026, 3, 10), valid_until=date(2026, 3, 11))
    auckland = brand("Pacific/Auckland", None, fact)
    assert valid_facts(auckland, utc("2026-03-09T10:59")) == ()
    assert valid_facts(auckland, utc("2026-03-09T11:00")) == (fact,)
    assert valid_facts(auckland, utc("2026-03-11T10:59")) == (fact,)
    assert valid_facts(auckland, utc("2026-03-11T11:00")) == ()


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        local_day(brand(), datetime(2026, 3, 10))
    with pytest.raises(ValueError, match="offset"):
        due_at(brand(), datetime(2026, 3, 10), 5)


@pytest.mark.parametrize(
    ("created", "minutes", "due"),
    [
        ("2026-03-10T09:00", 30, "2026-03-10T09:30"),
        ("2026-03-10T11:45", 30, "2026-03-10T13:15"),
        ("2026-03-10T11:30", 30, "2026-03-10T12:00"),
        ("2026-03-10T03:00", 60, "2026-03-10T10:00"),
        ("2026-03-13T16:50", 20, "2026-03-16T09:10"),
        ("2026-03-15T10:00", 1, "2026-03-16T09:01"),
        ("2026-03-10T09:00", 7 * 60, "2026-03-10T17:00"),
        ("2026-03-10T09:00", 5 * 7 * 60 + 1, "2026-03-17T09:01"),
        ("2026-03-10T09:00", 0, "2026-03-10T09:00"),
    ],
)
def test_only_open_minutes_count(created: str, minutes: int, due: str) -> None:
    assert due_at(brand("UTC", OFFICE), utc(created), minutes) == utc(due)


@pytest.mark.parametrize("hours", [{}, {day: () for day in WEEK}, {"mon": ()}])
def test_no_hours_or_a_closed_week_count_as_always_open(hours: dict[Day, tuple[Hours, ...]]) -> None:
    assert due_at(brand("UTC", hours), utc("2026-03-10T23:00"), 90) == utc("2026-03-11T00:30")


def test_the_hour_that_a_clock_change_takes_or_gives_is_counted_as_it_passes() -> None:
    night: dict[Day, tuple[Hours, ...]] = {"sun": (span("00:00", "24:00"),)}
    berlin = brand("Europe/Berlin", night)
    assert due_at(berlin, utc("2026-03-28T23:00"), 23 * 60) == utc("2026-03-29T22:00")
    assert due_at(berlin, utc("2026-03-28T23:00"), 23 * 60 + 1) == utc("2026-04-04T22:01")
    assert due_at(berlin, utc("2026-10-24T22:00"), 25 * 60) == utc("2026-10-25T23:00")
    gone: dict[Day, tuple[Hours, ...]] = {"sun": (span("02:00", "03:00"), span("10:00", "11:00"))}
    assert due_at(brand("Europe/Berlin", gone), utc("2026-03-28T23:00"), 30) == utc("2026-03-29T08:30")


def test_a_target_that_no_opening_ever_reaches_ends_in_ten_years() -> None:
    start = utc("2026-03-10T09:00")
    once: dict[Day, tuple[Hours, ...]] = {"mon": (span("09:00", "09:01"),)}
    assert due_at(brand("UTC", once), start, 10**9) == start + timedelta(days=3660)


@st.composite
def opening_hours(draw: st.DrawFn) -> dict[Day, tuple[Hours, ...]]:
    days: dict[Day, tuple[Hours, ...]] = {}
    for day in draw(st.lists(st.sampled_from(WEEK), unique=True)):
        marks = draw(st.lists(st.integers(0, 1439), unique=True, max_size=4).filter(lambda m: len(m) % 2 == 0))
        clock = [time(minute // 60, minute % 60) for minute in sorted(marks)]
        days[day] = tuple(Hours(opens=a, closes=b) for a, b in zip(clock[::2], clock[1::2], strict=True))
    return days


ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(
    lambda m: m.replace(second=0, microsecond=0, tzinfo=UTC)
)


def is_open(one: Brand, moment: datetime) -> bool:
    local = moment.astimezone(ZoneInfo(one.timezone))
    return any(span.opens <= local.time() < span.closes for span in one.hours.get(WEEK[local.weekday()], ()))


@given(opening_hours(), ZONES, MOMENTS, st.integers(0, 3000), st.integers(0, 600))
@steady()
def test_more_minutes_are_never_due_earlier(
    hours: dict[Day, tuple[Hours, ...]], zone: str, created: datetime, minutes: int, more: int
) -> None:
    one = brand(zone, hours)
    due = due_at(one, created, minutes)
    assert created <= due <= due_at(one, created, minutes + more)
    assert due - created >= timedelta(minutes=minutes)
    assert due.tzinfo is UTC


@given(opening_hours(), ZONES, MOMENTS, st.integers(1, 2000), st.integers(1, 2000))
@steady()
def test_waiting_twice_is_waiting_once_for_the_sum(
    hours: dict[Day, tuple[Hours, ...]], zone: str, created: datetime, first: int, second: int
) -> None:
    one = brand(zone, hours)
    assert due_at(one, due_at(one, created, first), second) == due_at(one, created, first + second)


@given(opening_hours().filter(lambda hours: any(hours.values())), MOMENTS, st.integers(1, 400))
@steady()
def test_exactly_the_asked_minutes_are_open_between(
    hours: dict[Day, tuple[Hours, ...]], created: datetime, minutes: int
) -> None:
    one = brand("UTC", hours)
    due = due_at(one, created, minutes)
    if due - created > timedelta(days=60):
        return
    passed = int((due - created).total_seconds()) // 60
    assert sum(is_open(one, created + timedelta(minutes=n)) for n in range(passed)) == minutes
    assert is_open(one, due - timedelta(minutes=1))
