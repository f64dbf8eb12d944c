"""The guide for writers: its example loads, its error is the one that is told, its lists are complete."""

import inspect
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from copilot.brand import lint, load_brand, load_mentions, load_precedents
from copilot.brand.linting import RULES
from copilot.brand.playbooks import ACTS
from copilot.brand.voice import COUNTED, PLAIN
from copilot.errors import KnowledgeError
from copilot.models import INTENTS, Brand, CommitmentKind, Mention, Precedent, Relation

from .sample import NOW

GUIDE = (Path(__file__).parents[2] / "docs" / "writing-a-voice-guide.md").read_text(encoding="utf-8")
ANCHOR = date(2026, 3, 10)


def example(heading: str, number: int = 0) -> str:
    """A fenced example after a heading, counted from it."""
    after = GUIDE.split(f"\n## {heading}\n", 1)[1]
    return re.findall(r"^```\w+\n(.*?)^```$", after, re.MULTILINE | re.DOTALL)[number]


FILES = {name: example(name) for name in ("brand.yaml", "voice.md", "playbooks.yaml", "facts/opening.md")}


def guide_brand() -> Brand:
    return load_brand("kestrel-kayaks", FILES, ANCHOR)


def test_the_example_is_one_brand_that_loads_and_contradicts_itself_nowhere() -> None:
    brand = guide_brand()
    precedents = load_precedents(brand, example("precedents.jsonl"), ANCHOR)
    mentions = load_mentions(brand.id, example("mentions.jsonl"), NOW)
    assert len(brand.facts) == 3 and len(precedents) == 1 and mentions[1].thread == "m-1"
    found = {one.rule for one in lint(brand, FILES, precedents, today=ANCHOR)}
    assert found == {"intent-without-playbook"}


def test_the_error_in_the_guide_is_the_one_that_is_told() -> None:
    broken, told = example("Reading an error"), example("Reading an error", 1)
    with pytest.raises(KnowledgeError) as caught:
        load_brand("kestrel-kayaks", {**FILES, "voice.md": broken}, ANCHOR)
    assert "\n".join(map(str, caught.value.problems)) == told.strip()


@pytest.mark.parametrize(
    "names",
    [PLAIN, COUNTED, ACTS, INTENTS, get_args(CommitmentKind), get_args(Relation)],
    ids=["checks", "counted", "acts", "intents", "commitments", "relations"],
)
def test_every_word_a_file_may_use_is_in_the_guide(names: tuple[str, ...]) -> None:
    assert not [name for name in names if f"`{name}" not in GUIDE]


def test_every_field_of_brand_yaml_is_explained() -> None:
    section = GUIDE.split("\n## brand.yaml\n")[1].split("\n## voice.md\n")[0].split("| part |")[1]
    fields = set(Brand.model_fields) - {"id", "sha", "voice", "playbooks", "facts"}
    assert not [field for field in fields if f"`{field}`" not in section]


def test_every_field_of_a_precedent_and_a_mention_is_shown() -> None:
    shown = example("precedents.jsonl") + GUIDE.split("\n## precedents.jsonl\n")[1]
    assert not [field for field in Precedent.model_fields if f'"{field}"' not in shown and f"`{field}`" not in shown]
    required = [name for name, field in Mention.model_fields.items() if field.is_required() and name != "brand"]
    assert not [name for name in required if f'"{name}"' not in example("mentions.jsonl")]


def test_every_lint_rule_is_explained() -> None:
    section = GUIDE.split("\n## What lint adds\n")[1]
    modules = {inspect.getmodule(rule) for rule in RULES}
    source = "".join(inspect.getsource(module) for module in modules if module)
    ids = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)", ?\n? *"(?:error|warn|info)"', source))
    assert len(ids) >= 15
    assert not [id for id in ids if f"`{id}`" not in section]
