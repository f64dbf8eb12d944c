"""Wordings as data: named sets of expressions in `data/*.toml`, found in a reply with their place.

One expression a line. They match without case, on whole words, with straight quotes (offsets stay those of the reply).
``{brand}`` stands for any name of the brand, ``{organisation}`` for the speaker's agency, ``{people}`` for the first
names of the brand's people.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import regex

from copilot.models import Brand, Person, Span

_STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " ", "\u202f": " "}
)


@lru_cache(maxsize=256)
def straight(text: str) -> str:
    """The same text with straight quotes and plain spaces; offsets do not move."""
    return text.translate(_STRAIGHT)


@lru_cache(maxsize=8)
def table(name: str) -> Mapping[str, Any]:
    """The parsed data file `name`.toml."""
    return tomllib.loads(resources.files("copilot.checks").joinpath("data", f"{name}.toml").read_text("utf-8"))


@lru_cache(maxsize=512)
def _lines(name: str, key: str) -> str:
    lines = (line.strip() for line in table(name)["phrases"][key].splitlines())
    parts = (line for line in lines if line and not line.startswith("# "))
    return "|".join(parts).replace(r"\p{Lu}", r"(?-i:\p{Lu})")


@lru_cache(maxsize=1024)
def expression(name: str, key: str, brand: str = "", organisation: str = "", people: str = "") -> "regex.Pattern[str]":
    """All lines of the set `key` as one compiled expression; the last three are alternations of names."""
    text = _lines(name, key)
    for word, names in (("{brand}", brand), ("{organisation}", organisation), ("{people}", people)):
        text = text.replace(word, f"(?:{names or chr(0)})")
    return regex.compile(rf"(?<!\w)(?:{text})(?!\w)", regex.IGNORECASE)


@lru_cache(maxsize=512)
def _has_names(name: str, key: str) -> bool:
    text = _lines(name, key)
    return any(word in text for word in ("{brand}", "{organisation}", "{people}"))


@lru_cache(maxsize=256)
def _names(name: str, handles: tuple[str, ...]) -> str:
    found = {name, *handles}
    first = name.split()[0] if name.split() else ""
    if len(first) >= 4:
        found.add(first)
    found.add("".join(c for c in name if c.isalnum()))
    return "|".join(regex.escape(one) for one in sorted(found, key=len, reverse=True) if one)


def brand_names(brand: Brand) -> str:
    """An alternation of what people call the brand: its name, the first word of it, its handles."""
    return _names(brand.name, tuple(h.handle for h in brand.handles if h.account == "brand"))


def find(name: str, key: str, text: str, brand: Brand | None = None, speaker: Person | None = None) -> tuple[Span, ...]:
    """Every place in `text` where a wording of the set stands."""
    if _has_names(name, key):
        organisation = regex.escape(speaker.organisation) if speaker and speaker.organisation else ""
        people = "|".join(regex.escape(p.name.split()[0]) for p in brand.people) if brand else ""
        pattern = expression(name, key, brand_names(brand) if brand else "", organisation, people)
    else:
        pattern = expression(name, key)
    return spans(text, (m.span() for m in pattern.finditer(straight(text))))


def spans(text: str, places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Spans of `text` at these places."""
    return tuple(Span(start=a, end=b, text=text[a:b]) for a, b in places)


_QUOTED = regex.compile(r"""["“„«‹]([^"“”„«»‹›\n]{1,300})["”“»›]|(?<!\w)['‘‚]([^'’‘\n]{2,300})['’](?!\w)""")


@lru_cache(maxsize=512)
def quoted(text: str) -> tuple[Span, ...]:
    """What stands in quotation marks, marks included."""
    return spans(text, (m.span() for m in _QUOTED.finditer(text)))


def outside(found: Iterable[Span], places: Iterable[Span]) -> tuple[Span, ...]:
    """Those of `found` that do not lie inside one of `places`."""
    inside = tuple(places)
    return tuple(s for s in found if not any(p.start <= s.start and s.end <= p.end for p in inside))


def blanked(text: str, places: Iterable[Span]) -> str:
    """`text` with these places turned into spaces; offsets do not move."""
    for place in places:
        text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
    return text
