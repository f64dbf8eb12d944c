"""YAML text → `Value`, from PyYAML's events: every value keeps its line, and nothing is ever constructed.

The events are walked with a stack of our own, because PyYAML's composer calls itself for every level and a deeply
nested file then ends the process.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from copilot.brand.report import Report, shown
from copilot.brand.values import DEEPEST, Entry, Kind, Value

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KINDS: dict[str, Kind] = {
    "tag:yaml.org,2002:int": "integer",
    "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:bool": "flag",
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:timestamp": "date",
}
_FIXES: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", 'Put a text that holds a colon in quotes: `why: "like: this"`.'),
    ("could not find expected ':'", "Write `key: value` with a space after the colon; a long text goes in quotes."),
    ("unexpected end of stream", "Close the quote that opens on this line."),
    ("unknown escape", "In double quotes write a backslash twice, or use single quotes."),
    ("expected ',' or ']'", "Close the list with `]` and separate its items with commas."),
    ("expected ',' or '}'", "Close the group with `}` and separate its fields with commas."),
    ("cannot start any token", "Indent with spaces, not tabs, and put a text that starts with @, ` or % in quotes."),
    ("expected key", "Check the indentation: all fields of one group start in the same column."),
    ("expected '-'", "Check the indentation: all items of one list start in the same column, each with `- `."),
)


@dataclass
class _Open:
    """A list or group whose end has not come yet; a group holds key, value, key, value in turn."""

    kind: Kind
    line: int
    children: list[Value] = field(default_factory=list[Value])


@lru_cache(maxsize=1)
def _resolver() -> Any:
    return yaml.resolver.Resolver()


def read_yaml(text: str, report: Report, *, shift: int = 0) -> Value | None:
    """The tree of one YAML document, an empty group for an empty one; None (and a problem) when it cannot be read.

    `shift` is added to every line: the front matter of a Markdown file starts on line 2.
    """
    builder = _Builder(report, shift)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not builder.take(event):
                return None
    except yaml.MarkedYAMLError as error:
        _report_syntax(error, report, shift)
        return None
    except yaml.YAMLError as error:
        report.add(1 + shift, f"This cannot be read as YAML: {error}.", "Remove the characters it names.")
        return None
    root = builder.root
    return Value("map", 1 + shift) if root is None or root.kind == "nothing" else root


def _report_syntax(error: yaml.MarkedYAMLError, report: Report, shift: int) -> None:
    problem = error.problem or "syntax error"
    mark = error.context_mark if "end of stream" in problem else error.problem_mark
    mark = mark or error.problem_mark
    line = 1 + shift + (mark.line if mark else 0)
    fix = next((fix for words, fix in _FIXES if words in problem), "Check the indentation and the quotes of this line.")
    report.add(line, f"This is not valid YAML: {problem}.", fix)


class _Builder:
    """Events in, one tree out."""

    def __init__(self, report: Report, shift: int) -> None:
        self.root: Value | None = None
        self._report = report
        self._shift = shift
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: Any) -> bool:
        """Work in one event; False when reading on makes no sense."""
        line = int(event.start_mark.line) + 1 + self._shift
        match event:
            case yaml.DocumentStartEvent():
                return self._document(line)
            case yaml.ScalarEvent():
                self._put(Value(self._kind(event, line), line, raw=str(event.value)))
            case yaml.AliasEvent():
                self._report.add(line, "References (`*name`) are not read here.", "Write the value out in full.")
                self._put(Value("other", line))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                return self._begin(event, line)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._put(self._closed(self._open.pop()))
            case _:
                pass
        return True

    def _document(self, line: int) -> bool:
        self._documents += 1
        if self._documents > 1:
            self._report.add(line, "A second YAML document starts here.", "Remove the line `---`.")
        return self._documents == 1

    def _begin(self, event: Any, line: int) -> bool:
        if len(self._open) >= DEEPEST:
            self._report.add(line, f"This is nested more than {DEEPEST} levels deep.", "Flatten it.")
            return False
        self._check_tag(event, line)
        self._open.append(_Open("list" if isinstance(event, yaml.SequenceStartEvent) else "map", line))
        return True

    def _put(self, value: Value) -> None:
        if self._open:
            self._open[-1].children.append(value)
        else:
            self.root = value

    def _kind(self, event: Any, line: int) -> Kind:
        self._check_tag(event, line)
        if not event.implicit[0]:
            return "text"
        tag = _resolver().resolve(yaml.ScalarNode, event.value, (True, False))
        return _KINDS.get(str(tag), "text")

    def _check_tag(self, event: Any, line: int) -> None:
        if event.tag not in (None, "!"):
            self._report.add(line, f"Tags like {shown(str(event.tag))} are not read here.", "Remove the tag.")

    def _closed(self, frame: _Open) -> Value:
        if frame.kind == "list":
            return Value("list", frame.line, items=tuple(frame.children))
        found: dict[str, Entry] = {}
        for key, value in zip(frame.children[::2], frame.children[1::2], strict=True):
            if key.kind in ("list", "map", "other"):
                self._report.add(key.line, "A list or a group cannot be the name of a field.", "Write `name: value`.")
            elif key.raw in found:
                first = found[key.raw].line
                self._report.add(
                    key.line, f"{shown(key.raw)} stands twice; the first is on line {first}.", "Keep one of the two."
                )
            else:
                found[key.raw] = Entry(key.raw, key.line, value)
        return Value("map", frame.line, entries=tuple(found.values()))
