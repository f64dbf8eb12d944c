"""The text of a reply while a person works on it: kept through page switches, with every earlier version."""

import streamlit as st

from copilot.draft.sign import signature, unsigned
from copilot.models import Draft
from copilot.ui.inbox.case import Open

_KEPT = 20


def text(o: Open) -> str:
    """What stands in the editor."""
    return str(st.session_state.get(o.key("text"), ""))


def put(o: Open, value: str, *, proposed: bool = False) -> None:
    """Put a text into the editor; `proposed` when no person wrote it, so that a newer proposal may replace it."""
    _remember(o, text(o))
    st.session_state[o.key("text")] = value
    st.session_state[o.key("editor")] = value
    if proposed:
        st.session_state[o.key("proposed")] = value


def typed(o: Open) -> None:
    """Take over what was typed."""
    _remember(o, text(o))
    st.session_state[o.key("text")] = str(st.session_state.get(o.key("editor")) or "")


def touched(o: Open) -> bool:
    """Whether a person changed what was proposed."""
    return text(o).strip() not in ("", str(st.session_state.get(o.key("proposed"), "")).strip())


def earlier(o: Open) -> list[str]:
    """Earlier texts of this reply, newest first, without the present one."""
    kept: list[str] = st.session_state.get(o.key("texts"), [])
    return [one for one in reversed(kept) if one != text(o)]


def signed(o: Open, draft: Draft) -> str:
    """A draft as the person at the desk would sign it, whoever it was drafted for."""
    words = " ".join(sentence.text for sentence in draft.sentences)
    return f"{words} {signature(o.here.desk.brand, o.here.me)}".strip() if words else ""


def with_fact(o: Open, fact: str) -> str:
    """The text with a fact added before the signature."""
    brand = o.here.desk.brand
    bare = unsigned(text(o), brand)
    return " ".join(part for part in (bare, fact, signature(brand, o.here.me)) if part)


def without(o: Open, sentence: str) -> str:
    """The text without one of its sentences."""
    return " ".join(text(o).replace(sentence, "", 1).split(" ")).replace("  ", " ").strip()


def prepare(o: Open) -> None:
    """Before the editor is drawn: the newest draft where no person has written, the kept text after a page switch."""
    if o.sent is not None and text(o).strip() == o.sent.reply.text:
        put(o, "", proposed=True)
    proposal = signed(o, o.record.draft) if o.record and not _answered(o) else ""
    if proposal and not touched(o) and text(o) != proposal:
        put(o, proposal, proposed=True)
    if o.key("editor") not in st.session_state:
        st.session_state[o.key("editor")] = text(o)


def _answered(o: Open) -> bool:
    """Whether the newest draft was made before the last reply left: it has done its work."""
    sent = o.sent
    if sent is None or o.record is None:
        return False
    return o.record.draft.provenance.created_at <= (sent.sent_at or sent.created_at)


def _remember(o: Open, value: str) -> None:
    kept: list[str] = st.session_state.setdefault(o.key("texts"), [])
    if value.strip() and value not in kept:
        kept.append(value)
        del kept[:-_KEPT]
