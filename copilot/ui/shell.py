"""What surrounds every page: brand switcher, who sits here, the way to the pages, and what holds everything up."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from copilot.bootstrap import Copilot
from copilot.models import Actor
from copilot.people import set_role
from copilot.pipeline import Desk
from copilot.ui import style, untrusted, words
from copilot.ui.acts import attempt, guarded, said, say, show
from copilot.ui.inbox.queue import waiting
from copilot.ui.outbox import take_back
from copilot.ui.picker import choose, pick
from copilot.ui.session import BrandCard, Here, cards, copilot, sit_down

SHORTCUTS = (
    ("J / K", "next, previous case"),
    ("D", "draft anew"),
    ("S", "stop a draft"),
    ("A", "approve and go to the next"),
    ("Shift+A", "approve and stay"),
    ("T", "take back what was approved"),
    ("M", "mark as sent"),
    ("Ctrl/⌘+Enter", "in the editor: check what is typed"),
)


def run(pages: Sequence[Any]) -> None:
    """Draw the frame, then the page; every trouble becomes a message."""
    page = st.navigation(list(pages), position="hidden")
    style.draw()
    with guarded():
        here = _frame(pages)
        if here is not None:
            _last_act(here)
            page.run()


def _frame(pages: Sequence[Any]) -> Here | None:
    with st.spinner("Opening Candor …"):
        opened = copilot()
        found = [card for card in cards(opened) if card.has_people]
    if not found:
        _no_brand(opened)
        return None
    with st.sidebar:
        brand_id = _switcher(opened, found)
        with st.spinner("Reading what the brand knows …"):
            desk = sit_down(opened, brand_id, None).desk
        here = sit_down(opened, brand_id, _who(opened, desk))
        _identity(here)
        for page in pages:
            st.page_link(page, width="stretch")
        _footer(here)
    st.session_state["here"] = here
    _banners(here)
    if not here.desk.ledger.members():
        _first_owner(here)
        return None
    return here


def _switcher(opened: Copilot, found: Sequence[BrandCard]) -> str:
    """The brands, each with the number that waits."""
    now = opened.clock()
    counts = {card.id: waiting(opened.ledger.brand(card.id).counts(now)) for card in found}
    labels = {card.id: f"{card.name} · {counts[card.id]} waiting" if counts[card.id] else card.name for card in found}
    asked = st.query_params.get("brand")
    chosen = pick("brand", "Brand", labels, asked if asked in labels else found[0].id, show_label=True) or found[0].id
    st.query_params["brand"] = chosen
    return chosen


def _who(opened: Copilot, desk: Desk) -> str | None:
    """Who sits here. Nobody, until somebody says so: `CANDOR_PERSON` is a way of saying it."""
    names = {person.id: f"{person.name} ({person.initials})" for person in desk.brand.people}
    usual = opened.settings.person
    return pick(
        f"me-{desk.brand.id}",
        "Who are you?",
        names,
        usual if usual in names else None,
        placeholder="Choose your name",
        show_label=True,
    )


def _identity(here: Here) -> None:
    if here.me is None:
        st.caption(":material/arrow_upward: Choose your name; until then you can only read.")
    elif here.role is None:
        st.caption("No role here: you can only read. An owner gives roles under People & settings.")
    else:
        st.caption(f"Your role here: {words.ROLES[here.role]}. Your name is declared, not verified.")


def _footer(here: Here) -> None:
    with st.expander("Keyboard", icon=":material/keyboard:"):
        for keys, what in SHORTCUTS:
            untrusted.write(f"{keys}  {what}")
    if here.copilot.settings.model == "none":
        st.caption("No model: drafts are composed from playbook lines and facts.")


def _banners(here: Here) -> None:
    """What holds for every page of this brand."""
    paused = here.desk.ledger.paused()
    if paused:
        with st.container(border=True, gap="xsmall"):
            st.markdown(":orange[:material/pause_circle: **This brand is paused.** Nothing is approved or sent.]")
            untrusted.write(paused)
    if here.problems:
        with st.container(border=True, gap="xsmall"):
            st.markdown(":orange[:material/rule: **Its files need mending.** The last good version is in use.]")
            for problem in here.problems[:5]:
                untrusted.write(str(problem))


def _last_act(here: Here) -> None:
    """What the last act did, with the way back while there is one."""
    what = said(here.desk.brand.id)
    if what is None:
        return
    with st.bottom, st.container(horizontal=True, gap="small", vertical_alignment="center", key="said"):
        with st.container(gap=None, width="stretch"):
            show(what, frame=False)
        if what.outbox_id and here.desk.ledger.outbox_item(what.outbox_id).state == "queued":
            st.button(
                "Take back",
                key="take-back-last",
                icon=":material/undo:",
                on_click=take_back,
                args=(here, what.outbox_id),
                shortcut="T",
            )
        st.button("Close", key="close-said", type="tertiary", on_click=say, args=(None,))


def _first_owner(here: Here) -> None:
    """Rights begin with one person who says that the brand is theirs."""
    st.header("Who owns this brand?")
    st.write(
        "Nobody may act for it yet. Its first owner may name the others, decide about precedents and pause it. "
        "This is written down with the name and the time."
    )
    people = [p.id for p in here.desk.brand.people]
    index = people.index(here.me.id) if here.me else 0
    with st.form("first-owner", width=520):
        st.selectbox("First owner", people, index=index, format_func=here.label_of, key="first-owner-who")
        st.form_submit_button("Make them the owner", type="primary", on_click=_name_owner, args=(here,))


def _name_owner(here: Here) -> None:
    desk, person = here.desk, str(st.session_state["first-owner-who"])
    done = attempt(
        lambda: set_role(desk.ledger, desk.brand, person, "owner", Actor(person=person), here.now),
        "The brand has an owner. The others get their roles under People & settings.",
    )
    if done is not None:
        choose(f"me-{desk.brand.id}", person)


def _no_brand(opened: Copilot) -> None:
    st.header("There is no brand yet")
    st.write("A brand is a folder with its voice, its facts and its people. Put one here, then reload this page:")
    untrusted.copyable(str(opened.knowledge_dir.absolute()))
    st.caption("How to write one stands in docs/writing-a-voice-guide.md; two samples ship with Candor.")
