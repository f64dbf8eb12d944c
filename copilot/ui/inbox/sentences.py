"""A reply sentence by sentence: what each does, what it stands on, and what the checks say of it."""

from collections.abc import Sequence
from typing import NamedTuple

from copilot.models import CheckResult, Draft, Span, Verdict
from copilot.text import sentences

WORST_FIRST: tuple[Verdict, ...] = ("error", "block", "escalate", "warn", "info", "pass")
_ABOUT_THE_MENTION = ("P5",)
"""Their spans lie in what was written to us, not in the reply."""


class Row(NamedTuple):
    """One sentence of the reply as it stands."""

    text: str
    act: str
    """What the draft says it does; empty for a sentence a person wrote."""
    evidence_ids: tuple[str, ...]
    verdict: Verdict


def rows(reply: str, draft: Draft | None, results: Sequence[CheckResult]) -> list[Row]:
    """Every sentence of `reply` with the worst that is said of it."""
    return [_row(span, draft, results) for span in sentences(reply)]


def open_findings(results: Sequence[CheckResult]) -> list[CheckResult]:
    """What is not simply fine, the worst first."""
    found = [result for result in results if result.verdict != "pass"]
    return sorted(found, key=lambda result: WORST_FIRST.index(result.verdict))


def sentence_of(reply: str, finding: CheckResult) -> str:
    """The sentence a finding points at; empty when it points at none."""
    if not finding.spans or finding.check in _ABOUT_THE_MENTION:
        return ""
    return next((span.text for span in sentences(reply) if _touches(span, finding.spans[0])), "")


def used_in(reply: str, draft: Draft | None, evidence_id: str) -> list[int]:
    """Numbers, from 1, of the sentences that stand on a piece of evidence."""
    return [n for n, row in enumerate(rows(reply, draft, ()), start=1) if evidence_id in row.evidence_ids]


def _row(span: Span, draft: Draft | None, results: Sequence[CheckResult]) -> Row:
    source = next((s for s in draft.sentences if span.text in s.text), None) if draft else None
    said = {r.verdict for r in results if r.check not in _ABOUT_THE_MENTION and any(_touches(span, s) for s in r.spans)}
    verdict: Verdict = "pass"
    for one in reversed(WORST_FIRST):
        verdict = one if one in said else verdict
    return Row(span.text, source.act if source else "", source.evidence_ids if source else (), verdict)


def _touches(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end
