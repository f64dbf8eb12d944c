"""Does the inbox's order put urgent mentions first, and how fast is triage?

    python -m evals.benches.urgency --data DIR

`DIR` holds ``twitter/twcs_mentions_only.jsonl`` (docs/benchmarks.md says where it is from). The labels,
`evals/datasets/urgency_labels.jsonl`, are ids and judgements only: 3 now, 2 today, 1 in turn, 0 no answer. They were
made from the texts, before and without the rules. Baselines: newest first, and longest first.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from copilot.bootstrap import Copilot
from copilot.intake import missing, moment
from copilot.models import Mention
from copilot.triage import triage, triage_many

LABELS = Path(__file__).parents[1] / "datasets" / "urgency_labels.jsonl"
_START = datetime(2017, 1, 1, tzinfo=UTC)
_URGENT = 2
_TOP = 20


class Row(NamedTuple):
    """A labelled mention with its place in three orders."""

    label: int
    urgency: float
    created: str
    length: int
    action: str


def main(argv: Sequence[str] | None = None) -> int:
    """Print precision at 20 and mentions a second."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--brand", default="harbor-coffee")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    source = args.data / "twitter" / "twcs_mentions_only.jsonl"
    if not source.is_file():
        sys.exit(f"There is no {source}. Give --data the folder that holds twitter/.")
    with Copilot.open() as copilot:
        brand = copilot.files_of(args.brand)
    mentions = {row["tweet_id"]: _mention(row, brand.id) for row in _rows(source)}
    triage(next(iter(mentions.values())), brand)
    started = time.process_time()
    decided = {d[0]: d[1] for d in zip(mentions, triage_many(mentions.values(), brand), strict=True)}
    seconds = time.process_time() - started
    rows = [
        Row(
            label["urgency"],
            decided[label["tweet_id"]].urgency if decided[label["tweet_id"]].action != "ignore" else -1.0,
            str(mentions[label["tweet_id"]].created_at),
            len(mentions[label["tweet_id"]].text),
            decided[label["tweet_id"]].action,
        )
        for label in _rows(LABELS)
    ]
    figures = {
        "mentions": len(mentions),
        "per_second": round(len(mentions) / seconds),
        "labelled": len(rows),
        "urgent": sum(r.label >= _URGENT for r in rows),
        "precision_at_20": _precision(rows, lambda r: r.urgency),
        "newest_first": _precision(rows, lambda r: r.created),
        "longest_first": _precision(rows, lambda r: r.length),
        "chance": round(sum(r.label >= _URGENT for r in rows) / len(rows), 3),
        "needs_a_person_now_in_top_20": _top(rows, lambda r: r.urgency, 3),
        "needs_a_person_now": sum(r.label == 3 for r in rows),
    }
    print(json.dumps(figures) if args.json else "\n".join(f"{k:<30}{v}" for k, v in figures.items()))  # noqa: T201
    return 0


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _mention(row: Mapping[str, Any], brand: str) -> Mention:
    return Mention(
        id=row["tweet_id"],
        brand=brand,
        channel="x",
        author=row["author"],
        text=row["text"],
        created_at=_START if missing(row["created_at"]) else moment(row["created_at"]),
        thread=row["in_response_to"] or row["tweet_id"],
    )


def _ordered(rows: Sequence[Row], key: Callable[[Row], Any]) -> list[Row]:
    """Best first; ties in an order that has nothing to do with the label."""
    shuffled = list(rows)
    random.Random(0).shuffle(shuffled)
    return sorted(shuffled, key=key, reverse=True)[:_TOP]


def _precision(rows: Sequence[Row], key: Callable[[Row], Any]) -> float:
    return round(sum(r.label >= _URGENT for r in _ordered(rows, key)) / _TOP, 3)


def _top(rows: Sequence[Row], key: Callable[[Row], Any], label: int) -> int:
    return sum(r.label == label for r in _ordered(rows, key))


if __name__ == "__main__":
    sys.exit(main())
