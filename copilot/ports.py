"""What the story needs from the outside world, as Protocols. Adapters fulfil them; tests bring fakes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from copilot.models import (
    Actor,
    ApprovedReply,
    Attestation,
    Case,
    CaseEvent,
    CaseLogEntry,
    CaseState,
    DraftRecord,
    EvidenceKind,
    KnowledgeGap,
    Member,
    Mention,
    ModelCall,
    OutboxItem,
    OutboxState,
    Precedent,
    Promise,
    PublishResult,
    QueueItem,
    Role,
    Snapshot,
    Thread,
    TriageDecision,
)


class ChatModel(Protocol):
    """A language model that answers one request at a time. It gets no tools and no credentials."""

    @property
    def name(self) -> str:
        """``provider:model``, as stored in provenance."""
        ...

    @property
    def remote(self) -> bool:
        """True when texts leave this machine: personal data is masked first."""
        ...

    def complete(
        self,
        messages: Sequence[Mapping[str, str]],
        *,
        schema: Mapping[str, Any] | None = None,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> ModelCall:
        """Answer `messages` (role, content); with `schema` the answer is JSON of that JSON schema.

        Raises:
            ModelError: no usable answer within the deadline; the message says what to do.
        """
        ...

    def stream(
        self,
        messages: Sequence[Mapping[str, str]],
        *,
        schema: Mapping[str, Any] | None = None,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str | ModelCall]:
        """As `complete`, yielding pieces of text as they come and the whole `ModelCall` last."""
        ...


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Model name; an index remembers it and refuses another."""
        ...

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        ...

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One normalised vector a text, in order."""
        ...


class IndexEntry(NamedTuple):
    """One searchable text of a brand."""

    id: str
    kind: EvidenceKind
    text: str
    """What is embedded and searched."""
    sha: str
    """Hash of everything that makes the entry; unchanged entries are not embedded again."""
    valid_until: date | None = None
    source: str = ""


class Hit(NamedTuple):
    """An entry found, with one ranker's score (higher is nearer)."""

    entry: IndexEntry
    score: float


class SyncReport(NamedTuple):
    """What a synchronisation changed."""

    added: int
    updated: int
    removed: int
    generation: str


class BrandIndex(Protocol):
    """The search index of exactly one brand. There is no way to ask it about another."""

    @property
    def brand(self) -> str:
        """The brand it is bound to."""
        ...

    def sync(self, entries: Sequence[IndexEntry], *, rebuild: bool = False) -> SyncReport:
        """Make the index hold exactly `entries`, as a new generation; readers move when the pointer moves.

        With `rebuild` nothing of the old generation is used.

        Raises:
            StorageError: disk full or files damaged; the old generation serves on.
        """
        ...

    def by_meaning(self, text: str, k: int, kinds: Sequence[EvidenceKind] = ()) -> list[Hit]:
        """The `k` nearest by cosine similarity; empty when there is no index yet."""
        ...

    def by_words(self, text: str, k: int, kinds: Sequence[EvidenceKind] = ()) -> list[Hit]:
        """The `k` best by BM25; empty when there is no index yet."""
        ...

    def ids(self) -> list[str]:
        """Every id in the index, sorted."""
        ...

    @property
    def damaged(self) -> bool:
        """Its files are gone or unreadable: queries find nothing until the next `sync`."""
        ...

    def close(self) -> None:
        """Release files."""
        ...


class KnowledgeIndex(Protocol):
    """Opens the index of one brand at a time."""

    def brand(self, brand: str) -> BrandIndex:
        """The handle bound to `brand`."""
        ...

    def close(self) -> None:
        """Release files."""
        ...


class NewMention(NamedTuple):
    """A mention on its way into the ledger, with what triage decided (None for the brand's own posts)."""

    mention: Mention
    triage: TriageDecision | None
    due_at: datetime | None = None


class Added(NamedTuple):
    """What an import did."""

    new: tuple[str, ...]
    """Mention ids that were not there before."""
    duplicate: int
    reopened: tuple[str, ...]
    """Case ids that a new message reopened."""


class BrandLedger(Protocol):
    """Everything stored about one brand. Brand is part of every key; there is no way to ask about another.

    Every mutating method takes the acting person, writes an entry to the case's history and raises the case's version.
    Times are handed in, so that tests freeze them.
    """

    @property
    def brand(self) -> str:
        """The brand it is bound to."""
        ...

    # Knowledge -------------------------------------------------------------------------------------------------
    def save_snapshot(self, files: Mapping[str, str], sha: str, at: datetime, anchor: date) -> Snapshot:
        """Store the files as the current knowledge. The first `anchor` ever stored stays."""
        ...

    def snapshot(self, sha: str | None = None) -> Snapshot | None:
        """The current knowledge, or the version with this hash."""
        ...

    def generation(self) -> str | None:
        """Name of the index generation readers use."""
        ...

    def move_generation(self, expected: str | None, new: str) -> None:
        """Point readers at a new generation.

        Raises:
            Conflict: another process moved it meanwhile.
        """
        ...

    def paused(self) -> str | None:
        """Why the brand is paused, or None."""
        ...

    def set_paused(self, reason: str | None, actor: Actor, at: datetime) -> None:
        """Stop (or go on with) approving and sending for this brand."""
        ...

    # People ----------------------------------------------------------------------------------------------------
    def members(self) -> list[Member]:
        """Who may do what, ordered by person id."""
        ...

    def set_member(self, person: str, role: Role, active: bool, actor: Actor, at: datetime) -> Member:
        """Give `person` a role."""
        ...

    # Mentions and cases ----------------------------------------------------------------------------------------
    def add_mentions(self, items: Sequence[NewMention], at: datetime, actor: Actor | None) -> Added:
        """Store mentions, each id once; open or reopen their cases. One transaction a call."""
        ...

    def mention(self, mention_id: str) -> Mention:
        """Raises InputError when there is none."""
        ...

    def find_mention(self, mention_id: str) -> Mention | None:
        """The mention, or None when it is not there."""
        ...

    def thread_of(self, mention_id: str) -> Thread:
        """The conversation the mention stands in, oldest first."""
        ...

    def case(self, case_id: str) -> Case:
        """Raises InputError when there is none."""
        ...

    def case_of(self, mention_id: str) -> Case:
        """The case a mention belongs to. Raises InputError when there is none."""
        ...

    def history(self, case_id: str) -> list[CaseLogEntry]:
        """What happened, oldest first."""
        ...

    def queue(
        self,
        now: datetime,
        *,
        states: Sequence[CaseState] = (),
        search: str = "",
        assignee: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[QueueItem]:
        """Cases in the order of the inbox: late promises, escalations and urgency first, then what is due first.

        With no `states`: everything a person still has to look at (open, drafted, escalated, and snoozed that are due).
        Cases triage would ignore come last. `search` matches text and author. The order is total (ties by id).
        """
        ...

    def counts(self, now: datetime) -> dict[CaseState, int]:
        """How many cases are in each state."""
        ...

    def change(
        self,
        case_id: str,
        event: CaseEvent,
        actor: Actor | None,
        at: datetime,
        *,
        expected_version: int | None = None,
        detail: Mapping[str, Any] | None = None,
        escalated_to: str | None = None,
        snoozed_until: datetime | None = None,
        reason: str = "",
    ) -> Case:
        """Move a case along the transition table.

        Raises:
            Refused: the table has no such row; the message says what state the case is in and what is possible.
            Conflict: `expected_version` is not current; the message says who changed what.
        """
        ...

    def annotate(
        self,
        case_id: str,
        event: str,
        actor: Actor,
        at: datetime,
        detail: Mapping[str, Any],
        *,
        assignee: str | None = None,
    ) -> Case:
        """Add a note, an assignment or an attestation to the history."""
        ...

    # Drafts ----------------------------------------------------------------------------------------------------
    def save_draft(self, record: DraftRecord, actor: Actor | None, at: datetime) -> None:
        """Store a draft; a case that can be drafted becomes `drafted`."""
        ...

    def draft(self, draft_id: str) -> DraftRecord:
        """Raises InputError when there is none."""
        ...

    def latest_draft(self, mention_id: str) -> DraftRecord | None:
        """The newest draft for a mention."""
        ...

    # Sending ---------------------------------------------------------------------------------------------------
    def commit_approval(
        self, reply: ApprovedReply, hold_until: datetime, promises: Sequence[Promise], gaps: Sequence[KnowledgeGap]
    ) -> OutboxItem:
        """In one transaction: the approval, its outbox row (the reply's id), its promises, the case's new state.

        Raises:
            Conflict: the case has a newer version than the approver saw, or an answer for this mention and purpose
                stands already; the message says whose.
        """
        ...

    def outbox(
        self, states: Sequence[OutboxState] = (), limit: int = 200, *, case_id: str | None = None
    ) -> list[OutboxItem]:
        """Newest first; with `case_id` only that case's."""
        ...

    def outbox_item(self, outbox_id: str) -> OutboxItem:
        """Raises InputError when there is none."""
        ...

    def lease_due(self, now: datetime, lease_until: datetime) -> OutboxItem | None:
        """Claim the oldest queued item whose hold is over (or whose lease ran out before it was sending)."""
        ...

    def start_sending(self, outbox_id: str, lease_token: int, now: datetime) -> bool:
        """`leased → sending`; False when the lease is no longer ours."""
        ...

    def finish_send(self, outbox_id: str, lease_token: int, result: PublishResult, at: datetime) -> OutboxItem:
        """Store the outcome. ``manual`` goes back to queued with a note that a person has to copy it.

        Raises:
            Conflict: the lease is no longer ours.
        """
        ...

    def mark_sent(self, outbox_id: str, actor: Actor, url: str | None, at: datetime) -> OutboxItem:
        """A person posted it by hand: `sent`, the case waits for the customer, promises start to run."""
        ...

    def take_back(self, outbox_id: str, actor: Actor, at: datetime) -> OutboxItem:
        """Void an approval that has not left.

        Raises:
            Refused: it has been sent, or is being sent.
        """
        ...

    def recent_replies(self, n: int) -> list[str]:
        """Texts of the last sent replies, newest first."""
        ...

    # Registers -------------------------------------------------------------------------------------------------
    def promises(self, states: Sequence[str] = ("open",)) -> list[Promise]:
        """Promises of sent replies, earliest due first."""
        ...

    def close_promise(self, promise_id: str, state: str, actor: Actor, at: datetime) -> Promise:
        """`kept`, `broken` or `dropped`."""
        ...

    def put_precedents(self, items: Sequence[Precedent], at: datetime, actor: Actor | None) -> int:
        """Add those whose id is new; the ledger's own state of a known one wins. Returns how many were new."""
        ...

    def set_precedent(self, precedent: Precedent, actor: Actor, at: datetime) -> Precedent:
        """Replace a precedent (accept, retire, supersede)."""
        ...

    def precedents(self, statuses: Sequence[str] = ()) -> list[Precedent]:
        """Ordered by id; all of them when no status is named."""
        ...

    def add_gap(self, gap: KnowledgeGap) -> KnowledgeGap:
        """File a question; one with the same id gains the new mention ids."""
        ...

    def gaps(self, states: Sequence[str] = ("open",)) -> list[KnowledgeGap]:
        """Most asked first."""
        ...

    def attestations(self, mention_id: str) -> list[Attestation]:
        """What people vouched for in this mention's case."""
        ...


class Ledger(Protocol):
    """The store of truth."""

    def brand(self, brand: str) -> BrandLedger:
        """The handle bound to `brand`."""
        ...

    def brands(self) -> list[str]:
        """Ids of brands with knowledge, sorted."""
        ...

    def close(self) -> None:
        """Release connections."""
        ...


class Channel(Protocol):
    """Somewhere replies are published."""

    @property
    def name(self) -> str:
        """As in `Mention.channel`."""
        ...

    def publish(self, reply: ApprovedReply, *, created_at: datetime, key: str) -> PublishResult:
        """Publish an approved reply exactly once under this idempotency key."""
        ...
