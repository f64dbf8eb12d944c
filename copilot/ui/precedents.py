"""Precedents: how resolved cases were handled, waiting for an owner to let drafts follow them."""

from collections.abc import Callable

import streamlit as st

from copilot import learn
from copilot.models import Precedent
from copilot.text import plain
from copilot.ui import untrusted, words
from copilot.ui.acts import attempt
from copilot.ui.picker import pick
from copilot.ui.session import Here, forget_desks

_PAGE = 10
_STATUSES = ("candidate", "accepted", "retired")


def show(here: Here, wish: str) -> None:
    """Draw the list, those to decide first."""
    known = here.desk.ledger.precedents()
    counts = {status: sum(p.status == status for p in known) for status in _STATUSES}
    options = {status: f"{words.PRECEDENTS[status]} ({counts[status]})" for status in _STATUSES}
    usual = "candidate" if counts["candidate"] else "accepted"
    status = pick(f"precedents-{here.desk.brand.id}", "Which", options, usual, width=220) or usual
    why_not = here.why_not("own", "decide about precedents")
    if why_not and status != "retired":
        untrusted.write(why_not)
    found = [p for p in known if p.status == status and _has(wish, p)]
    if not found:
        st.markdown("**None here.** Resolving an answered case makes one to decide about.")
        return
    pages = -(-len(found) // _PAGE)
    page = st.pagination(pages, key=f"precedents-page-{status}-{pages}") if pages > 1 else 1
    for precedent in found[(page - 1) * _PAGE : page * _PAGE]:
        _card(here, precedent, bool(why_not))


def _card(here: Here, p: Precedent, locked: bool) -> None:
    with st.container(border=True, gap="xsmall", key=f"precedent-{p.id}"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.badge(words.INTENTS[p.intent], color="gray")
            if not p.public:
                st.badge("answered privately", icon=":material/lock:", color="gray")
            if p.superseded_by:
                st.badge("superseded", icon=":material/update:", color="orange")
        untrusted.write(f"They wrote: {p.mention}")
        untrusted.write(f"We answered: {p.reply}")
        untrusted.write_quiet(_about(here, p), p.id)
        with st.container(horizontal=True, gap="small"):
            if p.status != "accepted":
                st.button(
                    "Accept",
                    key=f"accept-{p.id}",
                    type="primary",
                    icon=":material/check:",
                    disabled=locked,
                    on_click=_accept,
                    args=(here, p.id),
                )
            if p.status != "retired":
                st.button(
                    "Retire",
                    key=f"retire-{p.id}",
                    icon=":material/archive:",
                    disabled=locked,
                    on_click=_retire,
                    args=(here, p.id),
                )


def _about(here: Here, p: Precedent) -> str:
    parts = [f"Outcome: {p.outcome}" if p.outcome else "", f"Given: {p.concession}" if p.concession else ""]
    parts.append(f"Allowed by {here.name_of(p.authority)}" if p.authority else "")
    parts.append(f"Facts: {', '.join(p.fact_ids)}" if p.fact_ids else "")
    until = f", valid until {p.valid_until:%d %b %Y}" if p.valid_until else ""
    parts.append(f"{p.id}, resolved {p.resolved_at:%d %b %Y}{until}")
    return "\n".join(part for part in parts if part)


def _accept(here: Here, id: str) -> None:
    _decided(here, lambda: learn.accept(here.desk.ledger, id, here.actor, here.now), "Accepted: drafts may follow it.")


def _retire(here: Here, id: str) -> None:
    _decided(here, lambda: learn.retire(here.desk.ledger, id, here.actor, here.now), "Retired: it is kept, not used.")


def _decided(here: Here, work: Callable[[], Precedent], done: str) -> None:
    """Decide, then bring the search index up to date."""
    if attempt(work, done) is not None:
        with st.spinner("Bringing the search index up to date …"):
            attempt(lambda: here.copilot.ingest(here.desk.brand.id))
        forget_desks()


def _has(wish: str, p: Precedent) -> bool:
    return not wish or any(wish in plain(text) for text in (p.id, p.mention, p.reply, p.situation, p.outcome))
