"""The life of a case, from a mention to a precedent."""

from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from pydantic import Field

from copilot.models.base import Frozen, Instant
from copilot.models.brand import Account, CommitmentKind
from copilot.models.check import CheckResult, Purpose
from copilot.models.conversation import Intent, TriageDecision

Role = Literal["viewer", "manager", "owner", "agency_lead"]
CaseState = Literal["open", "drafted", "approved", "waiting", "resolved", "escalated", "snoozed", "no_reply"]
CaseEvent = Literal[
    "draft",
    "approve",
    "take_back",
    "sent",
    "resolve",
    "escalate",
    "return",
    "snooze",
    "wake",
    "no_reply",
    "reopen",
    "message",
]


class Actor(Frozen):
    """Who does something, and how we know."""

    person: str
    identity: Literal["declared", "verified"] = "declared"


class Rule(NamedTuple):
    """One row of the transition table."""

    to: CaseState
    roles: frozenset[Role]
    """Who may; empty means only the system itself (a new message, a due wake-up, the sender)."""


_WRITE: frozenset[Role] = frozenset({"manager", "owner", "agency_lead"})
_SYSTEM: frozenset[Role] = frozenset()
_ANY: tuple[CaseState, ...] = ("open", "drafted", "approved", "waiting", "resolved", "escalated", "snoozed", "no_reply")

TRANSITIONS: dict[tuple[CaseState, CaseEvent], Rule] = {
    **{(s, "draft"): Rule("drafted", _WRITE) for s in ("open", "drafted")},
    ("escalated", "draft"): Rule("escalated", _WRITE),
    **{
        (s, "approve"): Rule("approved", _WRITE)
        for s in ("open", "drafted", "escalated", "waiting", "resolved", "snoozed")
    },
    ("approved", "take_back"): Rule("drafted", _WRITE),
    ("approved", "sent"): Rule("waiting", _WRITE),
    **{(s, "resolve"): Rule("resolved", _WRITE) for s in ("waiting", "escalated", "open", "drafted")},
    **{(s, "escalate"): Rule("escalated", _WRITE) for s in ("open", "drafted", "waiting", "snoozed", "no_reply")},
    ("escalated", "return"): Rule("open", _WRITE),
    **{(s, "snooze"): Rule("snoozed", _WRITE) for s in ("open", "drafted", "waiting", "escalated")},
    ("snoozed", "wake"): Rule("open", _WRITE),
    **{(s, "no_reply"): Rule("no_reply", _WRITE) for s in ("open", "drafted", "escalated", "snoozed")},
    **{(s, "reopen"): Rule("open", _WRITE) for s in ("waiting", "resolved", "snoozed", "no_reply", "escalated")},
    **{(s, "message"): Rule("open", _SYSTEM) for s in _ANY if s not in ("approved", "escalated")},
    ("approved", "message"): Rule("approved", _SYSTEM),
    ("escalated", "message"): Rule("escalated", _SYSTEM),
}
"""(state, event) → what follows and who may. What is not here is refused. A new message reopens a case; an approved
reply on its way out and an escalation keep their state, and their version still rises, so that the sender sees it."""


class Case(Frozen):
    """One thread of one author with one brand."""

    id: str
    brand: str
    thread: str
    author: str
    channel: str
    state: CaseState
    version: int
    """Raised by every change; an act on an older version is a conflict."""
    mention_id: str
    """The newest message that waits for an answer."""
    triage: TriageDecision | None = None
    assignee: str | None = None
    escalated_to: str | None = None
    snoozed_until: Instant | None = None
    reason: str = ""
    """Why it is escalated, snoozed or without reply."""
    opened_at: Instant
    last_message_at: Instant
    due_at: Instant | None = None
    """When the brand's own target says it should be answered."""


class CaseLogEntry(Frozen):
    """One line of a case's history."""

    at: Instant
    actor: Actor | None
    """None for the system."""
    event: str
    """A `CaseEvent`, or ``note``, ``assign``, ``attest``, ``import``."""
    state: CaseState
    version: int
    detail: dict[str, Any] = Field(default_factory=dict)


class QueueItem(Frozen):
    """One row of the inbox."""

    case: Case
    text: str
    """The waiting message."""
    created_at: Instant
    has_draft: bool
    late_promises: int = 0


class Attestation(Frozen):
    """A true statement that the facts lack, vouched for by a person."""

    text: str
    by: str
    why: str


class ApprovedReply(Frozen):
    """A reply a person approved after the checks ran on exactly this text. Only `pipeline.approve` makes one."""

    id: str
    brand: str
    case_id: str
    case_version: int
    """The version the approver saw."""
    mention_id: str
    draft_id: str | None
    purpose: Purpose
    channel: str
    account: Account
    text: str
    text_sha: str
    approver: Actor
    approved_at: Instant
    override_reasons: dict[str, str] = Field(default_factory=dict)
    """Check id → why this person sends it although it warned."""
    attestations: tuple[Attestation, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    in_reply_to_url: str | None = None


OutboxState = Literal["queued", "leased", "sending", "sent", "failed", "unknown", "taken_back"]


class OutboxItem(Frozen):
    """A send and everything known about it."""

    id: str
    """Also the channel's idempotency key."""
    reply: ApprovedReply
    state: OutboxState
    created_at: Instant
    """Frozen at approval; the channel posts with this time."""
    hold_until: Instant
    """Nothing leaves before; until then it can be taken back."""
    attempts: int = 0
    lease_token: int = 0
    """Rises with every lease: the fencing token."""
    lease_until: Instant | None = None
    last_error: str = ""
    url: str | None = None
    sent_at: Instant | None = None
    sent_by: str | None = None


class PublishResult(Frozen):
    """What a channel says after it was asked to publish."""

    state: Literal["sent", "failed", "unknown", "manual"]
    """``manual``: a person has to copy it and mark it sent."""
    url: str | None = None
    detail: str = ""


class Promise(Frozen):
    """A commitment in a sent reply."""

    id: str
    case_id: str
    outbox_id: str
    kind: CommitmentKind
    text: str
    owner: str
    due: Instant
    state: Literal["open", "kept", "broken", "dropped"] = "open"


DEFAULT_PROMISE_TERM = timedelta(days=2)
"""Due date of a commitment that names no time."""


class Precedent(Frozen):
    """A resolved issue: how the brand acted, for the next time. What it says is no fact."""

    id: str
    intent: Intent
    mention: str
    """What the customer wrote, personal data masked."""
    situation: str
    """One line: what was the matter."""
    reply: str
    acts: tuple[str, ...] = ()
    fact_ids: tuple[str, ...] = ()
    concession: str = ""
    """What was given, empty for nothing."""
    authority: str = ""
    """Person id that allowed it."""
    outcome: str = ""
    public: bool = True
    channel: str = ""
    speaker: str = ""
    """Person id who signed."""
    lang: str = "en"
    resolved_at: date
    valid_until: date | None = None
    superseded_by: str | None = None
    status: Literal["candidate", "accepted", "retired"] = "candidate"
    source: str = ""
    """Case id, or where it was imported from."""


class KnowledgeGap(Frozen):
    """A question the facts could not answer."""

    id: str
    question: str
    mention_ids: tuple[str, ...]
    origin: Literal["abstained", "attested", "search"] = "abstained"
    state: Literal["open", "answered", "dismissed"] = "open"
    created_at: Instant


class Member(Frozen):
    """A person's rights in one brand, from the ledger."""

    person: str
    role: Role
    active: bool = True


class Snapshot(Frozen):
    """A version of a brand's knowledge that was valid when it was read."""

    sha: str
    files: dict[str, str]
    """Path relative to the brand's folder → content."""
    taken_at: Instant
    anchor: date
    """Day of the first import: ``import+14d`` in a file counts from here."""
