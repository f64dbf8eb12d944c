"""Opening a ledger: what the file looks like, and what is refused."""

import io
import multiprocessing
import shutil
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Engine, create_engine, event

from copilot.adapters.ledger import SqlLedger, engine, open_ledger, store
from copilot.adapters.ledger.migrate import HEAD
from copilot.adapters.ledger.tables import METADATA
from copilot.errors import InputError, StorageError
from copilot.ports import BrandLedger, Ledger

from .parts import BRAND, NOW, new, open_in, url


def config(out: io.StringIO | None = None) -> Config:
    found = Config(output_buffer=out) if out else Config()
    found.set_main_option("script_location", "copilot.adapters.ledger:migrations")
    found.set_main_option("path_separator", "os")
    return found


def test_it_fulfils_the_ports(ledger: SqlLedger) -> None:
    port: Ledger = ledger
    handle: BrandLedger = port.brand(BRAND)
    assert handle.brand == BRAND


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "for it"
    opened = open_ledger(url(folder))
    opened.brand(BRAND).add_mentions([new()], NOW, None)
    modes = {file.name: oct(file.stat().st_mode & 0o777) for file in folder.iterdir()}
    opened.close()
    assert set(modes.values()) == {"0o600"} and {"ledger.db", "ledger.db-wal"} <= modes.keys()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder.parent.stat().st_mode & 0o777 == 0o700


def test_a_loose_file_is_tightened_and_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "ledger.db").touch(0o644)
    open_ledger(url(tmp_path)).close()
    assert (tmp_path / "ledger.db").stat().st_mode & 0o777 == 0o600
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_what_was_acknowledged_is_on_the_disk(ledger: SqlLedger, tmp_path: Path) -> None:
    with ledger._engine.connect() as connection:  # pyright: ignore[reportPrivateUsage]
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "foreign_keys")
        }
        pragmas["journal_mode"] = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        pragmas["busy_timeout"] = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    assert pragmas == {"synchronous": 2, "foreign_keys": 1, "journal_mode": "wal", "busy_timeout": 30_000}


def test_migrations_from_nothing_give_the_tables_of_the_code(ledger: SqlLedger) -> None:
    with ledger._engine.connect() as connection:  # pyright: ignore[reportPrivateUsage]
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        sql = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'uq_outbox_standing'").scalar_one()
    assert "UNIQUE" in sql and "taken_back" in sql
    assert ScriptDirectory.from_config(config()).get_current_head() == HEAD


def test_the_schema_can_be_made_on_postgres() -> None:
    out = io.StringIO()
    postgres = config(out)
    postgres.set_main_option("dialect", "postgresql")
    command.upgrade(postgres, "head", sql=True)
    assert "TIMESTAMP WITH TIME ZONE" in out.getvalue()
    assert "CREATE UNIQUE INDEX uq_outbox_standing ON outbox (brand, mention_id, purpose) WHERE state" in out.getvalue()


def test_brand_leads_every_primary_key() -> None:
    assert {table.name: next(iter(table.primary_key)).name for table in METADATA.sorted_tables} == dict.fromkeys(
        METADATA.tables, "brand"
    )


def test_processes_that_open_an_empty_ledger_at_once_all_succeed(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(open_in, [url(tmp_path)] * 4, ["b0", "b1", "b2", "b3"]))
    opened = open_ledger(url(tmp_path))
    assert opened.brands() == ["b0", "b1", "b2", "b3"]
    opened.close()


def test_who_is_kept_waiting_at_the_door_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    with FileLock(tmp_path / "ledger.db.lock"), pytest.raises(StorageError, match="being opened by another process"):
        open_ledger(url(tmp_path))


def test_a_migration_that_dies_halfway_is_done_anew(tmp_path: Path) -> None:
    class Killed(BaseException): ...

    def die(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "CREATE TABLE outbox" in statement:
            raise Killed

    event.listen(Engine, "before_cursor_execute", die)
    try:
        with pytest.raises(Killed):
            open_ledger(url(tmp_path))
    finally:
        event.remove(Engine, "before_cursor_execute", die)
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as plain:
        assert plain.execute("SELECT name FROM sqlite_master").fetchall() == []
    opened = open_ledger(url(tmp_path))
    assert opened.brand(BRAND).queue(NOW) == []
    opened.close()


def test_a_ledger_of_newer_code_is_left_alone(tmp_path: Path) -> None:
    open_ledger(url(tmp_path)).close()
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9999'")
        plain.commit()
    with pytest.raises(StorageError, match=r"newer version of Candor \(schema 9999.*Update Candor"):
        open_ledger(url(tmp_path))


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as plain:
        plain.execute("CREATE TABLE photos (id)")
    with pytest.raises(StorageError, match=r"something else \(it holds 'photos'\)"):
        open_ledger(url(tmp_path))


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_text("Dear diary, " * 1000)
    with pytest.raises(StorageError, match=r"damaged.*last backup"):
        open_ledger(url(tmp_path))


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").mkdir()
    with pytest.raises(StorageError, match=r"cannot be opened for writing \(Is a directory\)"):
        open_ledger(url(tmp_path))


@pytest.mark.parametrize(
    "address", ["nonsense", "sqlite://", "sqlite:///:memory:", "mysql://u:hunter2@h/d", "oracle:hunter2:/"]
)
def test_an_address_that_is_none_says_what_one_looks_like(address: str) -> None:
    with pytest.raises(InputError, match=r"sqlite:///path/to/ledger\.db") as caught:
        open_ledger(address)
    assert "hunter2" not in str(caught.value)


def test_postgres_without_its_driver_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: Any, **__: Any) -> Engine:
        raise ModuleNotFoundError("No module named 'psycopg'")

    monkeypatch.setattr(engine, "create_engine", absent)
    with pytest.raises(InputError, match="pip install 'psycopg"):
        open_ledger("postgresql://u:hunter2@localhost/candor")


def test_the_end_of_a_torn_log_is_dropped_and_the_rest_is_there(ledger: SqlLedger, tmp_path: Path) -> None:
    brand = ledger.brand(BRAND)
    brand.add_mentions([new("m1")], NOW, None)
    brand.add_mentions([new("m2", author="eli")], NOW, None)
    torn = tmp_path / "torn"
    torn.mkdir()
    for name in ("ledger.db", "ledger.db-wal"):
        shutil.copy(tmp_path / name, torn / name)
    with (torn / "ledger.db-wal").open("r+b") as log:
        log.truncate((torn / "ledger.db-wal").stat().st_size - 1000)
    opened = open_ledger(url(torn))
    assert [item.case.mention_id for item in opened.brand(BRAND).queue(NOW)] == ["m1"]
    opened.close()
    assert create_engine(url(torn)).connect().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
