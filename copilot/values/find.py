"""Every value in a text, the most specific reading of each piece first."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from copilot.values.clock import NAMED_TIMES, clocks, marked_ranges
from copilot.values.days import DAYLIKE, MONTH_WORDS, dates, weekdays
from copilot.values.numbers import ANY, COUNTED, DIGITS, WORD, number
from copilot.values.types import Value
from copilot.values.units import CURRENCIES, MEASURES, MINUTES, TIME_WORDS

_EMAIL = re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ENDS = (
    "com|org|net|edu|gov|io|co|ai|app|dev|shop|store|info|biz|me|tv|eu|de|at|ch|fr|es|it|nl|be|lu|pl|dk|se|no|fi|uk|ie|us|ca|au|nz|"
    "in|jp|cn|br|pt|cz|ly|to|gl|example|test|social|online|site|page|coffee|bike|cafe|club|blog|news|email|help|support|berlin|hamburg"
)
_URL = re.compile(
    rf"https?://[^\s)\]>,;]+|www\.[^\s)\]>,;]+|(?:[a-zA-Z0-9äöüß](?:[\w-]*\w)?\.)+(?:{_ENDS})\b(?:/[^\s)\]>,;]*)?|"
    r"(?:[a-zA-Z0-9](?:[\w-]*\w)?\.)+[a-z]{2,24}/[^\s)\]>,;]*"
)
_HANDLE = re.compile(r"(?<![\w.@/])@([A-Za-z0-9_](?:[\w.-]*\w)?(?:@[\w-]+(?:\.[\w-]+)+)?)")
_CODE = r"€|£|\$|\bEUR\b|\bUSD\b|\bGBP\b|\bCHF\b"
_NAME = r"€|£|\$|EUR\b|USD\b|GBP\b|CHF\b|euros?\b|dollars?\b|pounds?\b|quid\b|bucks\b|franken\b|francs\b"
_TO = r"\s?(?:-|–|\bto\b|\bor\b|\bbis\b|\boder\b|\bà\b|\bou\b)\s?"
_AND = _TO.replace(r"\bor\b", r"\bor\b|\band\b|\bund\b|\bet\b")
_PREFIXED = re.compile(
    rf"(?P<c>{_CODE})\s?(?P<n>{DIGITS})(?:{_TO}(?:{_CODE})?(?P<m>{DIGITS})(?!\s?(?:%|[a-z])))?", re.I
)
_SUFFIXED = re.compile(rf"(?:(?P<m>{DIGITS}){_TO})?(?P<n>{ANY})(?:,-|,–)?[\s-]?(?P<c>{_NAME})", re.I)
_CENTS = re.compile(rf"(?P<n>{ANY})\s?(?P<c>cents?\b|ct\b|centimes?\b|pence\b)", re.I)
_PERCENT = re.compile(
    rf"(?:(?P<m>{DIGITS}){_TO})?(?P<n>{ANY})\s?(?:%|percent\b|per cent\b|prozent\b|pour cent\b)", re.I
)
_HALF = re.compile(
    r"\b(?:half[ -](?:the )?price|half off|(?:costs?|pay|for) half\b(?! (?:an?|the) (?:hour|day|year))|"
    r"(?:zum )?halben? preis\w*|die hälfte|moitié prix)",
    re.I,
)
_WORKDAYS = re.compile(
    rf"(?:(?P<m>{ANY}){_AND})?(?P<n>{ANY})[\s-]?"
    r"(?:(?:working|business|work)[\s-]?days?\b|werktage?n?\b|arbeitstage?n?\b|jours? ouvr\w+)",
    re.I,
)
_UNITS = (
    r"(?P<min>minutes?\b|mins?\b|minuten?\b)|(?P<h>hours?\b|hrs?\b|h\b|stunden?\b|std\b|heures?\b)|"
    r"(?P<d>days?\b|tage?n?\b|jours?\b|tägig\w*)|(?P<w>weeks?\b|wochen?\b|semaines?\b|wöchig\w*)|"
    r"(?P<mo>months?\b|monate?n?\b|monatig\w*|mois\b)|(?P<y>years?\b|jahre?n?\b|jährig\w*|ans\b|années?\b)"
)
_DURATION = re.compile(
    rf"(?:(?P<m>{ANY}){_AND})?(?P<n>\b(?:half an?|a couple of|zweiein|einein)\b|{ANY})[\s-]?(?:{_UNITS})", re.I
)
_NIGHT = re.compile(r"\bfortnight\b", re.I)
_MEASURE_WORDS = "|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True))
_MEASURE = re.compile(rf"(?:(?P<m>{DIGITS}){_TO})?(?P<n>{DIGITS})[\s-]?(?P<u>{_MEASURE_WORDS})(?![\w/])", re.I)
_DIGITS = re.compile(DIGITS)
_ORDINAL = re.compile(r"(?<!\w)(\d+)(?:st|nd|rd|th)\b", re.I)
_COUNTED = re.compile(rf"\b({COUNTED})\b(?=\s+[\w-]+)", re.I)
_COUNTED_LAST = re.compile(rf"\b({COUNTED})\b(?=\s*[.,;!]?\s*$)", re.I)
_NOT_COUNTED = re.compile(r"^\s+(?:of|von|in|at|on|or|oder|und|and|de|d['’])\b", re.I)


def _addresses(text: str) -> Iterator[Value]:
    for match in _EMAIL.finditer(text):
        yield Value("email", *match.span(), match[0], key=match[0].lower())
    for match in _HANDLE.finditer(text):
        yield Value("handle", *match.span(), match[0], key=match[1].lower())
    for match in _URL.finditer(text):
        raw = match[0].rstrip(".…!?")
        if re.fullmatch(r"(?:[a-zA-Z]\.)+[a-zA-Z]{1,2}", raw):  # "i.e"
            continue
        key = raw.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
        yield Value("url", match.start(), match.start() + len(raw), raw, key=key)


def _both(match: re.Match[str]) -> Iterator[Decimal]:
    """The one or two numbers of "3", "3-5", "two or three"."""
    for group in ("m", "n"):
        found = match.groupdict().get(group)
        amount = number(found) if found else None
        if amount is not None:
            yield amount


def _money(text: str) -> Iterator[Value]:
    for pattern in (_PREFIXED, _SUFFIXED):
        for match in pattern.finditer(text):
            for amount in _both(match):
                yield Value("money", *match.span(), match[0], amount=amount, unit=CURRENCIES[match["c"].lower()])
    for match in _CENTS.finditer(text):
        amount = number(match["n"])
        if amount is not None:
            unit = "GBP" if match["c"].lower() == "pence" else ""
            yield Value("money", *match.span(), match[0], amount=amount / 100, unit=unit)


def _percents(text: str) -> Iterator[Value]:
    for match in _PERCENT.finditer(text):
        for amount in _both(match):
            yield Value("percent", *match.span(), match[0], amount=amount)
    for match in _HALF.finditer(text):
        yield Value("percent", *match.span(), match[0], amount=Decimal(50))


def _durations(text: str) -> Iterator[Value]:
    for match in _WORKDAYS.finditer(text):
        for amount in _both(match):
            yield Value("workdays", *match.span(), match[0], amount=amount)
    for match in _DURATION.finditer(text):
        unit = next(name for name in ("min", "h", "d", "w", "mo", "y") if match[name])
        for amount in _amounts(match):
            if unit in MINUTES:
                yield Value(
                    "duration", *match.span(), match[0], amount=amount * MINUTES[unit], number=amount, unit="min"
                )
            else:
                yield Value(
                    "duration",
                    *match.span(),
                    match[0],
                    amount=amount * (12 if unit == "y" else 1),
                    number=amount,
                    unit="month",
                )
    for match in _NIGHT.finditer(text):
        yield Value("duration", *match.span(), match[0], amount=Decimal(14 * 1440), unit="min")


_SPECIAL = {
    "half a": Decimal("0.5"),
    "half an": Decimal("0.5"),
    "a couple of": Decimal(2),
    "zweiein": Decimal(2),
    "einein": Decimal(1),
}


def _amounts(match: re.Match[str]) -> Iterator[Decimal]:
    special = _SPECIAL.get((match["n"] or "").lower())
    if special is not None:
        yield special
    else:
        yield from _both(match)


def _measures(text: str) -> Iterator[Value]:
    for match in _MEASURE.finditer(text):
        unit, factor = MEASURES[match["u"].lower()]
        for amount in _both(match):
            base = (amount * factor).normalize() + 0
            yield Value("measure", *match.span(), match[0], amount=base, number=amount, unit=unit)


def _counts(text: str) -> Iterator[Value]:
    for match in _ORDINAL.finditer(text):
        yield Value("count", *match.span(), match[0], amount=Decimal(match[1]))
    for match in _DIGITS.finditer(text):
        amount = number(match[0])
        if amount is not None:
            yield Value("count", *match.span(), match[0], amount=amount)
    for match in _COUNTED.finditer(text):
        amount = number(match[1])
        if amount is not None and amount > 1 and not _NOT_COUNTED.match(text[match.end() :]):
            yield Value("count", *match.span(), match[0], amount=amount, in_words=True)
    for match in _COUNTED_LAST.finditer(text):
        amount = number(match[1])
        if amount is not None and amount > 1:
            yield Value("count", *match.span(), match[0], amount=amount, in_words=True)


_Finder = Callable[[str], Iterator[Value]]
_WORDS = re.compile(r"[^\W\d_]+")
_NUMBERS = frozenset(WORD.replace("\\", "").split("|")) | {
    "a",
    "an",
    "one",
    "ein",
    "eine",
    "einen",
    "einem",
    "einer",
    "un",
    "une",
}
_LONG_UNITS = ("tägig", "wöchig", "monatig", "jährig")
_MONEY_WORDS = frozenset(CURRENCIES) | {"cent", "cents", "ct", "centime", "centimes", "pence"}
_PERCENT_WORDS = frozenset({"percent", "cent", "prozent", "half", "halben", "halbe", "hälfte", "moitié"})


@dataclass(frozen=True)
class _Look:
    """What a glance at the text shows, so that most patterns need not run."""

    text: str
    words: frozenset[str]
    digit: bool
    counted: bool
    """A digit or a number word."""


def _glance(text: str) -> _Look:
    words = frozenset(_WORDS.findall(text.lower()))
    digit = any(c.isdigit() for c in text)
    return _Look(text, words, digit, digit or bool(words & _NUMBERS))


_ORDER: tuple[tuple[_Finder, Callable[[_Look], bool]], ...] = (
    (_addresses, lambda look: "@" in look.text or "." in look.text[:-1]),
    (_money, lambda look: look.counted and (any(c in look.text for c in "€£$") or bool(look.words & _MONEY_WORDS))),
    (marked_ranges, lambda look: look.digit),
    (_percents, lambda look: "%" in look.text or bool(look.words & _PERCENT_WORDS)),
    (_durations, lambda look: bool(look.words & TIME_WORDS) or any(unit in look.text for unit in _LONG_UNITS)),
    (_measures, lambda look: look.digit),
    (dates, lambda look: look.digit or bool(look.words & MONTH_WORDS)),
    (clocks, lambda look: look.counted or bool(look.words & NAMED_TIMES)),
)


def _collide(a: Value, b: Value) -> bool:
    """Two readings of one place; the two ends of "3-5 days" share their place and do not collide."""
    if (a.start, a.end) == (b.start, b.end):
        return a.kind in ("clock", "weekday") or a == b
    return a.start < b.end and b.start < a.end


@lru_cache(maxsize=8192)
def values(text: str, today: int | None = None) -> tuple[Value, ...]:
    """All values of `text` in order. With `today` (Monday is 0), "today" and "tomorrow" are weekdays too."""
    look = _glance(text)
    finders = [finder for finder, worth in _ORDER if worth(look)]
    if DAYLIKE.search(text):
        finders.append(lambda rest: weekdays(rest, today))
    if look.counted:
        finders.append(_counts)
    left = text
    found: list[Value] = []
    for finder in finders:
        claimed = _claimed(finder(left))
        for value in claimed:
            left = left[: value.start] + "\x00" * (value.end - value.start) + left[value.end :]
        found += claimed
    return tuple(sorted(found, key=lambda v: (v.start, v.end)))


def _claimed(found: Iterator[Value]) -> list[Value]:
    """The first reading of each place."""
    claimed: list[Value] = []
    for value in found:
        if value.text.strip("\x00 ") and not any(_collide(v, value) for v in claimed):
            claimed.append(value)
    return claimed
