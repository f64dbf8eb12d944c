"""What happens after a button: do it, say what was done, or say why not and what to do. Never a traceback."""

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Literal, NamedTuple, TypeVar

import streamlit as st

from copilot.errors import Conflict, CopilotError, NotAllowed, Refused, ServiceError
from copilot.ui import untrusted
from copilot.ui.session import here

_log = logging.getLogger(__name__)
Done = TypeVar("Done")
Tone = Literal["good", "bad"]


class Said(NamedTuple):
    """What the page says about the last act."""

    tone: Tone
    title: str
    """Ours; may be rendered."""
    text: str = ""
    """Anybody's; shown as plain characters."""
    outbox_id: str = ""
    """What can be taken back."""


def say(said: Said | None) -> None:
    """Keep it for the next run of the page; None takes the last one away. It stays with its brand."""
    st.session_state["said"] = (here().desk.brand.id, said)


def said(brand: str) -> Said | None:
    """What was said last about this brand."""
    where, what = st.session_state.get("said", ("", None))
    return what if where == brand else None


def attempt(work: Callable[[], Done], title: str = "") -> Done | None:
    """Do `work`; afterwards the page says `title` (nothing where it is empty), or what stood in the way."""
    try:
        done = work()
    except CopilotError as error:
        say(Said("bad", heading(error), str(error)))
        return None
    except Exception as error:
        _log.exception("An act failed")
        say(Said("bad", "Something failed that should not.", _unexpected(error)))
        return None
    if title:
        say(Said("good", title))
    return done


@contextmanager
def guarded() -> Generator[None]:
    """Show what stands in the way of drawing (a part of) a page."""
    try:
        yield
    except CopilotError as error:
        show(Said("bad", heading(error), str(error)))
    except Exception as error:
        _log.exception("A page failed")
        show(Said("bad", "This part of the page failed.", _unexpected(error)))


def show(what: Said, *, frame: bool = True) -> None:
    """A message: our word for how it went, then anybody's words as plain characters."""
    with st.container(border=frame, gap="xsmall" if frame else None):
        with st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="top"):
            if what.tone == "bad":
                st.badge("not done", icon=":material/error:", color="red")
            else:
                st.badge("done", icon=":material/check_circle:", color="green")
            untrusted.write(what.title)
        if what.text:
            untrusted.write_quiet(what.text, "said" if not frame else "trouble")


def heading(error: CopilotError) -> str:
    """What kind of trouble it is."""
    if isinstance(error, Conflict):
        return "Somebody changed it meanwhile. Nothing of yours was stored; your text is still here."
    if isinstance(error, NotAllowed):
        return "You may not do this."
    if isinstance(error, Refused):
        return "This is not possible now."
    if isinstance(error, ServiceError):
        return "A service did not answer. Nothing was half done."
    return "Something needs to be put right first."


def _unexpected(error: Exception) -> str:
    return f"{type(error).__name__}. Nothing was sent. The log says more; reload the page and do it again."
