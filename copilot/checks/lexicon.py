"""What words mean to the honesty checks: which carry a claim at all, and which mean the same thing.

The lists are data (`data/words.toml`, `data/concepts.toml`); here they become one look-up by language and stem.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from copilot.text import stem

LANGUAGES = ("en", "de", "fr")
"""Languages the lists know; a reply in another one is only read for values."""
LIGHT = frozenset({"have", "contain", "welcome_in", "cost", "shop", "cafe"})
"""Concepts that every price list and menu implies; a claim need not find them in its evidence word for word."""
_COMPOUND_FROM = 7
_LINKS = ("", "s", "n", "es", "en", "e")


def load(name: str) -> dict[str, Any]:
    """One data file of the checks, parsed."""
    return tomllib.loads(files("copilot").joinpath("checks/data").joinpath(name).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Lexicon:
    """The lists of one language."""

    lang: str
    function: frozenset[str]
    """Words as written, lower case."""
    plain: frozenset[str]
    """Stems."""
    concepts: dict[str, str]
    """Stem → concept."""
    opposites: dict[str, str]
    """Word as written → the concept it turns into its opposite: "closed" does, "closes" does not."""
    phrases: re.Pattern[str]
    phrase_means: dict[str, str]
    negators: frozenset[str]
    """Words that deny the whole clause."""
    withouts: frozenset[str]
    """Words that deny only the phrase after them."""

    def concept(self, word: str) -> tuple[str, bool] | None:
        """The concept of a word, and whether the word denies it."""
        if word.lower() in self.opposites:
            return self.opposites[word.lower()], True
        key = stem(word, self.lang)
        return (self.concepts[key], False) if key in self.concepts else None

    def compound(self, word: str) -> tuple[str, ...]:
        """Concepts of the two halves of a German compound ("Hafermilch"), empty when it is none."""
        if self.lang != "de" or len(word) < _COMPOUND_FROM:
            return ()
        low = word.lower()
        for cut in range(3, len(low) - 2):
            left, right = low[:cut], self.concept(low[cut:])
            if right is None:
                continue
            for link in _LINKS:
                found = (
                    self.concept(left.removesuffix(link)) if left.endswith(link) and len(left) - len(link) > 2 else None
                )
                if found:
                    return found[0], right[0]
        return ()


_EMPTY = re.compile(r"(?!)")


def _stems(text: str, lang: str) -> dict[str, str]:
    return {stem(word.replace("_", " "), lang): word for word in text.split()}


def _by_stem(table: dict[str, list[str]], column: int, lang: str) -> dict[str, str]:
    return {key: concept for concept, words in table.items() for key in _stems(words[column], lang) if "_" not in key}


@lru_cache(maxsize=len(LANGUAGES))
def lexicon(lang: str) -> Lexicon:
    """The lists of `lang`; English for a language without any."""
    lang = lang if lang in LANGUAGES else "en"
    column = LANGUAGES.index(lang)
    words, table = load("words.toml")[lang], load("concepts.toml")
    phrases: dict[str, str] = dict(table["phrases"][lang])
    for concept, columns in table["concepts"].items():
        phrases |= {w.replace("_", " "): concept for w in columns[column].split() if "_" in w}
    for concept, columns in table["opposites"].items():
        phrases |= {w.replace("_", " "): "!" + concept for w in columns[column].split() if "_" in w}
    listed = "|".join(sorted((re.escape(p).replace("'", "['’]") for p in phrases), key=len, reverse=True))
    return Lexicon(
        lang=lang,
        function=frozenset(words["function"].split()),
        plain=frozenset(_stems(words["plain"], lang)),
        concepts=_by_stem(table["concepts"], column, lang),
        opposites={w: c for c, columns in table["opposites"].items() for w in columns[column].split() if "_" not in w},
        phrases=re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])", re.IGNORECASE) if listed else _EMPTY,
        phrase_means=phrases,
        negators=frozenset(table["negation"][lang].split()),
        withouts=frozenset(table["negation"][f"local_{lang}"].split()),
    )


@lru_cache(maxsize=1)
def attribute_concepts() -> frozenset[str]:
    """Concepts that are properties: no sentence may lend one without evidence."""
    return frozenset(load("concepts.toml")["attributes"]["concepts"].split())


@lru_cache(maxsize=len(LANGUAGES))
def attribute_stems(lang: str) -> frozenset[str]:
    """Further property words, by stem."""
    return frozenset(stem(w, lang) for w in load("concepts.toml")["attributes"].get(lang, "").split())
