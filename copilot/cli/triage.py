"""`candor triage`: decide without drafting, and without a model."""

from pathlib import Path
from typing import Annotated

import typer

from copilot.cli import batch
from copilot.cli.common import BrandOption, JsonOption, opened, out, out_json, shown, text_in
from copilot.errors import InputError
from copilot.models import Brand, Mention, TriageDecision


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("triage")(triage)


def triage(
    brand: BrandOption,
    text: Annotated[str, typer.Option("--text", help="What was written; - reads standard input.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="JSONL with id and text.")] = None,
    target: Annotated[Path | None, typer.Option("--out", help="Where the JSONL answer goes (default: stdout).")] = None,
    json: JsonOption = False,
) -> None:
    """Decide what should happen to a mention: reply, escalate or ignore, and why."""
    with opened() as copilot:
        known = copilot.files_of(brand, dated=False)
        if file is not None:
            batch.run(file, target, lambda row: _decide(known, _mention(copilot.clock(), brand, row)))
            return
        if not text:
            raise InputError("Give --text TEXT, or --file IN.jsonl.")
        row = {"id": "text", "text": text_in(copilot, text, "The text")}
        decision = _decide(known, _mention(copilot.clock(), brand, row))
    if json:
        out_json(decision)
        return
    out(f"{decision.action}: {shown(decision.reason)}")
    risks = ", ".join(decision.risks) or "none"
    out(f"intent {decision.intent}, sentiment {decision.sentiment}, urgency {decision.urgency:.2f}, risks {risks}")


def _decide(brand: Brand, mention: Mention) -> TriageDecision:
    from copilot.triage import triage as decide

    return decide(mention, brand, None, mention.created_at)


def _mention(now: object, brand: str, row: batch.Row) -> Mention:
    return Mention.model_validate(
        {
            "id": str(row.get("id", "")),
            "brand": brand,
            "channel": str(row.get("channel") or "bluesky"),
            "author": str(row.get("author") or "customer"),
            "text": batch.field(row, "text"),
            "created_at": row.get("created_at") or now,
            "thread": str(row.get("thread") or row.get("id", "")),
        }
    )
