"""Streamlit runs this file for the page; the page itself is `copilot.ui.knowledge`."""

from copilot.ui import knowledge
from copilot.ui.session import here

knowledge.show(here())
