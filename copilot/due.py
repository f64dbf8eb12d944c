"""When a promised time runs out: "by Friday", "within 24 hours", "bis morgen", in the brand's time zone."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from copilot.models import Brand, Day
from copilot.values import Value, values

_WEEK: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_END_OF_DAY = time(23, 59)
_NOW = re.compile(r"\b(?:right away|immediately|straight away|sofort|umgehend|tout de suite)\b", re.I)
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:next week|nächste[rn]? woche|la semaine prochaine)\b", re.I), "next week"),
    (
        re.compile(r"\b(?:this week|end of (?:the|this) week|diese[rn]? woche|ende der woche|cette semaine)\b", re.I),
        "this week",
    ),
    (
        re.compile(r"\b(?:this month|end of (?:the|this) month|monatsende|ende des monats|diesen monat)\b", re.I),
        "this month",
    ),
    (re.compile(r"\b(?:day after tomorrow|übermorgen|après-demain)\b", re.I), "2"),
    (re.compile(r"\b(?:tomorrow|morgen|demain)\b", re.I), "1"),
    (re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening)|heute|aujourd['’]hui|ce soir)\b", re.I), "0"),
)
_NEXT = re.compile(r"\b(?:next|nächste[nrsm]?|on|am|kommende[nrsm]?)\s+$", re.I)


@dataclass(frozen=True)
class Term:
    """A promised time, as written."""

    text: str
    value: Value | None = None
    word: str = ""
    """A day in words: days from now, or ``this week``, ``next week``, ``this month``."""
    later: bool = False
    """"On Friday", "next Friday": not today, even on a Friday."""

    def due(self, now: datetime, brand: Brand) -> datetime:
        """The moment it runs out, in the brand's time zone."""
        here = now.astimezone(ZoneInfo(brand.timezone))
        if self.value is None:
            return _closing(here + timedelta(days=self._days_in_words(here)), brand)
        if self.value.kind == "duration" and self.value.amount is not None:
            return _after(here, self.value)
        if self.value.kind == "clock":
            return _next_time(here, min(self.value.minutes))
        return _closing(here + timedelta(days=self._days_ahead(here)), brand)

    def days(self, now: datetime, brand: Brand) -> float:
        """Days from now, as `Commitment.within_days` counts them: working days stay working days."""
        if self.value is not None and self.value.kind == "workdays" and self.value.amount is not None:
            return float(self.value.amount)
        here = now.astimezone(ZoneInfo(brand.timezone))
        if self.value is not None and self.value.kind == "duration":
            return (self.due(now, brand) - here) / timedelta(days=1)
        return float((self.due(now, brand).date() - here.date()).days)

    def _days_in_words(self, here: datetime) -> int:
        if self.word.isdigit():
            return int(self.word)
        if self.word == "this week":
            return 4 - here.weekday() if here.weekday() <= 4 else 6 - here.weekday()
        if self.word == "next week":
            return 11 - here.weekday()
        return monthrange(here.year, here.month)[1] - here.day

    def _days_ahead(self, here: datetime) -> int:
        value = self.value
        if value is None:
            return 0
        if value.kind == "weekday":
            ahead = min((day - here.weekday()) % 7 for day in value.days)
            return ahead + 7 if ahead == 0 and self.later else ahead
        if value.kind == "date":
            return _days_to(here, value)
        return _workdays(here, int(value.amount or 0))


def _after(here: datetime, value: Value) -> datetime:
    amount = value.amount or 0
    return here + (timedelta(minutes=float(amount)) if value.unit == "min" else timedelta(days=float(amount) * 30))


def _next_time(here: datetime, minutes: int) -> datetime:
    at = datetime.combine(here.date(), time(minutes // 60 % 24, minutes % 60), tzinfo=here.tzinfo)
    return at if at > here else at + timedelta(days=1)


def _days_to(here: datetime, value: Value) -> int:
    year, month, day = value.date
    month = month or here.month
    last = monthrange(year or here.year, month)[1]
    then = here.date().replace(year=year or here.year, month=month, day=min(day or last, last))
    if year is None and then < here.date():
        then = then.replace(year=here.year + 1)
    return max(0, (then - here.date()).days)


def _workdays(here: datetime, count: int) -> int:
    days, day = 0, here
    while count > 0:
        days, day = days + 1, day + timedelta(days=1)
        count -= day.weekday() < 5
    return days


def _closing(day: datetime, brand: Brand) -> datetime:
    """When somebody last answers on that day; the end of the day when nobody does."""
    spans = brand.hours.get(_WEEK[day.weekday()], ())
    return datetime.combine(day.date(), max((s.closes for s in spans), default=_END_OF_DAY), tzinfo=day.tzinfo)


_KINDS = frozenset({"duration", "workdays", "weekday", "date", "clock"})


def term(text: str) -> Term | None:
    """The time that a promise names, or None. The last one counts: "within 24 hours, by Friday at the latest"."""
    found = [v for v in values(text) if v.kind in _KINDS]
    days = [v for v in found if v.kind != "clock"] or found
    if days:
        value = days[-1]
        return Term(value.text, value, later=bool(_NEXT.search(text[: value.start])))
    for pattern, word in _WORDS:
        match = pattern.search(text)
        if match:
            return Term(match[0], word=word)
    match = _NOW.search(text)
    return Term(match[0], word="0") if match else None
