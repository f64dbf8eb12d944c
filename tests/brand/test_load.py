"""What a right brand becomes."""

from datetime import date, time
from decimal import Decimal

import pytest

from copilot.brand import fingerprint, load_brand
from copilot.errors import InputError, KnowledgeError

from .sample import ANCHOR, FILES, good


def test_brand_yaml_is_read_whole() -> None:
    brand = good()
    assert (brand.id, brand.name, brand.currency, brand.timezone) == (
        "fern-fold",
        "Fern & Fold",
        "EUR",
        "Europe/Vienna",
    )
    assert brand.languages == ("en", "de")
    assert [(span.opens, span.closes) for span in brand.hours["mon"]] == [
        (time(9), time(12)),
        (time(13), time(17)),
    ]
    assert brand.hours["sat"][0].closes == time.max
    assert brand.hours["sun"] == ()
    assert brand.products[0].aliases == ("album",)
    assert [(handle.account, handle.person) for handle in brand.handles] == [("brand", None), ("personal", "ab")]
    assert [(person.id, person.relation, person.organisation) for person in brand.people] == [
        ("ab", "owner", ""),
        ("kc", "agency", "Loud Paper"),
    ]
    assert brand.people[1].channels == ("bluesky",)
    assert brand.channels["mastodon"].limit == 500 and brand.channels["mastodon"].unit == "graphemes"
    assert brand.escalate[0].public_interest and brand.escalate[0].words == ("mould", "spores")
    assert brand.commitments[0].up_to == Decimal("40.50") and brand.commitments[0].roles == ("owner", "agency")
    assert brand.commitments[1].up_to is None and brand.commitments[1].within_days is None
    assert brand.links == ("fernfold.example", "help.fernfold.example/returns")
    assert brand.checks == {"T5": "block", "H6": "block"}
    assert brand.emoji.allowed == ("🌿",) and brand.signature.policy == "required"


def test_voice_guide_is_read_whole() -> None:
    voice = good().voice
    assert (voice.version, voice.owner) == ("2", "ab")
    assert voice.we_are == ("Two people with glue on their sleeves.",)
    assert voice.we_are_not == ("A lifestyle.",)
    assert [(rule.id, rule.section, rule.check, rule.line) for rule in voice.rules] == [
        ("v-wrong-first", "Mistakes", "", 16),
        ("v-we", "Mistakes", "first-person-plural", 19),
        ("v-short", "Length", "max-sentences=4", 22),
    ]
    assert voice.rules[0].text == "Say what went wrong before why."
    assert voice.rules[0].do == ("The spine came loose. We glued it too dry.",)
    assert voice.rules[0].dont == ("Due to circumstances there was an issue.",)
    assert voice.rules[2].text == "Keep it short."
    assert [(word.word, word.better, word.why, word.line) for word in (*voice.use, *voice.avoid)] == [
        ("book block", "", "the pages without the cover", 26),
        ("guys", "everyone", "not all of us are", 29),
        ("journey", "", "books travel, replies do not", 30),
    ]


def test_playbooks_are_read_whole() -> None:
    playbooks = good().playbooks
    assert set(playbooks) == {"complaint", "praise"}
    complaint = playbooks["complaint"]
    assert [act.act for act in complaint.acts] == ["own", "next_step"]
    assert complaint.acts[0].lines == ("That should not have happened.",) and complaint.acts[1].optional
    assert complaint.holding == ("Somebody here is looking at this.",)


def test_facts_take_dates_and_source_from_the_file_unless_they_say_otherwise() -> None:
    monday, spine, box = good().facts
    assert (monday.id, monday.file, monday.line) == ("f-monday", "facts/shop.md", 8)
    assert monday.text == "The bindery opens at 9:00 on Mondays."
    assert (monday.valid_from, monday.valid_until) == (date(2025, 11, 30), None)
    assert spine.valid_until == date(2026, 3, 24) and spine.source == "the board in the window"
    assert (box.text, box.valid_from, box.source) == ("A box takes two weeks.", date(2026, 3, 20), "talk with Ada")


def test_playbooks_and_facts_may_be_left_out() -> None:
    brand = load_brand("fern-fold", {name: FILES[name] for name in ("brand.yaml", "voice.md")}, ANCHOR)
    assert brand.playbooks == {} and brand.facts == ()


def test_a_brand_without_people_needs_no_owner_of_its_voice() -> None:
    files = {"brand.yaml": "name: Nobody\n", "voice.md": "---\nversion: 1\n---\n# Plain\n"}
    brand = load_brand("nobody", files, ANCHOR)
    assert brand.people == () and brand.voice.owner == ""


def test_line_ends_and_byte_order_mark_change_nothing() -> None:
    windows = {name: "\ufeff" + text.replace("\n", "\r\n") for name, text in FILES.items()}
    assert load_brand("fern-fold", windows, ANCHOR) == good()


def test_the_fingerprint_is_the_brands_own_and_independent_of_order() -> None:
    again = dict(reversed(FILES.items()))
    assert fingerprint(again) == fingerprint(FILES) == good().sha
    assert fingerprint({**FILES, "precedents.jsonl": "", "mentions.jsonl": ""}) == good().sha
    for name in ("brand.yaml", "voice.md", "playbooks.yaml", "facts/shop.md"):
        assert fingerprint({**FILES, name: FILES[name] + " "}) != good().sha
    moved = {("facts/b.md" if name == "facts/shop.md" else name): text for name, text in FILES.items()}
    assert fingerprint(moved) != good().sha


@pytest.mark.parametrize("brand_id", ["", "ab", "Fern", "../fern", "fern/fold", "a" * 41, "fern_fold", "fern\n"])
def test_an_impossible_brand_id_is_refused(brand_id: str) -> None:
    with pytest.raises(InputError):
        load_brand(brand_id, FILES, ANCHOR)


def test_every_problem_of_every_file_is_told_at_once_in_order() -> None:
    files = {
        "brand.yaml": "nam: x\ncurrency: euro\nescalate:\n  - {id: a, words: [b], to: zz, why: c}\n",
        "voice.md": "# no front matter\n\n## Rules\n- no id\n",
        "playbooks.yaml": "complain: {}\n",
        "facts/a.md": "---\nvalid_from: soon\n---\n- No id\n",
        "facts/b.txt": "x",
    }
    with pytest.raises(KnowledgeError) as caught:
        load_brand("fern-fold", files, ANCHOR)
    places = [(problem.file, problem.line) for problem in caught.value.problems]
    assert places == sorted(places)
    assert places == [
        ("brand.yaml", 1),
        ("brand.yaml", 2),
        ("brand.yaml", 4),
        ("facts/a.md", 2),
        ("facts/a.md", 2),
        ("facts/a.md", 4),
        ("facts/b.txt", 0),
        ("playbooks.yaml", 1),
        ("voice.md", 1),
        ("voice.md", 4),
    ]
    assert all(problem.message and problem.fix for problem in caught.value.problems)


def test_a_hostile_file_cannot_buy_endless_work() -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_brand("fern-fold", {**FILES, "brand.yaml": "".join(f"k{n}: 1\n" for n in range(50_000))}, ANCHOR)
    assert len(caught.value.problems) == 501
    assert "reading stopped" in caught.value.problems[-1].message
