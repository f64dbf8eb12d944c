"""Sent & outbox: what has to be posted by hand, what failed, what was promised, what left."""

from collections.abc import Mapping, Sequence

import streamlit as st

from copilot.access import allow
from copilot.models import OutboxItem, OutboxState, Promise
from copilot.ui import untrusted, words
from copilot.ui.acts import attempt
from copilot.ui.inbox.queue import choose
from copilot.ui.outbox import sent_reply, waiting_reply
from copilot.ui.session import Here

_VIEWS: Mapping[str, tuple[OutboxState, ...]] = {
    "To post": ("failed", "unknown", "queued", "leased", "sending"),
    "Sent": ("sent",),
    "Taken back": ("taken_back",),
}
_PROMISES = "Promises"
_SHOWN = 25


def show(here: Here) -> None:
    """Draw the page."""
    st.header("Sent & outbox")
    view = st.segmented_control(
        "Show",
        [*_VIEWS, _PROMISES],
        default="To post",
        required=True,
        key="outbox-view",
        label_visibility="collapsed",
    )
    if view == _PROMISES:
        _promises(here)
        return
    items = here.desk.ledger.outbox(_VIEWS[view or "To post"])
    if view == "Sent":
        _sent(here, items)
    elif view == "Taken back":
        _taken_back(here, items)
    else:
        _to_post(here, items)


def _to_post(here: Here, items: Sequence[OutboxItem]) -> None:
    if not items:
        st.markdown("**Nothing waits to be posted.** Approve a reply in the inbox and it comes here.")
    for item in sorted(items, key=lambda i: (i.state not in ("failed", "unknown"), i.created_at)):
        with st.container(border=True, gap="small", key=f"item-{item.id}"):
            _answers(here, item)
            if item.state == "unknown":
                st.markdown(":orange[:material/help: Look into the thread: if it stands there, mark it sent.]")
            waiting_reply(here, item)


def _sent(here: Here, items: Sequence[OutboxItem]) -> None:
    if not items:
        st.markdown("**Nothing was sent yet.** What is marked as sent stands here, newest first.")
    for item in items[:_SHOWN]:
        with st.container(border=True, gap="xsmall", key=f"item-{item.id}"):
            _answers(here, item)
            sent_reply(here, item)
    if len(items) > _SHOWN:
        st.caption(f"The latest {_SHOWN} are shown. All of them, for this brand:")
        untrusted.copyable(f"candor outbox --brand {here.desk.brand.id} --state sent")


def _taken_back(here: Here, items: Sequence[OutboxItem]) -> None:
    if not items:
        st.markdown("**Nothing was taken back.**")
    for item in items[:_SHOWN]:
        with st.container(border=True, gap="xsmall", key=f"item-{item.id}"):
            _answers(here, item)
            untrusted.write(item.reply.text)
            who = here.name_of(item.reply.approver.person)
            untrusted.write_quiet(f"approved by {who}, taken back before it left", f"back-{item.id}")


def _answers(here: Here, item: OutboxItem) -> None:
    """What the reply answers, and the way to its case."""
    mention = here.desk.ledger.mention(item.reply.mention_id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(words.channel(item.reply.channel), color="gray")
        if item.reply.purpose != "answer":
            st.badge(words.PURPOSES[item.reply.purpose], color="gray")
        if st.button("Open the case", key=f"case-{item.id}", type="tertiary", icon=":material/open_in_new:"):
            choose(here, item.reply.case_id)
            st.switch_page("copilot/ui/pages/inbox.py")
    untrusted.write_quiet(f"@{mention.author}: {untrusted.line(mention.text, 300)}", f"answers-{item.id}")


def _promises(here: Here) -> None:
    """What was promised in replies that left, the earliest due first."""
    found = here.desk.ledger.promises()
    if not found:
        st.markdown("**No promise is open.** What a sent reply promises gets an owner and a day, and stands here.")
    for promise in found:
        with st.container(border=True, gap="xsmall", key=f"promise-{promise.id}"):
            late = promise.due < here.now
            due = words.due(promise.due, here.now, here.zone)
            st.markdown(f":red[:material/alarm: **{due}**]" if late else f":material/event: **{due}**")
            untrusted.write(promise.text)
            untrusted.write_quiet(f"Promised by {here.name_of(promise.owner)}", f"promise-{promise.id}")
            with st.container(horizontal=True, gap="small"):
                _close(here, promise, "kept", "Kept", ":material/check:")
                _close(here, promise, "dropped", "No longer needed", ":material/close:")
                _close(here, promise, "broken", "Broken", ":material/heart_broken:")


def _close(here: Here, promise: Promise, state: str, label: str, icon: str) -> None:
    st.button(label, key=f"{state}-{promise.id}", icon=icon, on_click=_closed, args=(here, promise.id, state))


def _closed(here: Here, promise_id: str, state: str) -> None:
    def work() -> Promise:
        allow(here.desk.ledger, here.actor, "work", "close promises")
        return here.desk.ledger.close_promise(promise_id, state, here.actor, here.now)

    attempt(work, "The promise is closed, with your name.")
