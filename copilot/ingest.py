"""Read a brand's files into the ledger and the index; only what changed is touched, and a bad file changes nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

from copilot.brand import (
    LintFinding,
    brand_folder,
    fingerprint,
    lint,
    load_brand,
    load_precedents,
    local_day,
    read_files,
)
from copilot.errors import KnowledgeError
from copilot.models import Brand, Frozen, Precedent
from copilot.personal_data import mask_all
from copilot.ports import BrandIndex, BrandLedger
from copilot.retrieve import index_entries


class Ingested(Frozen):
    """What reading a brand's files did."""

    brand: str
    voice: int
    """Voice rules."""
    facts: int
    precedents: int
    """Accepted ones, in the ledger."""
    changed: int
    """Index entries added, updated or removed."""
    new_precedents: int
    seconds: float


def read_brand(knowledge_dir: Path, brand_id: str, anchor: date) -> tuple[Brand, dict[str, str]]:
    """The brand as its files are now, and those files.

    Raises:
        KnowledgeError: a file cannot be used; names file, line and fix.
        InputError: there is no such brand.
    """
    files = read_files(brand_folder(knowledge_dir, brand_id))
    return load_brand(brand_id, files, anchor), files


def ingest(
    knowledge_dir: Path, brand_id: str, ledger: BrandLedger, index: BrandIndex, now: datetime, *, rebuild: bool = False
) -> Ingested:
    """Make ledger and index hold what the files say.

    Raises:
        KnowledgeError: a file cannot be used; the last good version goes on serving.
        StorageError: ledger or index could not be written; the last good version goes on serving.
    """
    started = perf_counter()
    current = ledger.snapshot()
    anchor = current.anchor if current else now.date()
    brand, files = read_brand(knowledge_dir, brand_id, anchor)
    if current is None:
        anchor = local_day(brand, now)
        brand = load_brand(brand_id, files, anchor)
    precedents = load_precedents(brand, files.get("precedents.jsonl", ""), anchor)
    if current is None or current.sha != fingerprint(files):
        ledger.save_snapshot(brand_files(files), brand.sha, now, anchor)
    new = ledger.put_precedents([masked(p) for p in precedents], now, None)
    accepted = ledger.precedents(("accepted",))
    report = index.sync(index_entries(brand, accepted), rebuild=rebuild)
    return Ingested(
        brand=brand_id,
        voice=len(brand.voice.rules),
        facts=len(brand.facts),
        precedents=len(accepted),
        changed=report.added + report.updated + report.removed,
        new_precedents=new,
        seconds=perf_counter() - started,
    )


def brand_files(files: Mapping[str, str]) -> dict[str, str]:
    """Those of the files that make a `Brand`; precedents and mentions live in the ledger."""
    return {path: text for path, text in files.items() if not path.endswith(".jsonl")}


def masked(precedent: Precedent) -> Precedent:
    """A precedent without personal data of the customer in what it is found by."""
    (mention, situation), _ = mask_all([precedent.mention, precedent.situation])
    return precedent.model_copy(update={"mention": mention, "situation": situation})


def lint_files(knowledge_dir: Path, brand_id: str, today: date) -> list[LintFinding]:
    """What an editor would want to know about a brand's files, errors included."""
    try:
        brand, files = read_brand(knowledge_dir, brand_id, today)
        precedents = load_precedents(brand, files.get("precedents.jsonl", ""), today)
    except KnowledgeError as error:
        return [
            LintFinding(file=p.file, line=p.line, rule="format", severity="error", message=p.message, fix=p.fix)
            for p in error.problems
        ]
    return lint(brand, files, precedents, today=today)
