"""A check's only input and only output."""

from typing import Literal

from pydantic import Field

from copilot.models.base import Frozen, Instant, Unit
from copilot.models.brand import Account, Brand, Person
from copilot.models.conversation import Mention, Thread, TriageDecision
from copilot.models.draft import Authorship, Evidence

Verdict = Literal["pass", "info", "warn", "block", "escalate", "error"]
Stage = Literal["draft", "final", "sent"]
Purpose = Literal["answer", "holding", "closing", "correction"]


class Span(Frozen):
    """Part of the reply (or, for P5, of the mention), in code points, end exclusive."""

    start: int
    end: int
    text: str


class CheckResult(Frozen):
    """What a check says, in words a community manager would use."""

    check: str
    """Id, for example ``H2``."""
    version: int
    verdict: Verdict
    score: Unit | None = None
    """0 worst, 1 best, for checks that measure; None for those that decide, and for an error."""
    spans: tuple[Span, ...] = ()
    reason: str = ""
    """Why; empty for a plain pass."""
    fix: str = ""
    """What to do about it, in words."""
    rule: str = ""
    """The rule's text, with its source where it has one."""


class CheckContext(Frozen):
    """All that a check may look at."""

    reply: str
    brand: Brand
    now: Instant
    mention: Mention | None = None
    """What is answered; None when a reply is checked on its own."""
    thread: Thread | None = None
    triage: TriageDecision | None = None
    evidence: tuple[Evidence, ...] = ()
    speaker: Person | None = None
    account: Account = "brand"
    channel: str = ""
    stage: Stage = "final"
    purpose: Purpose = "answer"
    authorship: Authorship = "human"
    recent_replies: tuple[str, ...] = Field(default=())
    """Texts of the last sent replies of this brand, newest first."""
    prompt: str = ""
    """System prompt of the draft, so that leaks can be seen."""
    attested: tuple[str, ...] = ()
    """Statements a named person vouches for: they pass H1-H3 and nothing else."""
    deliberate_review: bool = False
    """A named editor logged a deliberate review (D11)."""
    reference: str | None = None
