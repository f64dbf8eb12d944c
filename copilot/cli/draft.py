"""`candor draft` and `candor retrieve`: evidence, and a reply that stands on it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from copilot.cli import batch
from copilot.cli.check import show
from copilot.cli.common import AsOption, BrandOption, JsonOption, cut, opened, out, out_json, say, shown, text_in
from copilot.errors import InputError
from copilot.models import EvidenceKind
from copilot.pipeline import Desk, Drafted


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("retrieve")(retrieve)
    app.command("draft")(draft)
    app.command("replay")(replay)


def retrieve(
    brand: BrandOption,
    text: Annotated[str, typer.Option("--text", help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="How many of each kind.")] = 5,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="fact, precedent or voice; repeatable.")] = None,
    json: JsonOption = False,
) -> None:
    """Show what a reply could stand on."""
    kinds: list[EvidenceKind] = []
    for wish in kind or ():
        if wish not in ("fact", "precedent", "voice"):
            raise InputError(f"--kind is fact, precedent or voice, not '{wish}'.")
        kinds.append(wish)
    with opened() as copilot:
        found = copilot.brand(brand).retrieve(text_in(copilot, text, "The text"), k, kinds)
    if json:
        out_json(found)
        return
    for e in found:
        until = f"  (until {e.valid_until})" if e.valid_until else ""
        out(f"{e.similarity:5.2f}  {e.kind:<9} {e.id:<26} {cut(e.text, 90)}{until}")
    if not found:
        out("Nothing found. Is there knowledge? candor ingest")


def draft(
    brand: BrandOption,
    text: Annotated[str, typer.Option("--text", help="What was written; - reads standard input.")] = "",
    mention: Annotated[str, typer.Option("--mention", help="Id of a mention in the inbox.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="JSONL with id and text.")] = None,
    target: Annotated[Path | None, typer.Option("--out", help="Where the JSONL answer goes.")] = None,
    person: AsOption = "",
    instruction: Annotated[str, typer.Option("--instruction", help="Rewrite: shorter, own it more, …")] = "",
    model: Annotated[str, typer.Option("--model", help="embedded, none or provider:name.")] = "",
    seed: Annotated[int | None, typer.Option("--seed", help="Seed of the model calls.")] = None,
    json: JsonOption = False,
) -> None:
    """Draft a reply: triage, evidence, sentences, checks."""
    with opened() as copilot:
        if seed is not None:
            copilot.settings = copilot.settings.model_copy(update={"seed": seed})
        desk = copilot.brand(brand, model or None)
        speaker = person or copilot.settings.person or None
        if file is not None:
            batch.run(file, target, lambda row: as_json(_from_row(desk, row, speaker)))
            return
        if not text and not mention:
            raise InputError("Give --text TEXT, --mention ID, or --file IN.jsonl.")
        about = desk.ledger.mention(mention) if mention else desk.mention_from_text(text_in(copilot, text, "The text"))
        if not json:
            say("Drafting …")
        drafted = desk.draft(about, speaker, instruction=instruction)
    if json:
        out_json(as_json(drafted))
        return
    _show(drafted)


def replay(
    brand: BrandOption,
    draft_id: Annotated[str, typer.Argument(help="Id of a stored draft (record_id).")],
    json: JsonOption = False,
) -> None:
    """Make a stored draft again from what was stored, without a model, and say whether it is the same."""
    from copilot.replay import replayed

    with opened() as copilot:
        answer = replayed(copilot.ledger.brand(brand), draft_id)
    if json:
        out_json({"draft_id": draft_id, "same": answer.same, "text": answer.text, "stored": answer.stored})
    else:
        out(answer.text)
        out("The same as stored." if answer.same else f"Not the same. Stored was:\n{answer.stored}")
    if not answer.same:
        raise typer.Exit(1)


def as_json(drafted: Drafted) -> dict[str, Any]:
    """The contract's shape of a draft."""
    value = drafted.model_dump(mode="json")
    value["draft"]["text"] = drafted.draft.text
    for other, row in zip(drafted.draft.alternatives, value["draft"]["alternatives"], strict=True):
        row["text"] = other.text
    value["provenance"] = value["draft"].pop("provenance")
    return value


def _from_row(desk: Desk, row: batch.Row, speaker: str | None) -> Drafted:
    channel, author = str(row.get("channel") or "bluesky"), str(row.get("author") or "customer")
    mention = desk.mention_from_text(batch.field(row, "text"), channel=channel, author=author)
    return desk.draft(mention, str(row.get("as") or speaker or "") or None)


def _show(drafted: Drafted) -> None:
    out(f"{drafted.triage.action}: {shown(drafted.triage.reason)}")
    if drafted.draft.abstained:
        out(f"No answer drafted: {shown(drafted.draft.reason)}")
    evidence = {e.id: e for e in drafted.evidence}
    for sentence in drafted.draft.sentences:
        stands = ", ".join(sentence.evidence_ids)
        out(f"  {shown(sentence.text)}  [{sentence.act}{': ' + stands if stands else ''}]")
    if drafted.draft.signature:
        out(f"  {drafted.draft.signature}")
    for id in drafted.draft.provenance.evidence_ids:
        out(f"    {id}: {cut(evidence[id].text, 100)}" if id in evidence else f"    {id}")
    for other in drafted.draft.alternatives:
        out(f"Or ({other.approach}): {shown(other.text)}")
    for question in drafted.draft.gaps:
        out(f"Knowledge gap filed: {shown(question)}")
    if drafted.draft.sentences:
        show(drafted.checks, json=False)
    seconds = drafted.timings.get("total", 0.0)
    out(f"({drafted.draft.provenance.model}, {seconds:.1f} s, draft {drafted.record_id})")
