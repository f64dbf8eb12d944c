"""A select box whose labels may change, such as those that show a count.

Streamlit knows a chosen option by its label, so a label that changes would throw the choice away, and two options with
the same label would be one. Here the choice is kept under its id, and every label is made distinct.
"""

from collections.abc import Mapping
from hashlib import sha256

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def pick(
    name: str,
    label: str,
    options: Mapping[str, str],
    usual: str | None,
    *,
    place: DeltaGenerator | None = None,
    placeholder: str | None = None,
    show_label: bool = False,
    width: int | None = None,
) -> str | None:
    """Draw it and return the id of what is chosen.

    Args:
        name: Names the choice; it is kept as long as the session lasts.
        label: For screen readers, and shown where `show_label` says so.
        options: Id → label. Labels are plain characters, whoever wrote them.
        usual: What is chosen before anybody chose; None for nothing.
        place: Where to draw.
        placeholder: Shown while nothing is chosen.
        show_label: Whether the label stands above.
        width: In pixels; as wide as the place when left out.
    """
    ids = distinct(options)
    current = chosen(name, usual)
    index = next((at for at, id in enumerate(ids.values()) if id == current), None)
    key = f"{name}-{sha256(repr(list(ids)).encode()).hexdigest()[:12]}"
    found = (place or st).selectbox(
        label,
        list(ids),
        index=index,
        key=key,
        placeholder=placeholder,
        label_visibility="visible" if show_label else "collapsed",
        width=width or "stretch",
        on_change=_keep,
        args=(name, key, ids),
    )
    return ids.get(found) if found is not None else None


def chosen(name: str, usual: str | None = None) -> str | None:
    """What was chosen."""
    return st.session_state.get(_state(name), usual)


def choose(name: str, id: str | None) -> None:
    """Choose from the code."""
    st.session_state[_state(name)] = id


def distinct(options: Mapping[str, str]) -> dict[str, str]:
    """Label → id; the id stands behind a label that occurs twice."""
    labels = list(options.values())
    return {label if labels.count(label) == 1 else f"{label} · {id}": id for id, label in options.items()}


def _keep(name: str, key: str, ids: Mapping[str, str]) -> None:
    st.session_state[_state(name)] = ids.get(st.session_state[key])


def _state(name: str) -> str:
    return f"picked:{name}"
