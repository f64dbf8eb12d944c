"""Runs the revisions inside the caller's transaction, or prints them as SQL (`alembic upgrade --sql`)."""

from alembic import context

from copilot.adapters.ledger.tables import METADATA

if context.is_offline_mode():
    context.configure(
        dialect_name=context.config.get_main_option("dialect"), target_metadata=METADATA, literal_binds=True
    )
else:
    context.configure(
        connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=True
    )
with context.begin_transaction():
    context.run_migrations()
