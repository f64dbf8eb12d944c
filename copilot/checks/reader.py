"""Reads a clause: which of its words carry its claim, which it denies, and the values in it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import regex

from copilot.checks.lexicon import LIGHT, Lexicon, attribute_concepts, attribute_stems, lexicon
from copilot.checks.terms import KINDRED, Term, TermKind, Unit
from copilot.text import stem
from copilot.values import Value, values

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*(?:-[\p{L}\p{M}]+)*|\p{L}+\d[\p{L}\d]*")
_NO_PLACE = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tät|nis|ment|eln|ern|en|weise|arbeit)$|^(?:ruhe|zukunft|betrieb|kürze|verkauf|bezug|kontakt|"
    r"anspruch|summe|form|absprache|bedarf|wunsch|eile|kauf|frage|echt|haus|hause|monats\w*|teig|pulver|kraft|gebrauch)$",
    re.IGNORECASE,
)
_FREE = re.compile(r"^(.{3,}?)-?(?:free|frei(?:e[nrsm]?)?)$", re.IGNORECASE)
_LESS = re.compile(r"^(.{3,}?)-?(?:less|los(?:e[nrsm]?)?)$", re.IGNORECASE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ONLY = _words("only exclusively nur ausschließlich lediglich seulement uniquement")
_CLOSES_DENIAL = _words(
    """at in for from with on by within and but is are was we you they i it one so mit im in bei für aus und ist
    sind ab bis wir ihr man du ce dans pour avec et est le la les un une"""
)
"""Where a denial of single words ends: "no oat milk at the Pier"."""
_CLOSES_ALL = _words("but is are was and und ist sind war we you they wir ihr man")
_CONTRASTING = frozenset({"not", "nicht"})
_FRENCH_ELISION = re.compile(r"^(?:l|d|c|j|n|s|t|m|qu)['’]", re.IGNORECASE)
_NOT_NAMES = _words(
    """I OK DM DMs PM PMs AM FAQ ID TV PS NB PDF QR USB GPS VAT EU USA UK US AI KI CEO HR IT Mr Mrs Ms Dr TBC TBD
    ASAP DIY WiFi Twitter Facebook Instagram Bluesky Mastodon LinkedIn TikTok YouTube WhatsApp Google Threads
    Trustpilot Tripadvisor Internet Uhr Christmas Easter English German French Germany Herr Frau"""
)


@lru_cache(maxsize=16384)
def read(text: str, lang: str, names: frozenset[str] = frozenset(), today: int | None = None) -> Unit:
    """Read one clause. `names` are lower-case words this brand uses as names; `today` dates "today"."""
    words = lexicon(lang)
    found = _named_apart(text, values(text, today), names)
    rest = text
    for value in found:
        rest = rest[: value.start] + " " * (value.end - value.start) + rest[value.end :]
    terms: list[Term] = []
    denials = 0
    for match in words.phrases.finditer(rest):
        meant = words.phrase_means[match[0].lower().replace("’", "'")]
        denials += meant in ("not", "nicht")
        if meant and meant not in ("not", "nicht", "without"):
            terms += _phrase(meant, match.start(), match.end(), match[0])
        if meant != "without":
            rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
    reader = _Reader(words, names, text)
    terms += reader.words(rest)
    denials += reader.denials
    terms.sort(key=lambda t: t.start)
    twice = denials % 2 == 0 and lang != "fr"  # "ne … pas" is one denial
    return Unit(text, tuple(terms), found, denied=denials > 0 and not twice, lang=lang, only=reader.only)


def _named_apart(text: str, found: tuple[Value, ...], names: frozenset[str]) -> tuple[Value, ...]:
    """Leave out numbers that are part of a name ("Lark 2")."""
    if not names:
        return found
    out: list[Value] = []
    for value in found:
        before = text[: value.start].rstrip().rsplit(" ", 1)[-1].lower()
        part = value.kind == "count" and f"{before} {value.text}" in names
        if not part:
            out.append(value)
    return tuple(out)


def _phrase(meant: str, start: int, end: int, raw: str) -> Iterator[Term]:
    denied = meant.startswith("!")
    for concept in meant.removeprefix("!").split():
        yield _concept(concept, raw.lower(), start, end, denied)


def _concept(concept: str, raw: str, start: int, end: int, denied: bool, name: bool = False) -> Term:
    kind: TermKind = "name" if name else "property" if concept in attribute_concepts() else "word"
    if concept in LIGHT:
        kind = "light"
    return Term(concept, raw, start, end, kind, denied)


class _Reader:
    """Walks over the words of a clause and keeps count of what is denied."""

    def __init__(self, words: Lexicon, names: frozenset[str], text: str) -> None:
        self._words = words
        self._names = names
        self._text = text
        self._without = False
        self._sticky = False
        self.denials = 0
        self.only = False

    def words(self, rest: str) -> Iterator[Term]:
        """Terms of every word of `rest`, whose places are those of the whole text."""
        for match in _WORD.finditer(rest):
            raw, at = match.group(), match.start()
            if self._words.lang == "fr" and (elided := _FRENCH_ELISION.match(raw)):
                raw, at = raw[elided.end() :], at + elided.end()
            if raw:
                yield from self._word(raw, at)

    def _word(self, raw: str, at: int) -> Iterator[Term]:
        low = raw.lower().replace("’", "'")
        if self._turns(low, at) or (low in self._words.function and not (raw[0].isupper() and low in self._names)):
            return
        for found in self._content(raw, low, at):
            term = replace(found, ours=True) if found.kind == "name" and self._ours(low) else found
            yield replace(term, denied=not term.denied) if self._without else term
            if term.denied and term.kind == "property":
                self._without = False  # "no gluten-free bread" denies "gluten-free", not the bread

    def _turns(self, low: str, at: int) -> bool:
        """Whether a word only says yes, no or only, and for how long."""
        if low in _CONTRASTING and self._contrasts(at):
            self._without = self._sticky = True
        elif low in self._words.negators or low.endswith("n't"):
            self.denials += 1
        elif low in _ONLY:
            self.only = True
        elif low in self._words.withouts:
            self._without = True
        elif low in _CLOSES_DENIAL:
            if not self._sticky or low in _CLOSES_ALL:
                self._without = self._sticky = False
        else:
            return False
        return True

    def _contrasts(self, at: int) -> bool:
        """As in "To the kerb and not up the stairs": this "not" denies what follows, not the clause."""
        before = self._text[:at].rstrip()
        return before.endswith((",", " and", " und", " but", " aber", " sondern")) and len(before.split()) > 2

    def _content(self, raw: str, low: str, at: int) -> Iterator[Term]:
        end = at + len(raw)
        name = self._is_name(raw, at)
        found = self._words.concept(low)
        if found is None and raw[0].isupper() and self._words.lang != "en":
            found = lexicon("en").concept(low)
        if found:
            yield _concept(found[0], low, at, end, found[1], name)
            return
        for pattern in (_FREE, _LESS):
            base = pattern.match(low)
            if base and (pattern is _FREE or "-" in low) and (denied := self._words.concept(base[1])):
                yield Term(denied[0], low, at, end, "property", True)
                return
        parts = self._words.compound(raw)
        if parts:
            yield from (_concept(part, low, at, end, False) for part in parts)
        elif "-" in raw:
            yield from self._parts(raw, at)
        else:
            yield from self._stem(low, at, end, name)

    def _parts(self, raw: str, at: int) -> Iterator[Term]:
        found: list[Term] = []
        for piece in re.finditer(r"[^-]+", raw):
            low = piece.group().lower()
            if low not in self._words.function:
                found += self._content(piece.group(), low, at + piece.start())
        if not found and raw.lower() not in self._words.function:  # "check-out" is more than its parts
            key = stem(raw.lower().replace("-", ""), self._words.lang)
            found.append(Term(key, raw.lower(), at, at + len(raw), known=False))
        yield from found

    def _stem(self, low: str, at: int, end: int, name: bool) -> Iterator[Term]:
        key = stem(low, self._words.lang)
        if name:
            yield Term(stem(low, "en"), low, at, end, "name", known=False)
        elif key in attribute_stems(self._words.lang):
            yield Term(key, low, at, end, "property", known=False)
        elif key not in self._words.plain and len(low) > 1:
            yield Term(key, low, at, end, known=False)

    def _ours(self, low: str) -> bool:
        bare = low.removesuffix("'s").removesuffix("’s")
        return bare in self._names or stem(bare, "en") in self._names

    def _is_name(self, raw: str, at: int) -> bool:
        low = raw.lower().removesuffix("'s").removesuffix("’s")
        if self._ours(low) and (raw[0].isupper() or low not in self._words.function):
            return True
        if raw in _NOT_NAMES:
            return False
        if not raw[0].isupper():
            return len(raw) > 2 and any(c.isupper() for c in raw[1:]) and "-" not in raw
        if (len(raw) > 1 and raw.isupper()) or (any(c.isupper() for c in raw[1:].replace("-", "")) and "-" not in raw):
            return True
        if self._words.lang == "de":
            return self._is_place(raw, at)
        if self._begins(at):
            return False
        return len(raw) > 1 or raw not in "IA"

    def _is_place(self, raw: str, at: int) -> bool:
        """As in "in Worpswede": in German every noun has a capital, but only places follow these without an article."""
        before = self._text[:at].rstrip().rsplit(" ", 1)[-1].lower()
        if before not in ("in", "aus", "nach") or len(raw) < KINDRED or _NO_PLACE.search(raw):
            return False
        key = stem(raw.lower(), "de")
        return key not in self._words.plain and not self._words.concept(raw) and not self._words.compound(raw)

    def _begins(self, at: int) -> bool:
        """Whether a word stands where any word has a capital."""
        before = self._text[:at].rstrip(" \"“”'’‘(*_-–")
        if not any(c.isalpha() for c in before):
            return True
        return not before[-1].isalnum() and before[-1] not in ",;'’%&+/"
