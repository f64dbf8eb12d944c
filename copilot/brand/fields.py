"""Reads the fields of one group: reports what is wrong, and goes on with a stand-in so that every problem is found."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from copilot.brand.dates import DAY_FIX, parse_day
from copilot.brand.report import Report, closest, pick, shown
from copilot.brand.values import KIND_WORDS, Choice, Entry, Kind, Value, choose
from copilot.text import storable

YAML_STYLE = "{key}: {example}"
JSON_STYLE = '"{key}": {example}'
_LONGEST_TEXT = 20_000
_SCALARS: tuple[Kind, ...] = ("text", "integer", "number", "date")


class Fields:
    """One group of a file. `examples` holds every field it may have, each with a value to show in a fix."""

    def __init__(
        self,
        value: Value,
        report: Report,
        examples: Mapping[str, str],
        *,
        what: str,
        required: tuple[str, ...] = (),
        style: str = YAML_STYLE,
    ) -> None:
        self.report = report
        self.line = value.line
        self._what = what
        self._examples = examples
        self._style = style
        self._required = required
        self._meant: set[str] = set()
        self._entries: dict[str, Entry] = {}
        if value.kind != "map":
            example = ", ".join(style.format(key=key, example=examples[key]) for key in required or list(examples)[:2])
            message = f"{what} must be {KIND_WORDS['map']}, not {self._found(value)}."
            report.add(value.line, message, f"Write `{example}`.")
            return
        for entry in value.entries:
            self._take(entry)
        for key in required:
            if key not in self._entries and key not in self._meant:
                report.add(self.line, f"{what} has no `{key}`.", f"Add `{self._example(key)}`.")

    def _take(self, entry: Entry) -> None:
        if entry.key not in self._examples:
            self._meant.add(closest(entry.key, self._examples) or "")
            fix = pick(entry.key, self._examples)
            self.report.add(entry.line, f"{self._what} has no field {shown(entry.key)}.", fix)
        elif entry.value.kind == "other":
            self._meant.add(entry.key)
        elif not self._left_out(entry):
            self._entries[entry.key] = entry

    def _left_out(self, entry: Entry) -> bool:
        blank = entry.value.kind == "text" and not entry.value.raw and entry.key not in self._required
        return blank or entry.value.kind == "nothing"

    def has(self, key: str) -> bool:
        """Whether the field is there with a value."""
        return key in self._entries

    def line_of(self, key: str) -> int:
        """The line of a field; the group's own when the field is not there."""
        return self._entries[key].line if key in self._entries else self.line

    def wrong(self, key: str, message: str, fix: str = "") -> None:
        """Report a field whose value says something impossible; `message` goes on after the field's name."""
        self.report.add(self.line_of(key), f"`{key}` {message}", fix or f"Write for example `{self._example(key)}`.")

    def text(self, key: str, default: str = "") -> str:
        """A text without surrounding space."""
        entry = self._of_kind(key, "text")
        if entry is None:
            return default
        return self._sound(key, entry.value) or default

    def scalar(self, key: str, default: str = "") -> str:
        """A text, a number or a date, as written."""
        entry = self._entries.get(key)
        if entry is None:
            return default
        if entry.value.kind not in _SCALARS:
            self._wrong_kind(key, entry, "text")
            return default
        return self._sound(key, entry.value) or default

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        return tuple(text for text, _ in self.lined_texts(key))

    def lined_texts(self, key: str) -> list[tuple[str, int]]:
        """As `texts`, each with its line."""
        out: list[tuple[str, int]] = []
        for item in self.items(key):
            if item.kind == "other":
                continue
            if item.kind != "text":
                fix = f'Put it in quotes: `"{item.raw[:60]}"`.' if item.raw else f"Write `{self._example(key)}`."
                self.report.add(item.line, f"An item of `{key}` must be text, not {self._found(item)}.", fix)
            elif text := self._sound(key, item):
                out.append((text, item.line))
        return out

    def items(self, key: str) -> tuple[Value, ...]:
        """A list of anything."""
        entry = self._of_kind(key, "list")
        return entry.value.items if entry else ()

    def group(self, key: str) -> Value | None:
        """A group inside this one."""
        entry = self._of_kind(key, "map")
        return entry.value if entry else None

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        entry = self._of_kind(key, "flag")
        return default if entry is None else entry.value.raw.lower() in ("true", "yes", "on")

    def integer(self, key: str, default: int, *, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        entry = self._of_kind(key, "integer")
        if entry is None:
            return default
        digits = entry.value.raw.removeprefix("+")
        if not digits.removeprefix("-").isdecimal() or len(digits) > 12 or not low <= int(digits) <= high:
            self.wrong(key, f"must be a whole number from {low} to {high}, not {shown(entry.value.raw)}.")
            return default
        return int(digits)

    def amount(self, key: str) -> Decimal | None:
        """An amount of money, zero or more, without its currency."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry.value.kind not in ("integer", "number"):
            self._wrong_kind(key, entry, "number")
            return None
        try:
            amount = Decimal(entry.value.raw)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 <= amount < 10**9:
            self.wrong(key, f"must be an amount of zero or more, not {shown(entry.value.raw)}.")
            return None
        return amount

    def choice(self, key: str, choices: tuple[Choice, ...], default: Choice) -> Choice:
        """One of `choices`."""
        text = self.text(key)
        found = choose(text, choices)
        if text and found is None:
            self.wrong(key, f"cannot be {shown(text)}.", pick(text, choices))
        return default if found is None else found

    def choices(self, key: str, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """A list of some of `choices`, each once, at least one where the field is there."""
        out: dict[Choice, None] = {}
        items = self.items(key)
        for item in items:
            found = choose(item.raw, choices) if item.kind == "text" else None
            if found is None:
                self.report.add(item.line, f"`{key}` cannot hold {self._found(item)}.", pick(item.raw, choices))
            elif found in out:
                self.report.add(item.line, f"`{key}` holds {shown(found)} twice.", "Keep one of the two.")
            else:
                out[found] = None
        if self.has(key) and self._entries[key].value.kind == "list" and not items:
            self.wrong(key, "is an empty list.")
        return tuple(out)

    def day(self, key: str, anchor: date) -> date | None:
        """A date, absolute or counted from the first import."""
        text = self.scalar(key)
        if not text:
            return None
        try:
            return parse_day(text, anchor)
        except ValueError as error:
            self.wrong(key, f"{shown(text)} {error}.", DAY_FIX)
            return None

    def _of_kind(self, key: str, kind: Kind) -> Entry | None:
        entry = self._entries.get(key)
        if entry is None or entry.value.kind == kind:
            return entry
        self._wrong_kind(key, entry, kind)
        return None

    def _wrong_kind(self, key: str, entry: Entry, kind: Kind) -> None:
        quoted = kind == "text" and entry.value.raw and self._style == YAML_STYLE
        fix = f'Put it in quotes: `{key}: "{entry.value.raw[:60]}"`.' if quoted else f"Write `{self._example(key)}`."
        self.report.add(entry.line, f"`{key}` must be {KIND_WORDS[kind]}, not {self._found(entry.value)}.", fix)

    def _sound(self, key: str, value: Value) -> str:
        text = value.raw.strip()
        try:
            storable(text, _LONGEST_TEXT)
        except ValueError as error:
            self.report.add(value.line, f"`{key}` cannot be used: {error}.", "Shorten or retype the text.")
            return ""
        if not text:
            self.report.add(value.line, f"`{key}` is empty.", f"Write `{self._example(key)}`, or remove it.")
        return text

    def _found(self, value: Value) -> str:
        word = KIND_WORDS[value.kind]
        return f"{word} ({shown(value.raw)})" if value.raw else word

    def _example(self, key: str) -> str:
        return self._style.format(key=key, example=self._examples[key])
