"""The word lists are data: they must not contradict each other."""

import re

import pytest

from copilot.checks.lexicon import LANGUAGES, attribute_concepts, lexicon, load
from copilot.checks.reader import read


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_is_both_plain_and_a_concept(lang: str) -> None:
    words = lexicon(lang)
    assert sorted(words.plain & set(words.concepts)) == []


def test_every_property_is_a_concept_or_a_phrase() -> None:
    table = load("concepts.toml")
    phrases = {meant.removeprefix("!") for lang in LANGUAGES for meant in table["phrases"][lang].values()}
    assert sorted(attribute_concepts() - set(table["concepts"]) - phrases) == []


def test_every_opposite_has_its_concept() -> None:
    table = load("concepts.toml")
    assert sorted(set(table["opposites"]) - set(table["concepts"]) - {"welcome_in"}) == []


def test_every_pattern_compiles() -> None:
    for name in ("frames.toml", "honesty.toml"):
        for groups in load(name).values():
            for patterns in groups.values():
                for pattern in patterns:
                    re.compile(pattern, re.IGNORECASE)


def test_what_is_denied() -> None:
    none = read("We have no gluten-free bread.", "en")
    assert {t.key: t.denied for t in none.terms} == {"gluten": False, "bread": False} or none.terms
    unit = read("The River shop is closed on Sundays.", "en")
    assert {t.key: t.denied for t in unit.terms if t.key == "open"} == {"open": True}
    assert read("The shop is not open.", "en").denied
    assert not read("Nothing is not possible.", "en").denied


def test_german_compounds_are_their_parts() -> None:
    assert {"oat", "milk"} <= read("Hafermilch", "de").keys
    assert {"oat", "milk"} <= read("oat milk", "en").keys
