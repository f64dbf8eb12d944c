# ruff: noqa: E501 (an expression is easier to read on one line)
"""How personal data looks in public messages, in English, German and French.

Order matters: an earlier pattern keeps its place in the text. A short run of digits alone is too little (prices, years,
view counts), so it counts only with a word or a sign that says what it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex

Kind = Literal["email", "iban", "card", "phone", "order_number", "address", "birth_date", "plate"]


_DIGITS: dict[Kind, int] = {
    "email": 0, "iban": 10, "card": 13, "phone": 6, "order_number": 3, "address": 1, "birth_date": 5, "plate": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Pattern:
    """One way a kind of personal data is written."""

    kind: Kind
    text: str
    """Verbose expression; the group ``value`` is the personal part where only part of the match is."""
    valid: Callable[[str], bool] | None = None
    """A last look at the value; None takes every match."""

    @property
    def digits(self) -> int:
        """How many digits a text must have at least for this to be worth a look."""
        return _DIGITS[self.kind]


@lru_cache(maxsize=64)
def compiled(text: str) -> "regex.Pattern[str]":
    """The expression, compiled when first needed: importing this module stays cheap."""
    return regex.compile(text, regex.VERBOSE)


def _digits(value: str) -> str:
    return "".join(c for c in value if c.isascii() and c.isdigit())


def _is_date(value: str) -> bool:
    return bool(
        regex.match(r"\s*(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})(?!\d)", value)
    )


def _phone(value: str) -> bool:
    return 7 <= len(_digits(value)) <= 15 and not _is_date(value)


def _said_phone(value: str) -> bool:
    return 6 <= len(_digits(value)) <= 15 and not _is_date(value)


def _long_phone(value: str) -> bool:
    return _phone(value) and len(_digits(value)) >= 9


def _luhn(value: str) -> bool:
    digits = [int(c) for c in reversed(_digits(value))]
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = (sum(divmod(2 * d, 10)) for d in digits[1::2])
    grouped = bool(regex.fullmatch(r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}", value))
    return grouped or (sum(digits[::2]) + sum(doubled)) % 10 == 0


_IBAN_LENGTH = {"AT": 20, "BE": 16, "CH": 21, "DE": 22, "DK": 18, "ES": 24, "FR": 27, "GB": 22, "IE": 22, "IT": 27,
                "LU": 20, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "SE": 24}  # fmt: skip


def _iban(value: str) -> bool:
    plain = "".join(c for c in value.upper() if c.isalnum())
    if _IBAN_LENGTH.get(plain[:2]) == len(plain):
        return True
    rearranged = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(c, 36)) for c in rearranged)) % 97 == 1


def _number(value: str) -> bool:
    """A number that names a purchase: long enough, and no year."""
    digits = len(_digits(value))
    return (digits >= 4 or (digits >= 3 and not value.isdigit())) and not regex.fullmatch(r"(?:19|20)\d\d", value)


def _bare_number(value: str) -> bool:
    return _number(value) and (len(_digits(value)) >= 5 or not value.isdigit()) and not _is_date(value)


_THING = (
    r"(?:order|booking|reservation|ticket|case|reference|ref|invoice|receipt|tracking|parcel|shipment|customer|client|account"
    r"|membership|member|confirmation|policy|serial|frame|contract|bestell\w*|auftrags?\w*|buchungs?\w*|reservierungs?\w*"
    r"|rechnungs?\w*|kunden\w*|sendungs?\w*|vorgangs?\w*|rahmen\w*|serien\w*|beleg\w*|vertrags?\w*|commande|réservation"
    r"|facture|dossier|suivi|colis|compte|série|billet|contrat)"
)
_NO = r"(?:id|code|number|numbers|num|no|nr|nummer|numéro|n°|№)"
_IS = r"(?:\s*(?:is|was|are|ist|war|lautet|est|était|[:=(\#№-]))*\s*\#?\s*"
_VALUE = r"(?P<value>(?=[A-Za-z/-]{0,8}\d)[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)*)(?![\w@])(?!\s?(?:[€$£%]|eur|euros?|g|kg|ml|km|x)\b)(?![.,:]\d)"
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|janv|fév|mars|avr|juin|juil|août|déc)\p{L}*\.?"
)
_DATE = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th|\.|er)?\s+(?:of\s+)?{_MONTH}\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})"
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Close|Crescent|Terrace|Place|Pl|Square|Sq|Way|Boulevard"
    r"|Blvd|Gardens|Grove|Hill|Row|Mews)"
)

PATTERNS: tuple[Pattern, ...] = (
    Pattern("email", r"(?<![@\w.+%-])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}(?<![_-])"),
    Pattern(
        "email",
        r"(?i)(?<![\w@+%-])[\w+%-]{1,64}(?:(?:\.|\s?[(\[{]dot[)\]}]\s?|\s dot\s)[\w+%-]{1,64}){0,4}\s?[(\[{]\s?(?:at|ät|arobase)\s?[)\]}]\s?"
        r"[\w-]+(?:(?:\.|\s?[(\[{]\s?(?:dot|punkt|point)\s?[)\]}]\s?|\s dot\s)[\w-]+)+",
    ),
    Pattern(
        "email",
        r"(?i)(?<![\w@])(?!(?:only|available|sold|online|look|shop|us|also|or|and|is|buy|order|here|out|me|mail|it)\b)\w+(?:\s dot\s\w+|\.\w+){0,3}\s at\s[\w-]+(?:\s dot\s[\w-]+){1,3}".replace(
            r"\s ", r"[ ]"
        ),
    ),
    Pattern("iban", r"(?<!\w)[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?(?!\w)", _iban),
    Pattern("card", r"(?<![\w.,+-])\d(?:[ -]?\d){12,18}(?![\w-])", _luhn),
    Pattern(
        "birth_date",
        rf"(?i)\b(?:born|birthday|date\ of\ birth|dob|geboren|geburtsdatum|geburtstag|née?|naissance)\W{{0,3}}(?:(?:on|is|am|ist|est|le)\s+)?(?P<value>{_DATE})",
    ),
    Pattern(
        "phone", r"(?<![\w.@/\#])(?:\+|00)\d{1,3}[\s./()-]{0,3}(?:\(0\)[ ]?)?\d(?:\)?[ ./-]{0,2}\d){5,13}(?!\w)", _phone
    ),
    Pattern(
        "order_number",
        rf"(?i)\b{_THING}(?:[ -]?{_NO}(?!\w)\.?)(?:\s+(?:of|for|from|is)\s+\w+\s+\w+)?{_IS}{_VALUE}",
        _number,
    ),
    Pattern("order_number", rf"(?i)\b{_THING}\s*[:\#]\s*\#?{_VALUE}", _number),
    Pattern("order_number", rf"(?i)\b{_THING}{_IS}{_VALUE}", _bare_number),
    Pattern("order_number", rf"(?i)\b{_NO}(?!\w)\.?\s*\#?[ ]?{_VALUE}", _bare_number),
    Pattern(
        "phone",
        r"(?<![\w.,:/+€$£\#-])\(?0\d{1,5}\)?[ ./-]{0,3}\d{2,8}(?:[ ./-]?\d{2,5}){0,4}(?![\w:]|[.,]\d)",
        _long_phone,
    ),
    Pattern("phone", r"(?<![\w.,/+\#-])(?:\(\d{3}\)[ ]?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\w)", _long_phone),
    Pattern(
        "phone",
        r"(?i)\b(?:phone|call|ring|tel|telefon|mobile|cell|whatsapp|handy|rufnummer|anrufen|tél|téléphone|appele[zr]|portable)\b[^\d\n]{0,20}?(?P<value>\d(?:[ /-]?\d){5,14})(?![\w:]|[.,]\d)",
        _said_phone,
    ),
    Pattern("order_number", r"(?<![\w&/])\#(?P<value>\d{4,20}|[A-Z]{1,4}-?\d{3,12})(?!\w)", _number),
    Pattern("order_number", r"(?<![\w\#@/-])(?!ISO|DIN|RAL|COVID)[A-Z]{1,4}-?\d{5,14}(?:-\d{1,6})?(?!\w)"),
    Pattern("order_number", r"(?<![\w\#@/])(?=(?:[A-Z]*\d){6})(?=\d*[A-Z])[A-Z0-9]{10,34}(?!\w)"),
    Pattern("order_number", r"(?<![\w.,€$£+\#@/-])\d{8,20}(?![\w%€]|[.,]\d)(?!\s?(?:[€$£%]|eur|euros?)\b)"),
    Pattern(
        "address",
        rf"\b\d{{1,5}}[a-zA-Z]?,?\s+(?:[A-Z][\w'’.-]*\s+){{1,3}}{_STREET}\b(?:,?\s+[A-Z][\w-]+)?(?:,?\s+[A-Z]{{1,2}}\d[A-Z\d]?\ \d[A-Z]{{2}})?",
    ),
    Pattern(
        "address",
        r"\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|platz|gasse|allee|ufer|damm|chaussee)\s+\d{1,4}(?:\s?[a-z]\b)?(?!\s*(?i:min|km|meter|uhr|eur|€|%))(?!\d)(?:,?\s+(?:D-)?\d{5}(?:\s+[A-ZÄÖÜ]\w+)?)?",
    ),
    Pattern(
        "address",
        r"(?i:\b\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|av\.|boulevard|bd|chemin|allée|impasse|quai|route)\s+(?:de\s+la\s+|de\s+l['’]|du\s+|des\s+|de\s+|d['’])?)[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w'’-]+){0,2}(?:,?\s+\d{5}(?:\s+[A-ZÀ-Ý]\w+)?)?",
    ),
    Pattern("address", r"(?<!\w)(?:GIR\ 0AA|[A-Z]{1,2}\d[A-Z\d]?\ \d[ABD-HJLNP-UW-Z]{2})(?!\w)"),
    Pattern(
        "plate",
        r"(?i:\b(?:licen[cs]e\ plate|number\ plate|registration|kennzeichen|immatriculation|plaque)\b[^\d\n]{0,12}?)(?P<value>[A-ZÄÖÜ]{1,3}[ -]?[A-Z]{0,2}[ -]?\d{1,4}[ -]?[A-Z]{0,3})(?!\w)",
    ),
)
