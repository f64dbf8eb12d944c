"""Weekdays and dates."""

import re
from collections.abc import Iterator

from copilot.values.types import Value

_DAYS: tuple[tuple[str, ...], ...] = (
    ("monday", "montag", "lundi"),
    ("tuesday", "dienstag", "mardi"),
    ("wednesday", "mittwoch", "mercredi"),
    ("thursday", "donnerstag", "jeudi"),
    ("friday", "freitag", "vendredi"),
    ("saturday", "samstag", "samedi", "sonnabend"),
    ("sunday", "sonntag", "dimanche"),
)
_SHORT = ("mon|mo", "tues?|di", "wed|mi", "thu(?:rs?)?|do", "fri|fr", "sat|sa", "sun|so")
_FULL = "|".join(name for names in _DAYS for name in names)
_ANY_SHORT = "|".join(_SHORT)
DAYLIKE = re.compile(
    rf"day|tag|week|woche|daily|täglich|jour|{_FULL}|tonight|tomorrow|heute|morgen|demain|aujourd|\b(?:{_ANY_SHORT})\b",
    re.I,
)
"""A glance: without any of these there is no weekday."""
_NAME = rf"{_FULL}|{_ANY_SHORT}"
_DAY_RANGE = re.compile(rf"\b({_NAME})s?\.?\s?(?:-|–|to|through|till?|until|bis|au)\s?(?:le\s)?({_NAME})s?\b", re.I)
_DAY = re.compile(rf"\b({_FULL})(?:e?s)?(?:vor|nach)?(?:mittags?|abends?|morgens?)?(?:['’]s)?\b", re.I)
_SHORT_DAY = re.compile(rf"(?<![\w])({'|'.join(_SHORT)})\.?(?=\s?(?:\d|,|&|\+|/|\b(?:and|und)\b))")
_GROUPS: tuple[tuple[re.Pattern[str], frozenset[int]], ...] = (
    (
        re.compile(
            r"\b(?:every ?day|daily|(?:seven|7) days a week|all week|täglich|jeden tag|tous les jours|any day)\b", re.I
        ),
        frozenset(range(7)),
    ),
    (
        re.compile(r"\b(?:weekdays|every weekday|werktags|wochentags|unter der woche|en semaine)\b", re.I),
        frozenset(range(5)),
    ),
    (re.compile(r"\b(?:weekends?|wochenenden?s?|am wochenende|week-end)\b", re.I), frozenset({5, 6})),
)
_NEAR = re.compile(r"\b(today|tonight|tomorrow|heute|morgen(?! früh| abend)|aujourd['’]hui|demain)\b", re.I)
_NEXT = frozenset({"tomorrow", "morgen", "demain"})


def _index(name: str) -> int:
    """Monday is 0."""
    patterns = (rf"{'|'.join(names)}|(?:{short})\b" for names, short in zip(_DAYS, _SHORT, strict=True))
    low = name.lower()
    return next((n for n, pattern in enumerate(patterns) if re.match(pattern, low)), 0)


def weekdays(text: str, today: int | None) -> Iterator[Value]:
    """Weekdays, ranges of them, "weekdays", "daily"; and "today" where it is known which day that is."""
    for match in _DAY_RANGE.finditer(text):
        if not (match[1][0].isupper() or match[1].lower().rstrip("s") in _FULL):
            continue
        first, last = _index(match[1]), _index(match[2])
        days = frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))
        yield Value("weekday", *match.span(), match[0], days=days)
    for pattern, days in _GROUPS:
        for match in pattern.finditer(text):
            yield Value("weekday", *match.span(), match[0], days=days)
    for match in _DAY.finditer(text):
        yield Value("weekday", *match.span(), match[0], days=frozenset({_index(match[1])}))
    for match in _SHORT_DAY.finditer(text):
        if match[0][0].isupper():
            yield Value("weekday", *match.span(), match[0], days=frozenset({_index(match[1])}))
    if today is not None:
        for match in _NEAR.finditer(text):
            day = (today + (match[1].lower() in _NEXT)) % 7
            yield Value("weekday", *match.span(), match[0], days=frozenset({day}), relative=True)


_MONTHS: tuple[str, ...] = (
    "january|januar|janvier|jan", "february|februar|février|feb", "march|märz|mars|mar", "april|avril|apr", "may|mai",
    "june|juni|juin|jun", "july|juli|juillet|jul", "august|août|aug", "september|septembre|sept?",
    "october|oktober|octobre|oct|okt", "november|novembre|nov", "december|dezember|décembre|dec|dez",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
MONTH_WORDS = frozenset(_MONTH.replace("sept?", "sep|sept").split("|"))
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_LONG_MONTH = "|".join(name.capitalize() for name in MONTH_WORDS if len(name) > 2)
_SINCE = r"in|until|from|since|by|im|bis|ab|seit|en"
_DATES: tuple[re.Pattern[str], ...] = (
    re.compile(r"\b(?P<y>20\d\d)-(?P<m>\d{2})-(?P<d>\d{2})\b"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|er)?\s(?:of\s)?(?P<n>{_MONTH})\b\.?,?(?:\s{_YEAR})?", re.I),
    re.compile(rf"\b(?P<n>{_MONTH})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)(?:,?\s{_YEAR})?", re.I),
    re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)?\d\d)?(?!\d)"),
    re.compile(r"(?<![\d/])(?!24/7)(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>(?:20)?\d\d))?(?![\d/])"),
    re.compile(
        rf"\b(?:{_SINCE})\s(?:early\s|late\s|mid-?|[Aa]nfang\s|[Ee]nde\s|[Mm]itte\s)?(?P<n>{_LONG_MONTH})\b(?:\s{_YEAR})?"
    ),
)


def dates(text: str) -> Iterator[Value]:
    """Calendar dates and months."""
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["m"]) if parts.get("m") else _month(parts.get("n") or "")
            day = int(parts["d"]) if parts.get("d") else None
            if month is None or not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
                continue
            year = int(parts["y"]) if parts.get("y") else None
            yield Value("date", *match.span(), match[0], date=(year, month, day))


def _month(name: str) -> int | None:
    low = name.lower()
    return next(
        (n for n, names in enumerate(_MONTHS, start=1) if low in names.replace("sept?", "sep|sept").split("|")), None
    )
