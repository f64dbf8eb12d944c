"""Batches: JSONL in, JSONL out, in order; a row that fails is a row with `error`."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from copilot.cli.common import json_line, out, say
from copilot.errors import CopilotError, InputError

Row = dict[str, Any]
_EVERY = 500
_MAX_LINE = 1_000_000


def run(source: Path, target: Path | None, work: Callable[[Row], Mapping[str, Any] | Any]) -> int:
    """Apply `work` to every row of `source`; returns how many failed.

    Raises:
        InputError: the file cannot be read or written.
    """
    try:
        lines = source.open(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise InputError(f"{source}: {error.strerror}.") from None
    part = target.with_name(target.name + ".part") if target else None
    failed = count = 0
    with lines:
        sink = part.open("w", encoding="utf-8") if part else None
        try:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                answer, bad = _row(line, number, work)
                failed += bad
                count += 1
                sink.write(answer + "\n") if sink else out(answer)
                if sink and count % _EVERY == 0:
                    say(f"  {count:,} rows")
        finally:
            if sink:
                sink.close()
    if part and target:
        os.replace(part, target)
        say(f"{count:,} rows to {target}, {failed} failed.")
    return failed


def _row(line: str, number: int, work: Callable[[Row], Any]) -> tuple[str, bool]:
    id: Any = None
    try:
        row = parsed(line, number)
        id = row.get("id")
        answer = work(row)
        return json_line({"id": id, **_dict(answer)}), False
    except (CopilotError, ValueError) as error:
        return json_line({"id": id, "line": number, "error": str(error)}), True


def _dict(answer: Any) -> dict[str, Any]:
    return answer.model_dump(mode="json") if hasattr(answer, "model_dump") else dict(answer)


def parsed(line: str, number: int) -> Row:
    """One line as an object.

    Raises:
        ValueError: it is not one; says why.
    """
    if len(line) > _MAX_LINE:
        raise ValueError(f"line {number} is longer than {_MAX_LINE:,} characters")
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"line {number} is not UTF-8") from None
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"line {number} is not JSON: {error}") from None
    if not isinstance(row, dict):
        raise ValueError(f"line {number} is not an object with fields")
    return row  # pyright: ignore[reportUnknownVariableType]


def field(row: Row, name: str) -> str:
    """A required text field.

    Raises:
        ValueError: it is missing or not text.
    """
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"the field '{name}' is missing or empty")
    return value
