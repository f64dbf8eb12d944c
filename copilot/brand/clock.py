"""Days and open hours of a brand: in its own time zone, counted in real minutes over every change of the clocks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from copilot.models import Brand, Day, Fact

_WEEK: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HORIZON_DAYS = 3660


def local_day(brand: Brand, now: datetime) -> date:
    """The calendar day it is for the brand at `now`."""
    return _aware(now).astimezone(ZoneInfo(brand.timezone)).date()


def valid_facts(brand: Brand, now: datetime) -> tuple[Fact, ...]:
    """The facts that hold on the brand's day of `now`."""
    day = local_day(brand, now)
    return tuple(fact for fact in brand.facts if fact.valid_on(day))


def due_at(brand: Brand, created_at: datetime, minutes: int) -> datetime:
    """When `minutes` of open hours have passed since `created_at`, in UTC.

    A brand without hours, or one that is closed all week, is counted as always open: its targets must not vanish.
    Nothing is due later than ten years on.
    """
    start = _aware(created_at).astimezone(UTC)
    left = timedelta(minutes=max(minutes, 0))
    if not left:
        return start
    if not any(brand.hours.values()):
        return start + left
    for opens, closes in _open_spans(brand, start):
        begins = max(opens, start)
        if begins >= closes:
            continue
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    return start + timedelta(days=_HORIZON_DAYS)


def _open_spans(brand: Brand, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Spans of open hours in UTC, in order, from the day of `start` on; they never overlap."""
    zone = ZoneInfo(brand.timezone)
    first = start.astimezone(zone).date()
    latest = start
    for ahead in range(_HORIZON_DAYS):
        day = first + timedelta(days=ahead)
        for span in brand.hours.get(_WEEK[day.weekday()], ()):
            opens = max(_instant(day, span.opens, zone), latest)
            closes = _instant(day, span.closes, zone)
            if opens < closes:
                yield opens, closes
                latest = closes


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    if clock == time.max:
        day, clock = day + timedelta(days=1), time(0)
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return moment
