"""Find personal data in a text, put placeholders in its place, and put it back.

Two callers need the same eyes: nothing personal leaves for a remote model or an index (`mask`), and nothing personal
stands in a public reply (check P1, which reads `find`). What counts is what identifies a customer or their purchase;
prices, times, years, product names, handles and hashtags do not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import regex

from copilot.models import Span
from copilot.personal_patterns import PATTERNS, Kind, Pattern, compiled

PLACEHOLDER = regex.compile(r"⟦([A-Z_]{2,20})_([0-9]{1,6})⟧")


@dataclass(frozen=True)
class Personal:
    """One piece of personal data and where it stands."""

    kind: Kind
    span: Span


@dataclass(frozen=True)
class Masked:
    """A text without its personal data, and what stood there: placeholder → value."""

    text: str
    mapping: dict[str, str] = field(default_factory=dict[str, str])


def find(text: str) -> list[Personal]:
    """All personal data in `text`, in order, never overlapping; placeholders are never part of it."""
    found: list[Personal] = []
    taken = [(m.start(), m.end()) for m in PLACEHOLDER.finditer(text)]
    digits = sum(c.isdigit() for c in text)
    for pattern in PATTERNS:
        if digits < pattern.digits:
            continue
        for start, end in _matches(pattern, text):
            if all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
                found.append(Personal(pattern.kind, Span(start=start, end=end, text=text[start:end])))
    return sorted(found, key=lambda one: one.span.start)


def _matches(pattern: Pattern, text: str) -> list[tuple[int, int]]:
    expression = compiled(pattern.text)
    group = "value" if "value" in expression.groupindex else 0
    hits = [match.span(group) for match in expression.finditer(text)]
    return [(a, b) for a, b in hits if pattern.valid is None or pattern.valid(text[a:b])]


def mask(text: str, known: Mapping[str, str] | None = None) -> Masked:
    """Replace personal data by placeholders such as ``⟦EMAIL_1⟧``.

    `known` is the mapping of earlier texts of the same run: the same value gets the same placeholder again. The
    returned mapping holds those too. `restore` undoes it exactly, whatever the text holds.
    """
    masked, mapping = mask_all([text], known)
    return Masked(masked[0], mapping)


def mask_all(texts: Sequence[str], known: Mapping[str, str] | None = None) -> tuple[list[str], dict[str, str]]:
    """Mask several texts that belong together (a thread, a prompt), with one mapping for all of them.

    A placeholder that somebody typed into one of the texts is never handed out: it could be used to have another
    customer's data put in its place later.
    """
    mapping = dict(known or {})
    names = {value: name for name, value in mapping.items()}
    reserved = {m.group() for text in texts for m in PLACEHOLDER.finditer(text)} | mapping.keys()
    out = list(texts)
    while fresh := _new_values(out):
        for kind, value in fresh:
            if value not in names:
                names[value] = _next_name(kind, reserved)
                reserved.add(names[value])
                mapping[names[value]] = value
        out = [_replaced(text, [(value, names[value]) for _, value in fresh]) for text in out]
    if known:
        out = [_replaced(text, [(value, name) for name, value in known.items()]) for text in out]
    return out, mapping


def _new_values(texts: Sequence[str]) -> list[tuple[Kind, str]]:
    found: dict[str, Kind] = {one.span.text: one.kind for text in texts for one in find(text)}
    return [(kind, value) for value, kind in found.items()]


def _next_name(kind: Kind, reserved: set[str]) -> str:
    number = 1
    while (name := f"⟦{kind.upper()}_{number}⟧") in reserved:
        number += 1
    return name


def _replaced(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Put each name in place of its value everywhere outside placeholders, longest value first."""
    if not pairs:
        return text
    names = dict(pairs)
    values = "|".join(regex.escape(value) for value in sorted(names, key=len, reverse=True))
    either = regex.compile(f"({PLACEHOLDER.pattern})|(?P<value>{values})")
    return either.sub(lambda m: names[m["value"]] if m["value"] is not None else m.group(), text)


def restore(text: str, mapping: Mapping[str, str]) -> str:
    """Put the values back; a placeholder that the mapping does not know stays as it is."""
    return PLACEHOLDER.sub(lambda m: mapping.get(m.group(), m.group()), text)
