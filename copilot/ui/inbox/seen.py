"""What others did to a case since this person looked at it."""

from collections.abc import Sequence

from copilot.models import CaseLogEntry


def by_others(history: Sequence[CaseLogEntry], seen: int, me: str | None) -> list[CaseLogEntry]:
    """Entries later than version `seen` that this person neither made nor caused, oldest first."""
    return [entry for entry in history if entry.version > seen and not _own(entry, me)]


def _own(entry: CaseLogEntry, me: str | None) -> bool:
    if entry.actor is None:
        return entry.event == "draft"
    return entry.actor.person == me
