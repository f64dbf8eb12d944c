"""The one way a text that we did not write reaches a page: as plain characters, never as markdown or HTML.

That is every mention, author, reply, note, name, piece of knowledge and error message. Labels, captions, toasts and
`st.error` render markdown with links and images, so none of these texts may stand in them; a test reads the source.
"""

import unicodedata

import streamlit as st

from copilot.text import hidden

_KEPT = "\n\t"


def shown(text: str) -> str:
    """`text` with hidden, bidirectional and control characters written out, so that nobody is misled by them."""
    covert = {place for span in hidden(text) for place in range(span.start, span.end)}
    return "".join(_visible(char) if at in covert or _control(char) else char for at, char in enumerate(text))


def line(text: str, most: int = 0) -> str:
    """`shown` on one line, at most `most` characters where that is not 0."""
    flat = " ".join(shown(text).split())
    return flat if not most or len(flat) <= most else flat[: most - 1].rstrip() + "…"


def write(text: str) -> None:
    """A text of any length, with its own line breaks."""
    st.text(shown(text))


def write_line(text: str) -> None:
    """A text on one line, cut where the page ends."""
    st.text(line(text), wrap=False)


def write_short(text: str, most: int = 240) -> None:
    """The beginning of a text, on as many lines as it needs."""
    st.text(line(text, most))


def write_quiet(text: str, key: str) -> None:
    """A text beside the matter: smaller, on as many lines as it needs. `key` names it on the page."""
    with st.container(key=f"quiet-{key}"):
        st.text(shown(text))


def write_strong(text: str, key: str) -> None:
    """A heading that we did not write."""
    with st.container(key=f"strong-{key}"):
        st.text(line(text))


def copyable(text: str) -> None:
    """A text exactly as it is, with a button that copies it."""
    st.code(text, language=None, wrap_lines=True)


def _control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") and char not in _KEPT


def _visible(char: str) -> str:
    return f"⟨U+{ord(char):04X}⟩"
