"""From a triaged mention and its evidence to a reply whose every sentence knows what it stands on."""

from copilot.draft.examples import Example, standing_examples
from copilot.draft.gloss import gloss
from copilot.draft.prompt import beginning
from copilot.draft.request import DraftDone, DraftEvent, DraftRequest, EvidenceFound, SentenceWritten
from copilot.draft.write import write

__all__ = [
    "DraftDone",
    "DraftEvent",
    "DraftRequest",
    "EvidenceFound",
    "Example",
    "SentenceWritten",
    "beginning",
    "gloss",
    "standing_examples",
    "write",
]
