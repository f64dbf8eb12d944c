"""What the whole project agrees a sentence, a word and a character are."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Protocol, cast

import regex
import snowballstemmer  # pyright: ignore[reportMissingTypeStubs]

from copilot.models import Span

HIDDEN = regex.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\U000e0000-\U000e007f]")
"""Characters that change what is seen without being seen: zero-width, bidirectional, soft hyphen, tags."""
_JOINER = "\u200d"  # inside emoji sequences it is wanted

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\-&][\p{L}\p{M}\p{N}]+)*")
_EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\ufe0f\u20e3")
_ABBREVIATION = regex.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|incl|no|nr|st|dr|mr|mrs|ms|vs|p\.m|a\.m|ca|z\.b|d\.h|bzw|usw|inkl|tel|str)|\b\p{L})\.$",
    regex.IGNORECASE,
)
_END = regex.compile(r"(?<=[.!?…])[\"”’')\]]*(?:\s+|$)|\n+")


def sentences(text: str) -> list[Span]:
    """Split into sentences; spans are code points of `text`, without surrounding space."""
    out: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.end()].rstrip()
        if not piece.strip():
            start = match.end()
            continue
        follows = text[match.end() : match.end() + 1]
        if (
            "\n" not in match.group()
            and follows
            and (_ABBREVIATION.search(piece) or follows.islower())
            and not piece.endswith(("!", "?"))
        ):
            continue
        out.append(_trimmed(text, start, match.end()))
        start = match.end()
    if text[start:].strip():
        out.append(_trimmed(text, start, len(text)))
    return out


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return Span(start=start, end=end, text=text[start:end])


def words(text: str) -> Iterator[Span]:
    """Words and numbers, with their place in `text`."""
    for match in _WORD.finditer(text):
        yield Span(start=match.start(), end=match.end(), text=match.group())


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


@lru_cache(maxsize=8)
def _stemmer(lang: str) -> _Stemmer:
    names = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "pt": "portuguese", "id": "indonesian"}
    make: Any = snowballstemmer
    return cast("_Stemmer", make.stemmer(names.get(lang, "english")))


@lru_cache(maxsize=65536)
def stem(word: str, lang: str = "en") -> str:
    """The word's stem, lower case, without a possessive."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    return _stemmer(lang).stemWord(low)


def stems(text: str, lang: str = "en") -> list[str]:
    """Stems of all words, in order."""
    return [stem(m.group(), lang) for m in _WORD.finditer(text)]


def graphemes(text: str) -> int:
    """Length as a person counts it: extended grapheme clusters."""
    return len(regex.findall(r"\X", text))


def length(text: str, unit: str) -> int:
    """Length in ``graphemes`` or ``codepoints``."""
    return graphemes(text) if unit == "graphemes" else len(text)


def emoji(text: str) -> list[Span]:
    """Every emoji, sequences as one."""
    return [
        Span(start=m.start(), end=m.end(), text=m.group())
        for m in regex.finditer(r"\X", text)
        if _EMOJI.search(m.group()) and not m.group().isdigit()
    ]


def hidden(text: str) -> list[Span]:
    """Hidden and bidirectional control characters; the joiner inside an emoji is none."""
    out: list[Span] = []
    for m in HIDDEN.finditer(text):
        inside_emoji = m.group() == _JOINER and _EMOJI.search(text[m.end() : m.end() + 1])
        if not inside_emoji:
            out.append(Span(start=m.start(), end=m.end(), text=m.group()))
    return out


def plain(text: str) -> str:
    """For comparing: NFKC, hidden characters removed, straight quotes, single spaces, case folded."""
    text = HIDDEN.sub("", unicodedata.normalize("NFKC", text))
    text = text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"})
    return " ".join(text.casefold().split())


def storable(text: str, limit: int) -> str:
    """Text from outside as it may be stored: no NUL, no lone surrogates, at most `limit` code points.

    Raises:
        ValueError: with the reason, in words, when it cannot be kept as it is.
    """
    if len(text) > limit:
        raise ValueError(f"the text has {len(text):,} characters, at most {limit:,} are taken")
    if "\x00" in text:
        raise ValueError("the text holds a NUL character")
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        raise ValueError("the text holds half of a surrogate pair and is not valid Unicode")
    return text
