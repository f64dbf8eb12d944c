"""The one line that explains a decision, in a community manager's words, with the mention's own words quoted."""

import re
from collections.abc import Iterable

LIMIT = 200
_QUOTE = 40
_SPACE = re.compile(r"\s+")


def quote(words: str, limit: int = _QUOTE) -> str:
    """A few words of the mention in quotation marks, harmless to show; empty when nothing is left."""
    text = words if words.isprintable() else "".join(c if c.isprintable() else " " for c in words)
    text = _SPACE.sub(" ", text.replace('"', "'").replace("“", "'").replace("”", "'")).strip()
    if len(text) > limit:
        cut = text[: limit - 1]
        head, space, _ = cut.rpartition(" ")
        text = (head if space and len(head) > limit // 2 else cut).rstrip() + "…"
    return f'"{text}"' if text else ""


def because(words: str, limit: int = _QUOTE) -> str:
    """`` ("third time")``, or nothing."""
    quoted = quote(words, limit)
    return f" ({quoted})" if quoted else ""


def line(parts: Iterable[str]) -> str:
    """As many parts as fit, the first always; one line."""
    out = ""
    for part in parts:
        part = _SPACE.sub(" ", part).strip()
        joined = f"{out} {part}".strip()
        if part and (len(joined) <= LIMIT or not out):
            out = joined
    return out if len(out) <= LIMIT else out[: LIMIT - 1].rstrip() + "…"
