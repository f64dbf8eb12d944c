"""An empty queue says what was done, what waits elsewhere, and what comes next."""

import streamlit as st

from copilot.brand import MENTIONS
from copilot.brand.catalog import brand_folder
from copilot.samples import load_samples
from copilot.ui import untrusted, words
from copilot.ui.acts import attempt
from copilot.ui.inbox.queue import Listed, waiting
from copilot.ui.session import Here, cards, forget_desks


def draw(here: Here, listed: Listed) -> None:
    """Why there is nothing to show."""
    if listed.narrowed:
        st.markdown("**No case is like this.** Change the search or the filters above.")
        return
    if not any(listed.counts.values()):
        _first_start(here)
        return
    st.markdown("**Nothing waits for an answer here.**")
    parts = [f"{words.STATES[state]}: {count}" for state, count in listed.counts.items() if count]
    untrusted.write("\n".join(parts))
    _elsewhere(here)


def _first_start(here: Here) -> None:
    """No mention was ever taken in."""
    st.markdown("**No mentions yet.**")
    folder = brand_folder(here.copilot.knowledge_dir, here.desk.brand.id)
    if (folder / MENTIONS).is_file():
        st.write("This is a sample brand. Its conversations can be loaded as if they came in today.")
        st.button("Load the sample conversations", key="load-samples", type="primary", on_click=_load, args=(here,))
    st.caption("Bring in your own from CSV or JSONL:")
    untrusted.copyable(f"candor import FILE --brand {here.desk.brand.id} --as {here.me.id if here.me else 'PERSON'}")


def _load(here: Here) -> None:
    with st.spinner("Loading the sample conversations …"):
        attempt(lambda: load_samples(here.copilot), "The sample conversations are here.")
    forget_desks()


def _elsewhere(here: Here) -> None:
    """Other brands with something to do."""
    for card in cards(here.copilot):
        if card.id != here.desk.brand.id and card.has_people:
            count = waiting(here.copilot.ledger.brand(card.id).counts(here.now))
            if count:
                untrusted.write(f"{card.name}: {count} to look at. Switch in the sidebar.")
