"""The sample brands: complete, varied, and judged fair by the checks they are written for."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.bootstrap import Copilot
from copilot.brand import brand_folder, load_brand, load_mentions, load_precedents, read_files
from copilot.models import INTENTS, Brand, Mention, Precedent
from copilot.samples import load_samples
from copilot.text import words
from evals.benches.precedents import judged
from tests.conftest import NOW, ROOT

KNOWLEDGE = ROOT / "knowledge"
SAMPLES = ("harbor-coffee", "velo-north")


def read(brand_id: str) -> tuple[Brand, list[Precedent], list[Mention]]:
    files = read_files(brand_folder(KNOWLEDGE, brand_id))
    brand = load_brand(brand_id, files, NOW.date())
    precedents = load_precedents(brand, files["precedents.jsonl"], NOW.date())
    return brand, precedents, load_mentions(brand_id, files["mentions.jsonl"], NOW)


@pytest.mark.parametrize("brand_id", SAMPLES)
def test_a_sample_is_complete(brand_id: str) -> None:
    brand, precedents, mentions = read(brand_id)
    accepted = [p for p in precedents if p.status == "accepted"]
    assert len(brand.facts) >= 40 and sum(f.valid_until is not None for f in brand.facts) >= 10
    assert len(accepted) >= 60 and {p.intent for p in accepted} >= set(INTENTS) - {"spam"}
    assert len([m for m in mentions if not m.from_brand]) >= 60
    assert max(Counter(m.thread for m in mentions).values()) >= 3


@pytest.mark.parametrize("brand_id", SAMPLES)
def test_no_two_precedents_open_or_close_alike(brand_id: str) -> None:
    brand, precedents, _ = read(brand_id)
    signs = {p.initials for p in brand.people}
    said = [
        [w.text.lower() for w in words(p.reply) if w.text not in signs] for p in precedents if p.status == "accepted"
    ]
    assert max(Counter(tuple(w[:3]) for w in said).values()) == 1
    assert max(Counter(tuple(w[-3:]) for w in said).values()) == 1


def test_every_accepted_precedent_passes_unchanged() -> None:
    blocked = {j.precedent.id: [r.reason for r in j.blocks] for j in judged(KNOWLEDGE, NOW) if j.blocks}
    assert blocked == {}


@pytest.mark.parametrize("brand_id", SAMPLES)
def test_the_expected_actions_name_real_mentions(brand_id: str) -> None:
    ids = {m.id for m in read(brand_id)[2]}
    lines = (ROOT / "evals" / "datasets" / "first_run" / f"{brand_id}.jsonl").read_text().splitlines()
    assert len(lines) == 20 and {json.loads(line)["mention_id"] for line in lines} <= ids


def test_loading_the_samples_twice_changes_nothing(copilot: Copilot) -> None:
    again = load_samples(copilot)
    assert [row.new for row in again] == [0, 0] and all(row.duplicate >= 60 for row in again)


def test_nothing_is_stale_on_the_day_of_import(tmp_path: Path) -> None:
    for brand_id in SAMPLES:
        brand, precedents, _ = read(brand_id)
        valid = {f.id for f in brand.facts if f.valid_on(NOW.date())}
        for p in precedents:
            assert p.status != "accepted" or set(p.fact_ids) <= valid, p.id
    assert NOW.tzinfo is UTC and isinstance(NOW, datetime)
