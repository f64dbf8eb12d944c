"""What the reply stands on: cards beside the draft, and a way to look up more."""

from collections.abc import Sequence

import streamlit as st

from copilot.models import Evidence
from copilot.ui import untrusted, words
from copilot.ui.inbox import texts
from copilot.ui.inbox.case import Open
from copilot.ui.inbox.sentences import used_in

_FIRST = 6


def draw(o: Open, found: Sequence[Evidence], *, editing: bool) -> None:
    """Evidence of the draft, what the reply uses first."""
    st.markdown("**Evidence**")
    draft = o.record.draft if o.record else None
    uses = {one.id: used_in(texts.text(o), draft, one.id) for one in found}
    ordered = sorted(found, key=lambda one: (not uses[one.id], -one.score, one.id))
    if not ordered:
        st.caption("Nothing was looked up for this reply. Look something up below.")
    for one in ordered[:_FIRST]:
        _card(o, one, uses[one.id], editing)
    if len(ordered) > _FIRST:
        with st.expander(f"{len(ordered) - _FIRST} more"):
            for one in ordered[_FIRST:]:
                _card(o, one, uses[one.id], editing)
    _look_up(o, editing, {one.id for one in found})


def _card(o: Open, one: Evidence, used: Sequence[int], editing: bool, place: str = "found") -> None:
    with st.container(border=True, gap="xsmall", key=f"evidence-{'used' if used else 'free'}-{place}-{one.id}"):
        if used:
            st.markdown(f":green[:material/link: **{words.KINDS[one.kind]}**, sentence {words.numbers(used)}]")
        else:
            st.markdown(f"**{words.KINDS[one.kind]}**")
        untrusted.write(one.text)
        until = f" · valid until {one.valid_until:%d %b %Y}" if one.valid_until else ""
        untrusted.write_quiet(
            f"{one.id}{until}" + (f" · {one.source}" if one.source else ""), f"source-{place}-{one.id}"
        )
        if editing and one.kind == "fact" and not used:
            st.button(
                "Add to the reply",
                key=f"use-{place}-{one.id}",
                type="tertiary",
                icon=":material/add:",
                on_click=_add,
                args=(o, one.text),
            )


def _add(o: Open, fact: str) -> None:
    texts.put(o, texts.with_fact(o, fact))


def _look_up(o: Open, editing: bool, known: set[str]) -> None:
    asked = st.text_input(
        "Look up facts and past cases", key=o.key("lookup"), placeholder="Look up facts and past cases",
        label_visibility="collapsed", icon=":material/search:",
    )  # fmt: skip
    if not asked or not asked.strip():
        return
    found = [one for one in o.here.desk.retrieve(asked, 3, ("fact", "precedent")) if one.id not in known]
    if not found:
        st.caption("Nothing else was found. What is missing becomes a fact in the brand's folder.")
    for one in found:
        _card(o, one, (), editing, "looked-up")
