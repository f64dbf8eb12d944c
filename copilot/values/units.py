"""Units of currency, measure and time, as people write them."""

from decimal import Decimal

CURRENCIES = {
    **dict.fromkeys(("€", "eur", "euro", "euros"), "EUR"),
    **dict.fromkeys(("£", "gbp", "pound", "pounds", "quid"), "GBP"),
    **dict.fromkeys(("$", "usd", "dollar", "dollars", "bucks"), "USD"),
    **dict.fromkeys(("chf", "franken", "francs"), "CHF"),
}
"""Sign or word in lower case → code."""


def _measures(base: str, **words: str) -> dict[str, tuple[str, Decimal]]:
    """Words of one base unit; each keyword says by `x`, a factor, what its words stand for."""
    return {word: (base, Decimal(factor[1:])) for factor, listed in words.items() for word in listed.split()}


MEASURES: dict[str, tuple[str, Decimal]] = {
    **_measures("g", x1="g gram grams gramm", x1000="kg kilo kilos"),
    **_measures("mm", x1="mm", x10="cm", x1000="m metre metres meter meters"),
    **_measures("mm", x1000000="km kilometre kilometres kilometer kilometers"),
    **_measures("ml", x1="ml", x10="cl", x1000="l litre litres liter litern"),
    **_measures("wh", x1="wh", x1000="kwh"),
    **_measures("w", x1="w watt", x1000="kw"),
    **_measures("°c", x1="°c ° degrees grad"),
    **_measures("km/h", x1="km/h kph"),
    **_measures("in", x1="inch inches zoll"),
    **_measures("kcal", x1="kcal calories"),
    **_measures("s", x1="seconds sekunden sec"),
    **{word: (word, Decimal(1)) for word in ("v", "nm", "bar", "psi", "mph", "gb", "mb", "mg/l", "mg", "lumen")},
}
"""Word in lower case → base unit, and how many of it one is."""

MINUTES = {"min": 1, "h": 60, "d": 1440, "w": 10080}


def _endings(words: str, endings: tuple[str, ...]) -> set[str]:
    return {word + ending for word in words.split() for ending in endings}


TIME_WORDS = frozenset(
    _endings("minute min hour hr day week month year fortnight heure jour semaine année", ("", "s"))
    | _endings("stunde tag woche monat jahr", ("", "e", "n", "en"))
    | _endings("werktag arbeitstag", ("", "e", "en"))
    | _endings("h std minuten mois ans workday workdays", ("",))
)
"""Any of these in a text may be part of a duration."""
