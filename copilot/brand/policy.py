"""What a brand's people may promise, who decides what, where replies may link, and which checks are stricter here."""

import re
from collections.abc import Iterable
from typing import get_args

from copilot.brand.fields import Fields
from copilot.brand.people import RELATIONS, Unique, check_person, read_id
from copilot.brand.report import Report, pick, shown
from copilot.brand.values import Value, choose
from copilot.models import Commitment, CommitmentKind, EscalationTopic, Severity

KINDS: tuple[CommitmentKind, ...] = get_args(CommitmentKind)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

_BLOCK = "H1 H2 H3 H4 H5 H7 D1 D2 D4 D5 D6 D7 D8 D11 D13 D14 D16 T2 T3 T8 P1 P2 P3 P4"
_WARN = "H6 H8 T1 T4 T5 T6 T7 T9 T10"
_INFO = "D3 D10"
CHECK_SEVERITIES: dict[str, Severity] = {
    **dict.fromkeys(_BLOCK.split(), "block"),
    **dict.fromkeys(_WARN.split(), "warn"),
    **dict.fromkeys(_INFO.split(), "info"),
}
"""How strict each check is by itself; a brand may only go further. docs/checks.md is where they come from."""
FIXED = {
    "P5": "always escalates to a person",
    "D9": "holds for every reply and has no severity",
    "D12": "holds for every draft and has no severity",
    "D15": "is judged by H1, H2 and H3",
}
"""Checks whose severity no brand can set, and why."""

_TOPIC = {
    "id": "allergy",
    "words": "[anaphylaxis, allergic reaction]",
    "to": "jm",
    "why": "somebody could be hurt",
    "public_interest": "false",
}
_COMMITMENT = {
    "kind": "replacement",
    "roles": "[owner, employee]",
    "up_to": "20",
    "within_days": "5",
    "note": "a bag of the same size",
}


def read_escalations(values: Iterable[Value], people: Iterable[str], report: Report) -> tuple[EscalationTopic, ...]:
    """`escalate:` of brand.yaml."""
    seen = Unique("The topic")
    return tuple(_topic(value, people, report, seen) for value in values)


def _topic(value: Value, people: Iterable[str], report: Report, seen: Unique) -> EscalationTopic:
    fields = Fields(value, report, _TOPIC, what="An escalation topic", required=("id", "words", "to", "why"))
    if fields.has("words") and not fields.items("words"):
        fields.wrong("words", "is empty, so the topic could never be noticed.")
    return EscalationTopic(
        id=read_id(fields, seen),
        words=fields.texts("words"),
        to=check_person(fields, "to", people),
        why=fields.text("why"),
        public_interest=fields.flag("public_interest", False),
    )


def read_commitments(values: Iterable[Value], report: Report) -> tuple[Commitment, ...]:
    """`commitments:` of brand.yaml: what each relation may promise, at most once for each kind."""
    seen = Unique("The commitment")
    return tuple(_commitment(value, report, seen) for value in values)


def _commitment(value: Value, report: Report, seen: Unique) -> Commitment:
    fields = Fields(value, report, _COMMITMENT, what="A commitment", required=("kind", "roles"))
    commitment = Commitment(
        kind=fields.choice("kind", KINDS, KINDS[0]),
        roles=fields.choices("roles", RELATIONS),
        up_to=fields.amount("up_to"),
        within_days=fields.integer("within_days", 1, low=1, high=3650) if fields.has("within_days") else None,
        note=fields.text("note"),
    )
    if fields.has("kind"):
        for role in commitment.roles:
            seen.check(f"{commitment.kind} by {role}", value.line, report)
    return commitment


def read_links(fields: Fields) -> tuple[str, ...]:
    """`links:` of brand.yaml: hosts, or hosts with the beginning of a path."""
    for link, line in fields.lined_texts("links"):
        if not is_link(link):
            bare = re.sub(r"^[a-z][a-z0-9+.\-]*://", "", link.lower()).split("?")[0].split("#")[0].rstrip("/*")
            fix = f"Write `{bare}`." if is_link(bare) else "Write a host like `example.com`, or `example.com/help`."
            fields.report.add(line, f"{shown(link)} is not a host, or a host with a path.", fix)
    return fields.texts("links")


def is_link(text: str) -> bool:
    """Whether this is a lower-case host, or a host and a path: no scheme, port, user, query or wildcard."""
    host, _, path = text.partition("/")
    labels = host.split(".")
    return (
        len(labels) >= 2
        and len(host) <= 253
        and all(re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", label, re.ASCII) for label in labels)
        and not labels[-1].isdigit()
        and not re.search(r"[\s?#*@\\]|^/|//|\.\.", path)
    )


def read_checks(value: Value | None, report: Report) -> dict[str, Severity]:
    """`checks:` of brand.yaml: severities this brand raises."""
    if value is None:
        return {}
    named: dict[str, Severity] = {}
    for entry in value.entries:
        if entry.key in FIXED:
            report.add(entry.line, f"{entry.key} {FIXED[entry.key]}.", "Remove this line.")
        elif entry.key not in CHECK_SEVERITIES:
            report.add(entry.line, f"There is no check {shown(entry.key)}.", pick(entry.key.upper(), CHECK_SEVERITIES))
        elif (level := choose(entry.value.raw, SEVERITIES)) is None:
            found = shown(entry.value.raw)
            report.add(entry.line, f"{entry.key} cannot be {found}.", pick(entry.value.raw, SEVERITIES))
        else:
            named[entry.key] = level
            _report_loosened(entry.key, level, entry.line, report)
    return named


def _report_loosened(check: str, wish: Severity, line: int, report: Report) -> None:
    standard = CHECK_SEVERITIES[check]
    if SEVERITIES.index(wish) < SEVERITIES.index(standard):
        stricter = " or ".join(f"`{level}`" for level in SEVERITIES[SEVERITIES.index(standard) :])
        report.add(
            line,
            f"{check} is `{standard}` by itself; a brand can make it stricter, never milder.",
            f"Write {stricter}, or remove this line.",
        )
