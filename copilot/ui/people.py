"""People & settings: who may do what, the brand's switch, and how models and stores are."""

from collections.abc import Sequence
from typing import get_args

import streamlit as st

from copilot import people as rights
from copilot.doctor import Health, examine
from copilot.models import Member, Person, Role
from copilot.ui import untrusted, words
from copilot.ui.acts import attempt
from copilot.ui.session import Here, copilot

_NONE = "none"


def show(here: Here) -> None:
    """Draw the page."""
    st.header("People & settings")
    left, right = st.columns([6, 5], gap="large")
    with left:
        _people(here)
        _switch(here)
    with right:
        _health(here)
        _settings(here)


def _people(here: Here) -> None:
    st.subheader("Who may do what")
    st.caption("Names come from brand.yaml; rights are given here, by an owner, and written down.")
    why_not = here.why_not("own", "change roles")
    if why_not:
        untrusted.write(why_not)
    members = {m.person: m for m in here.desk.ledger.members()}
    for person in here.desk.brand.people:
        with st.container(border=True, gap="xsmall", key=f"person-{person.id}"):
            _person(here, person, members.get(person.id), bool(why_not))


def _person(here: Here, person: Person, member: Member | None, locked: bool) -> None:
    who, role = st.columns([5, 4], vertical_alignment="center")
    with who:
        untrusted.write_strong(f"{person.name} ({person.initials})", person.id)
        about = [words.RELATIONS[person.relation], person.title, person.organisation]
        untrusted.write_quiet(" · ".join(part for part in about if part), person.id)
    options = [_NONE, *get_args(Role)]
    current = member.role if member is not None and member.active else _NONE
    role.selectbox(
        "Role",
        options,
        index=options.index(current),
        format_func=lambda name: words.ROLES.get(name, "no role"),
        key=f"role-{here.desk.brand.id}-{person.id}-{current}",
        label_visibility="collapsed",
        disabled=locked,
        on_change=_change,
        args=(here, person.id, current),
    )


def _change(here: Here, person: str, current: str) -> None:
    key = f"role-{here.desk.brand.id}-{person}-{current}"
    wish = str(st.session_state[key])
    role: Role = next((r for r in get_args(Role) if r == (current if wish == _NONE else wish)), "viewer")
    desk = here.desk
    done = attempt(
        lambda: rights.set_role(desk.ledger, desk.brand, person, role, here.actor, here.now, active=wish != _NONE),
        "The role is changed.",
    )
    if done is None:
        st.session_state[key] = current


def _switch(here: Here) -> None:
    st.subheader("Pause")
    paused = here.desk.ledger.paused()
    if here.why_not("own", "pause"):
        st.caption("An owner can stop approving and sending for this brand at once.")
        return
    if paused is not None:
        st.button("Go on", icon=":material/play_arrow:", type="primary", on_click=_resume, args=(here,))
        return
    with st.form("pause", border=False):
        st.text_input(
            "Why should nothing be approved or sent?", placeholder="Everyone who is stopped reads this", key="pause-why"
        )
        st.form_submit_button("Pause this brand", icon=":material/pause:", on_click=_pause, args=(here,))


def _pause(here: Here) -> None:
    why = str(st.session_state.get("pause-why") or "")
    attempt(
        lambda: rights.pause(here.desk.ledger, why, here.actor, here.now),
        "Paused. Nothing is approved or sent until an owner lifts it.",
    )


def _resume(here: Here) -> None:
    attempt(lambda: rights.resume(here.desk.ledger, here.actor, here.now), "The brand goes on.")


def _health(here: Here) -> None:
    st.subheader("Models and stores")
    with st.spinner("Looking at models and stores …"):
        found = _examined(str(here.copilot.settings.data_dir))
    with st.container(border=True, gap="xsmall"):
        for one in sorted(found, key=lambda health: health.ok):
            _one(one)
    st.button("Look again", icon=":material/refresh:", on_click=_examined.clear)


def _one(health: Health) -> None:
    with st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="top"):
        if health.ok:
            st.badge("fine", icon=":material/check:", color="green")
        else:
            st.badge("needs you", icon=":material/error:", color="red")
        with st.container(gap=None):
            untrusted.write_strong(health.name, health.name)
            untrusted.write_quiet(health.detail, health.name)
            if not health.ok:
                untrusted.copyable(health.fix)


@st.cache_data(ttl=60, show_spinner=False)
def _examined(place: str) -> Sequence[Health]:
    return examine(copilot())


def _settings(here: Here) -> None:
    st.subheader("Settings")
    settings = here.copilot.settings
    lines = [
        f"Knowledge: {settings.knowledge_dir}",
        f"Data: {settings.data_dir}",
        f"Hold before a reply leaves: {settings.hold_seconds} s",
        f"Longest text taken from outside: {settings.max_text:,} characters",
    ]
    untrusted.write("\n".join(lines))
    st.caption("They are set by environment variables or a .env file; .env.example lists every one.")
