"""Make a stored draft again, from what was stored with it and without a model."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from copilot import draft as drafting
from copilot.brand import load_brand
from copilot.checks import run_checks
from copilot.draft import DraftDone, DraftRequest
from copilot.errors import InputError, ModelError
from copilot.models import DraftRecord, ModelCall, Sentence
from copilot.ports import BrandLedger


class Replayed(NamedTuple):
    """A draft made again."""

    same: bool
    text: str
    stored: str


class Recording:
    """A chat model that gives the recorded answers in the order they came."""

    def __init__(self, name: str, calls: Sequence[ModelCall], remote: bool = False) -> None:
        """Answer with `calls`."""
        self.name = name
        self.remote = remote
        self._calls = list(calls)

    def complete(self, messages: Sequence[Mapping[str, str]], **wishes: Any) -> ModelCall:
        """The next recorded answer.

        Raises:
            ModelError: more is asked than was recorded.
        """
        if not self._calls:
            raise ModelError("The recording is over: this draft asks more of the model than it did when it was stored.")
        return self._calls.pop(0)

    def stream(self, messages: Sequence[Mapping[str, str]], **wishes: Any) -> Iterator[str | ModelCall]:
        """The next recorded answer, whole."""
        yield self.complete(messages)


def replayed(ledger: BrandLedger, draft_id: str) -> Replayed:
    """Draft again with the stored request: same knowledge, evidence, moment and model answers.

    Raises:
        InputError: there is no such draft, or the knowledge it was made with is gone.
    """
    record = ledger.draft(draft_id)
    provenance = record.draft.provenance
    snapshot = ledger.snapshot(provenance.knowledge_sha)
    if snapshot is None:
        raise InputError(f"The knowledge that draft '{draft_id}' was made with is no longer in the ledger.")
    brand = load_brand(record.mention.brand, snapshot.files, snapshot.anchor)
    settings = provenance.settings
    request = DraftRequest(
        brand=brand,
        mention=record.mention,
        thread=record.thread,
        triage=record.triage,
        evidence=record.evidence,
        speaker=brand.person(record.speaker) if record.speaker else None,
        account=settings.get("account", "brand"),
        now=provenance.created_at,
        seed=settings.get("seed", 0),
        instruction=settings.get("instruction", ""),
        previous=tuple(Sentence.model_validate(s) for s in settings.get("previous", ())),
        gloss=settings.get("gloss", ""),
        recent_replies=tuple(settings.get("recent_replies", ())),
    )
    text = _drafted(request, record)
    return Replayed(text == record.draft.text, text, record.draft.text)


def _drafted(request: DraftRequest, record: DraftRecord) -> str:
    calls = record.draft.provenance.calls
    chat = Recording(record.draft.provenance.model, calls) if calls else None
    for event in drafting.write(request, chat, run_checks, ()):
        if isinstance(event, DraftDone):
            return event.draft.text
    return ""
