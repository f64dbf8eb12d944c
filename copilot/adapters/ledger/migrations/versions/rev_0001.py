"""The ledger as first released."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "blobs",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("sha", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "sha", name=op.f("pk_blobs")),
    )
    op.create_table(
        "brand_log",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("identity", sa.String(), nullable=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "seq", name=op.f("pk_brand_log")),
    )
    op.create_table(
        "brands",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=True),
        sa.Column("current_sha", sa.String(), nullable=True),
        sa.Column("generation", sa.String(), nullable=True),
        sa.Column("paused", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("brand", name=op.f("pk_brands")),
    )
    op.create_table(
        "cases",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mention_id", sa.String(), nullable=False),
        sa.Column("triage", sa.Text(), nullable=True),
        sa.Column("assignee", sa.String(), nullable=True),
        sa.Column("escalated_to", sa.String(), nullable=True),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.Float(), nullable=False),
        sa.Column("answered_version", sa.Integer(), nullable=False),
        sa.Column("settled_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "id", name=op.f("pk_cases")),
    )
    op.create_index("ix_cases_inbox", "cases", ["brand", "state", "rank", "urgency", "due_at", "id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mention_id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "id", name=op.f("pk_drafts")),
    )
    op.create_index("ix_drafts_mention", "drafts", ["brand", "mention_id", "n"], unique=False)
    op.create_table(
        "gaps",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("mention_ids", sa.Text(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("brand", "id", name=op.f("pk_gaps")),
    )
    op.create_table(
        "members",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "person", name=op.f("pk_members")),
    )
    op.create_table(
        "precedents",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "id", name=op.f("pk_precedents")),
    )
    op.create_table(
        "snapshots",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("sha", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("brand", "sha", name=op.f("pk_snapshots")),
    )
    op.create_table(
        "attestations",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand", "case_id"], ["cases.brand", "cases.id"], name=op.f("fk_attestations_brand_case_id")
        ),
        sa.PrimaryKeyConstraint("brand", "case_id", "n", name=op.f("pk_attestations")),
    )
    op.create_table(
        "case_log",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("identity", sa.String(), nullable=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand", "case_id"], ["cases.brand", "cases.id"], name=op.f("fk_case_log_brand_case_id")
        ),
        sa.PrimaryKeyConstraint("brand", "case_id", "version", name=op.f("pk_case_log")),
    )
    op.create_table(
        "mentions",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("case_version", sa.Integer(), nullable=True),
        sa.Column("triage", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand", "case_id"], ["cases.brand", "cases.id"], name=op.f("fk_mentions_brand_case_id")
        ),
        sa.PrimaryKeyConstraint("brand", "id", name=op.f("pk_mentions")),
    )
    op.create_index("ix_mentions_case", "mentions", ["brand", "case_id", "case_version"], unique=False)
    op.create_index("ix_mentions_thread", "mentions", ["brand", "thread", "created_at"], unique=False)
    op.create_table(
        "snapshot_files",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("snapshot", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand", "blob"], ["blobs.brand", "blobs.sha"], name=op.f("fk_snapshot_files_brand_blob")
        ),
        sa.ForeignKeyConstraint(
            ["brand", "snapshot"], ["snapshots.brand", "snapshots.sha"], name=op.f("fk_snapshot_files_brand_snapshot")
        ),
        sa.PrimaryKeyConstraint("brand", "snapshot", "path", name=op.f("pk_snapshot_files")),
    )
    op.create_table(
        "approvals",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("mention_id", sa.String(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=True),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("payload_sha", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand", "case_id"], ["cases.brand", "cases.id"], name=op.f("fk_approvals_brand_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["brand", "draft_id"], ["drafts.brand", "drafts.id"], name=op.f("fk_approvals_brand_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["brand", "mention_id"], ["mentions.brand", "mentions.id"], name=op.f("fk_approvals_brand_mention_id")
        ),
        sa.PrimaryKeyConstraint("brand", "id", name=op.f("pk_approvals")),
    )
    op.create_table(
        "outbox",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("mention_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hold_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_version", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_token", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("manual", sa.Boolean(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.String(), nullable=True),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["brand", "id"], ["approvals.brand", "approvals.id"], name=op.f("fk_outbox_brand_id")),
        sa.PrimaryKeyConstraint("brand", "id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_state", "outbox", ["brand", "state", "created_at"], unique=False)
    op.create_index(
        "uq_outbox_standing",
        "outbox",
        ["brand", "mention_id", "purpose"],
        unique=True,
        sqlite_where=sa.text("state != 'taken_back'"),
        postgresql_where=sa.text("state != 'taken_back'"),
    )
    op.create_table(
        "promises",
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("outbox_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["brand", "case_id"], ["cases.brand", "cases.id"], name=op.f("fk_promises_brand_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["brand", "outbox_id"], ["outbox.brand", "outbox.id"], name=op.f("fk_promises_brand_outbox_id")
        ),
        sa.PrimaryKeyConstraint("brand", "id", name=op.f("pk_promises")),
    )
    op.create_index("ix_promises_running", "promises", ["brand", "running", "state", "due"], unique=False)
