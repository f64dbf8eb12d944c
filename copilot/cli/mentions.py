"""`candor import` and `candor inbox`: mentions in, and the queue they make."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, get_args

import typer

from copilot.cli.common import AsOption, BrandOption, JsonOption, actor_of, ago, cut, opened, out, out_json
from copilot.errors import InputError
from copilot.models import CaseState, QueueItem


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("import")(import_file)
    app.command("inbox")(inbox)


def import_file(
    file: Annotated[Path, typer.Argument(help="CSV or JSONL.")],
    brand: BrandOption,
    channel: Annotated[str, typer.Option("--channel", help="Channel of rows that name none.")] = "import",
    map: Annotated[list[str] | None, typer.Option("--map", help="FIELD=COLUMN, for example text=body.")] = None,
    precedents: Annotated[bool, typer.Option("--precedents", help="The rows are resolved issues.")] = False,
    person: AsOption = "",
    json: JsonOption = False,
) -> None:
    """Take in mentions, or resolved issues; a row that is there already is not taken twice."""
    from copilot.intake import import_mentions, import_precedents

    with opened() as copilot:
        actor = actor_of(copilot, person)
        desk = copilot.brand(brand)
        fields = _mapping(map or [])
        if precedents:
            report = import_precedents(desk, file, fields, actor)
        else:
            report = import_mentions(desk, file, fields, channel, actor, copilot.settings.max_text, copilot.say)
    if json:
        out_json(report)
    else:
        out(f"{report.read:,} read, {report.new:,} new, {report.duplicate:,} there already.")
        for row in report.rejected[:20]:
            out(f"  {file}:{row.line}: {row.reason}")
        if len(report.rejected) > 20:
            out(f"  … and {len(report.rejected) - 20} more rows that were not taken.")
    if report.rejected and not report.new and not report.duplicate:
        raise typer.Exit(2)


def inbox(
    brand: BrandOption,
    state: Annotated[str, typer.Option("--state", help="open, drafted, escalated, waiting, …; default: to do.")] = "",
    search: Annotated[str, typer.Option("--search", help="In text and author.")] = "",
    assignee: Annotated[str, typer.Option("--assignee", help="Whose cases.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000)] = 25,
    json: JsonOption = False,
) -> None:
    """Show what waits for an answer, in the order of the app."""
    states: list[CaseState] = []
    if state:
        if state not in get_args(CaseState):
            raise InputError(f"--state is one of {', '.join(get_args(CaseState))}.")
        states = [state]  # pyright: ignore[reportAssignmentType]
    with opened() as copilot:
        desk = copilot.brand(brand)
        now = copilot.clock()
        items = desk.ledger.queue(now, states=states, search=search, assignee=assignee or None, limit=limit)
    if json:
        out_json([_row(item, now) for item in items])
        return
    for item in items:
        triage = item.case.triage
        action = triage.action if triage else "?"
        late = " LATE" if item.case.due_at and item.case.due_at < now else ""
        age = ago(item.created_at, now)
        who = f"@{cut(item.case.author, 18)}"
        out(f"{action:<9} {age:>7}{late:<5} {item.case.mention_id:<14} {who:<20} {cut(item.text, 70)}")
        out(f"{'':<23} {cut(triage.reason if triage else '', 110)}")
    if not items:
        out("Nothing waits here. Other states: candor inbox --state waiting")


def _row(item: QueueItem, now: datetime) -> dict[str, object]:
    triage = item.case.triage
    target = (item.case.due_at - item.created_at).total_seconds() if item.case.due_at else None
    return {
        "mention_id": item.case.mention_id,
        "case_id": item.case.id,
        "state": item.case.state,
        "action": triage.action if triage else None,
        "urgency": triage.urgency if triage else None,
        "age_s": int((now - item.created_at).total_seconds()),
        "target_s": int(target) if target is not None else None,
        "reason": triage.reason if triage else "",
        "author": item.case.author,
        "channel": item.case.channel,
        "assignee": item.case.assignee,
        "text": item.text,
    }


def _mapping(wishes: list[str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for wish in wishes:
        name, _, column = wish.partition("=")
        if not name or not column:
            raise InputError(f"--map takes FIELD=COLUMN, for example text=body, not '{wish}'.")
        out[name] = column
    return out
