import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from copilot.adapters.embedder import MiniLM
from copilot.adapters.model_store import ModelStore
from copilot.errors import InputError, ModelError

FAR = "The ferry to the islands leaves from the northern quay."
PAIR = ("Is the bakery open on Sunday mornings?", "Do you open the bakery Sundays?")


@pytest.fixture(scope="module")
def minilm(model_store: ModelStore) -> MiniLM:
    return MiniLM(model_store)


def cosine(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def test_a_paraphrase_is_near_and_another_subject_is_far(minilm: MiniLM) -> None:
    one, two, far = minilm.embed([*PAIR, FAR])
    assert cosine(one, two) > 0.8
    assert cosine(one, far) < 0.2


def test_vectors_are_of_the_stated_length_and_normalised(minilm: MiniLM) -> None:
    assert (minilm.name, minilm.dimension) == ("minilm-int8", 384)
    for vector in minilm.embed([FAR, "", "x"]):
        assert len(vector) == minilm.dimension
        assert math.isclose(cosine(vector, vector), 1.0, rel_tol=1e-5)


def test_order_is_kept_and_company_does_not_matter(minilm: MiniLM) -> None:
    texts = [f"{FAR} " * (i % 5 + 1) + str(i) for i in range(40)]
    together = minilm.embed(texts)
    assert together == [minilm.embed([text])[0] for text in texts]


def test_a_second_load_gives_the_same_vectors(minilm: MiniLM, model_store: ModelStore) -> None:
    assert MiniLM(model_store).embed(PAIR) == minilm.embed(PAIR)


def test_what_lies_behind_256_tokens_is_not_seen(minilm: MiniLM) -> None:
    long = "bread " * 254
    assert minilm.embed([long]) == minilm.embed([long + "ferry " * 100])
    assert minilm.embed(["bread " * 200]) != minilm.embed(["bread " * 200 + "ferry"])


def test_any_text_has_a_vector(minilm: MiniLM) -> None:
    assert len(minilm.embed(["\ud83d", "a\x00b", "👩‍👩‍👧‍👦", "‮abc", "x" * 1_000_000])) == 5
    assert minilm.embed([]) == []


def test_missing_files_are_named_with_the_command_that_gets_them(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="candor model pull minilm"):
        MiniLM(ModelStore(tmp_path)).embed(["text"])


def test_a_model_that_cannot_be_loaded_is_one_clear_error(tmp_path: Path) -> None:
    class Broken:
        def path(self, name: str, file: str | None = None) -> Path:
            (tmp_path / str(file)).write_bytes(b"not a model")
            return tmp_path / str(file)

    with pytest.raises(ModelError, match="cannot be loaded"):
        MiniLM(Broken()).embed(["text"])
