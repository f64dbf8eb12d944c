"""Which language a mention is written in."""

import subprocess
import sys

import pytest

from copilot.triage.language import detect, name
from copilot.triage.tokens import tokenize


def lang(text: str, spoken: tuple[str, ...] = ("en", "de"), declared: str | None = None) -> str | None:
    tokens = tokenize(text)
    return detect(tokens.text, tokens.words, spoken, declared)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Where is my parcel?", "en"),
        ("Wo bleibt mein Paket?", "de"),
        ("Où est mon colis, s'il vous plaît ?", "fr"),
        ("¿Dónde está mi paquete?", "es"),
        ("Onde está a minha encomenda?", "pt"),
        ("Kapan pesanan saya sampai?", "id"),
        ("Dov'è il mio pacco? Non è ancora arrivato.", "it"),
        ("Waar blijft mijn pakket, ik wacht al een week", "nl"),
        ("Gdzie jest moja paczka?", "pl"),
        ("Где мой заказ?", "ru"),
        ("Де моє замовлення, будь ласка, її немає", "uk"),
        ("荷物はどこですか", "ja"),
        ("我的包裹在哪里", "zh"),
        ("أين طلبي؟", "ar"),
        ("내 소포 어디 있어요", "ko"),
    ],
)
def test_a_plain_question_gives_its_language_away(text: str, expected: str) -> None:
    assert lang(text) == expected


@pytest.mark.parametrize("text", ["", "lol", "👍", "xqzt", "https://a.example"])
def test_what_has_no_language_gets_none(text: str) -> None:
    assert lang(text) is None


def test_the_channel_is_believed_only_where_the_text_says_nothing() -> None:
    assert lang("Where is my parcel, it should be here", declared="fr") == "en"
    assert lang("Toppen!", declared="sv-SE") == "sv"
    assert lang("Toppen!", declared="und") is None


def test_english_loan_words_do_not_make_a_german_message_english() -> None:
    assert lang("Der Service im Store war super nice, danke") == "de"


def test_names_of_places_are_no_language() -> None:
    assert lang("108 to Portland Maine") in ("en", None)


def test_languages_have_names_a_person_reads() -> None:
    assert name("fr") == "French"
    assert name("xx") == "xx"


def test_nothing_heavy_is_loaded_for_a_message_whose_words_decide() -> None:
    code = (
        "import sys; from tests.triage.brands import KETTLE, said; from copilot.triage import triage;"
        "triage(said('Where is my order? It should be here.'), KETTLE);"
        "print([m for m in ('py3langid', 'numpy', 'chromadb', 'sqlalchemy', 'streamlit') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
