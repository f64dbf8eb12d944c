"""Clauses and languages."""

import pytest

from copilot.clauses import clauses, language


def texts(text: str) -> list[str]:
    return [clause.text for clause in clauses(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Dogs are welcome at the Pier, but not at the Market.",
            ["Dogs are welcome at the Pier", "not at the Market."],
        ),
        ("A small service costs €59, a full service €129.", ["A small service costs €59", "a full service €129."]),
        ("Our flour is organic and comes from Oldenburg.", ["Our flour is organic", "comes from Oldenburg."]),
        ("The bikes and the helmets are sold out.", ["The bikes and the helmets are sold out."]),
        ("Morgentau ist bio, Nebelgrün nicht.", ["Morgentau ist bio", "Nebelgrün nicht."]),
        ("To Leeds, no. We ship to Germany.", ["To Leeds, no.", "We ship to Germany."]),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    assert texts(text) == parts


def test_places_and_sentences() -> None:
    text = "Hi! We are open, and the kettle is on. Coming?"
    for clause in clauses(text):
        assert text[clause.start : clause.end] == clause.text
    assert [clause.sentence for clause in clauses(text)] == [0, 1, 1, 2]
    assert [clause.opens for clause in clauses(text)] == [True, True, False, True]
    assert clauses(text)[-1].question


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("We are open on Sundays.", "en"),
        ("Wir haben sonntags geöffnet.", "de"),
        ("Nous sommes ouverts le dimanche.", "fr"),
        ("Los panecillos no llevan gluten y la entrega es gratis.", "es"),
    ],
)
def test_language(text: str, lang: str) -> None:
    assert language(text) == lang


def test_a_text_that_does_not_speak_clearly_has_the_default() -> None:
    assert language("OK!", "de") == "de"
    assert language("", "fr") == "fr"
