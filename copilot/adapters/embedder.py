"""all-MiniLM-L6-v2 with int8 weights, on this machine: the vectors behind search by meaning."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from copilot.adapters.model_store import MINILM
from copilot.errors import ModelError

if TYPE_CHECKING:
    import numpy as np

_MAX_TOKENS = 256
"""What the model was trained on; the rest of a longer text is not seen."""
_MAX_CHARACTERS = 20_000
"""More than `_MAX_TOKENS` tokens of any language; keeps a megabyte of text from being cut into words for nothing."""
_BATCH = 16


class ModelFiles(Protocol):
    """Where model files are; `ModelStore` is one."""

    def path(self, name: str, file: str | None = None) -> Path:
        """The verified path; InputError when it is missing."""
        ...


class MiniLM:
    """Loads on first use; the vectors of a text do not depend on what else is embedded with it."""

    name = "minilm-int8"
    dimension = 384

    def __init__(self, files: ModelFiles, *, threads: int = 2) -> None:
        """Take the model's files from `files` when they are needed."""
        self._files = files
        self._threads = threads
        self._lock = Lock()
        self._loaded: tuple[Any, Any] | None = None

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector a text, in order.

        Raises:
            InputError: the model's files are missing; says how to get them.
            ModelError: they cannot be loaded.
        """
        if not texts:
            return []
        tokenizer, session = self._load()
        encodings = tokenizer.encode_batch([_plain(text) for text in texts])
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
        vectors: list[list[float]] = [[]] * len(texts)
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            for i, vector in zip(chosen, _run(session, [encodings[i].ids for i in chosen]), strict=True):
                vectors[i] = vector.tolist()
        return vectors

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> tuple[Any, Any]:
        model = self._files.path(MINILM, "model.onnx")
        words = self._files.path(MINILM, "tokenizer.json")
        onnxruntime: Any = import_module("onnxruntime")  # they have no types
        tokenizers: Any = import_module("tokenizers")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
            tokenizer = tokenizers.Tokenizer.from_file(str(words))
        except Exception as error:  # both libraries raise types of their own
            raise ModelError(f"The embedding model at {model.parent} cannot be loaded: {error}") from error
        tokenizer.enable_truncation(_MAX_TOKENS)
        tokenizer.no_padding()
        return tokenizer, session


def _plain(text: str) -> str:
    """Without halves of surrogate pairs, which no tokenizer takes."""
    return text[:_MAX_CHARACTERS].encode("utf-8", errors="replace").decode("utf-8")


def _run(session: Any, rows: Sequence[Sequence[int]]) -> "np.ndarray[Any, np.dtype[np.float32]]":
    """Mean of the last layer over the real tokens, normalised: (texts, dimension)."""
    import numpy as np

    longest = max(len(row) for row in rows)
    ids = np.zeros((len(rows), longest), dtype=np.int64)
    mask = np.zeros((len(rows), longest), dtype=np.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
        mask[i, : len(row)] = 1
    feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    hidden: Any = session.run(None, feeds)[0]
    weights: Any = mask[:, :, None].astype(np.float32)
    mean: Any = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
    return (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
