"""Numbers as people write them: "1,490", "4,20", "twenty-five", "anderthalb"."""

import re
from decimal import Decimal

_EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
eighteen nineteen"
_DE = (
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn \
achtzehn neunzehn"
)
_FR = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit \
dix-neuf"
_TENS = (
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "vingt trente quarante cinquante soixante",
)
_OTHER = {
    "hundred": 100, "hundert": 100, "cent": 100, "thousand": 1000, "tausend": 1000, "mille": 1000,
    "dozen": 12, "dutzend": 12, "douzaine": 12, "both": 2, "beide": 2, "beiden": 2, "zwo": 2, "dreissig": 30,
    "half": Decimal("0.5"), "halbe": Decimal("0.5"), "halben": Decimal("0.5"), "demi": Decimal("0.5"),
    "anderthalb": Decimal("1.5"), "eineinhalb": Decimal("1.5"), "zweieinhalb": Decimal("2.5"), "couple": 2,
}  # fmt: skip
_ONE = ("a", "an", "one", "ein", "eine", "einen", "einem", "einer", "un", "une")


def _table() -> dict[str, Decimal]:
    table: dict[str, Decimal] = {}
    for line in (_EN, _DE, _FR):
        table |= {word: Decimal(n) for n, word in enumerate(line.split())}
    units_en, units_de = _EN.split()[1:10], ["ein", *_DE.split()[2:10]]
    for line in _TENS:
        for n, word in enumerate(line.split(), start=2):
            table[word] = Decimal(10 * n)
    for n, word in enumerate(_TENS[0].split(), start=2):
        table |= {f"{word}-{unit}": Decimal(10 * n + m) for m, unit in enumerate(units_en, start=1)}
    for n, word in enumerate(_TENS[1].split(), start=2):
        table |= {f"{unit}und{word}": Decimal(10 * n + m) for m, unit in enumerate(units_de, start=1)}
    table |= {word: Decimal(value) for word, value in _OTHER.items()}
    return table


_WORDS = _table()
DIGITS = r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|(?<!\d)\d+(?:[.,]\d+)?(?!\d)"
"""A number in digits, with either decimal sign."""
WORD = "|".join(sorted((re.escape(w) for w in _WORDS), key=len, reverse=True))
"""A number in words, from two on (and one half)."""
COUNTED = "|".join(sorted((re.escape(w) for w in _WORDS if w not in _OTHER), key=len, reverse=True))
"""Number words that count things in front of a noun."""
ANY = rf"(?:{DIGITS}|\b(?:{WORD}|{'|'.join(_ONE)})\b)"
"""A number in front of a unit, where "a" and "ein" count as one."""
_THOUSANDS = re.compile(r"^\d{1,3}([.,])\d{3}(?:\1\d{3})*$")


def number(text: str) -> Decimal | None:
    """The number a matched piece of text stands for, or None."""
    low = text.strip().lower()
    if not low:
        return None
    if not low[0].isdigit():
        return Decimal(1) if low in _ONE else _WORDS.get(low)
    if _THOUSANDS.match(low) and not low.startswith("0"):
        return Decimal(re.sub("[.,]", "", low))
    last = max(low.rfind("."), low.rfind(","))
    if last < 0:
        return Decimal(low)
    whole = re.sub("[.,]", "", low[:last])
    return Decimal(f"{whole}.{low[last + 1 :]}").normalize() + 0
