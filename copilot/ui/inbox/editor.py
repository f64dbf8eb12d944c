"""The editor: the reply as it will be posted, other wordings of it, and the way back to any earlier one."""

import streamlit as st

from copilot.models import Purpose
from copilot.text import length
from copilot.ui import untrusted, words
from copilot.ui.inbox import drafting, texts
from copilot.ui.inbox.case import Open


def draw(o: Open) -> None:
    """The text area with what belongs right beside it."""
    _about_the_draft(o)
    texts.prepare(o)
    st.text_area(
        "Reply",
        key=o.key("editor"),
        height="content",
        on_change=texts.typed,
        args=(o,),
        placeholder="Write the reply. It is checked when you leave the box or press Ctrl+Enter.",
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="wordings"):
        untrusted.write_quiet(f"{_size(o)} · {words.channel(o.mention.channel)}", "size")
        _tools(o)


def purpose(o: Open) -> Purpose:
    """What the reply is for: what the draft was made for, until the person says otherwise."""
    chosen: Purpose | None = st.session_state.get(o.key("purpose"))
    return chosen or usual_purpose(o)


def usual_purpose(o: Open) -> Purpose:
    """A holding reply where the draft only holds; a closing one where an answer is out already."""
    if any(item.state == "sent" and item.reply.purpose == "answer" for item in o.sends):
        return "closing"
    return "holding" if holds(o) else "answer"


def holds(o: Open) -> bool:
    """Whether what was drafted only holds; a reply that a person wrote because there was no draft is an answer."""
    return o.record is not None and o.record.draft.abstained and bool(o.record.draft.sentences)


def _about_the_draft(o: Open) -> None:
    """Why there is no draft, or why it only holds."""
    trouble = st.session_state.get(o.key("trouble"))
    if trouble:
        st.markdown(":orange[:material/cloud_off: **No draft this time.** The evidence is here; write it yourself.]")
        untrusted.write(str(trouble))
    draft = o.record.draft if o.record else None
    if draft is None or not draft.abstained:
        return
    if draft.sentences:
        st.markdown(":orange[:material/front_hand: **A holding reply only.** It promises nothing but that you look.]")
    else:
        st.markdown(":orange[:material/front_hand: **No draft.** Write it yourself, or hand it on.]")
    said = o.case.triage.reason if o.case.triage else ""
    if draft.reason != said:
        untrusted.write(draft.reason or "The facts do not answer this.")
    if draft.gaps:
        st.caption("The question is filed for the owner under Knowledge, Gaps.")


def _size(o: Open) -> str:
    rules = o.here.desk.brand.channels.get(o.mention.channel)
    if rules is None:
        return f"{length(texts.text(o), 'graphemes')} characters"
    return f"{length(texts.text(o), rules.unit)}/{rules.limit}"


def _tools(o: Open) -> None:
    st.button(
        "Draft anew",
        key="redraft",
        icon=":material/edit_note:",
        on_click=drafting.begin,
        args=(o,),
        shortcut="D",
        type="tertiary",
    )
    _other_wordings(o)
    _change(o)
    _earlier(o)


def _other_wordings(o: Open) -> None:
    others = o.record.draft.alternatives if o.record else ()
    if not others:
        return
    with st.popover("Other wordings", icon=":material/alt_route:", type="tertiary"):
        for number, other in enumerate(others):
            _offer(o, texts.signed(o, other), f"other-{number}")


def _change(o: Open) -> None:
    if o.record is None or not o.record.draft.sentences:
        return
    id = o.record.id
    place = st.popover("Change", icon=":material/tune:", key=f"change-{id}", type="tertiary")
    with place, st.form(f"instruct-{id}", border=False):
        st.text_input("What should be different?", placeholder="shorter; own it more; ask which shop", key=f"wish-{id}")
        st.form_submit_button("Rewrite", icon=":material/autorenew:", on_click=_rewrite, args=(o, f"wish-{id}"))


def _rewrite(o: Open, field: str) -> None:
    wish = str(st.session_state.get(field) or "").strip()
    if wish:
        drafting.begin(o, wish[:300])


def _earlier(o: Open) -> None:
    before = texts.earlier(o)
    if not before:
        return
    with st.popover("Earlier texts", icon=":material/history:", type="tertiary"):
        for number, one in enumerate(before[:8]):
            _offer(o, one, f"earlier-{number}")


def _offer(o: Open, text: str, name: str) -> None:
    with st.container(border=True, gap="xsmall"):
        untrusted.write(text)
        st.button("Use this", key=f"use-{name}", on_click=texts.put, args=(o, text))
