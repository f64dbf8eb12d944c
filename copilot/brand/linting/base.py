"""What a lint rule is: a function from one subject to findings. Nothing here stops a brand from being used."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple, cast

from copilot.brand.files import PRECEDENTS, normal
from copilot.brand.report import Report
from copilot.brand.values import Value
from copilot.brand.yaml_source import read_yaml
from copilot.models import Brand, Precedent

LintSeverity = Literal["error", "warn", "info"]
"""``error``: two parts say the opposite; ``warn``: probably not meant so; ``info``: good to know."""


class LintFinding(NamedTuple):
    """Something in a brand's knowledge that loads, and yet somebody should look at it."""

    file: str
    line: int
    """1-based; 0 when the whole file is meant, or the text stands only in the ledger."""
    rule: str
    severity: LintSeverity
    message: str
    fix: str


@dataclass(frozen=True)
class Subject:
    """What is linted, and where things stand in its files."""

    brand: Brand
    files: Mapping[str, str]
    precedents: Sequence[Precedent]
    today: date
    """The brand's own day."""

    def place(self, file: str, *path: str | int) -> int:
        """The line of a value in a YAML file, by keys and positions; of the nearest one above when it is not there."""
        value: Value | None = self._trees.get(file)
        line = 0
        for step in path:
            found = _step(value, step) if value else None
            if found is None:
                break
            value, line = found
        return line

    def find(self, file: str, text: str, start: int = 1) -> int:
        """The first line from `start` on that holds the beginning of `text`; `start` when none does."""
        piece = text[:24]
        lines = normal(self.files.get(file, "")).split("\n")
        return next((n for n, line in enumerate(lines, start=1) if n >= start and piece in line), start)

    def precedent_line(self, precedent_id: str) -> int:
        """The line of a precedent in its file; 0 when it stands only in the ledger."""
        return self._precedent_lines.get(precedent_id, 0)

    @cached_property
    def _trees(self) -> dict[str, Value | None]:
        return {
            name: read_yaml(normal(text), Report(name)) for name, text in self.files.items() if name.endswith(".yaml")
        }

    @cached_property
    def _precedent_lines(self) -> dict[str, int]:
        lines: dict[str, int] = {}
        for number, line in enumerate(normal(self.files.get(PRECEDENTS, "")).split("\n"), start=1):
            try:
                row: Any = json.loads(line or "null")
            except (ValueError, RecursionError):
                continue
            if isinstance(row, dict):
                lines.setdefault(str(cast(dict[str, Any], row).get("id")), number)
        return lines


def _step(value: Value, step: str | int) -> tuple[Value, int] | None:
    if isinstance(step, int):
        item = value.items[step] if step < len(value.items) else None
        return (item, item.line) if item else None
    return next(((entry.value, entry.line) for entry in value.entries if entry.key == step), None)


LintRule = Callable[[Subject], Iterator[LintFinding]]
