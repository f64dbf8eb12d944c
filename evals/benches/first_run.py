"""Twenty sample mentions a brand, whose expected action was written down before the first run.

    python -m evals.benches.first_run [--brand B] [--model M] [--write docs/examples.md]

Works in a folder of its own: your ledger is not touched.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from copilot.bootstrap import Copilot
from copilot.brand import brand_folder, load_mentions, read_files
from copilot.pipeline import Desk, Drafted
from copilot.samples import load_samples
from copilot.settings import load_settings

DATASETS = Path(__file__).parents[1] / "datasets" / "first_run"


class Outcome(NamedTuple):
    """One mention, what was expected, and what came."""

    expected: dict[str, Any]
    why: str
    drafted: Drafted

    @property
    def to_answer(self) -> bool:
        """Whether a drafted answer was expected."""
        return self.expected["action"] == "reply" and not self.expected.get("abstain")

    @property
    def answered(self) -> bool:
        """Whether there is an answer without a block."""
        done = self.drafted
        blocks = any(c.verdict in ("block", "error") for c in done.checks)
        return bool(done.draft.sentences) and not done.draft.abstained and not blocks

    @property
    def right(self) -> bool:
        """As expected: an answer where one was due, none where not, and the action named."""
        if self.to_answer:
            return self.answered
        action = self.drafted.triage.action == self.expected["action"]
        return not self.answered and (action or self.expected["action"] == "reply")


def main(argv: Sequence[str] | None = None) -> int:
    """Print each decision and draft; 0 when eight in ten of those to be answered are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--brand", action="append")
    parser.add_argument("--model", default="")
    parser.add_argument("--write", type=Path)
    args = parser.parse_args(argv)
    names: list[str] = args.brand or sorted(p.stem for p in DATASETS.glob("*.jsonl"))
    enough = True
    pages: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings().model_copy(update={"data_dir": Path(folder)})
        with Copilot(settings, say=lambda line: print(line, file=sys.stderr)) as copilot:  # noqa: T201
            load_samples(copilot)
            for name in names:
                desk = copilot.brand(name, args.model or None)
                outcomes = _run(copilot, desk)
                due = [o for o in outcomes if o.to_answer]
                share = sum(o.answered for o in due) / len(due)
                right = sum(o.right for o in outcomes)
                print(f"{name}: {sum(o.answered for o in due)} of {len(due)} answered without a block, "  # noqa: T201
                      f"{right} of {len(outcomes)} as expected")  # fmt: skip
                enough &= share >= 0.8
                pages.append(_page(name, outcomes, right))
    if args.write:
        args.write.write_text(_HEAD + "\n".join(pages), encoding="utf-8")
    return 0 if enough else 1


def _run(copilot: Copilot, desk: Desk) -> list[Outcome]:
    name = desk.brand.id
    files = read_files(brand_folder(copilot.knowledge_dir, name))
    mentions = {m.id: m for m in load_mentions(name, files["mentions.jsonl"], copilot.clock())}
    speaker = next(m.person for m in desk.ledger.members() if m.role in ("manager", "owner", "agency_lead"))
    out: list[Outcome] = []
    for line in (DATASETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        drafted = desk.draft(mentions[row["mention_id"]], speaker)
        outcome = Outcome(row["expected"], row["why"], drafted)
        out.append(outcome)
        mark = "ok " if outcome.right else "NO "
        text = drafted.draft.text or "-"
        print(f"{mark}{row['mention_id']} {drafted.triage.action:<8} {text}", flush=True)  # noqa: T201
    return out


_HEAD = """# Examples: drafts as they came

Written by `python -m evals.benches.first_run --write docs/examples.md`; nothing was edited. The expected action of
each mention (`evals/datasets/first_run/`) was written down before the first run, by somebody who had not seen the
rules. These are drafts: a person reads, edits and approves each one.

"""


def _page(name: str, outcomes: Sequence[Outcome], right: int) -> str:
    models = sorted({o.drafted.draft.provenance.model for o in outcomes} - {"none"}) or ["none"]
    due = [o for o in outcomes if o.to_answer]
    head = (
        f"## {name}\n\nModel: `{', '.join(models)}`. {sum(o.answered for o in due)} of {len(due)} mentions that were "
        f"to be answered have a draft without a block; {right} of {len(outcomes)} went as expected.\n"
    )
    return head + "\n".join(_example(o) for o in outcomes)


def _example(o: Outcome) -> str:
    d = o.drafted
    said = d.draft.text or "(no text)"
    kind = "holding reply" if d.draft.abstained and d.draft.sentences else "draft"
    stands = ", ".join(f"`{id}`" for id in d.draft.provenance.evidence_ids) or "no facts"
    warns = ", ".join(f"{c.check} {c.verdict}" for c in d.checks if c.verdict in ("warn", "block", "error"))
    lines = [
        f"\n### {d.mention.id} {'' if o.right else '(not as expected)'}\n",
        _code(d.mention.text),
        f"\nExpected: {o.expected['action']}{', no answer' if o.expected.get('abstain') else ''}. {o.why}\n",
        f"Decided: {d.triage.action}. {d.triage.reason}\n",
        f"{kind.capitalize()} ({stands}{'; ' + warns if warns else ''}):\n",
        _code(said),
    ]
    if d.draft.abstained and d.draft.reason != d.triage.reason:
        lines.append(f"\nNo answer: {d.draft.reason}")
    return "\n".join(lines) + "\n"


def _code(text: str) -> str:
    return "\n".join("    " + line for line in text.splitlines())


if __name__ == "__main__":
    sys.exit(main())
