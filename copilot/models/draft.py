"""What a draft is made of: evidence, sentences, and the provenance that replays it."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from copilot.models.base import Frozen, Instant
from copilot.models.conversation import Mention, Thread, TriageDecision

EvidenceKind = Literal["voice", "fact", "precedent", "thread"]
Authorship = Literal["human", "ai_drafted", "ai_edited"]


class Evidence(Frozen):
    """Something a sentence may stand on. A list of them is `retrieved_contexts` where ragas is spoken."""

    id: str
    """Fact, rule or precedent id; ``t-<mention id>`` for a message of the thread."""
    kind: EvidenceKind
    text: str
    source: str = ""
    score: float = 0.0
    """Fused rank score, higher is nearer; only comparable within one retrieval."""
    similarity: float = 0.0
    """Cosine of the query and this text, -1 to 1; 0 when not computed."""
    valid_until: date | None = None


class Sentence(Frozen):
    """One sentence of a draft, the act it performs and the evidence it claims."""

    text: str
    act: str
    evidence_ids: tuple[str, ...] = ()


class ModelCall(Frozen):
    """One request to a chat model and what came back; enough to replay without the model."""

    request: dict[str, Any]
    """Messages, schema and parameters exactly as sent (personal data masked)."""
    response: str
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0


class Provenance(Frozen):
    """Where a draft came from."""

    model: str
    """``embedded:qwen2.5-coder-1.5b``, ``openai:gpt-…``, or ``none`` when no model was asked."""
    prompt_sha: str
    """SHA-256 over the prompt templates used."""
    voice_version: str
    knowledge_sha: str
    """Snapshot of the brand's files."""
    evidence_ids: tuple[str, ...] = ()
    settings: dict[str, Any] = Field(default_factory=dict)
    """Seed, temperature, instruction, approach, speaker and account."""
    calls: tuple[ModelCall, ...] = ()
    created_at: Instant


class Draft(Frozen):
    """A proposed reply."""

    sentences: tuple[Sentence, ...] = ()
    alternatives: tuple["Draft", ...] = ()
    abstained: bool = False
    """True when knowledge is missing or triage asks for a person: the text, if any, is a holding reply."""
    reason: str = ""
    """Why it abstained, or why there is no text."""
    gaps: tuple[str, ...] = ()
    """Questions the owner should answer in a fact."""
    approach: str = "standard"
    """How this alternative goes about it: ``standard``, ``shorter``, ``asks first``, …"""
    signature: str = ""
    """As the approver signs, empty when the brand does not sign."""
    provenance: Provenance

    @property
    def text(self) -> str:
        """The reply as one string, signature included."""
        return " ".join(part for part in (*(s.text for s in self.sentences), self.signature) if part)


class DraftRecord(Frozen):
    """A stored draft with everything it was made from: replaying needs nothing else but the knowledge snapshot."""

    id: str
    mention: Mention
    thread: Thread
    triage: TriageDecision
    evidence: tuple[Evidence, ...]
    draft: Draft
    speaker: str | None = None
    """Person id for whom it was drafted."""
