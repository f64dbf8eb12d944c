"""When somebody answers: `hours:` of brand.yaml."""

import re
from datetime import time
from typing import get_args

from copilot.brand.report import Report, pick, shown
from copilot.brand.values import Entry, Value, choose
from copilot.models import Day, Hours

DAYS: tuple[Day, ...] = get_args(Day)


def read_hours(value: Value | None, report: Report) -> dict[Day, tuple[Hours, ...]]:
    """`hours:` of brand.yaml, each day's spans in order; `24:00` is kept as the last moment of its day."""
    if value is None:
        return {}
    days: dict[Day, tuple[Hours, ...]] = {}
    for entry in value.entries:
        day = choose(entry.key, DAYS)
        if day is None:
            report.add(entry.line, f"{shown(entry.key)} is no day of the week here.", pick(entry.key, DAYS))
        elif entry.value.kind not in ("list", "nothing"):
            fix = f'Write a list: `{day}: ["08:00-12:00", "13:00-18:00"]`, or `{day}: []` when closed.'
            report.add(entry.line, f"`{day}` must be a list of hours.", fix)
        else:
            days[day] = _spans(entry, report)
    return {day: days[day] for day in DAYS if day in days}


def _spans(entry: Entry, report: Report) -> tuple[Hours, ...]:
    spans: list[Hours] = []
    for item in entry.value.items:
        span = _span(item, report)
        if span is None:
            continue
        if any(span.opens < other.closes and other.opens < span.closes for other in spans):
            report.add(item.line, f"{shown(item.raw)} overlaps with other hours of `{entry.key}`.", "Merge the two.")
        spans.append(span)
    return tuple(sorted(spans, key=lambda span: span.opens))


def _span(item: Value, report: Report) -> Hours | None:
    match = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", item.raw, re.ASCII)
    if match is None or item.kind != "text":
        fix = 'Write them with two digits each and a hyphen: `"08:00-18:00"`.'
        report.add(item.line, f"{shown(item.raw)} are no hours.", fix)
        return None
    first, second, third, fourth = (int(part) for part in match.groups())
    try:
        opens = time(first, second)
        closes = time.max if (third, fourth) == (24, 0) else time(third, fourth)
    except ValueError:
        report.add(item.line, f"{shown(item.raw)} holds a time that no clock shows.", "Use 00:00 to 24:00.")
        return None
    if closes <= opens:
        fix = 'Hours past midnight belong to two days: `"18:00-24:00"` here and `"00:00-02:00"` on the next.'
        report.add(item.line, f"{shown(item.raw)} closes before it opens.", fix)
        return None
    return Hours(opens=opens, closes=closes)
