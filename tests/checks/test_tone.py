"""Length, words, languages and names beyond the pairs."""

import pytest

from copilot.checks import CHECKS
from copilot.checks.language import surely
from copilot.models import ActStep, ChannelRules, EmojiPolicy, Fact, Mention, Playbook, Product, Thread, WordRule
from tests.checks.reply_cases import LARCH, NOW, context


def _avoid(*words: str) -> dict[str, object]:
    voice = LARCH.voice.model_copy(update={"avoid": tuple(WordRule(word=w) for w in words)})
    return {"brand": LARCH.model_copy(update={"voice": voice})}


@pytest.mark.parametrize(
    ("avoided", "reply"),
    [
        ("journey", "Our journeys begin here."),
        ("plan", "We are planning ahead."),
        ("apology", "Our apologies."),
        ("touch base", "We touched base."),
        ("Unannehmlichkeit", "Wir bitten um die Unannehmlichkeiten."),
        ("client", "Nous aimons les clients."),
    ],
)
def test_an_avoided_word_is_found_in_every_form(avoided: str, reply: str) -> None:
    assert CHECKS["T1"](context(reply).model_copy(update=_avoid(avoided))).verdict == "warn"


@pytest.mark.parametrize(
    ("avoided", "reply"),
    [
        ("kindly", "Two kinds of bread."),
        ("kind", "He did it kindly."),
        ("plan", "A plane and a planet."),
        ("issue", "A tissue."),
        ("guy", "Guyana."),
        ("no problem", "No. Problem solved."),
    ],
)
def test_another_word_is_not_taken_for_it(avoided: str, reply: str) -> None:
    assert CHECKS["T1"](context(reply).model_copy(update=_avoid(avoided))).verdict == "pass"


def test_length_is_counted_as_the_brand_says() -> None:
    family = "👩‍👩‍👧‍👦" * 50
    points = LARCH.model_copy(update={"channels": {"bluesky": ChannelRules(limit=300, unit="codepoints")}})
    assert CHECKS["T2"](context(family)).verdict == "pass"
    assert CHECKS["T2"](context(family).model_copy(update={"brand": points})).verdict == "block"


def test_the_part_over_the_limit_is_marked() -> None:
    result = CHECKS["T2"](context("a" * 305))
    assert [s.text for s in result.spans] == ["aaaaa"]


def test_a_link_costs_what_the_channel_charges() -> None:
    link = "https://larchbakery.example/" + "a" * 100
    assert CHECKS["T2"](context("a" * 250 + " " + link, channel="x")).verdict == "pass"


def test_without_a_channel_the_shortest_one_counts() -> None:
    assert CHECKS["T2"](context("a" * 301, channel="")).verdict == "block"


def test_a_mixed_message_may_have_thanks_and_apology() -> None:
    row = {"mention": "Lovely bread, awful queue.", "sentiment": "mixed", "intent": "mixed"}
    assert (
        CHECKS["T3"](context("Thank you for the kind words, and we're sorry about the queue.", **row)).verdict == "pass"
    )


def test_polarity_is_read_from_the_mention_when_triage_has_not_run() -> None:
    assert CHECKS["T3"](context("We're sorry to hear that.", mention="Best bread in town!")).verdict == "block"
    assert CHECKS["T3"](context("So glad to hear that!", mention="Horrible bread, never again.")).verdict == "block"


def test_a_late_answer_to_praise_may_apologise_for_being_late() -> None:
    row = {"mention": "Great bread!", "sentiment": "positive", "intent": "praise"}
    assert CHECKS["T3"](context("Sorry for the late reply, Ben will be glad.", **row)).verdict == "pass"


def test_a_reason_after_ownership_is_no_excuse() -> None:
    row = {"mention": "Cold bread.", "sentiment": "negative", "intent": "complaint"}
    assert CHECKS["T4"](context("That was our mistake: due to staff shortage nobody looked.", **row)).verdict == "pass"
    assert CHECKS["T4"](context("Due to staff shortage nobody looked. That was our mistake.", **row)).verdict == "warn"


def test_names_in_capitals_are_not_shouted() -> None:
    brand = LARCH.model_copy(update={"products": (Product(name="NOW"),)})
    assert CHECKS["T5"](context("NOW is back.").model_copy(update={"brand": brand})).verdict == "pass"
    assert CHECKS["T5"](context("NOW is the time.")).verdict == "warn"


def test_no_emoji_where_the_policy_allows_none() -> None:
    brand = LARCH.model_copy(update={"emoji": EmojiPolicy(max=0)})
    assert CHECKS["T5"](context("Yes 🍞").model_copy(update={"brand": brand})).verdict == "warn"


def test_facts_and_disclosure_lines_may_repeat() -> None:
    fact = "The shop on Mill Lane is open from eight to six on weekdays."
    line = "A person reads and sends every reply here, and software helps with the draft."
    book = Playbook(intent="bot_question", acts=(ActStep(act="answer", guide="", lines=(line,)),))
    brand = LARCH.model_copy(update={"facts": (Fact(id="f-1", text=fact),), "playbooks": {"bot_question": book}})
    for text in (fact, line):
        sent = ("Good question about it. " + text + " See you.",)
        ctx = context("Here it is for you: " + text).model_copy(update={"recent_replies": sent})
        assert CHECKS["T6"](ctx.model_copy(update={"brand": brand})).verdict == "pass"
        assert CHECKS["T6"](ctx).verdict == "warn"


def test_a_link_that_opens_the_next_step_is_welcome() -> None:
    row = {"mention": "My loaf was mouldy.", "sentiment": "negative", "intent": "complaint"}
    told = "That batch was ours. Write to larchbakery.example/contact and we send a new one."
    assert CHECKS["T7"](context(told, **row)).verdict == "pass"


def test_who_is_named_in_the_thread_may_be_greeted() -> None:
    first = Mention(id="m0", brand=LARCH.id, channel="x", author="anna_k", created_at=NOW, text="Ask them, Pia!")
    ctx = context("Hi Pia, yes.", mention="Is it vegan?", author="tom.w")
    assert CHECKS["T8"](ctx).verdict == "block"
    assert CHECKS["T8"](ctx.model_copy(update={"thread": Thread(id="m0", mentions=(first,))})).verdict == "pass"


def test_a_name_that_only_a_profile_may_show_is_no_block() -> None:
    assert CHECKS["T8"](context("Hi Pia, yes.", mention="Is it vegan?", author="crumbs_of_kent")).verdict == "info"
    assert CHECKS["T8"](context("Hi Pia, yes.", mention="Is it vegan?", author="")).verdict == "pass"


def test_a_language_the_brand_does_not_speak_may_be_answered_in_ours() -> None:
    mention = "¿Cuándo abren ustedes los domingos por la mañana?"
    assert CHECKS["T8"](context("We open at eight on Sunday, and we have rye.", mention=mention)).verdict == "pass"


@pytest.mark.parametrize("text", ["Ok!", "Super, danke", "Rye 8-6, Sun 9-1", "Merci!", "👍", ""])
def test_a_short_text_has_no_sure_language(text: str) -> None:
    assert surely(text) is None


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("We open at eight and the rye is out at nine.", "en"),
        ("Wir öffnen um acht und das Roggenbrot ist um neun fertig.", "de"),
        ("Nous ouvrons à huit heures et le pain est prêt.", "fr"),
        ("Abrimos a las ocho y el pan está listo a las nueve.", "es"),
    ],
)
def test_a_sentence_has_one(text: str, lang: str) -> None:
    assert surely(text) == lang


def test_every_own_rule_that_is_broken_is_named() -> None:
    result = CHECKS["T9"](
        context("The shop is open! 🍞", brand="rules", speaker="bo", mention="Open?", author="dana.k")
    )
    for rule in ("v-we", "v-name", "v-sign", "v-calm", "v-plain"):
        assert rule in result.reason
