"""The draft: begun by itself when a case is opened, shown sentence by sentence, stopped by a button."""

import streamlit as st

from copilot.models import Evidence
from copilot.ui import words
from copilot.ui.inbox import sentence_row, texts
from copilot.ui.inbox.case import Open
from copilot.ui.jobs import DraftJob

_PATIENCE = 0.6
"""Seconds a page waits for a draft that is nearly there, so that a quick one does not flicker."""
_JOB = "job"


def job(o: Open) -> DraftJob | None:
    """The draft that is being written for this message."""
    found: DraftJob | None = st.session_state.get(_JOB)
    return found if found is not None and found.about == _about(o) and not found.stopped else None


def begin(o: Open, instruction: str = "") -> None:
    """Start a draft; whatever else was being written for this session is given up, a model does one thing at a time."""
    old: DraftJob | None = st.session_state.get(_JOB)
    if old is not None:
        old.stop()
    new = DraftJob(o.here.desk, o.mention, o.here.me.id if o.here.me else None, instruction)
    new.start()
    st.session_state[_JOB] = new
    st.session_state.pop(o.key("trouble"), None)


def settle(o: Open) -> bool:
    """Begin what should begin by itself, take over what is done; whether a draft is still being written."""
    if job(o) is None and _wanted(o):
        begin(o)
    running = job(o)
    if running is None:
        return False
    if not running.wait(0 if running.shown else _PATIENCE):
        running.shown = True
        return True
    _take_over(o, running)
    return False


def evidence(o: Open) -> tuple[Evidence, ...]:
    """What the draft stands on, as soon as it is known."""
    running = job(o)
    if running is not None and running.evidence is not None:
        return running.evidence
    return o.record.evidence if o.record else ()


@st.fragment(run_every=0.5)
def stream(o: Open, evidence_shown: bool) -> None:
    """The sentences as they come; the rest of the page stays usable, and is drawn anew when evidence is there."""
    running = job(o)
    if running is None or running.finished or (running.evidence is not None and not evidence_shown):
        st.rerun()
    with st.container(border=True, gap="xsmall", key="stream"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/progress_activity: {_doing(running)}")
            st.button("Stop", key="stop-draft", on_click=running.stop, icon=":material/stop:", shortcut="S")
        for number, event in enumerate(running.sentences, start=1):
            said = event.sentence
            sentence_row.draw(number, said.text, said.act, said.evidence_ids, "again" if event.findings else "pending")


def _about(o: Open) -> tuple[str, str]:
    return o.here.desk.brand.id, o.mention.id


def _doing(running: DraftJob) -> str:
    if running.evidence is None:
        return "Looking for facts and past cases …"
    found = words.plural(len(running.evidence), "piece of evidence", "pieces of evidence")
    return f"{found} found. Writing …"


def _wanted(o: Open) -> bool:
    """Whether opening this case should begin a draft."""
    given_up = st.session_state.get(_JOB)
    stopped = given_up is not None and given_up.about == _about(o)
    waits = o.case.state in ("open", "drafted", "escalated") and o.record is None
    answers = o.case.triage is None or o.case.triage.action != "ignore"
    return waits and answers and not stopped and not st.session_state.get(o.key("trouble")) and o.here.may("work")


def _take_over(o: Open, done: DraftJob) -> None:
    st.session_state[_JOB] = None
    if done.error:
        st.session_state[o.key("trouble")] = done.error
    elif done.done is not None:
        words = texts.signed(o, done.done.draft)
        if words and (done.instruction or not texts.touched(o)):
            texts.put(o, words, proposed=True)
    st.rerun()
