"""Clock times."""

import re
from collections.abc import Iterator

from copilot.values.types import Role, Value

_MARK = r"a\.?m\b\.?|p\.?m\b\.?|uhr\b|o['’]clock\b|h\b"
_TIME = rf"(?:(\d{{1,2}})(?:[:.h](\d{{2}}))?\s?({_MARK})?|\b(noon|midday|midnight|mittags?|mitternacht|midi|minuit)\b)"
_FROM = r"(?:\b(?:from|between|von|zwischen|ab|de|entre)\s+)?"
_BETWEEN = r"(?:-|–|—|\bto\b|\buntil\b|\btill?\b|\band\b|\bbis\b|\bund\b|à|\bet\b)"
_RANGE = re.compile(rf"{_FROM}(?<![\d.,:]){_TIME}\s?{_BETWEEN}\s?(?:um\s)?{_TIME}(?![\d%€$£])", re.IGNORECASE)
_PREFIX = re.compile(_FROM.removesuffix("?"), re.IGNORECASE)
_HOURS = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|open|opens|opening|hours?|phone|reach|answers?|clos\w+|from|between|"
    r"week\w*|daily|\w+days?|geöffnet|offen|auf|von|zwischen|erreich\w+|ouvert\w*|de)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(rf"(?<![\d.,:])(\d{{1,2}})(?:[:.](\d{{2}}))?\s?({_MARK})", re.IGNORECASE)
_HOUR_MINUTE = re.compile(r"(?<![\d.,:])([01]?\d|2[0-4])(?:h|:)([0-5]\d)(?![:\d])")
NAMED_TIMES = frozenset({"noon", "midday", "midnight", "mitternacht", "minuit", "halb", "past", "quarter", "viertel"})
_NAMED = re.compile(r"\b(noon|midday|midnight|mitternacht|minuit)\b", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\b(half past|quarter past|quarter to|halb|viertel nach|viertel vor)\s+(\d{1,2}|\w+)\b(?:\s?(a\.?m|p\.?m))?",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?:at|until|till?|by|before|after|from|um|bis|ab|gegen|vers)\s+(\d{1,2})(?=\s*(?:$|[.,;!?)]|\bon\b|\band\b|\bund\b|\bdaily\b|"
    r"\bsharp\b|\bin the\b|\bevery\b|\bweek\w+|\w+days?\b))",
    re.IGNORECASE,
)
_START = re.compile(r"\b(?:opens?|opening|from|ab|von|starts?|öffnet|öffnen|ouvre|as of)\s+(?:at\s|um\s|à\s)?$", re.I)
_END = re.compile(
    r"\b(?:until|till?|to|closes?|closing|bis|schließt|schließen|shuts?|by|ferme|jusqu['’]à)\s+(?:at\s|um\s|à\s)?$",
    re.I,
)
_HOUR_NAMES = (
    "one two three four five six seven eight nine ten eleven twelve",
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
)
_HOUR_WORDS = {word: hour for names in _HOUR_NAMES for hour, word in enumerate(names.split(), start=1)}
_DAY_POINTS = {"noon": 720, "midday": 720, "mittag": 720, "mittags": 720, "midi": 720}
_SPOKEN_SHIFT = {
    "half past": 30, "quarter past": 15, "quarter to": -15, "halb": -30, "viertel nach": 15, "viertel vor": -15
}  # fmt: skip


def _minutes(hour: str, minute: str | None, mark: str | None) -> frozenset[int]:
    """What a written time can mean; empty when it is no time of day."""
    h, m = int(hour), int(minute or 0)
    if h > 24 or m > 59:
        return frozenset()
    low = (mark or "").lower().replace(".", "")
    if low in ("am", "pm"):
        return frozenset({(h % 12) * 60 + m + (720 if low == "pm" else 0)})
    exact = h * 60 + m
    plain = low not in ("", "o'clock", "o’clock") or (len(hour) == 2 and hour[0] == "0")
    return frozenset({exact}) if plain or not 1 <= h <= 12 else frozenset({exact, (exact + 720) % 1440})


def _clock(text: str, start: int, end: int, minutes: frozenset[int], role: Role = "") -> Value:
    end -= text[start:end].endswith(".") and not text[start:end].endswith(".m.")
    return Value("clock", start, end, text[start:end], minutes=minutes, role=role)


def clocks(text: str) -> Iterator[Value]:
    """Times of day; those of a range know which one starts."""
    for match in _RANGE.finditer(text):
        yield from _range(text, match)
    yield from _singles(text)


def marked_ranges(text: str) -> Iterator[Value]:
    """As in "8–16 Uhr" and "de 6 h à 20 h": ranges that cannot be read as anything but times."""
    for match in _RANGE.finditer(text):
        marks = [m for m in (match[2], match[3], match[6], match[7], match[4], match[8]) if m]
        if marks and (_PREFIX.match(match[0]) or any(m.lower() != "h" for m in marks)):
            yield from _range(text, match)


def _singles(text: str) -> Iterator[Value]:
    for match in _SPOKEN.finditer(text):
        hour = _HOUR_WORDS.get(match[2].lower()) or (int(match[2]) if match[2].isdigit() else None)
        if hour is not None and hour <= 24:
            base = _minutes(str(hour), None, match[3])
            yield _clock(text, *match.span(), frozenset((m + _SPOKEN_SHIFT[match[1].lower()]) % 1440 for m in base))
    for match in _CLOCK.finditer(text):
        yield from _single(text, match.span(), _minutes(match[1], match[2], match[3]))
    for match in _HOUR_MINUTE.finditer(text):
        yield from _single(text, match.span(), _minutes(match[1], match[2], None))
    for match in _NAMED.finditer(text):
        yield _clock(text, *match.span(), frozenset({_DAY_POINTS.get(match[1].lower(), 0)}))
    for match in _BARE.finditer(text):
        yield from _single(text, match.span(1), _minutes(match[1], None, None))


def _single(text: str, span: tuple[int, int], minutes: frozenset[int]) -> Iterator[Value]:
    if minutes:
        before = text[max(0, span[0] - 24) : span[0]]
        role: Role = "end" if _END.search(before) else "start" if _START.search(before) else ""
        yield _clock(text, *span, minutes, role)


def _range(text: str, match: re.Match[str]) -> Iterator[Value]:
    h1, m1, mark1, name1, h2, m2, mark2, name2 = match.groups()
    marked = m1 or m2 or mark1 or mark2 or name1 or name2
    if not marked and not _HOURS.search(text[max(0, match.start() - 60) : match.end() + 40]):
        return
    first = frozenset({_DAY_POINTS.get(name1.lower(), 0)}) if name1 else _minutes(h1, m1, mark1)
    second = frozenset({_DAY_POINTS.get(name2.lower(), 0)}) if name2 else _minutes(h2, m2, mark2)
    if not first or not second or (not marked and int(h1) > 24):
        return
    first, second = _ordered(first, second)
    middle = match.start(5) if h2 else match.start(8)
    yield _clock(text, match.start(), middle, first, "start")
    yield _clock(text, middle, match.end(), second, "end")


def _ordered(first: frozenset[int], second: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    """As in "8 to 4" means 8:00 and 16:00: drop readings in which the end comes before the start."""
    pairs = [(a, b) for a in first for b in second if a < b]
    if not pairs:
        return first, second
    if len(first) > 1 and len(second) > 1:
        return first, frozenset(b for a, b in pairs if a == min(first)) or second
    return frozenset(a for a, _ in pairs), frozenset(b for _, b in pairs)
