"""precedents.jsonl ↔ `Precedent`s: resolved issues, one a line."""

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Literal, get_args

from copilot.brand.fields import JSON_STYLE, Fields
from copilot.brand.files import PRECEDENTS, normal, report_characters
from copilot.brand.json_source import read_rows
from copilot.brand.languages import read_language
from copilot.brand.people import Unique, check_person
from copilot.brand.playbooks import ACTS
from copilot.brand.report import Report, collecting, pick, shown
from copilot.brand.values import Value
from copilot.models import INTENTS, Brand, Precedent

Status = Literal["candidate", "accepted", "retired"]
STATUSES: tuple[Status, ...] = get_args(Status)
ID = re.compile(r"p-[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)

_EXAMPLES = {
    "id": '"p-cold-latte"',
    "intent": '"complaint"',
    "mention": '"My latte was cold."',
    "situation": '"Cold drink at the counter"',
    "reply": '"That should not happen. Tell us when you are next in and we make you a fresh one. ^JM"',
    "acts": '["own", "next_step"]',
    "fact_ids": '["f-pier-sunday"]',
    "concession": '"a fresh drink"',
    "authority": '"jm"',
    "outcome": '"came back the next day"',
    "public": "true",
    "channel": '"bluesky"',
    "speaker": '"jm"',
    "lang": '"en"',
    "resolved_at": '"import-40d"',
    "valid_until": '"import+300d"',
    "superseded_by": '"p-cold-latte-2"',
    "status": '"accepted"',
    "source": '"case 12"',
}
_REQUIRED = ("id", "intent", "mention", "situation", "reply", "resolved_at")


def load_precedents(brand: Brand, text: str, anchor: date) -> list[Precedent]:
    """The precedents of one file, in its order.

    Raises:
        KnowledgeError: every wrong line with what to write instead.
    """
    with collecting(brand.id, PRECEDENTS) as report:
        reader = _Reader(brand, anchor, report)
        text = normal(text)
        report_characters(PRECEDENTS, text, report)
        precedents = [reader.read(row) for row in read_rows(text, report)]
        reader.check_successors(precedents)
    return precedents


def write_precedents(precedents: Iterable[Precedent]) -> str:
    """JSON lines sorted by id, without what is empty: `load_precedents` reads the same precedents back."""
    rows = (one.model_dump(mode="json") for one in sorted(precedents, key=lambda one: one.id))
    kept = ({key: value for key, value in row.items() if value not in (None, "", [])} for row in rows)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept)


class _Reader:
    """Reads rows against one brand; remembers ids and their lines."""

    def __init__(self, brand: Brand, anchor: date, report: Report) -> None:
        self._anchor = anchor
        self._report = report
        self._people = [person.id for person in brand.people]
        self._facts = [fact.id for fact in brand.facts]
        self._ids = Unique("The precedent")
        self._lines: dict[str, int] = {}

    def read(self, row: Value) -> Precedent:
        """One row."""
        fields = Fields(row, self._report, _EXAMPLES, what="A precedent", required=_REQUIRED, style=JSON_STYLE)
        resolved = fields.day("resolved_at", self._anchor) or self._anchor
        last = fields.day("valid_until", self._anchor)
        if last and last < resolved:
            fields.wrong("valid_until", "lies before `resolved_at`.", "Correct one of the two.")
        lang = fields.text("lang", "en")
        read_language(lang, row.line, self._report)
        return Precedent(
            id=self._id(fields),
            intent=fields.choice("intent", INTENTS, INTENTS[0]),
            mention=fields.text("mention"),
            situation=fields.text("situation"),
            reply=fields.text("reply"),
            acts=self._acts(fields),
            fact_ids=self._fact_ids(fields),
            concession=fields.text("concession"),
            authority=check_person(fields, "authority", self._people),
            outcome=fields.text("outcome"),
            public=fields.flag("public", True),
            channel=fields.text("channel"),
            speaker=check_person(fields, "speaker", self._people),
            lang=lang,
            resolved_at=resolved,
            valid_until=last,
            superseded_by=fields.text("superseded_by") or None,
            status=fields.choice("status", STATUSES, "candidate"),
            source=fields.text("source"),
        )

    def check_successors(self, precedents: Iterable[Precedent]) -> None:
        """Each `superseded_by` names a precedent of the file, and following them comes to an end."""
        following: dict[str, str | None] = {}
        for one in precedents:
            following.setdefault(one.id, one.superseded_by)
        for id, successor in following.items():
            if not successor:
                continue
            line = self._lines.get(id, 0)
            if successor not in following:
                fix = pick(successor, (other for other in following if other != id))
                self._report.add(line, f"`superseded_by` names {shown(successor)}, which is not in this file.", fix)
            elif _returns(id, following):
                self._report.add(line, f"{shown(id)} supersedes itself in the end.", "Remove one `superseded_by`.")

    def _id(self, fields: Fields) -> str:
        text = fields.text("id")
        if text and not ID.fullmatch(text):
            fields.wrong("id", f"cannot be {shown(text)}.", "Write `p-` and then a-z, 0-9 and single hyphens.")
        self._ids.check(text, fields.line, self._report)
        self._lines.setdefault(text, fields.line)
        return text

    def _acts(self, fields: Fields) -> tuple[str, ...]:
        acts = fields.texts("acts")
        for act in acts:
            if act not in ACTS:
                fields.wrong("acts", f"holds {shown(act)}, which is no act.", pick(act, ACTS))
        return acts

    def _fact_ids(self, fields: Fields) -> tuple[str, ...]:
        ids = fields.texts("fact_ids")
        for id in ids:
            if id not in self._facts:
                fix = pick(id, self._facts, none="Remove it: this brand has no facts.")
                fields.wrong("fact_ids", f"names {shown(id)}, which is no fact of this brand.", fix)
        return ids


def _returns(start: str, following: dict[str, str | None]) -> bool:
    passed: set[str] = set()
    step: str | None = start
    while step and step not in passed:
        passed.add(step)
        step = following.get(step)
    return step == start
