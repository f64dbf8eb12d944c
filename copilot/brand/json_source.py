"""JSON lines → `Value`: one group a line, with the number of its line."""

import json
from collections.abc import Iterator
from typing import Any, cast

from copilot.brand.report import Report, shown
from copilot.brand.values import DEEPEST, Entry, Value


class _Pairs(list[tuple[str, Any]]):
    """An object as pairs, so that a key that stands twice is seen."""


class _Integer(str):
    """A whole number as written: digits without end are never computed."""


class _Number(str):
    """Any other number as written."""


def read_rows(text: str, report: Report) -> Iterator[Value]:
    """Every row that can be read; the others become problems. Empty lines are skipped."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        row = _read_row(line, number, report)
        if row is not None:
            yield row


def _read_row(line: str, number: int, report: Report) -> Value | None:
    try:
        data: Any = json.loads(
            line, object_pairs_hook=_Pairs, parse_int=_Integer, parse_float=_Number, parse_constant=_Number
        )
        row = _value(data, number, report, DEEPEST)
    except json.JSONDecodeError as error:
        report.add(
            number,
            f"This is not a JSON object: {error.msg} at column {error.colno}.",
            'Write one object a line, with double quotes: `{"id": "…", "text": "…"}`.',
        )
        return None
    except RecursionError:
        report.add(number, f"This is nested more than {DEEPEST} levels deep.", "Flatten it.")
        return None
    if row.kind != "map":
        report.add(number, "This line is not a JSON object.", 'Write one object a line: `{"id": "…"}`.')
        return None
    return row


def _value(data: Any, line: int, report: Report, deeper: int) -> Value:
    if deeper == 0:
        raise RecursionError
    if isinstance(data, _Pairs):
        return _group(data, line, report, deeper)
    if isinstance(data, list):
        items = cast(list[Any], data)
        return Value("list", line, items=tuple(_value(item, line, report, deeper - 1) for item in items))
    return _scalar(data, line)


def _scalar(data: Any, line: int) -> Value:
    if data is None:
        return Value("nothing", line)
    if isinstance(data, bool):
        return Value("flag", line, raw=str(data).lower())
    if isinstance(data, _Integer):
        return Value("integer", line, raw=str(data))
    return Value("number" if isinstance(data, _Number) else "text", line, raw=str(data))


def _group(pairs: _Pairs, line: int, report: Report, deeper: int) -> Value:
    found: dict[str, Entry] = {}
    for key, item in pairs:
        if key in found:
            report.add(line, f"{shown(key)} stands twice in this row.", "Keep one of the two.")
        else:
            found[key] = Entry(key, line, _value(item, line, report, deeper - 1))
    return Value("map", line, entries=tuple(found.values()))
