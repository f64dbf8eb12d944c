"""The entries of a generation, and search by words over them: one SQLite file with FTS5."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from copilot.models import EvidenceKind
from copilot.ports import Hit, IndexEntry
from copilot.text import words

_SCHEMA = """
CREATE TABLE entries (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, text TEXT NOT NULL, sha TEXT NOT NULL,
    valid_until TEXT, source TEXT NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2');
"""
_COLUMNS = "e.id, e.kind, e.text, e.sha, e.valid_until, e.source"
_MOST_TERMS = 128
"""Words of a query that count; the rest of a very long text adds nothing."""


def write(path: Path, upserts: Iterable[IndexEntry], removed: Iterable[str]) -> None:
    """Apply a difference to the file, making it when it is not there."""
    fresh = not path.exists()
    with closing(sqlite3.connect(path)) as connection:
        if fresh:
            connection.executescript(_SCHEMA)
        with connection:
            for entry_id in removed:
                _remove(connection, entry_id)
            for entry in upserts:
                _remove(connection, entry.id)
                row = (entry.id, entry.kind, entry.text, entry.sha, _iso(entry.valid_until), entry.source)
                number = connection.execute(
                    "INSERT INTO entries (id, kind, text, sha, valid_until, source) VALUES (?, ?, ?, ?, ?, ?)", row
                ).lastrowid
                connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, entry.text))


def _remove(connection: sqlite3.Connection, entry_id: str) -> None:
    found = connection.execute("SELECT number FROM entries WHERE id = ?", (entry_id,)).fetchone()
    if found:
        connection.execute("DELETE FROM words WHERE rowid = ?", found)
        connection.execute("DELETE FROM entries WHERE number = ?", found)


class Words:
    """A finished file, opened for reading."""

    def __init__(self, path: Path) -> None:
        """Open it; nothing writes to it any more, so no locks are taken."""
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def shas(self) -> dict[str, str]:
        """Id → hash of every entry."""
        return dict(self._db.execute("SELECT id, sha FROM entries"))

    def entries(self, ids: Sequence[str]) -> Mapping[str, IndexEntry]:
        """The entries with these ids."""
        marks = ", ".join("?" * len(ids))
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM entries e WHERE e.id IN ({marks})", list(ids))
        return {row[0]: _entry(row) for row in rows}

    def search(self, text: str, k: int, kinds: Sequence[EvidenceKind]) -> list[Hit]:
        """The `k` best by BM25, equal ones in order of their ids."""
        query = _query(text)
        if not query or k <= 0:
            return []
        marks = f" AND e.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        rows = self._db.execute(
            f"SELECT {_COLUMNS}, bm25(words) AS rank FROM words JOIN entries e ON e.number = words.rowid "
            f"WHERE words MATCH ?{marks} ORDER BY rank, e.id LIMIT ?",
            [query, *kinds, k],
        )
        return [Hit(_entry(row), -row[-1]) for row in rows]


def _query(text: str) -> str:
    """Any of the text's words, each quoted, so that nothing in it is syntax."""
    terms = dict.fromkeys(span.text.casefold() for span in words(text[:20_000]))
    return " OR ".join(f'"{term}"' for term in list(terms)[:_MOST_TERMS])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _entry(row: Sequence[Any]) -> IndexEntry:
    valid_until = date.fromisoformat(row[4]) if row[4] else None
    return IndexEntry(row[0], row[1], row[2], row[3], valid_until, row[5])
