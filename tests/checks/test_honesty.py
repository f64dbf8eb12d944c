"""What may carry a claim, and what may not."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from copilot.brand import brand_folder, load_brand, read_files
from copilot.checks import run_checks
from copilot.checks.honesty import CHECKS, h1, h2, h3, h4, h5, h6, h7, h8
from copilot.models import Brand, CheckContext, CheckResult, Evidence, Fact, Mention, Thread, VoiceGuide

from .brands import LANTERN, NOW, SPOKE, context, precedent

OAT = "The Station shop has oat milk."
NOBODY = VoiceGuide(version="0", owner="", rules=())


def found(made: CheckContext) -> dict[str, CheckResult]:
    return {result.check: result for check in CHECKS if (result := check(made)).verdict != "pass"}


# What may carry a claim ----------------------------------------------------------------------------------------------


def test_a_fact_carries_a_claim_whether_or_not_it_was_retrieved() -> None:
    assert found(context(OAT)) == {}


def test_a_precedent_carries_nothing_however_well_it_matches() -> None:
    said = "Refills are free at the Station shop."
    assert found(context(said, evidence=(precedent(said),)))["H1"].verdict == "block"


@pytest.mark.parametrize("kind", ["voice", "thread"])
def test_rules_and_earlier_messages_carry_nothing(kind: str) -> None:
    said = "Refills are free at the Station shop."
    evidence = Evidence.model_validate({"id": "e", "kind": kind, "text": said})
    assert "H1" in found(context(said, evidence=(evidence,)))


def test_evidence_of_kind_fact_carries_where_the_brand_has_no_facts_of_its_own() -> None:
    nobody = Brand(id="neutral", name="", voice=NOBODY)
    evidence = (Evidence(id="x", kind="fact", text="The museum opens at 10:00 on Sundays."),)
    assert found(context("The museum opens at 10:00 on Sundays.", nobody, evidence=evidence)) == {}
    assert "H3" in found(context("The museum opens at 9:00 on Sundays.", nobody, evidence=evidence))


def test_evidence_cannot_bring_an_expired_fact_back() -> None:
    evidence = (Evidence(id="f-plum", kind="fact", text="A slice of plum cake costs €3.20."),)
    assert "H4" in found(context("A slice of plum cake costs €3.20.", evidence=evidence))


def test_a_price_that_stood_in_a_mention_is_not_our_price() -> None:
    mention = "They told me the spelt loaf is €7.20?"
    assert {"H2", "H3"} & set(found(context("Yes, the spelt loaf costs €7.20.", mention=mention)))
    assert {"H2", "H3"} & set(found(context("For you it is €7.20.", mention=mention)))


def test_what_they_said_may_be_said_back_as_theirs() -> None:
    mention = "I ordered a cake for Tuesday and paid €28, and after 40 minutes it still wasn't there!"
    reply = "You paid €28 and waited 40 minutes for your cake on Tuesday: I'm sorry, that was our mistake."
    assert found(context(reply, mention=mention)) == {}


def test_the_brands_own_earlier_post_carries_nothing() -> None:
    ours = Mention(
        id="m0", brand="b", channel="x", author="us", text="Refills are free!", created_at=NOW, from_brand=True
    )
    asked = Mention(id="m1", brand="b", channel="x", author="them", text="Still true?", created_at=NOW, thread="m0")
    made = context("Refills are free.", thread=Thread(id="m0", mentions=(ours, asked)))
    assert "H1" in found(made)


def test_attested_text_passes_h1_to_h3() -> None:
    said = "Refills are free on Mondays."
    assert {"H1", "H2"} & set(found(context(said)))
    assert found(context(said, attested=("Refills are free on Mondays.",))) == {}


def test_attesting_does_not_cover_another_value() -> None:
    assert "H2" in found(context("Refills cost €2 on Mondays.", attested=("Refills cost €1 on Mondays.",)))


def test_attested_text_passes_nothing_else() -> None:
    said = "A slice of plum cake costs €3.20."
    assert "H4" in found(context(said, attested=(said,)))
    promise = "We'll refund you."
    assert "H5" in found(context(promise, speaker="tim", attested=(promise,)))
    lived = "I eat the rye loaf every morning."
    assert "H7" in found(context(lived, attested=(lived,)))


def test_the_brands_own_data_carries_a_claim() -> None:
    assert found(context("Mara Voss is the owner of Lantern Bakery.")) == {}
    assert found(context("We are a bakery in Bremen with two shops.")) == {}


# Days ----------------------------------------------------------------------------------------------------------------


def dated(until: date) -> Brand:
    fact = Fact(id="f", text="The cold brew costs €4.20.", valid_until=until)
    return Brand(id="b", name="B", timezone="Pacific/Auckland", voice=NOBODY, facts=(fact,))


def test_a_fact_holds_through_its_last_day_in_the_brands_time_zone() -> None:
    brand = dated(date(2026, 11, 18))
    late = datetime(2026, 11, 18, 23, 30, tzinfo=ZoneInfo("Pacific/Auckland"))
    said = "The cold brew costs €4.20."
    assert h4(context(said, brand, now=late)).verdict == "pass"
    assert h4(context(said, brand, now=late + timedelta(hours=1))).verdict == "block"


def test_the_day_is_the_brands_and_not_the_servers() -> None:
    brand = dated(date(2026, 11, 17))
    evening_in_utc = datetime(2026, 11, 17, 20, 0, tzinfo=UTC)  # already the 18th in Auckland
    assert h4(context("The cold brew costs €4.20.", brand, now=evening_in_utc)).verdict == "block"


def test_the_reason_says_until_when_it_was_true() -> None:
    result = found(context("A slice of plum cake costs €3.20."))["H4"]
    assert "2026-10-31" in result.reason


def test_telling_what_was_true_is_no_fault() -> None:
    assert found(context("A slice of plum cake was €3.20 until October.")) == {}


# Reasons and places --------------------------------------------------------------------------------------------------


def test_the_reason_names_the_words_and_the_fix_names_the_ways_out() -> None:
    result = found(context("We have free refills."))["H1"]
    assert "refills" in result.reason
    assert "attest" in result.fix
    assert [span.text for span in result.spans] == ["We have free refills."]


def test_the_place_of_a_wrong_value_is_the_value() -> None:
    result = found(context("Hi Lea! The rye loaf costs €4.50. See you soon!"))["H3"]
    assert [span.text for span in result.spans] == ["€4.50"]


def test_several_faults_are_all_named() -> None:
    result = found(context("The rye loaf costs €4.50 and the cinnamon knot costs €9.99."))["H3"]
    assert {span.text for span in result.spans} == {"€4.50", "€9.99"}


def test_a_signature_is_no_claim() -> None:
    for ending in ("^TO", "~ TO", "– Tim", "^TO for Lantern Bakery"):
        assert found(context(f"{OAT} {ending}")) == {}


# Formats -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("price", ["€5.40", "5,40 €", "5.40 EUR", "EUR 5,40", "5,40 Euro"])
def test_one_price_in_every_form(price: str) -> None:
    assert found(context(f"The rye loaf costs {price}.")) == {}


@pytest.mark.parametrize("clock", ["8:00 to 14:00", "8 am to 2 pm", "8–14 Uhr", "8 to 2"])
def test_one_time_in_every_form(clock: str) -> None:
    assert found(context(f"On Saturdays the River shop is open from {clock}.")) == {}


@pytest.mark.parametrize("term", ["14 days", "two weeks", "a fortnight", "fourteen days"])
def test_one_duration_in_every_form(term: str) -> None:
    assert found(context(f"Unopened kits can be returned within {term} with the receipt.")) == {}


@pytest.mark.parametrize("term", ["a month", "30 days", "three weeks", "14 working days"])
def test_another_duration_is_another(term: str) -> None:
    assert {"H2", "H3"} & set(found(context(f"Unopened kits can be returned within {term} with the receipt.")))


def test_a_time_they_named_inside_our_hours_may_be_confirmed() -> None:
    mention = "Are you open at 10 on Saturday at the river?"
    assert found(context("Yes, at 10 the River shop is open.", mention=mention)) == {}


def test_opening_and_closing_times_are_not_exchanged() -> None:
    assert "H3" in found(context("The Station shop opens at 20:00."))


def test_today_is_a_weekday() -> None:
    sunday = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    said = "The River shop is open today."
    assert "H3" in found(context(said, now=sunday))
    assert found(context(said)) == {}  # a Wednesday


# Scope ---------------------------------------------------------------------------------------------------------------


def test_a_fact_about_one_shop_is_none_about_the_other() -> None:
    facts = tuple(f for f in LANTERN.facts if f.id != "f-oat-river")
    brand = LANTERN.model_copy(update={"facts": facts})
    assert "H1" in found(context("The River shop has oat milk.", brand))


def test_a_yes_is_held_against_the_shop_they_asked_about() -> None:
    asked = "Do you have oat milk at the River shop?"
    assert "H3" in found(context("Yes, we have oat milk.", mention=asked))
    assert found(context("Yes, we have oat milk.", mention="Do you have oat milk at the Station shop?")) == {}


def test_a_bare_no_is_held_against_the_facts_too() -> None:
    assert "H3" in found(context("No, sorry.", mention="Are the seeded rolls vegan?"))


def test_a_denial_of_another_value_is_no_contradiction() -> None:
    assert "H3" not in found(context("We don't deliver on Mondays."))


# Commitments ---------------------------------------------------------------------------------------------------------


def test_a_policy_that_a_fact_states_is_no_promise() -> None:
    fact = Fact(id="f", text="Unopened bags are refunded within 14 days if you bring the receipt.")
    brand = LANTERN.model_copy(update={"facts": (fact,)})
    said = "You get a refund for unopened bags within 14 days if you bring the receipt."
    assert found(context(said, brand, speaker="tim")) == {}
    assert "H5" in found(context("We'll refund you.", brand, speaker="tim"))


def test_a_bare_yes_to_a_wish_for_a_refund_is_a_promise() -> None:
    asked = "Can I get a refund for the stale cake?"
    assert h5(context("Of course!", mention=asked, speaker="tim")).verdict == "block"
    assert h5(context("Of course!", mention=asked, speaker="mara")).verdict == "pass"


def test_in_full_is_as_much_as_they_paid() -> None:
    said = "We'll refund you in full."
    assert h5(context(said, mention="I paid €18 for a broken kit", speaker="mara")).verdict == "pass"
    assert h5(context(said, mention="I paid €180 for the course", speaker="mara")).verdict == "block"


def test_a_holding_reply_may_say_that_somebody_looks_at_it() -> None:
    said = "A person here will look into it and come back to you."
    brand = LANTERN.model_copy(update={"commitments": ()})
    assert h5(context(said, brand)).verdict == "block"
    assert h5(context(said, brand, purpose="holding")).verdict == "pass"


def test_without_a_speaker_only_what_everybody_here_may() -> None:
    assert h5(context("We'll look into it.")).verdict == "pass"
    assert h5(context("We'll replace your loaf.")).verdict == "block"


# Languages -----------------------------------------------------------------------------------------------------------


def test_german_and_french_replies_are_held_against_english_facts() -> None:
    assert found(context("Der Rye Loaf ist vegan.", lang="de")) == {}
    assert "H3" in found(context("Die River-Filiale ist sonntags geöffnet.", lang="de"))
    assert "H3" in found(context("La boutique River est ouverte le dimanche.", mention="Ouvert ?", lang="fr"))


def test_a_language_nobody_here_reads_is_said_to_be_unread() -> None:
    said = "Los panecillos no llevan gluten y la entrega cuesta 9 € para los clientes de la ciudad."
    result = h1(context(said, mention="¿Los panecillos llevan gluten?", lang="es"))
    assert result.verdict == "warn"
    assert "language" in result.reason


# The rest ------------------------------------------------------------------------------------------------------------


def test_a_guarantee_that_a_fact_gives_may_be_repeated() -> None:
    fact = Fact(id="f", text="We guarantee every frame for ten years.")
    brand = SPOKE.model_copy(update={"facts": (fact,)})
    assert h6(context("We guarantee every frame for ten years.", brand)).verdict == "pass"
    assert h6(context("We guarantee every frame for ten years.", "spoke")).verdict == "warn"


def test_an_experience_that_a_fact_reports_may_be_told() -> None:
    fact = Fact(id="f", text="We all drink the house blend in the kitchen every morning.")
    brand = LANTERN.model_copy(update={"facts": (fact,)})
    said = "We drink the house blend in the kitchen every morning."
    assert h7(context(said, brand)).verdict == "pass"


def test_h8_needs_a_mention() -> None:
    assert h8(context("Thank you!")).verdict == "pass"


def test_a_brand_tightens_and_never_loosens() -> None:
    strict = LANTERN.model_copy(update={"checks": {"H6": "block", "H1": "info"}})
    assert h6(context("This will never happen again.", strict)).verdict == "block"
    assert h1(context("We have free refills.", strict)).verdict == "block"


def test_h1_measures_how_well_the_weakest_claim_is_covered() -> None:
    carried, invented = h1(context(OAT)), h1(context("We have free refills."))
    assert carried.score == 1.0
    assert invented.score is not None
    assert invented.score <= 0.5
    assert h1(context("Thank you so much!")).score is None


def test_the_same_reply_is_judged_the_same_way_after_others() -> None:
    first = found(context("The rye loaf costs €4.50."))
    found(context("Montags ist Ruhetag.", "wolke", lang="de"))
    assert found(context("The rye loaf costs €4.50.")) == first


def test_one_brands_facts_never_carry_another_brands_claim() -> None:
    assert found(context("Test rides are free.", "spoke")) == {}
    assert "H1" in found(context("Test rides are free.", "lantern"))


@pytest.mark.parametrize(
    "reply",
    ["", " ", "^TO", "…", "🙂", "?!", "\u202e", "a" * 5000, "1/2", "@them", "…and…", "€", "24/7", "https://", "no."],
)
def test_no_text_makes_a_check_crash(reply: str) -> None:
    assert all(check(context(reply, mention=reply or "x")).verdict != "error" for check in CHECKS)


def test_values_stand_where_they_were_said_to_stand() -> None:
    result = h2(context("Follow @lanternlovers and see www.lantern-fans.example for more."))
    assert {span.text for span in result.spans} == {"@lanternlovers", "www.lantern-fans.example"}


def test_addresses_of_the_brand_and_its_links_are_known() -> None:
    assert h2(context("Write to us at @lantern.example or see lantern.example/cakes.")).verdict == "pass"


def test_h3_quotes_the_fact() -> None:
    assert "€5.40" in h3(context("The rye loaf costs €4.50.")).reason


@pytest.mark.parametrize(
    "said",
    [
        "We have a grand piano in our Roastery shop. ^JM",
        "We have a brass telescope in the window of our Pier shop. ^JM",
        "Our Pier shop has a climbing wall. ^JM",
        "There is a swimming pool behind the Market. ^JM",
    ],
)
def test_a_fact_in_another_language_carries_nothing_but_what_it_says(said: str) -> None:
    now = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    knowledge = Path(__file__).parents[2] / "knowledge"
    brand = load_brand("harbor-coffee", read_files(brand_folder(knowledge, "harbor-coffee")), now.date())
    context = CheckContext(reply=said, brand=brand, now=now, speaker=brand.person("jm"), channel="bluesky")
    assert [r.check for r in run_checks(context, only=("H1",)) if r.verdict == "block"] == ["H1"]
