"""The other ways on for a case: to a person, to later, to silence, to its end.

Every form acts in a callback, on the case as this person saw it: when somebody else moved it meanwhile, the ledger
says so.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from copilot import cases
from copilot.ui import words
from copilot.ui.acts import Said, attempt, say
from copilot.ui.inbox.case import Open
from copilot.ui.inbox.findings import vouch
from copilot.ui.inbox.queue import choose

_NO_REPLY = (
    "Nothing to answer",
    "Spam or bait",
    "Answered elsewhere",
    "An answer would add fuel",
    "Other",
)


def draw(o: Open) -> None:
    """What the case's state allows, each asking for what it needs in place."""
    with st.container(horizontal=True, gap="small", key="moves"):
        if o.can("return"):
            _popover(o, "Give back", ":material/assignment_return:", _give_back)
        if o.can("escalate"):
            _popover(o, "Escalate", ":material/supervisor_account:", _escalate)
        if o.can("no_reply"):
            _popover(o, "No reply", ":material/do_not_disturb_on:", _no_reply)
        if o.can("resolve"):
            _popover(o, "Resolve", ":material/task_alt:", _resolve)
        if o.can("snooze"):
            _popover(o, "Snooze", ":material/snooze:", _snooze)
        _popover(o, "Note", ":material/sticky_note_2:", _note)
        _popover(o, "Assign", ":material/person_add:", _assign)
        _popover(o, "Vouch", ":material/verified:", lambda o: vouch(o, "", "by-hand"))
        if o.can("reopen") and o.case.state != "escalated":
            st.button("Reopen", key="reopen", icon=":material/replay:", on_click=_reopen, args=(o,))


def snooze_times(now: datetime, zone: str) -> dict[str, datetime]:
    """Usual moments to come back to a case, on the brand's clock."""
    here = now.astimezone(ZoneInfo(zone))
    nine = here.replace(hour=9, minute=0, second=0, microsecond=0)
    return {
        "In an hour": now + timedelta(hours=1),
        "In three hours": now + timedelta(hours=3),
        "Tomorrow at 9:00": nine + timedelta(days=1),
        "On Monday at 9:00": nine + timedelta(days=7 - here.weekday()),
        "In a week": nine + timedelta(days=7),
    }


def _popover(o: Open, label: str, icon: str, form: Callable[[Open], None]) -> None:
    """Closes by itself once the case has moved on: its key holds the version."""
    with st.popover(label, icon=icon, key=_key(o, f"move-{label.lower().replace(' ', '-')}")):
        form(o)


def _key(o: Open, field: str) -> str:
    """A field is empty again once the case has moved on."""
    return f"{field}-{o.case.id}-{o.case.version}"


def _value(o: Open, field: str) -> str:
    """What was entered."""
    return str(st.session_state.get(_key(o, field)) or "").strip()


def _leave(o: Open, work: Callable[[], object], done: str) -> None:
    """Do it, and go on to the next case."""
    if attempt(work, done) is not None and o.following:
        choose(o.here, o.following)


def _escalate(o: Open) -> None:
    people = [p.id for p in o.here.desk.brand.people]
    wish = o.case.triage.escalate_to if o.case.triage else None
    with st.form(_key(o, "escalate"), border=False):
        index = people.index(wish) if wish in people else 0
        st.selectbox("Who decides?", people, index=index, format_func=o.here.label_of, key=_key(o, "to"))
        st.text_area("What should they decide?", height=80, key=_key(o, "why"))
        st.form_submit_button("Hand it over", type="primary", on_click=_escalated, args=(o,))


def _escalated(o: Open) -> None:
    _leave(
        o,
        lambda: cases.escalate(o.here.desk, o.case.id, _value(o, "to"), _value(o, "why"), o.here.actor, o.seen),
        "Handed over. It stays in the queue with their name.",
    )


def _give_back(o: Open) -> None:
    with st.form(_key(o, "return"), border=False):
        st.text_area("What was decided?", height=80, key=_key(o, "decision"))
        st.form_submit_button("Give it back", type="primary", on_click=_given_back, args=(o,))


def _given_back(o: Open) -> None:
    attempt(
        lambda: cases.give_back(o.here.desk, o.case.id, _value(o, "decision"), o.here.actor, o.seen),
        "Back in the inbox, with the decision in its history.",
    )


def _no_reply(o: Open) -> None:
    with st.form(_key(o, "silence"), border=False):
        st.selectbox("Why is silence better?", _NO_REPLY, key=_key(o, "silent"))
        st.text_input("In your words (needed for Other)", key=_key(o, "more"))
        st.form_submit_button("Close without a reply", type="primary", on_click=_silenced, args=(o,))


def _silenced(o: Open) -> None:
    why = _value(o, "silent")
    said = _value(o, "more") or ("" if why == "Other" else why)
    _leave(
        o,
        lambda: cases.no_reply(o.here.desk, o.case.id, said, o.here.actor, o.seen),
        "Closed without a reply. A new message reopens it.",
    )


def _resolve(o: Open) -> None:
    with st.form(_key(o, "resolve"), border=False):
        st.text_area(
            "How did it end?", height=80, placeholder="New bag arrived; they said thanks.", key=_key(o, "outcome")
        )
        st.form_submit_button("Resolve", type="primary", on_click=_resolved, args=(o,))


def _resolved(o: Open) -> None:
    done = attempt(lambda: cases.resolve(o.here.desk, o.case.id, _value(o, "outcome"), o.here.actor, o.seen))
    if done is not None:
        learnt = " What was sent waits as a precedent under Knowledge." if done[1] else ""
        say(Said("good", f"Resolved.{learnt}"))
        if o.following:
            choose(o.here, o.following)


def _snooze(o: Open) -> None:
    with st.form(_key(o, "snooze"), border=False):
        st.selectbox("Until when?", list(snooze_times(o.here.now, o.here.zone)), key=_key(o, "until"))
        st.form_submit_button("Put aside", type="primary", on_click=_snoozed, args=(o,))


def _snoozed(o: Open) -> None:
    until = snooze_times(o.here.now, o.here.zone)[_value(o, "until")]
    _leave(
        o,
        lambda: cases.snooze(o.here.desk, o.case.id, until, o.here.actor, o.seen),
        f"Put aside until {words.clock(until, o.here.now, o.here.zone)}.",
    )


def _note(o: Open) -> None:
    with st.form(_key(o, "note"), border=False):
        st.text_area("Note (customers never see it)", height=80, key=_key(o, "noted"))
        st.form_submit_button("Keep it", type="primary", on_click=_noted, args=(o,))


def _noted(o: Open) -> None:
    attempt(
        lambda: cases.note(o.here.desk, o.case.id, _value(o, "noted"), o.here.actor),
        "Noted in the history.",
    )


def _assign(o: Open) -> None:
    people = [p.id for p in o.here.desk.brand.people]
    mine = o.here.me.id if o.here.me else ""
    with st.form(_key(o, "assign"), border=False):
        index = people.index(mine) if mine in people else 0
        st.selectbox("Whose is it?", people, index=index, format_func=o.here.label_of, key=_key(o, "whose"))
        st.form_submit_button("Assign", type="primary", on_click=_assigned, args=(o,))


def _assigned(o: Open) -> None:
    attempt(lambda: cases.assign(o.here.desk, o.case.id, _value(o, "whose"), o.here.actor), "Assigned.")


def _reopen(o: Open) -> None:
    attempt(lambda: cases.reopen(o.here.desk, o.case.id, o.here.actor, o.seen), "Back in the inbox.")
