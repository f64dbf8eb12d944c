"""The ledger as one thing: opens the database, hands out handles bound to a brand."""

from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL, Engine, select

from copilot.adapters.ledger.approving import Approvals
from copilot.adapters.ledger.base import reading, writing
from copilot.adapters.ledger.cases import Cases
from copilot.adapters.ledger.drafting import Drafts
from copilot.adapters.ledger.engine import BUSY_SECONDS, open_engine, parsed, private_file, shown
from copilot.adapters.ledger.failures import reported
from copilot.adapters.ledger.inbox import Inbox
from copilot.adapters.ledger.knowledge import Knowledge
from copilot.adapters.ledger.mentions import Mentions
from copilot.adapters.ledger.migrate import upgrade
from copilot.adapters.ledger.registers import Registers
from copilot.adapters.ledger.sending import Sending
from copilot.adapters.ledger.tables import brands
from copilot.errors import InputError, StorageError


class SqlBrandLedger(Knowledge, Mentions, Cases, Inbox, Drafts, Approvals, Sending, Registers):
    """Everything stored about one brand; fulfils `ports.BrandLedger`."""


class SqlLedger:
    """The store of truth; fulfils `ports.Ledger`."""

    def __init__(self, engine: Engine, where: str) -> None:
        """`where` names the database in messages."""
        self._engine = engine
        self._where = where

    def brand(self, brand: str) -> SqlBrandLedger:
        """The handle bound to `brand`."""
        if not brand:
            raise InputError("Name a brand.")
        return SqlBrandLedger(self._engine, self._where, brand)

    def brands(self) -> list[str]:
        """Ids of brands with knowledge, sorted."""
        with reading(self._engine, self._where) as connection:
            return sorted(connection.execute(select(brands.c.brand).where(brands.c.current_sha.is_not(None))).scalars())

    def close(self) -> None:
        """Release connections."""
        self._engine.dispose()


def open_ledger(url: str) -> SqlLedger:
    """Open the ledger at `url`, made or brought up to date where needed. Several processes may do so at once.

    Raises:
        InputError: the address is none, or its driver is missing.
        StorageError: the database cannot be opened, is damaged, not ours, or newer than this code.
    """
    address = parsed(url)
    where = shown(address)
    engine = open_engine(address)
    try:
        if address.drivername == "sqlite":
            _prepare(address, engine, where)
        else:
            _migrate(engine, where)
    except BaseException:
        engine.dispose()
        raise
    return SqlLedger(engine, where)


def _migrate(engine: Engine, where: str) -> None:
    with writing(engine, where, "") as connection:
        upgrade(connection, where)


def _prepare(address: URL, engine: Engine, where: str) -> None:
    """One process at a time: switching to WAL, unlike writing, does not wait for others by itself."""
    path = Path(str(address.database))
    private_file(path)
    try:
        with FileLock(f"{path}.lock", timeout=BUSY_SECONDS, mode=0o600):
            with reported(where), engine.connect() as connection:
                driver = connection.connection.driver_connection
                assert driver is not None
                if driver.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    driver.execute("PRAGMA journal_mode=WAL")
            _migrate(engine, where)
    except Timeout:
        raise StorageError(
            f"The ledger {where} is being opened by another process for too long. Look for a candor process that hangs."
        ) from None
