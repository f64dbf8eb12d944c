"""Do the sample brands' own accepted precedents pass every check, unchanged?

    python -m evals.benches.precedents

What people approved and would approve again is the first thing a check must not block.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from copilot.brand import brand_folder, brand_ids, load_brand, load_precedents, read_files
from copilot.checks import run_checks
from copilot.models import Brand, CheckContext, CheckResult, Mention, Precedent
from copilot.settings import load_settings
from copilot.triage import triage


class Judged(NamedTuple):
    """A precedent and what the checks say of its reply."""

    brand: Brand
    precedent: Precedent
    results: tuple[CheckResult, ...]

    @property
    def blocks(self) -> tuple[CheckResult, ...]:
        """What would hold it back."""
        return tuple(r for r in self.results if r.verdict in ("block", "error"))


def main() -> int:
    """Print what blocks and what warns; 0 when nothing blocks."""
    blocked = 0
    warned: Counter[str] = Counter()
    started, count = time.process_time(), 0
    for one in judged(load_settings().knowledge_dir, datetime.now(UTC)):
        count += 1
        warned.update(r.check for r in one.results if r.verdict == "warn")
        if one.blocks:
            blocked += 1
            reasons = "; ".join(f"{r.check} {r.reason}" for r in one.blocks)
            print(f"{one.brand.id} {one.precedent.id}: {one.precedent.reply}\n    {reasons}")  # noqa: T201
    each = 1000 * (time.process_time() - started) / max(count, 1)
    print(f"{count} accepted precedents, {blocked} blocked, warnings {dict(warned)}, {each:.1f} ms each")  # noqa: T201
    return 1 if blocked else 0


def judged(knowledge: Path, now: datetime) -> Iterator[Judged]:
    """Every accepted precedent with its results, as it would be sent today."""
    for brand_id in brand_ids(knowledge):
        files = read_files(brand_folder(knowledge, brand_id))
        brand = load_brand(brand_id, files, now.date())
        for precedent in load_precedents(brand, files.get("precedents.jsonl", ""), now.date()):
            if precedent.status == "accepted":
                yield Judged(brand, precedent, _results(brand, precedent, now))


def _results(brand: Brand, precedent: Precedent, now: datetime) -> tuple[CheckResult, ...]:
    speaker = brand.person(precedent.speaker)
    mention = Mention(
        id="m",
        brand=brand.id,
        channel=precedent.channel,
        author="customer",
        text=precedent.mention,
        created_at=now,
        thread="m",
    )
    context = CheckContext(
        reply=precedent.reply,
        brand=brand,
        now=now,
        mention=mention,
        triage=triage(mention, brand, None, now),
        speaker=speaker,
        account="personal" if speaker and speaker.relation == "ambassador" else "brand",
        channel=precedent.channel,
        deliberate_review=True,
    )
    return run_checks(context)


if __name__ == "__main__":
    sys.exit(main())
