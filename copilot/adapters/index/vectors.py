"""The vectors of a generation: one Chroma collection in one directory. We bring the vectors; Chroma never embeds."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from copilot.models import EvidenceKind
from copilot.ports import IndexEntry

_NAME = "entries"
_CONFIGURATION = {
    "hnsw": {
        "space": "cosine",
        "ef_construction": 200,
        "ef_search": 500,
        "max_neighbors": 32,
        "num_threads": 1,
        "batch_size": 1,
        "sync_threshold": 1,
    }
}
"""Search wide (a brand has thousands of entries, not millions); build on one thread, so that the same entries give the
same index; and write the index out with every change, since what is left pending is written by the next reader."""
_BATCH = 1000


def write(folder: Path, rows: Iterable[tuple[IndexEntry, list[float]]], removed: Sequence[str]) -> None:
    """Apply a difference to the collection in `folder`, making it when it is not there."""
    with closing(_client(folder)) as client:
        collection: Any = client.get_or_create_collection(_NAME, embedding_function=None, configuration=_CONFIGURATION)
        for start in range(0, len(removed), _BATCH):
            collection.delete(ids=list(removed[start : start + _BATCH]))
        batch: list[tuple[IndexEntry, list[float]]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                _upsert(collection, batch)
                batch = []
        _upsert(collection, batch)


def _upsert(collection: Any, batch: Sequence[tuple[IndexEntry, list[float]]]) -> None:
    if batch:
        collection.upsert(
            ids=[entry.id for entry, _ in batch],
            embeddings=[vector for _, vector in batch],
            metadatas=[{"kind": entry.kind} for entry, _ in batch],
        )


class Vectors:
    """A finished collection, opened for reading."""

    def __init__(self, folder: Path) -> None:
        """Open the collection in `folder`."""
        self._client = _client(folder)
        try:
            self._collection: Any = self._client.get_collection(_NAME, embedding_function=None)
        except BaseException:
            self._client.close()
            raise

    def close(self) -> None:
        """Release the files; without this every generation ever opened would keep its own."""
        self._client.close()

    def count(self) -> int:
        """How many vectors there are."""
        return self._collection.count()

    def search(self, vector: Sequence[float], k: int, kinds: Sequence[EvidenceKind]) -> list[tuple[str, float]]:
        """Ids of the `k` nearest with their cosine similarity, nearest first, equal ones in order of their ids."""
        where = {"kind": {"$in": list(kinds)}} if kinds else None
        found: Any = self._collection.query(
            query_embeddings=[list(vector)], n_results=k, where=where, include=["distances"]
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return sorted(((entry_id, 1.0 - distance) for entry_id, distance in pairs), key=lambda p: (-p[1], p[0]))


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
