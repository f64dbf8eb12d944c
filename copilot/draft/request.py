"""What drafting is given, and the events it yields while it works."""

from collections.abc import Callable

from pydantic import Field

from copilot.models import (
    Account,
    Authorship,
    Brand,
    CheckContext,
    CheckResult,
    Draft,
    Evidence,
    Frozen,
    Instant,
    Mention,
    Person,
    Sentence,
    Thread,
    TriageDecision,
)

Checker = Callable[[CheckContext], tuple[CheckResult, ...]]


class DraftRequest(Frozen):
    """Everything a draft depends on, beside the model."""

    brand: Brand
    mention: Mention
    thread: Thread
    triage: TriageDecision
    evidence: tuple[Evidence, ...]
    speaker: Person | None = None
    account: Account = "brand"
    now: Instant
    seed: int = 0
    instruction: str = ""
    """Rewrite wish, for example ``shorter``; needs `previous`."""
    previous: tuple[Sentence, ...] = ()
    """The draft that is rewritten."""
    recent_replies: tuple[str, ...] = ()
    gloss: str = ""
    """The mention in the brand's first language, where it is written in another."""

    @property
    def language(self) -> str:
        """Language to answer in: theirs when the brand speaks it, else the brand's first."""
        lang = self.triage.lang or self.mention.lang
        return lang if lang in self.brand.languages else self.brand.languages[0]

    def context(self, reply: str, authorship: Authorship = "ai_drafted", prompt: str = "") -> CheckContext:
        """`reply` as a check sees it."""
        return CheckContext(
            reply=reply,
            brand=self.brand,
            now=self.now,
            mention=self.mention,
            thread=self.thread,
            triage=self.triage,
            evidence=self.evidence,
            speaker=self.speaker,
            account=self.account,
            channel=self.mention.channel,
            stage="draft",
            authorship=authorship,
            recent_replies=self.recent_replies,
            prompt=prompt,
        )


class EvidenceFound(Frozen):
    """What was retrieved; comes first."""

    evidence: tuple[Evidence, ...]
    triage: TriageDecision


class SentenceWritten(Frozen):
    """One sentence is there; `index` says where it stands. A later one with the same index replaces it."""

    index: int
    sentence: Sentence
    findings: tuple[CheckResult, ...] = ()
    """Blocks on this sentence, empty when it may stay."""


class DraftDone(Frozen):
    """The whole draft; comes last."""

    draft: Draft
    checks: tuple[CheckResult, ...] = ()
    record_id: str | None = None
    timings: dict[str, float] = Field(default_factory=dict)
    """Seconds since the start: ``evidence``, ``first_sentence``, ``total``."""


DraftEvent = EvidenceFound | SentenceWritten | DraftDone
