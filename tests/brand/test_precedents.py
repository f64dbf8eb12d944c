"""precedents.jsonl: read strictly, written canonically, and back."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.brand import load_precedents, write_precedents
from copilot.brand.languages import CODES
from copilot.brand.playbooks import ACTS
from copilot.errors import KnowledgeError
from copilot.models import INTENTS, Precedent

from .sample import ANCHOR, PRECEDENTS, good
from .steady import steady

BRAND = good()


def test_rows_become_precedents_in_the_order_of_the_file() -> None:
    loose, kind = load_precedents(BRAND, PRECEDENTS, ANCHOR)
    assert (loose.id, loose.acts, loose.fact_ids, loose.status) == ("p-loose", ("own",), ("f-spine",), "accepted")
    assert loose.resolved_at == date(2026, 1, 29) and loose.public
    assert kind.superseded_by == "p-loose" and kind.status == "candidate" and kind.authority == ""


CASES = [
    ('"p-kind"', '"p-loose"', 2, "stands twice; the first is on line 1", "Change one"),
    ('"p-kind"', '"kind"', 2, "`kind`", "`p-`"),
    ('"p-kind"', '""', 2, "`id` is empty", '"id": "p-cold-latte"'),
    ('"p-kind"', "7", 2, "must be text", '"id": "p-cold-latte"'),
    ('"intent": "praise"', '"intent": "prais"', 2, "`prais`", "Did you mean `praise`?"),
    ('"intent": "praise"', '"intention": "praise"', 2, "no field `intention`", "`intent`"),
    ('"intent": "praise", ', "", 2, "has no `intent`", '"intent": "complaint"'),
    ('"mention": "Lovely"', '"mention": null', 2, "has no `mention`", '"mention":'),
    ('"acts": ["own"]', '"acts": ["onw"]', 1, "`onw`", "Did you mean `own`?"),
    ('"acts": ["own"]', '"acts": "own"', 1, "must be a list", '"acts": ["own"'),
    ('"acts": ["own"]', '"acts": ["own"], "acts": []', 1, "stands twice", "Keep one"),
    ('["f-spine"]', '["f-spin"]', 1, "no fact of this brand", "Did you mean `f-spine`?"),
    ('"authority": "ab"', '"authority": "jo"', 1, "`jo`", "ab"),
    ('"speaker": "ab"', '"speaker": "a"', 1, "not among the people", "ab"),
    ('"import-40d"', '"40 days ago"', 1, "is no day", "import-30d"),
    ('"2026-01-05"', '"2026-01-05", "valid_until": "2026-01-04"', 2, "before `resolved_at`", "Correct"),
    ('"2026-01-05"', '"2026-01-05", "public": "yes"', 2, "true or false", '"public": true'),
    ('"2026-01-05"', '"2026-01-05", "lang": "english"', 2, "language code", "two-letter"),
    ('"accepted"', '"acepted"', 1, "`acepted`", "Did you mean `accepted`?"),
    ('"superseded_by": "p-loose"', '"superseded_by": "p-loos"', 2, "not in this file", "`p-loose`"),
    ('"superseded_by": "p-loose"', '"superseded_by": "p-kind"', 2, "supersedes itself", "Remove"),
    ('"reply": "Thank you. ^AB"', '"reply": "\\ud83d"', 2, "surrogate", "retype"),
    ('"Praise", "reply"', '"Praise" "reply"', 2, "not a JSON object: Expecting ',' delimiter", "one object a line"),
    ('{"id": "p-kind"', '[{"id": "p-kind"', 2, "not a JSON object", "one object a line"),
]


@pytest.mark.parametrize(("old", "new", "line", "says", "fix"), CASES)
def test_a_malformed_row_is_refused_with_line_and_fix(old: str, new: str, line: int, says: str, fix: str) -> None:
    assert PRECEDENTS.count(old) == 1
    with pytest.raises(KnowledgeError) as caught:
        load_precedents(BRAND, PRECEDENTS.replace(old, new), ANCHOR)
    problem = caught.value.problems[0]
    assert (problem.file, problem.line) == ("precedents.jsonl", line)
    assert says in problem.message and fix.casefold() in problem.fix.casefold(), problem


def test_every_bad_row_is_told() -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_precedents(BRAND, "{}\n\nnot json\n[]\n42\n" + "[" * 100_000 + "\n", ANCHOR)
    assert sorted({problem.line for problem in caught.value.problems}) == [1, 3, 4, 5, 6]


def test_supersession_in_a_circle_is_refused() -> None:
    text = PRECEDENTS.replace('"status": "accepted"', '"superseded_by": "p-kind"')
    with pytest.raises(KnowledgeError, match="supersedes itself"):
        load_precedents(BRAND, text, ANCHOR)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")).map(str.strip)
SAID = TEXT.filter(bool)
PEOPLE = st.sampled_from(["", "ab", "kc"])
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@st.composite
def precedents(draw: st.DrawFn) -> list[Precedent]:
    ids = draw(st.lists(st.from_regex(r"p-[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True), unique=True, max_size=5))
    out: list[Precedent] = []
    for number, id in enumerate(ids):
        resolved = draw(DAYS)
        out.append(
            Precedent(
                id=id,
                intent=draw(st.sampled_from(INTENTS)),
                mention=draw(SAID),
                situation=draw(SAID),
                reply=draw(SAID),
                acts=tuple(draw(st.lists(st.sampled_from(ACTS), max_size=3))),
                fact_ids=tuple(draw(st.lists(st.sampled_from(["f-monday", "f-spine", "f-box"]), max_size=2))),
                concession=draw(TEXT),
                authority=draw(PEOPLE),
                outcome=draw(TEXT),
                public=draw(st.booleans()),
                channel=draw(TEXT),
                speaker=draw(PEOPLE),
                lang=draw(st.sampled_from(sorted(CODES))),
                resolved_at=resolved,
                valid_until=draw(st.none() | st.dates(resolved, date(2101, 1, 1))),
                superseded_by=draw(st.none() | st.sampled_from(ids[:number])) if number else None,
                status=draw(st.sampled_from(["candidate", "accepted", "retired"])),
                source=draw(TEXT),
            )
        )
    return out


@given(precedents(), st.randoms(use_true_random=False))
@steady()
def test_what_is_written_is_read_back_and_written_the_same(items: list[Precedent], random: Random) -> None:
    text = write_precedents(items)
    shuffled = list(items)
    random.shuffle(shuffled)
    assert write_precedents(shuffled) == text
    assert load_precedents(BRAND, text, date(1999, 9, 9)) == sorted(items, key=lambda one: one.id)
    assert text.count("\n") == len(items)
