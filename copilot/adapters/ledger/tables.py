"""The ledger's tables. Brand leads every primary key, so a row cannot even be addressed without one.

Bodies that are only ever read whole (a mention, a draft, an approved reply) are kept as JSON text of their model; what
is searched, sorted or joined has a column of its own. A change here needs a migration; a test compares the two.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)


class Moment(TypeDecorator[datetime]):
    """A point in time, kept in UTC: databases without time zones then still sort and compare it rightly."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite gets it without the offset, which it would drop anyway."""
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """An aware datetime in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _key(name: str) -> Column[str]:
    return Column(name, String, primary_key=True)


def _string(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, String, nullable=null)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null)


def _moment(name: str, *, null: bool = False) -> Column[datetime]:
    return Column(name, Moment(), nullable=null)


def _number(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _points_to(table: str, *columns: str, key: tuple[str, ...] = ("id",)) -> ForeignKeyConstraint:
    """A foreign key within the brand."""
    return ForeignKeyConstraint(["brand", *columns], [f"{table}.brand", *(f"{table}.{k}" for k in key)])


brands = Table(
    "brands",
    METADATA,
    _key("brand"),
    Column("anchor", Date()),
    _string("current_sha", null=True),
    _string("generation", null=True),
    _text("paused", null=True),
)
blobs = Table("blobs", METADATA, _key("brand"), _key("sha"), _text("content"))
snapshots = Table("snapshots", METADATA, _key("brand"), _key("sha"), _moment("taken_at"))
snapshot_files = Table(
    "snapshot_files",
    METADATA,
    _key("brand"),
    _key("snapshot"),
    _key("path"),
    _string("blob"),
    _points_to("snapshots", "snapshot", key=("sha",)),
    _points_to("blobs", "blob", key=("sha",)),
)
members = Table(
    "members", METADATA, _key("brand"), _key("person"), _string("role"), Column("active", Boolean, nullable=False)
)
brand_log = Table(
    "brand_log",
    METADATA,
    _key("brand"),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _moment("at"),
    _string("person", null=True),
    _string("identity", null=True),
    _string("event"),
    _text("detail"),
)
cases = Table(
    "cases",
    METADATA,
    _key("brand"),
    _key("id"),
    _string("thread"),
    _string("author"),
    _string("channel"),
    _string("state"),
    _number("version"),
    _string("mention_id"),
    _text("triage", null=True),
    _string("assignee", null=True),
    _string("escalated_to", null=True),
    _moment("snoozed_until", null=True),
    _text("reason"),
    _moment("opened_at"),
    _moment("last_message_at"),
    _moment("due_at", null=True),
    _number("rank"),
    Column[float]("urgency", Float(), nullable=False),
    _number("answered_version"),
    _number("settled_version"),
    Index("ix_cases_inbox", "brand", "state", "rank", "urgency", "due_at", "id"),
)
"""`rank`: 0 escalation, 1 reply, 2 ignored. Messages up to `answered_version` have an answer; those up to
`settled_version` wait for nothing (answered, resolved, or no reply wanted)."""
mentions = Table(
    "mentions",
    METADATA,
    _key("brand"),
    _key("id"),
    _string("thread"),
    _moment("created_at"),
    _string("case_id", null=True),
    _number("case_version", null=True),
    _text("triage", null=True),
    _moment("due_at", null=True),
    _text("search"),
    _text("body"),
    _points_to("cases", "case_id"),
    Index("ix_mentions_thread", "brand", "thread", "created_at"),
    Index("ix_mentions_case", "brand", "case_id", "case_version"),
)
"""`case_version`: the version its arrival gave the case; `case_id` is null for the brand's own posts."""
case_log = Table(
    "case_log",
    METADATA,
    _key("brand"),
    _key("case_id"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    _moment("at"),
    _string("person", null=True),
    _string("identity", null=True),
    _string("event"),
    _string("state"),
    _text("detail"),
    _points_to("cases", "case_id"),
)
drafts = Table(
    "drafts",
    METADATA,
    _key("brand"),
    _key("id"),
    _string("mention_id"),
    _number("n"),
    _moment("at"),
    _text("body"),
    Index("ix_drafts_mention", "brand", "mention_id", "n"),
)
"""`n` counts the drafts of a mention; the mention need not be stored (a text drafted from the command line)."""
approvals = Table(
    "approvals",
    METADATA,
    _key("brand"),
    _key("id"),
    _string("case_id"),
    _string("mention_id"),
    _string("draft_id", null=True),
    _string("approver"),
    _moment("at"),
    _text("payload"),
    _string("payload_sha"),
    _points_to("cases", "case_id"),
    _points_to("mentions", "mention_id"),
    _points_to("drafts", "draft_id"),
)
outbox = Table(
    "outbox",
    METADATA,
    _key("brand"),
    _key("id"),
    _string("case_id"),
    _string("mention_id"),
    _string("purpose"),
    _string("state"),
    _moment("created_at"),
    _moment("hold_until"),
    _number("approved_version"),
    _number("attempts"),
    _number("lease_token"),
    _moment("lease_until", null=True),
    Column("manual", Boolean, nullable=False),
    _text("last_error"),
    _text("url", null=True),
    _moment("sent_at", null=True),
    _string("sent_by", null=True),
    _string("taken_back_by", null=True),
    _points_to("approvals", "id"),
    Index(
        "uq_outbox_standing",
        "brand",
        "mention_id",
        "purpose",
        unique=True,
        sqlite_where=text("state != 'taken_back'"),
        postgresql_where=text("state != 'taken_back'"),
    ),
    Index("ix_outbox_state", "brand", "state", "created_at"),
)
"""`approved_version`: the case's version after the approval; later messages are unanswered by it. `manual`: a person
has to post it, no worker leases it."""
promises = Table(
    "promises",
    METADATA,
    _key("brand"),
    _key("id"),
    _string("case_id"),
    _string("outbox_id"),
    _string("kind"),
    _text("text"),
    _string("owner"),
    _moment("due"),
    _string("state"),
    Column("running", Boolean, nullable=False),
    _string("closed_by", null=True),
    _moment("closed_at", null=True),
    _points_to("cases", "case_id"),
    _points_to("outbox", "outbox_id"),
    Index("ix_promises_running", "brand", "running", "state", "due"),
)
"""`running`: the reply that makes the promise has been sent."""
attestations = Table(
    "attestations",
    METADATA,
    _key("brand"),
    _key("case_id"),
    Column("n", Integer, primary_key=True, autoincrement=False),
    _moment("at"),
    _text("text"),
    _string("by"),
    _text("why"),
    _points_to("cases", "case_id"),
)
precedents = Table("precedents", METADATA, _key("brand"), _key("id"), _string("status"), _text("body"))
gaps = Table(
    "gaps",
    METADATA,
    _key("brand"),
    _key("id"),
    _text("question"),
    _text("mention_ids"),
    _number("asked"),
    _string("origin"),
    _string("state"),
    _moment("created_at"),
)
