"""One sentence of a reply on the page: what is said of it, what it does, what it stands on."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from copilot.models import Verdict
from copilot.ui import untrusted, words


def draw(
    number: int, text: str, act: str, evidence_ids: Sequence[str], verdict: Verdict | Literal["pending", "again"]
) -> None:
    """Its verdict as word, icon and colour, then the sentence, then its act and its evidence."""
    with st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="top"):
        if verdict == "pending":
            st.badge("to check", icon=":material/pending:", color="gray")
        elif verdict == "again":
            st.badge("written anew", icon=":material/autorenew:", color="orange")
        else:
            st.badge(
                words.VERDICT_WORDS[verdict], icon=words.VERDICT_ICONS[verdict], color=words.VERDICT_COLOURS[verdict]
            )
        with st.container(gap=None, key=f"sentence-{number}"):
            untrusted.write(f"{number}  {text}")
            about = [part for part in (act.replace("_", " "), ", ".join(evidence_ids)) if part]
            if about:
                untrusted.write_quiet(" · ".join(about), f"about-{number}")
