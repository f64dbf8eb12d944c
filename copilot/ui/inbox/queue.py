"""The queue: what waits, in the order it matters, and why each stands where it stands."""

from collections.abc import Mapping
from typing import NamedTuple, get_args

import streamlit as st

from copilot.models import CaseState, QueueItem
from copilot.ui import untrusted, words
from copilot.ui.picker import pick
from copilot.ui.session import Here

PAGE = 20
VIEWS: Mapping[str, tuple[CaseState, ...]] = {
    "todo": (),
    "escalated": ("escalated",),
    "approved": ("approved",),
    "waiting": ("waiting",),
    "snoozed": ("snoozed",),
    "resolved": ("resolved",),
    "no_reply": ("no_reply",),
    "all": get_args(CaseState),
}
_TO_DO: tuple[CaseState, ...] = ("open", "drafted", "escalated")
_VIEW_WORDS: Mapping[str, str] = {"todo": "To do", "all": "Everything"}


class Listed(NamedTuple):
    """What the queue shows now."""

    items: list[QueueItem]
    counts: Mapping[CaseState, int]
    narrowed: bool
    """Whether a search or a filter leaves something out."""

    def beside(self, case_id: str, step: int) -> str | None:
        """The case `step` rows away from this one; the first row when this one is not listed."""
        ids = [item.case.id for item in self.items]
        if case_id not in ids:
            return ids[0] if ids else None
        at = ids.index(case_id) + step
        return ids[at] if 0 <= at < len(ids) else None


def chosen(here: Here) -> str | None:
    """The case this person opened."""
    return st.session_state.get(f"chosen:{here.desk.brand.id}")


def choose(here: Here, case_id: str | None) -> None:
    """Open a case, with fresh eyes."""
    st.session_state[f"chosen:{here.desk.brand.id}"] = case_id
    st.session_state.pop(f"seen:{here.desk.brand.id}:{case_id}", None)


def waiting(counts: Mapping[CaseState, int]) -> int:
    """How many a person still has to look at."""
    return sum(counts.get(state, 0) for state in _TO_DO)


def find(here: Here) -> Listed:
    """Draw the filters and read what they leave."""
    brand = here.desk.brand.id
    counts = here.desk.ledger.counts(here.now)
    search = st.text_input(
        "Search text and author",
        key=f"search:{brand}",
        placeholder="Search text and author",
        label_visibility="collapsed",
        icon=":material/search:",
        persist_state="session",
    )
    left, right = st.columns(2, gap="xsmall")
    views = {name: _view(name, counts) for name in VIEWS}
    view = pick(f"view-{brand}", "Show", views, "todo", place=left) or "todo"
    people = {"": "Everybody's", **{p.id: p.name for p in here.desk.brand.people}}
    whose = pick(f"whose-{brand}", "Whose", people, "", place=right)
    page = _page(here, f"{search}|{view}|{whose}")
    items = here.desk.ledger.queue(
        here.now,
        states=VIEWS[view],
        search=search.strip() if search else "",
        assignee=whose or None,
        limit=PAGE + 1,
        offset=page * PAGE,
    )
    return Listed(items, counts, bool(search or whose or view != "todo" or page))


def draw(here: Here, listed: Listed, current: str | None) -> None:
    """The rows, and the way to more of them."""
    for item in listed.items[:PAGE]:
        _row(here, item, item.case.id == current)
    _more(here, len(listed.items) > PAGE)


def _view(name: str, counts: Mapping[CaseState, int]) -> str:
    shown = waiting(counts) if name == "todo" else sum(counts.get(state, 0) for state in VIEWS[name])
    return f"{_VIEW_WORDS.get(name) or words.STATES[name]} ({shown})"


def _row(here: Here, item: QueueItem, current: bool) -> None:
    case = item.case
    with st.container(border=True, gap=None, key=f"row-{'on' if current else 'off'}-{case.id}"):
        st.button(
            f"{_icon(item)} {words.intent(item)} · {_standing(here, item)}",
            key=f"open-{case.id}",
            type="tertiary",
            on_click=choose,
            args=(here, case.id),
            width="stretch",
        )
        untrusted.write_short(item.text)
        about = [f"@{case.author}", words.channel(case.channel), words.ago(item.created_at, here.now)]
        if case.assignee:
            about.append(here.name_of(case.assignee))
        untrusted.write_line(" · ".join(about))
        untrusted.write_line(_why(here, item))


def _icon(item: QueueItem) -> str:
    if item.late_promises:
        return ":material/alarm:"
    action = item.case.triage.action if item.case.triage else "reply"
    if item.case.state == "escalated" or action == "escalate":
        return ":material/supervisor_account:"
    if item.case.state in ("approved", "waiting", "resolved"):
        return ":material/check:"
    return ":material/do_not_disturb_on:" if action == "ignore" else ":material/mark_chat_unread:"


def _standing(here: Here, item: QueueItem) -> str:
    """The one thing about this row that decides whether to open it now."""
    case = item.case
    if item.late_promises:
        return f":red[{words.plural(item.late_promises, 'promise', 'promises')} late]"
    if case.state not in _TO_DO:
        return words.STATES[case.state]
    if case.triage and case.triage.action == "ignore":
        return "probably no answer"
    due = words.due(case.due_at, here.now, here.zone)
    return f":red[{due}]" if case.due_at and case.due_at < here.now else due


def _why(here: Here, item: QueueItem) -> str:
    case = item.case
    if case.state == "escalated":
        return f"With {here.name_of(case.escalated_to)}: {case.reason}"
    return case.reason or (case.triage.reason if case.triage else "")


def _page(here: Here, filters: str) -> int:
    """Which page of the queue; another filter begins at the first."""
    key, known = f"page:{here.desk.brand.id}", f"filters:{here.desk.brand.id}"
    if st.session_state.get(known) != filters:
        st.session_state[known] = filters
        st.session_state[key] = 0
    return int(st.session_state.get(key, 0))


def _turn(here: Here, step: int) -> None:
    key = f"page:{here.desk.brand.id}"
    st.session_state[key] = max(0, int(st.session_state.get(key, 0)) + step)


def _more(here: Here, further: bool) -> None:
    page = int(st.session_state.get(f"page:{here.desk.brand.id}", 0))
    if not further and not page:
        return
    with st.container(horizontal=True, horizontal_alignment="center"):
        st.button("Earlier rows", key="rows-back", disabled=not page, on_click=_turn, args=(here, -1))
        st.button("More rows", key="rows-on", disabled=not further, on_click=_turn, args=(here, 1))
