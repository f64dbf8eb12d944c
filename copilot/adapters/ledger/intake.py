"""What a batch of new messages makes of the cases they belong to, worked out in memory so that a batch is one write."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from copilot.adapters.ledger.casework import Held, Waiting, follow, log_columns, moved, summary
from copilot.models import Actor, Case
from copilot.ports import NewMention

_CLOSED = ("waiting", "resolved", "snoozed", "no_reply")


@dataclass
class Intake:
    """One case while messages come in."""

    item: Held | None
    """None until the first message of a new case."""
    messages: list[Waiting] = field(default_factory=list[Waiting])
    """What waits for an answer."""
    history: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    arrived: dict[str, int] = field(default_factory=dict[str, int])
    """Mention id → the version its arrival gave the case."""
    reopened: bool = False

    def take(self, id: str, thread: str, arrivals: Sequence[NewMention], at: datetime, actor: Actor | None) -> None:
        """Add new messages, oldest first, one version each: any order of arrival ends in the same case."""
        for new in sorted(arrivals, key=lambda n: (n.mention.created_at, n.mention.id)):
            mention = new.mention
            self.messages.append(Waiting(mention.created_at, mention.id, new.triage, new.due_at))
            event = "message"
            if self.item is None:
                event, self.item = "import", _opened(id, thread, new)
            else:
                self.item = self._joined(self.item, mention.created_at)
            self.arrived[mention.id] = self.item.case.version
            self.history.append(log_columns(self.item.case, event, actor, at, {"mention_id": mention.id}))
        if self.item is not None:
            self.item = self.item._replace(case=self.item.case.model_copy(update=summary(self.messages)))

    def _joined(self, item: Held, created_at: datetime) -> Held:
        case = item.case
        self.reopened |= case.state in _CLOSED
        opened, last = min(case.opened_at, created_at), max(case.last_message_at, created_at)
        return moved(item, follow(case, "message"), opened_at=opened, last_message_at=last)


def _opened(id: str, thread: str, new: NewMention) -> Held:
    mention = new.mention
    case = Case(
        id=id,
        brand=mention.brand,
        thread=thread,
        author=mention.author,
        channel=mention.channel,
        state="open",
        version=1,
        mention_id=mention.id,
        triage=new.triage,
        opened_at=mention.created_at,
        last_message_at=mention.created_at,
        due_at=new.due_at,
    )
    return Held(case, answered=0, settled=0)
