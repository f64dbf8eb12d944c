"""The app: page settings and the way to each page, nothing else."""

import streamlit as st

from copilot.ui.shell import run

st.set_page_config(page_title="Candor", page_icon=":material/forum:", layout="wide", initial_sidebar_state="auto")

run(
    [
        st.Page("copilot/ui/pages/inbox.py", title="Inbox", icon=":material/inbox:", default=True),
        st.Page("copilot/ui/pages/sent.py", title="Sent & outbox", icon=":material/outbox:"),
        st.Page("copilot/ui/pages/knowledge.py", title="Knowledge", icon=":material/menu_book:"),
        st.Page("copilot/ui/pages/people.py", title="People & settings", icon=":material/group:"),
    ]
)
