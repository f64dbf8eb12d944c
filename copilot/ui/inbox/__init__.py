"""The inbox: queue, conversation, reply and evidence on one page."""

import streamlit as st

from copilot.ui import untrusted, words
from copilot.ui.acts import guarded
from copilot.ui.inbox import case, conversation, decide, drafting, editor, evidence, findings, moves, queue
from copilot.ui.inbox.case import Open
from copilot.ui.inbox.empty import draw as draw_empty
from copilot.ui.inbox.queue import Listed, choose
from copilot.ui.outbox import sent_reply, waiting_reply
from copilot.ui.session import Here

_WRITES = ("open", "drafted", "escalated", "snoozed")


def show(here: Here) -> None:
    """Draw the page."""
    picked = queue.chosen(here)
    side, work = st.columns([3, 9], gap="medium")
    with side, st.container(key=f"queue-{'behind' if picked else 'front'}", gap="small"):
        listed = queue.find(here)
        current = picked or (listed.items[0].case.id if listed.items else None)
        queue.draw(here, listed, current)
        if not listed.items:
            draw_empty(here, listed)
    with work, st.container(key=f"work-{'front' if picked else 'behind'}", gap="small"):
        if current is None:
            st.caption("Nothing is open.")
            return
        with guarded():
            _workspace(case.read(here, current, listed.beside(current, 1)), listed)


def _workspace(o: Open, listed: Listed) -> None:
    _steps(o, listed)
    middle, right = st.columns([6, 4], gap="medium")
    with middle:
        conversation.about(o)
        conversation.thread(o)
        editing = _reply(o)
        conversation.history(o)
    with right, st.container(key="evidence"):
        evidence.draw(o, drafting.evidence(o), editing=editing)


def _steps(o: Open, listed: Listed) -> None:
    """To the queue (on a phone), and to the cases before and after."""
    before, after = listed.beside(o.case.id, -1), listed.beside(o.case.id, 1)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="steps"):
        st.button("Queue", icon=":material/arrow_back:", on_click=choose, args=(o.here, None), key="back-to-queue")
        conversation.badges(o)
        st.space("stretch")
        st.button(
            "Previous",
            icon=":material/keyboard_arrow_up:",
            disabled=before is None,
            on_click=choose,
            args=(o.here, before),
            key="previous",
            shortcut="K",
            type="tertiary",
        )
        st.button(
            "Next",
            icon=":material/keyboard_arrow_down:",
            disabled=after is None,
            on_click=choose,
            args=(o.here, after),
            key="next",
            shortcut="J",
            type="tertiary",
        )


def _reply(o: Open) -> bool:
    """What can be done about a reply now; whether it is being written."""
    standing = o.standing
    if standing is not None:
        waiting_reply(o.here, standing, shortcuts=True)
        moves.draw(o)
        return False
    if o.sent is not None:
        with st.container(border=True, gap="xsmall", key="our-reply"):
            st.markdown(f":material/check: **{words.OUTBOX['sent']}**")
            sent_reply(o.here, o.sent)
    why_not = o.here.why_not("work", "answer")
    if why_not:
        untrusted.write(why_not)
        return False
    editing = (o.case.state in _WRITES or _follow_up(o)) and _write(o)
    moves.draw(o)
    return editing


def _follow_up(o: Open) -> bool:
    """An answered case shows an editor only when it is asked for."""
    return o.can("approve") and st.toggle("Write a follow-up", key=o.key("follow-up"))


def _write(o: Open) -> bool:
    """The editor; while a draft is being written, the draft. Whether there is something to edit."""
    if drafting.settle(o):
        running = drafting.job(o)
        drafting.stream(o, running is not None and running.evidence is not None)
        return False
    editor.draw(o)
    results = findings.check(o)
    decide.draw(o, results)
    findings.draw(o, results)
    return True
