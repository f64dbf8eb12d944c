"""The brands that ship with the project load, and contradict themselves nowhere."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.brand import (
    MENTIONS,
    PRECEDENTS,
    brand_folder,
    brand_ids,
    lint,
    load_brand,
    load_mentions,
    load_precedents,
    local_day,
    read_files,
    write_precedents,
)

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize("brand_id", brand_ids(KNOWLEDGE))
def test_a_shipped_brand_loads_without_errors(brand_id: str) -> None:
    files = read_files(brand_folder(KNOWLEDGE, brand_id))
    brand = load_brand(brand_id, files, NOW.date())
    precedents = load_precedents(brand, files.get(PRECEDENTS, ""), NOW.date())
    load_mentions(brand_id, files.get(MENTIONS, ""), NOW)
    assert load_precedents(brand, write_precedents(precedents), NOW.date()) == sorted(precedents, key=lambda p: p.id)
    errors = [one for one in lint(brand, files, precedents, today=local_day(brand, NOW)) if one.severity == "error"]
    assert not errors
