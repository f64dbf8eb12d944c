"""playbooks.yaml → `Playbook`s: how each intent is answered."""

from copilot.brand.fields import Fields
from copilot.brand.languages import CODES, read_language
from copilot.brand.report import Report, pick, shown
from copilot.brand.values import Entry, Value, choose
from copilot.models import INTENTS, ActStep, Intent, Playbook

ACTS = (
    "acknowledge",
    "own",
    "answer",
    "explain",
    "next_step",
    "return",
    "thank",
    "invite",
    "ask",
    "decline",
    "hold",
)
"""What a part of a reply can do."""

_PLAYBOOK = {
    "public": "what happened, and what we do about it",
    "private": "names, order numbers, addresses",
    "hand_over": "somebody was hurt",
    "acts": '[{act: own, guide: Say that it was our mistake., lines: ["That was our mistake."]}]',
    "holding": '["Thank you for telling us. A person is looking at this now."]',
    "holding_in": '{de: ["Danke für die Nachricht. Ein Mensch sieht sich das jetzt an."]}',
}
_ACT = {
    "act": "own",
    "guide": "Say plainly that it was our mistake.",
    "lines": '["That was our mistake."]',
    "lines_in": '{de: ["Das war unser Fehler."]}',
    "optional": "false",
}


def read_playbooks(value: Value, report: Report) -> dict[Intent, Playbook]:
    """The playbooks by intent; an intent that has none is answered by the built-in one."""
    playbooks: dict[Intent, Playbook] = {}
    if value.kind != "map":
        report.add(value.line, "playbooks.yaml must be a group.", "Write `complaint:` and its fields under it.")
    for entry in value.entries:
        intent = choose(entry.key, INTENTS)
        if intent is None:
            report.add(entry.line, f"There is no intent {shown(entry.key)}.", pick(entry.key, INTENTS))
        else:
            playbooks[intent] = _playbook(intent, entry, report)
    return playbooks


def _playbook(intent: Intent, entry: Entry, report: Report) -> Playbook:
    value = Value("map", entry.line) if entry.value.kind == "nothing" else entry.value
    fields = Fields(value, report, _PLAYBOOK, what=f"The playbook `{intent}`")
    playbook = Playbook(
        intent=intent,
        acts=tuple(_act(item, report) for item in fields.items("acts")),
        public=fields.text("public"),
        private=fields.text("private"),
        hand_over=fields.text("hand_over"),
        holding=fields.texts("holding"),
        holding_in=_translated(fields, "holding_in", report),
    )
    if value.kind == "map" and not fields.items("acts") and not fields.items("holding"):
        fix = "Add `acts:` or `holding:`, or remove the playbook so that the built-in one is used."
        report.add(entry.line, f"The playbook `{intent}` says nothing to do.", fix)
    return playbook


def _act(value: Value, report: Report) -> ActStep:
    fields = Fields(value, report, _ACT, what="An act", required=("act", "guide"))
    return ActStep(
        act=fields.choice("act", ACTS, "acknowledge"),
        guide=fields.text("guide"),
        lines=fields.texts("lines"),
        lines_in=_translated(fields, "lines_in", report),
        optional=fields.flag("optional", False),
    )


def _translated(fields: Fields, key: str, report: Report) -> dict[str, tuple[str, ...]]:
    """Lines in other languages, by language code."""
    group = fields.group(key)
    if group is None:
        return {}
    for entry in group.entries:
        read_language(entry.key, entry.line, report)
    known = {entry.key: '["…"]' for entry in group.entries if entry.key in CODES}
    inner = Fields(group, report, known or {"de": '["…"]'}, what=f"`{key}`")
    return {code: inner.texts(code) for code in known}
