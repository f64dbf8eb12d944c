"""What every part of the ledger stands on: transactions, and the brand it is bound to."""

import json
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError
from sqlalchemy import Connection, Engine, RowMapping, Table, Update, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from copilot.adapters.ledger.engine import WRITER
from copilot.adapters.ledger.failures import reported
from copilot.adapters.ledger.tables import brand_log
from copilot.errors import InputError
from copilot.models import Actor

_CHUNK = 500


@contextmanager
def reading(engine: Engine, where: str) -> Generator[Connection]:
    """A transaction that sees one moment."""
    with reported(where), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, where: str, lock: str) -> Generator[Connection]:
    """A transaction that no other writer of `lock` (a brand) runs beside: read, decide, write."""
    with reported(where), engine.execution_options(**WRITER).connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":  # SQLite has one writer anyway
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(lock, 0))))
        yield connection


class Store:
    """A handle bound to one brand; the parts of the ledger are its subclasses."""

    def __init__(self, engine: Engine, where: str, brand: str) -> None:
        """`where` names the database in messages."""
        self._engine = engine
        self._where = where
        self._brand = brand

    @property
    def brand(self) -> str:
        """The brand it is bound to."""
        return self._brand

    @contextmanager
    def _reading(self) -> Generator[Connection]:
        with reading(self._engine, self._where) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Generator[Connection]:
        with writing(self._engine, self._where, self._brand) as connection:
            yield connection

    def _log(
        self, connection: Connection, event: str, actor: Actor | None, at: datetime, detail: Mapping[str, Any]
    ) -> None:
        """Who did what to the brand itself; cases have a history of their own."""
        last = select(func.coalesce(func.max(brand_log.c.seq), 0)).where(brand_log.c.brand == self._brand)
        connection.execute(
            insert(brand_log).values(
                brand=self._brand,
                seq=(connection.execute(last).scalar() or 0) + 1,
                at=at,
                event=event,
                detail=to_json(detail),
                **who(actor),
            )
        )


def who(actor: Actor | None) -> dict[str, str | None]:
    """An actor as two columns; both empty for the system."""
    return {"person": actor.person if actor else None, "identity": actor.identity if actor else None}


def by(person: str | None) -> str:
    """A person in a message."""
    return person or "the system"


def when(at: datetime) -> str:
    """A moment in a message."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def body(model: BaseModel) -> str:
    """A model as JSON.

    Raises:
        InputError: a text in it is not valid Unicode.
    """
    try:
        return model.model_dump_json()
    except PydanticSerializationError as error:
        name = type(model).__name__
        raise InputError(f"The {name} holds text that is not valid Unicode; it was not stored.") from error


def to_json(value: Mapping[str, Any] | Sequence[str]) -> str:
    """Details as JSON; dates and the like as words."""
    return json.dumps(value, default=str)


def row(connection: Connection, table: Table, brand: str, *tests: ColumnElement[bool]) -> RowMapping | None:
    """The one row of the brand that passes the tests."""
    return connection.execute(select(table).where(table.c.brand == brand, *tests)).mappings().one_or_none()


def rewrite(table: Table, brand: str, *tests: ColumnElement[bool]) -> Update:
    """An UPDATE that stays within the brand."""
    return update(table).where(table.c.brand == brand, *tests)


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    """Lists short enough for one IN."""
    everything = list(ids)
    for start in range(0, len(everything), _CHUNK):
        yield everything[start : start + _CHUNK]


def missing(what: str, id: str, brand: str) -> InputError:
    """For an id that this brand does not know."""
    return InputError(f"There is no {what} '{id}' in the brand '{brand}'. Check the id and the brand.")
