"""Whatever stands in a file: a brand comes out, or problems do."""

import json

from hypothesis import given
from hypothesis import strategies as st

from copilot.brand import fingerprint, load_brand, load_mentions, load_precedents, write_precedents
from copilot.errors import KnowledgeError

from .sample import ANCHOR, FILES, NOW, good
from .steady import steady

BRAND = good()
PARTS = [name for name in FILES if not name.endswith(".jsonl")]
CHARS = st.characters(codec=None)
WORDS = (
    "- |  - |---|# |## |{#f-|{#v-a check=|}|{|[|]|: |&a |*a|!!|`|→|> |'|\"|import-|2026-02-30|Do: |🌿|%|@|? |<!--|```"
)
PIECES = st.sampled_from([*WORDS.split("|"), "| ", "\n", "\n\n", "\t", "\r", "\x00", "\ud800", "\u2028"])
NOISE = st.lists(PIECES | st.text(CHARS, max_size=8), max_size=30).map("".join)


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """The text with some pieces cut out, doubled or exchanged for noise."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        text = text[:start] + draw(NOISE | st.just(text[start:end] * 2)) + text[end:]
    return text


def check_load(files: dict[str, str]) -> None:
    try:
        brand = load_brand("fern-fold", files, ANCHOR)
    except KnowledgeError as error:
        assert error.problems
        for problem in error.problems:
            text = files.get(problem.file, "").replace("\r\n", "\n").replace("\r", "\n")
            assert 0 <= problem.line <= text.count("\n") + 2, problem
            assert problem.message and problem.fix
            str(problem).encode()
    else:
        assert brand.sha == fingerprint(files)


@given(st.sampled_from(PARTS), NOISE)
@steady(100)
def test_noise_as_a_file(name: str, text: str) -> None:
    check_load({**FILES, name: text})


@given(st.data(), st.sampled_from(PARTS))
@steady(200)
def test_damage_to_a_good_file(data: st.DataObject, name: str) -> None:
    check_load({**FILES, name: data.draw(damaged(FILES[name]))})


@given(st.data())
@steady(100)
def test_damage_to_precedents(data: st.DataObject) -> None:
    try:
        items = load_precedents(BRAND, data.draw(damaged(FILES["precedents.jsonl"]) | NOISE), ANCHOR)
    except KnowledgeError as error:
        assert all(problem.line > 0 and problem.fix for problem in error.problems)
    else:
        assert load_precedents(BRAND, write_precedents(items), ANCHOR) == sorted(items, key=lambda one: one.id)


@given(st.data())
@steady(100)
def test_damage_to_mentions(data: st.DataObject) -> None:
    try:
        load_mentions("fern-fold", data.draw(damaged(FILES["mentions.jsonl"]) | NOISE), NOW)
    except KnowledgeError as error:
        assert all(problem.line > 0 and problem.fix for problem in error.problems)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(
    st.dictionaries(
        st.sampled_from(["id", "intent", "mention", "acts", "resolved_at", "public", "created_at", "text"]) | st.text(),
        JSON,
    )
)
@steady(60)
def test_rows_of_any_json(row: dict[str, object]) -> None:
    for load in (lambda t: load_precedents(BRAND, t, ANCHOR), lambda t: load_mentions("fern-fold", t, NOW)):
        try:
            load(json.dumps(row))
        except KnowledgeError as error:
            assert {problem.line for problem in error.problems} == {1}
