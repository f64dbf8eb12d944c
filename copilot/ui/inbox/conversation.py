"""What they wrote and what we answered: the thread, why the case stands where it stands, and its history."""

import streamlit as st

from copilot.models import CaseLogEntry, Mention
from copilot.text import hidden
from copilot.ui import untrusted, words
from copilot.ui.inbox.case import Open, look_again
from copilot.ui.session import Here

_SHOWN = 6


def about(o: Open) -> None:
    """Why the case is here, and what changed under this person's hands."""
    if o.news:
        _news(o)
    _why(o)


def badges(o: Open) -> None:
    """Where the case stands, in a few words."""
    case = o.case
    st.badge(words.STATES[case.state], color="gray", icon=":material/adjust:")
    if case.due_at and case.state in ("open", "drafted", "escalated"):
        late = case.due_at < o.here.now
        due = words.due(case.due_at, o.here.now, o.here.zone)
        st.badge(due, color="red" if late else "gray", icon=":material/schedule:")
    if case.triage is None:
        return
    intent = words.INTENTS[case.triage.intent]
    st.badge(intent, color="gray")
    for risk in case.triage.risks:
        if words.RISKS[risk] != intent.lower():
            st.badge(words.RISKS[risk], color="orange", icon=":material/warning:")


def thread(o: Open) -> None:
    """The messages, oldest first; of a long thread the latest."""
    messages = o.thread.mentions
    if len(messages) > _SHOWN:
        with st.expander(words.plural(len(messages) - _SHOWN, "earlier message", "earlier messages")):
            for message in messages[:-_SHOWN]:
                _message(o.here, message, waits=False)
    for message in messages[-_SHOWN:]:
        _message(o.here, message, waits=message.id == o.mention.id)


def history(o: Open) -> None:
    """Who did what, newest first."""
    with st.expander(words.plural(len(o.history), "entry in the history", "entries in the history")):
        for entry in reversed(o.history):
            untrusted.write_quiet(_entry(o.here, entry), f"entry-{entry.version}")


def _message(here: Here, message: Mention, waits: bool) -> None:
    side = "ours" if message.from_brand else "waits" if waits else "theirs"
    with st.container(border=True, gap="xsmall", key=f"message-{side}-{message.id}"):
        who = here.desk.brand.name if message.from_brand else f"@{message.author}"
        about = f"{who} · {words.channel(message.channel)} · {words.ago(message.created_at, here.now)}"
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            untrusted.write_strong(about, f"who-{message.id}")
            if waits and message.url:
                with st.popover("Where it stands", type="tertiary", icon=":material/link:"):
                    untrusted.copyable(message.url)
        untrusted.write(message.text)
        if message.has_media:
            st.caption(":material/image: Has an image or a video, which nobody here has seen.")
        if hidden(message.text):
            st.caption(":material/visibility: Holds hidden characters; they are written out as ⟨U+…⟩.")


def _why(o: Open) -> None:
    """Why triage decided as it did, and where the case waits."""
    case, triage = o.case, o.case.triage
    if case.state == "escalated":
        untrusted.write(f"With {o.here.name_of(case.escalated_to)}: {case.reason}")
    elif case.state == "snoozed" and case.snoozed_until:
        untrusted.write(f"Put aside until {words.clock(case.snoozed_until, o.here.now, o.here.zone)}.")
    elif case.reason:
        untrusted.write(case.reason)
    if triage:
        untrusted.write(f"{words.ACTIONS[triage.action].capitalize()}: {triage.reason}")
    if case.assignee:
        untrusted.write(f"Assigned to {o.here.name_of(case.assignee)}.")


def _news(o: Open) -> None:
    with st.container(border=True, gap="xsmall", key="news"):
        st.markdown(":orange[:material/sync_problem: **This changed since you opened it.**]")
        for entry in o.news[-5:]:
            untrusted.write(_entry(o.here, entry))
        st.button("I have seen it", key="news-seen", on_click=look_again, args=(o,))


def _entry(here: Here, entry: CaseLogEntry) -> str:
    who = here.name_of(entry.actor.person) if entry.actor else "Candor"
    said = [str(entry.detail[name]) for name in ("text", "reason", "why") if entry.detail.get(name)]
    if entry.event == "assign":
        said.append(f"to {here.name_of(str(entry.detail.get('to', '')))}")
    about = f": {' – '.join(said)}" if said else ""
    return f"{words.clock(entry.at, here.now, here.zone)}  {who} · {words.EVENTS.get(entry.event, 'changed it')}{about}"
