"""Word lists with a small language of their own, found in one pass over a mention.

A phrase is words parted by spaces. Each word may be a choice (``my|our``), a beginning (``disappoint*``), any number
(``#``), any one word (``_``), or a gap of up to three words (``...``); a trailing ``?`` makes a word optional.
``<name>`` stands for a choice defined under ``[macros]``; ``(nobody|no one)`` is a choice of more words than one.
Phrases are parted by commas or new lines, never cross a sentence, and know neither case nor accents.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from copilot.triage.tokens import Sentence, fold, split_elision

LANGUAGES = ("en", "de", "fr", "es", "pt", "id")
"""Languages with a list of their own."""
GAP = 3
_MACRO = re.compile(r"<(\w+)>")
_CONTRACTED = re.compile(r"(?<![\w|*])(\w+)n't(?![\w|*])")
_FULL = {"ca": "can", "wo": "will", "ai": "is", "sha": "shall"}
_BRACKETS = re.compile(r"\(([^()]*)\)")
_SEEN_LIMIT = 50_000


class Element(NamedTuple):
    """One place of a phrase."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    number: bool = False
    any: bool = False
    gap: bool = False
    optional: bool = False


class Phrase(NamedTuple):
    """A phrase after its first word (or first two, where the second is plain)."""

    category: str
    rest: tuple[Element, ...]
    needs: frozenset[str] | None = None
    """Words of which one must stand in the mention, so that most phrases are ruled out at a glance."""


class Hit(NamedTuple):
    """A phrase found: tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    category: str


class _Branch(NamedTuple):
    """All phrases that a word can start."""

    alone: tuple[str, ...]
    """Categories for which the word is enough."""
    pairs: dict[str, tuple[Phrase, ...]]
    """By the word that must follow."""
    others: tuple[Phrase, ...]


class Lexicon:
    """Phrases by their first word."""

    def __init__(self, numbers: Iterable[str] = (), spelling: dict[str, str] | None = None) -> None:
        self.numbers = frozenset(fold(n) for n in numbers)
        self.spelling = {fold(k): fold(v) for k, v in (spelling or {}).items()}
        self._first: dict[str, list[Phrase]] = {}
        self._beginnings: dict[str, list[Phrase]] = {}
        self._numbered: list[Phrase] = []
        self._lengths: tuple[int, ...] = ()
        self._seen: dict[str, _Branch | None] = {}

    def add(self, category: str, phrases: str, macros: dict[str, str] | None = None) -> None:
        """Add every phrase of a list."""
        text = _MACRO.sub(lambda m: (macros or {})[m.group(1)], phrases)
        for phrase in re.split(r"[,\n]+", text):
            for variant in variants(phrase.strip()):
                self._add(category, parse(variant))
        self._lengths = tuple(sorted({len(b) for b in self._beginnings}))
        self._seen.clear()

    def add_elements(self, category: str, elements: Sequence[Element]) -> None:
        """Add one phrase that is already parsed."""
        self._add(category, tuple(elements))
        self._seen.clear()

    def _add(self, category: str, elements: tuple[Element, ...]) -> None:
        head, phrase = elements[0], Phrase(category, elements[1:])
        for word in head.words:
            self._first.setdefault(word, []).append(phrase)
        for beginning in head.beginnings:
            self._beginnings.setdefault(beginning, []).append(phrase)
        if head.number:
            self._numbered.append(phrase)

    def knows(self, word: str) -> bool:
        """Whether some phrase starts with this word."""
        return self._branch(word) is not None

    def spelled(self, words: Sequence[str], stretched: bool = True) -> list[str]:
        """Words as the lists spell them; where some are `stretched`, they are shortened to a word that is known."""
        spelling = self.spelling
        if not stretched:
            return [spelling.get(w, w) for w in words]
        return [spelling.get(w, w) if not _DRAWN.search(w) else self._shortened(w) for w in words]

    def _shortened(self, word: str) -> str:
        for shorter in (_DRAWN.sub(r"\1\1", word), _DRAWN.sub(r"\1", word)):
            shorter = self.spelling.get(shorter, shorter)
            if self.knows(shorter):
                return shorter
        return _DRAWN.sub(r"\1", word)

    def find(self, words: Sequence[str], sentences: Sequence[Sentence]) -> list[Hit]:
        """Every phrase that occurs, in the order of the text."""
        hits: list[Hit] = []
        present = set(words)
        seen = self._seen
        for sentence in sentences:
            end = sentence.end
            for i in range(sentence.start, end):
                word = words[i]
                branch = seen[word] if word in seen else self._branch(word)
                if branch:
                    hits += [Hit(i, i + 1, category) for category in branch.alone]
                    self._follow(branch, words, i, end, present, hits)
        return hits

    def _follow(
        self, branch: _Branch, words: Sequence[str], i: int, end: int, present: set[str], hits: list[Hit]
    ) -> None:
        """Add the longer phrases of one word."""
        if i + 1 < end and words[i + 1] in branch.pairs:
            for category, rest, needs in branch.pairs[words[i + 1]]:
                if needs is None or not needs.isdisjoint(present):
                    stop = self._extent(rest, 0, words, i + 2, end)
                    if stop > 0:
                        hits.append(Hit(i, stop, category))
        for category, rest, needs in branch.others:
            if needs is None or not needs.isdisjoint(present):
                stop = self._extent(rest, 0, words, i + 1, end)
                if stop > 0:
                    hits.append(Hit(i, stop, category))

    def _branch(self, word: str) -> _Branch | None:
        found = list(self._first.get(word, ()))
        for length in self._lengths:
            found += self._beginnings.get(word[:length], ()) if len(word) >= length else ()
        if self._numbered and self.is_number(word):
            found += self._numbered
        if len(self._seen) > _SEEN_LIMIT:
            self._seen.clear()
        self._seen[word] = _branched(found) if found else None
        return self._seen[word]

    def is_number(self, word: str) -> bool:
        """Digits, or a number word of this language."""
        return word[:1].isdigit() or word in self.numbers

    def _extent(self, rest: tuple[Element, ...], k: int, words: Sequence[str], i: int, end: int) -> int:
        """Where the phrase ends when its element `k` starts at token `i`, or -1."""
        while k < len(rest):
            element = rest[k]
            if element.gap:
                tries = (self._extent(rest, k + 1, words, j, end) for j in range(i, min(i + GAP, end - 1) + 1))
                return next((stop for stop in tries if stop > 0), -1)
            if i < end and self._accepts(element, words[i]):
                i += 1
            elif not element.optional:
                return -1
            k += 1
        return i

    def _accepts(self, element: Element, word: str) -> bool:
        return (
            word in element.words
            or element.any
            or (bool(element.beginnings) and word.startswith(element.beginnings))
            or (element.number and self.is_number(word))
        )


def _branched(found: Sequence[Phrase]) -> _Branch:
    pairs: dict[str, list[Phrase]] = {}
    others: list[Phrase] = []
    for phrase in found:
        if phrase.rest and _plain(phrase.rest[0]):
            rest = phrase.rest[1:]
            for word in phrase.rest[0].words:
                pairs.setdefault(word, []).append(Phrase(phrase.category, rest, _needs(rest)))
        elif phrase.rest:
            others.append(Phrase(phrase.category, phrase.rest, _needs(phrase.rest)))
    alone = dict.fromkeys(p.category for p in found if not p.rest)
    return _Branch(tuple(alone), {word: tuple(phrases) for word, phrases in pairs.items()}, tuple(others))


def _plain(element: Element) -> bool:
    return bool(element.words) and not (element.beginnings or element.number or element.optional)


def _needs(rest: tuple[Element, ...]) -> frozenset[str] | None:
    return min((e.words for e in rest if _plain(e)), key=len, default=None)


_DRAWN = re.compile(r"([^\W\d_])\1\1+")
_SIGNS = re.compile(r"(?<=\w)[&\-](?=\w)|(?<=[^\W\d])/(?=\w)")
"""The reader of mentions parts words at these signs; so do the lists."""


def variants(phrase: str) -> Iterable[str]:
    """Every way to write a phrase: with each choice in brackets, and with "not" in full."""
    match = _BRACKETS.search(phrase)
    if match is None:
        if phrase:
            yield phrase
        if (full := _uncontracted(phrase)) != phrase:
            yield full
        return
    for choice in match.group(1).split("|"):
        yield from variants(f"{phrase[: match.start()]}{choice}{phrase[match.end() :]}")


def _uncontracted(phrase: str) -> str:
    """``couldn't get`` is also written ``could not get``."""
    return _CONTRACTED.sub(lambda m: f"{_FULL.get(m.group(1), m.group(1))} not", phrase)


def parse(phrase: str) -> tuple[Element, ...]:
    """The elements of a phrase."""
    return tuple(element for part in _SIGNS.sub(" ", phrase).split() for element in _elements(part))


def _elements(part: str) -> Iterable[Element]:
    if part == "...":
        yield Element(gap=True)
        return
    optional = len(part) > 1 and part.endswith("?")
    choices = [fold(c) for c in part.removesuffix("?").split("|") if c]
    if len(choices) == 1 and not choices[0].endswith("*"):
        pieces = split_elision(choices[0])
        for piece in pieces[:-1]:
            yield Element(words=frozenset((piece,)), optional=optional)
        choices = [pieces[-1]]
    yield Element(
        words=frozenset(c for c in choices if not c.endswith("*") and c not in ("#", "_")),
        beginnings=tuple(c[:-1] for c in choices if c.endswith("*") and len(c) > 1),
        number="#" in choices,
        any="_" in choices,
        optional=optional,
    )


@cache
def load(lang: str | None) -> Lexicon:
    """The lists for a language, on top of those that hold in every language."""
    common = _read("common.toml")
    own = _read(f"{lang}.toml") if lang in LANGUAGES else {}
    lexicon = Lexicon(own.get("numbers", {}).get("words", "").split(), own.get("spelling"))
    for table in (common, own):
        macros: dict[str, str] = table.get("macros", {})
        for section, categories in table.items():
            if section not in ("macros", "spelling", "numbers"):
                for category, phrases in categories.items():
                    lexicon.add(category, phrases, macros)
    return lexicon


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("copilot.triage").joinpath(name).read_text(encoding="utf-8"))
