"""Brings a database to the schema this code knows, in one transaction: killed halfway, nothing has happened."""

from sqlalchemy import Connection, inspect, text

from copilot.errors import StorageError

HEAD = "0001"
"""Newest revision under migrations/versions (a test compares). Known here so that most openings need no alembic."""


def upgrade(connection: Connection, where: str) -> None:
    """Bring the database behind `connection` (in a writing transaction) to `HEAD`.

    Raises:
        StorageError: newer code wrote it, or it is a database of something else.
    """
    names = set(inspect(connection).get_table_names())
    found: str | None = None
    if "alembic_version" in names:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    elif names and connection.dialect.name == "sqlite":
        raise StorageError(
            f"{where} is a database of something else (it holds '{min(names)}'). Name another file for the ledger."
        )
    if found != HEAD:
        _run(connection, found, where)


def _run(connection: Connection, found: str | None, where: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "copilot.adapters.ledger:migrations")
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StorageError(
            f"The ledger {where} was written by a newer version of Candor (schema {found}; this one knows up to "
            f"{HEAD}). Update Candor, or name another ledger; nothing was changed."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
