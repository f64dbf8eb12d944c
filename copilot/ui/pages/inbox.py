"""Streamlit runs this file for the page; the page itself is `copilot.ui.inbox`."""

from copilot.ui import inbox
from copilot.ui.session import here

inbox.show(here())
