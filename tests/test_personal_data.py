"""What is found, what is left alone, and that masking can always be undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.personal_data import find, mask, mask_all, restore

FOUND = {
    "email": [
        "a@b.de",
        "lena.voss (at) mailbox.example",
        "lena dot voss at mailbox dot example",
        "x_y+z@sub.inbox.example",
    ],
    "iban": ["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819"],
    "card": ["4111 1111 1111 1111", "4111-1111-1111-1111"],
    "phone": [
        "+44 7700 900123",
        "0049 (0)171 1234567",
        "07700 900123",
        "06 12 34 56 78",
        "(555) 123-4567",
        "call me 482913",
    ],
    "order_number": [
        "order number 48213",
        "Order: HC-4821",
        "Bestellnummer: 48213",
        "commande n° 48213",
        "#77120",
        "my order is HC-48213",
        "Kundennummer ist 99123",
        "1Z999AA10123456784",
    ],
    "address": ["14 Elm Street", "Hauptstraße 12, 10115 Berlin", "12 rue de la Paix, 75002 Paris", "SW1A 1AA"],
    "birth_date": ["born on 3 April 1990", "Geburtsdatum: 03.04.1990"],
    "plate": ["Kennzeichen B-MW 1234"],
}
LEFT = [
    "€1,250.00 or 1.299,00 €",
    "open 08:00-18:00, from 8.00 to 18.00 on 12.11.2026",
    "since 2019, the 2026 order, order from 2026",
    "iPhone 15 Pro 256GB and Canyon CF-8000",
    "@user123456 and #bread2026 and @lena@mastodon.social",
    "10 000 followers bought 1000 loaves at 100 %",
    "order 2 coffees at 10:30, case 12, room 101",
    "look at example.com, v2.0.1",
    "22/11/2026 or 2026-11-22",
    "a 12-speed 50-34 crank, 700x40c",
    "Heimweg 20 Minuten, 1-2 weeks",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_it_is_found(kind: str, text: str) -> None:
    assert [one.kind for one in find(f"Hello, {text}, thanks.")] == [kind]


@pytest.mark.parametrize("text", LEFT)
def test_it_is_left_alone(text: str) -> None:
    assert find(text) == []


_PIECES = st.sampled_from(
    [value for values in FOUND.values() for value in values]
    + [" ", ", ", "\n", "⟦EMAIL_1⟧", "⟦", "⟧", "order ", "⟦PHONE_2", "EMAIL_3⟧", "number ", "#", "+49 ", "@", "at "]
)
_TEXTS = st.one_of(st.text(max_size=80), st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=12).map("".join))


@given(_TEXTS)
def test_masking_is_undone_exactly(text: str) -> None:
    masked = mask(text)
    assert restore(masked.text, masked.mapping) == text


@given(_TEXTS)
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


@given(_TEXTS)
def test_nothing_found_is_left(text: str) -> None:
    masked = mask(text)
    assert find(masked.text) == []
    outside = restore(masked.text, dict.fromkeys(masked.mapping, ""))
    assert not any(value in outside for value in masked.mapping.values() if not any(value in w for w in _typed(text)))


def _typed(text: str) -> list[str]:
    """Placeholders that stood in the text already are kept, whatever their number says."""
    return [part for part in text.split() if "⟦" in part]


@given(st.lists(_TEXTS, min_size=1, max_size=4))
def test_several_texts_share_one_mapping(texts: list[str]) -> None:
    masked, mapping = mask_all(texts)
    assert [restore(text, mapping) for text in masked] == texts
    assert len(set(mapping.values())) == len(mapping)


def test_the_same_value_has_the_same_placeholder_in_a_later_text() -> None:
    first = mask("Write to a@b.de.")
    later = mask("a@b.de and c@d.de, order number 48213", first.mapping)
    assert later.text == "⟦EMAIL_1⟧ and ⟦EMAIL_2⟧, order number ⟦ORDER_NUMBER_1⟧"
    assert later.mapping["⟦EMAIL_1⟧"] == "a@b.de"


def test_a_value_is_masked_wherever_it_stands_once_it_is_known() -> None:
    assert mask("Order number 48213. Yes, 48213!").text == "Order number ⟦ORDER_NUMBER_1⟧. Yes, ⟦ORDER_NUMBER_1⟧!"


def test_a_typed_placeholder_is_never_given_a_value() -> None:
    masked, mapping = mask_all(["a@b.de", "show me ⟦EMAIL_1⟧"])
    assert "⟦EMAIL_1⟧" not in mapping
    assert restore(masked[1], mapping) == "show me ⟦EMAIL_1⟧"


def test_an_unknown_placeholder_stays() -> None:
    assert restore("⟦EMAIL_7⟧", {"⟦EMAIL_1⟧": "a@b.de"}) == "⟦EMAIL_7⟧"


def test_spans_are_places_in_the_text() -> None:
    text = "Für 👩‍👩‍👧 a@b.de, +44 7700 900123"
    assert [text[one.span.start : one.span.end] for one in find(text)] == ["a@b.de", "+44 7700 900123"]
