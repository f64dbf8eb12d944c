"""Parts for index tests: a pointer that other processes see too, and an embedder that counts."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from copilot.adapters.index import ChromaIndex
from copilot.errors import Conflict
from copilot.ports import IndexEntry


class FilePointer:
    """A pointer in a file, as the ledger's is in a database."""

    def __init__(self, folder: Path, brand: str) -> None:
        self._path = folder / f"{brand}.pointer"

    def generation(self) -> str | None:
        return self._path.read_text() if self._path.exists() else None

    def move_generation(self, expected: str | None, new: str) -> None:
        if self.generation() != expected:
            raise Conflict("moved meanwhile")
        temporary = self._path.with_suffix(".tmp")
        temporary.write_text(new)
        os.replace(temporary, self._path)


class FilePointers:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def brand(self, brand: str) -> FilePointer:
        return FilePointer(self._folder, brand)


class HashEmbedder:
    """Words hashed into a few dimensions: near texts share words. Counts what it embeds."""

    def __init__(self, name: str = "hash", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.embedded.extend(texts)
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        vector = [1e-6] * self.dimension
        for word in text.lower().split():
            vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimension] += 1.0
        length = sum(x * x for x in vector) ** 0.5
        return [x / length for x in vector]


class World:
    """A root with pointers beside it; `index` opens it as a new process would."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "index"
        self.pointers = FilePointers(folder)
        self.embedder = HashEmbedder()
        self._opened: list[ChromaIndex] = []

    def index(self, embedder: HashEmbedder | None = None, pointers: object = None) -> ChromaIndex:
        index = ChromaIndex(self.root, embedder or self.embedder, pointers or self.pointers)  # type: ignore[arg-type]
        self._opened.append(index)
        return index

    def generations(self, brand: str = "bakery") -> list[str]:
        return sorted(path.name for path in (self.root / brand).glob("gen-*"))

    def meta(self, brand: str = "bakery") -> dict[str, object]:
        current = self.pointers.brand(brand).generation()
        return json.loads((self.root / brand / str(current) / "meta.json").read_text())

    def close(self) -> None:
        for index in self._opened:
            index.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.close()


@pytest.fixture
def entry() -> Callable[..., IndexEntry]:
    def make(number: int, text: str = "", kind: str = "fact", **fields: object) -> IndexEntry:
        said = text or f"statement number {number} about subject{number}"
        sha = hashlib.sha256(f"{kind}{said}".encode()).hexdigest()
        return IndexEntry(f"f-{number:04}", kind, said, sha, **fields)  # type: ignore[arg-type]

    return make
