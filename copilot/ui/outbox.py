"""An approved reply: copy it, mark it sent, take it back. Used by the workspace and by the outbox page."""

import streamlit as st

from copilot import cases
from copilot.models import OutboxItem
from copilot.ui import untrusted, words
from copilot.ui.acts import Said, attempt, say
from copilot.ui.session import Here

_BACK = ("queued", "leased", "failed")
_BY_HAND = ("queued", "leased", "failed", "unknown")


def waiting_reply(here: Here, item: OutboxItem, *, shortcuts: bool = False) -> None:
    """An approved reply that has not left, with everything that can be done about it."""
    st.markdown(f":material/outbox: **{words.OUTBOX[item.state]}**")
    untrusted.copyable(item.reply.text)
    if item.last_error:
        untrusted.write(item.last_error)
    why_not = here.why_not("work", "post replies")
    if why_not:
        untrusted.write(why_not)
        return
    if item.state in _BY_HAND:
        st.caption("Copy the text, post it, then mark it sent.")
        st.text_input(
            "Where it stands now (optional)",
            key=f"url-{item.id}",
            placeholder="https://…",
            label_visibility="collapsed",
        )
    with st.container(horizontal=True, gap="small"):
        if item.state in _BY_HAND:
            st.button(
                "Mark sent",
                key=f"mark-{item.id}",
                type="primary",
                icon=":material/mark_email_read:",
                on_click=_mark,
                args=(here, item),
                shortcut="M" if shortcuts else None,
            )
        if item.state in _BACK:
            st.button(
                "Take back",
                key=f"back-{item.id}",
                icon=":material/undo:",
                on_click=take_back,
                args=(here, item.id),
            )


def take_back(here: Here, outbox_id: str) -> None:
    """Void the approval."""
    attempt(lambda: cases.take_back(here.desk, outbox_id, here.actor), "Taken back. Nothing was sent.")


def sent_reply(here: Here, item: OutboxItem) -> None:
    """A reply that left."""
    when = words.clock(item.sent_at or item.created_at, here.now, here.zone)
    by = here.name_of(item.sent_by) if item.sent_by else "the worker"
    untrusted.write(item.reply.text)
    approver = here.name_of(item.reply.approver.person)
    untrusted.write_quiet(f"{when} · approved by {approver} · posted by {by}", f"sent-{item.id}")
    if item.reply.override_reasons:
        said = "; ".join(f"{check}: {why}" for check, why in item.reply.override_reasons.items())
        untrusted.write(f"Sent although it warned: {said}")
    if item.url:
        untrusted.copyable(item.url)


def _mark(here: Here, item: OutboxItem) -> None:
    url = str(st.session_state.get(f"url-{item.id}") or "").strip()
    if url and not url.startswith(("https://", "http://")):
        say(Said("bad", "The address must begin with https://, or be left out."))
        return
    attempt(
        lambda: cases.mark_sent(here.desk, item.id, here.actor, url or None),
        "Marked as sent. Its promises run from now; the case waits for the customer.",
    )
