"""Who asks whether a bot answers, and who only talks about bots."""

import pytest

from copilot.asks_bot import asks_bot


@pytest.mark.parametrize(
    "text",
    [
        "Are you a bot?",
        "@larch is this even a real person or some AI thing?",
        "Am I speaking with a human being here",
        "you're a machine, right?",
        "Do humans read these?",
        "I bet this is an automated account",
        "Human or robot?",
        "was that written by chatgpt?",
        "prove that you are not a robot",
        "Just wondering whether I'm talking to software",
        "Is anyone behind this account?",
        "Bist du ein Bot?",
        "Antwortet hier eigentlich ein echter Mensch?",
        "rede ich gerade mit einer KI?",
        "Ist das eine automatische Antwort?",
        "Mensch oder Maschine?",
        "Êtes-vous un robot ?",
        "Est-ce que je parle à une vraie personne ?",
        "C'est une réponse automatique ?",
        "Humain ou robot ?",
    ],
)
def test_asks(text: str) -> None:
    assert asks_bot(text)


@pytest.mark.parametrize(
    "text",
    [
        "I want to talk to a real person, not a chatbot.",
        "Can I speak to a human please?",
        "Your coffee machine is broken, is this normal?",
        "Are you a coffee person or a tea person?",
        "You are a great person!",
        "Is this a software problem?",
        "Do robots drink coffee?",
        "Are you real?!",
        "You people are kind.",
        "Is the machine in the Pier shop working again?",
        "Ist die Maschine wieder da?",
        "Habt ihr eine App oder ein Programm?",
        "Der Automat hat mein Geld gefressen.",
        "La machine à café est en panne ?",
        "Ist das auch etwas für Leute ohne Ahnung?",
        "Vous avez un robot de cuisine ?",
        "Do you have a person who repairs bikes?",
        "",
    ],
)
def test_does_not_ask(text: str) -> None:
    assert not asks_bot(text)
