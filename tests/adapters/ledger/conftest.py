"""A ledger in a folder of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.adapters.ledger import SqlBrandLedger, SqlLedger, open_ledger

from .parts import BRAND, url


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new ledger; copying it is quicker than migrating again."""
    folder = tmp_path_factory.mktemp("empty")
    open_ledger(url(folder)).close()
    return folder / "ledger.db"


@pytest.fixture
def ledger(tmp_path: Path, empty: Path) -> Iterator[SqlLedger]:
    shutil.copy(empty, tmp_path / "ledger.db")
    opened = open_ledger(url(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def bakery(ledger: SqlLedger) -> SqlBrandLedger:
    return ledger.brand(BRAND)
