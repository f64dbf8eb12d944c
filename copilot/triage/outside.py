"""Two searches that belong to others, asked only where they could find something: they cost more than all the rest."""

import re

from copilot.triage.grammar import words_for
from copilot.triage.signals import Signals
from copilot.triage.tokens import Sentence

_LIKELY = re.compile(
    r"\d{3}|(?:\d{2}[ ./-]){2}\d{2}|\bdot\b|[(\[{]\s?(?:at|ät|arobase)\b"
    r"|\d.{0,40}(?:street|st\b|road|rd\b|avenue|ave?\b|lane|ln\b|drive|dr\b|court|ct\b|close|crescent|terrace|place|pl\b"
    r"|square|sq\b|way|boulevard|bl?v?d\b|gardens|grove|hill|row|mews|rue|chemin|all[ée]e|impasse|quai|route)"
    r"|(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|ufer|damm|chaussee|plate|registration|kennzeichen|plaque|born|birth"
    r"|geb).{0,30}\d|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|(?-i:[A-Z\d]{10})",
    re.IGNORECASE,
)
"""Signs of personal data."""
_KINDS = {
    "email": "an e-mail address",
    "phone": "a phone number",
    "iban": "a bank account",
    "card": "a card number",
    "order_number": "an order number",
    "address": "a home address",
    "birth_date": "a birth date",
    "plate": "a licence plate",
}


def personal_kinds(signals: Signals) -> str:
    """Which personal data stands in the mention, in words and never the data itself; empty for none."""
    tokens = signals.tokens
    possible = tokens.numbers or "dot" in tokens.words
    if not tokens.mails and not (possible and _LIKELY.search(tokens.unlinked())):
        return ""
    from copilot.personal_data import find

    return " and ".join(dict.fromkeys(_KINDS.get(one.kind, "personal data") for one in find(tokens.text)))


def bot_question(signals: Signals) -> str:
    """The words that ask whether a person or software answers; empty for none."""
    if hit := signals.first("bot"):
        return signals.said(hit)
    tokens = signals.tokens
    if not _about_machines(tokens.words):
        return ""
    from copilot.asks_bot import asks_bot

    if not asks_bot(tokens.text):
        return ""
    return next((_said(signals, s) for s in signals.ordinary if _about_machines(tokens.words[s.start : s.end])), "?")


def _said(signals: Signals, sentence: Sentence) -> str:
    return signals.tokens.said(sentence.start, sentence.end)


def _about_machines(words: list[str]) -> bool:
    beginnings = tuple(words_for("bot_beginnings"))
    return not words_for("bot_words").isdisjoint(words) or any(word.startswith(beginnings) for word in words)
