"""The case that lies open on the desk, read once for a run of the page."""

from dataclasses import dataclass

import streamlit as st

from copilot.models import Case, CaseEvent, CaseLogEntry, DraftRecord, Mention, OutboxItem, Thread
from copilot.models.case import TRANSITIONS
from copilot.ui.inbox.seen import by_others
from copilot.ui.session import Here


@dataclass(frozen=True)
class Open:
    """A case with everything the workspace shows of it."""

    here: Here
    case: Case
    mention: Mention
    """What waits for an answer."""
    thread: Thread
    record: DraftRecord | None
    """Its newest draft."""
    history: tuple[CaseLogEntry, ...]
    sends: tuple[OutboxItem, ...]
    """Approved replies of this case, newest first."""
    seen: int
    """The version this person has in mind: an approval is for this one."""
    news: tuple[CaseLogEntry, ...]
    """What others did since."""
    following: str | None
    """The case to go to after this one."""

    def key(self, what: str) -> str:
        """A session key that belongs to this brand and message."""
        return f"{what}:{self.here.desk.brand.id}:{self.mention.id}"

    def can(self, event: CaseEvent) -> bool:
        """Whether the case's state allows it."""
        return (self.case.state, event) in TRANSITIONS

    @property
    def standing(self) -> OutboxItem | None:
        """The approved reply that has not left."""
        return next((item for item in self.sends if item.state not in ("sent", "taken_back")), None)

    @property
    def sent(self) -> OutboxItem | None:
        """The last reply that left."""
        return next((item for item in self.sends if item.state == "sent"), None)


def read(here: Here, case_id: str, following: str | None) -> Open:
    """Read the case, and find out what others did to it since this person looked."""
    ledger = here.desk.ledger
    case = ledger.case(case_id)
    history = tuple(ledger.history(case_id))
    key = f"seen:{here.desk.brand.id}:{case_id}"
    seen = int(st.session_state.get(key) or case.version)
    news = tuple(by_others(history, seen, here.me.id if here.me else None))
    if not news:
        seen = case.version
    st.session_state[key] = seen
    return Open(
        here=here,
        case=case,
        mention=ledger.mention(case.mention_id),
        thread=ledger.thread_of(case.mention_id),
        record=ledger.latest_draft(case.mention_id),
        history=history,
        sends=tuple(item for item in ledger.outbox() if item.reply.case_id == case_id),
        seen=seen,
        news=news,
        following=following,
    )


def look_again(o: Open) -> None:
    """This person has read what changed."""
    st.session_state[f"seen:{o.here.desk.brand.id}:{o.case.id}"] = o.case.version
