"""Streamlit runs this file for the page; the page itself is `copilot.ui.sent`."""

from copilot.ui import sent
from copilot.ui.session import here

sent.show(here())
