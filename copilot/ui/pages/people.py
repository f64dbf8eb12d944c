"""Streamlit runs this file for the page; the page itself is `copilot.ui.people`."""

from copilot.ui import people
from copilot.ui.session import here

people.show(here())
