"""The files of a brand → `Brand`, or every problem in them at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from copilot.brand.catalog import check_id
from copilot.brand.facts import FactReader
from copilot.brand.files import (
    BRAND,
    FACTS,
    LARGEST_FILE,
    MENTIONS,
    PLAYBOOKS,
    PRECEDENTS,
    VOICE,
    fingerprint,
    makes_a_brand,
    normal,
    report_characters,
    report_missing,
)
from copilot.brand.playbooks import read_playbooks
from copilot.brand.profile import read_profile
from copilot.brand.report import Report, collecting
from copilot.brand.voice import read_voice
from copilot.brand.yaml_source import read_yaml
from copilot.models import Brand, Person


def load_brand(brand_id: str, files: Mapping[str, str], anchor: date) -> Brand:
    """The brand these files describe. `anchor` is the day that ``import`` means in them.

    Raises:
        InputError: `brand_id` cannot be the id of a brand.
        KnowledgeError: every problem found, with file, line and what to write instead.
    """
    check_id(brand_id)
    parts: dict[str, Any] = {}
    with collecting(brand_id) as report:
        texts = _readable(files, report)
        parts.update(_profile(texts, report))
        people: tuple[Person, ...] | None = parts.get("people")
        ids = None if people is None else [person.id for person in people]
        if VOICE in texts:
            parts["voice"] = read_voice(texts[VOICE], ids, report.on(VOICE))
        parts.update(_playbooks(texts, report))
        reader = FactReader(anchor)
        names = sorted(name for name in texts if name.startswith(f"{FACTS}/"))
        parts["facts"] = tuple(fact for name in names for fact in reader.read(texts[name], report.on(name)))
    return Brand(id=brand_id, sha=fingerprint(files), **parts)


def _readable(files: Mapping[str, str], report: Report) -> dict[str, str]:
    """The files a brand is made of, without those no parser may see."""
    report_missing(set(files), report)
    texts: dict[str, str] = {}
    for name, text in files.items():
        if not makes_a_brand(name):
            if name not in (PRECEDENTS, MENTIONS):
                report.on(name).add(0, "This file is not part of a brand.", "Facts stand in `facts/<topic>.md`.")
            continue
        text = normal(text)
        if len(text) > LARGEST_FILE:
            report.on(name).add(0, f"This file is larger than {LARGEST_FILE // 1024 // 1024} MB.", "Split it.")
        elif report_characters(name, text, report):
            texts[name] = text
    return texts


def _profile(texts: Mapping[str, str], report: Report) -> dict[str, Any]:
    if BRAND not in texts:
        return {}
    tree = read_yaml(texts[BRAND], report.on(BRAND))
    return {} if tree is None else read_profile(tree, report.on(BRAND))


def _playbooks(texts: Mapping[str, str], report: Report) -> dict[str, Any]:
    tree = read_yaml(texts.get(PLAYBOOKS, ""), report.on(PLAYBOOKS))
    return {} if tree is None else {"playbooks": read_playbooks(tree, report.on(PLAYBOOKS))}
