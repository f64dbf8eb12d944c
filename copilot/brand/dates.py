"""Days and moments as knowledge files write them: absolute, or counted from the day of the first import."""

import re
from datetime import date, datetime, timedelta

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_RELATIVE_DAY = re.compile(r"import(?:([+-])(\d{1,5})d)?", re.ASCII)
_RELATIVE_MOMENT = re.compile(r"import(?:-(\d{1,6})([mhd]))?", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}

DAY_FIX = "Write a day like `2026-03-01`, or count from the first import: `import`, `import-30d`, `import+14d`."
MOMENT_FIX = "Write `import-3h`, `import-5m` or `import-2d`, or a time with its offset: `2026-03-01T14:30:00+01:00`."


def parse_day(text: str, anchor: date) -> date:
    """The day `text` means when the first import was on `anchor`.

    Raises:
        ValueError: with what is wrong, in words.
    """
    if match := _RELATIVE_DAY.fullmatch(text):
        days = int(match[2] or 0)
        try:
            return anchor + timedelta(days=-days if match[1] == "-" else days)
        except OverflowError:
            raise ValueError("is further away than the calendar goes") from None
    if not _DAY.fullmatch(text):
        raise ValueError("is no day")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("is a day that does not exist") from None


def parse_moment(text: str, now: datetime) -> datetime:
    """The moment `text` means when the import is `now`.

    Raises:
        ValueError: with what is wrong, in words.
    """
    if match := _RELATIVE_MOMENT.fullmatch(text):
        try:
            return now - (timedelta(**{_UNITS[match[2]]: int(match[1])}) if match[1] else timedelta())
        except OverflowError:
            raise ValueError("is further away than the calendar goes") from None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("is no moment") from None
    if moment.tzinfo is None:
        raise ValueError("has no offset, so it could mean several moments")
    return moment
