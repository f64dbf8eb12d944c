"""`candor case …`: the rest of a case's life."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from copilot import cases
from copilot.bootstrap import Copilot
from copilot.cli.common import (
    AsOption,
    BrandOption,
    JsonOption,
    VersionOption,
    actor_of,
    ago,
    cut,
    opened,
    out,
    out_json,
    shown,
)
from copilot.cli.ledger import row
from copilot.errors import InputError
from copilot.intake import moment
from copilot.models import Case, OutboxItem
from copilot.pipeline import Desk

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="Case id, or the id of one of its mentions.")]
OutboxArgument = Annotated[str, typer.Argument(metavar="OUTBOX", help="Outbox id (o-…), or the mention's id.")]

group = typer.Typer(
    help="Show a case, hand it over, put it aside, end it.", no_args_is_help=True, rich_markup_mode=None
)


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="case")


@group.command("show")
def show(case: CaseArgument, brand: BrandOption, json: JsonOption = False) -> None:
    """Show the conversation, the decision, the latest draft and the history."""
    with opened() as copilot:
        desk = copilot.brand(brand)
        found = _find(desk, case)
        thread = desk.ledger.thread_of(found.mention_id)
        history = desk.ledger.history(found.id)
        draft = desk.ledger.latest_draft(found.mention_id)
        now = copilot.clock()
    if json:
        out_json({"case": found, "thread": thread, "history": history, "draft": draft, **_brief(found)})
        return
    out(f"{found.id}  {found.state}, version {found.version}" + (f", {found.assignee}" if found.assignee else ""))
    if found.triage:
        out(f"{found.triage.action}: {shown(found.triage.reason)}")
    for m in thread.mentions:
        who = "we" if m.from_brand else f"@{cut(m.author, 30)}"
        out(
            f"  {ago(m.created_at, now):>8} ago  {who}: {shown(m.text)}"
            + ("  [has an image, not seen]" if m.has_media else "")
        )
    if draft and draft.draft.sentences:
        out(f"  draft {draft.id}: {shown(draft.draft.text)}")
    for entry in history:
        who = entry.actor.person if entry.actor else "system"
        detail = ", ".join(f"{k} {shown(str(v))}" for k, v in entry.detail.items() if v)
        out(
            f"  {entry.at:%Y-%m-%d %H:%M}  {who}: {entry.event} → {entry.state}"
            + (f" ({cut(detail, 100)})" if detail else "")
        )


@group.command("assign")
def assign(
    case: CaseArgument,
    brand: BrandOption,
    to: Annotated[str, typer.Option("--to", help="Person id.")],
    person: AsOption = "",
    json: JsonOption = False,
) -> None:
    """Give a case to somebody."""
    with opened() as copilot:
        desk, actor = copilot.brand(brand), actor_of(copilot, person)
        _done(cases.assign(desk, _find(desk, case).id, to, actor), json)


@group.command("snooze")
def snooze(
    case: CaseArgument,
    brand: BrandOption,
    until: Annotated[str, typer.Option("--until", help="2h, 3d, or 2026-03-01T09:00+01:00.")],
    person: AsOption = "",
    version: VersionOption = 0,
    json: JsonOption = False,
) -> None:
    """Put a case aside until later."""
    with opened() as copilot:
        desk, actor = copilot.brand(brand), actor_of(copilot, person)
        _done(cases.snooze(desk, _find(desk, case).id, _until(copilot, until), actor, version or None), json)


@group.command("note")
def note(case: CaseArgument, text: str, brand: BrandOption, person: AsOption = "", json: JsonOption = False) -> None:
    """Write an internal note."""
    with opened() as copilot:
        desk, actor = copilot.brand(brand), actor_of(copilot, person)
        _done(cases.note(desk, _find(desk, case).id, text, actor), json)


@group.command("attest")
def attest(
    case: CaseArgument,
    text: str,
    brand: BrandOption,
    why: Annotated[str, typer.Option("--why", help="How you know it.")],
    person: AsOption = "",
    json: JsonOption = False,
) -> None:
    """Vouch for a true statement that the facts lack."""
    with opened() as copilot:
        desk, actor = copilot.brand(brand), actor_of(copilot, person)
        _done(cases.attest(desk, _find(desk, case).id, text, why, actor), json)


@group.command("escalate")
def escalate(
    case: CaseArgument,
    brand: BrandOption,
    to: Annotated[str, typer.Option("--to", help="Person id.")],
    why: Annotated[str, typer.Option("--why", help="What they should decide.")],
    person: AsOption = "",
    version: VersionOption = 0,
    json: JsonOption = False,
) -> None:
    """Hand a case to the person who decides."""
    with opened() as copilot:
        desk, actor = copilot.brand(brand), actor_of(copilot, person)
        _done(cases.escalate(desk, _find(desk, case).id, to, why, actor, version or None), json)


@group.command("return")
def give_back(
    case: CaseArgument,
    brand: BrandOption,
    decision: Annotated[str, typer.Option("--decision", help="What was decided.")],
    person: AsOption = "",
    version: VersionOption = 0,
    json: JsonOption = False,
) -> None:
    """Return an escalated case with what was decided."""
    with opened() as copilot:
        desk, actor = copilot.brand(brand), actor_of(copilot, person)
        _done(cases.give_back(desk, _find(desk, case).id, decision, actor, version or None), json)


@group.command("no-reply")
def no_reply(
    case: CaseArgument,
    brand: BrandOption,
    why: Annotated[str, typer.Option("--why", help="Why silence is better.")],
    person: AsOption = "",
    version: VersionOption = 0,
    json: JsonOption = False,
) -> None:
    """Close a case without a reply."""
    with opened() as copilot:
        desk, actor = copilot.brand(brand), actor_of(copilot, person)
        _done(cases.no_reply(desk, _find(desk, case).id, why, actor, version or None), json)


@group.command("reopen")
def reopen(
    case: CaseArgument, brand: BrandOption, person: AsOption = "", version: VersionOption = 0, json: JsonOption = False
) -> None:
    """Put a case back into the inbox."""
    with opened() as copilot:
        desk, actor = copilot.brand(brand), actor_of(copilot, person)
        _done(cases.reopen(desk, _find(desk, case).id, actor, version or None), json)


@group.command("mark-sent")
def mark_sent(
    outbox: OutboxArgument,
    brand: BrandOption,
    url: Annotated[str, typer.Option("--url", help="Where it stands now.")] = "",
    person: AsOption = "",
    json: JsonOption = False,
) -> None:
    """Say that the reply was posted by hand."""
    with opened() as copilot:
        desk, actor = copilot.brand(brand), actor_of(copilot, person)
        item = cases.mark_sent(desk, _find_outbox(desk, outbox), actor, url or None)
        _done_outbox(desk, item, json, "Sent.")


@group.command("take-back")
def take_back(outbox: OutboxArgument, brand: BrandOption, person: AsOption = "", json: JsonOption = False) -> None:
    """Void an approval that has not left yet."""
    with opened() as copilot:
        desk, actor = copilot.brand(brand), actor_of(copilot, person)
        item = cases.take_back(desk, _find_outbox(desk, outbox), actor)
        _done_outbox(desk, item, json, "Taken back; nothing was sent.")


@group.command("resolve")
def resolve(
    case: CaseArgument,
    brand: BrandOption,
    outcome: Annotated[str, typer.Option("--outcome", help="How it ended, in a few words.")] = "",
    person: AsOption = "",
    version: VersionOption = 0,
    json: JsonOption = False,
) -> None:
    """Close a case; what was sent becomes a candidate precedent."""
    with opened() as copilot:
        desk, actor = copilot.brand(brand), actor_of(copilot, person)
        done, precedent = cases.resolve(desk, _find(desk, case).id, outcome, actor, version or None)
    if json:
        out_json({**_brief(done), "precedent_id": precedent.id if precedent else None})
        return
    out(f"{done.id} is {done.state}.")
    if precedent:
        out(f"Candidate precedent {precedent.id}. An owner accepts it:")
        out(f"  candor precedents accept {precedent.id} --brand {brand} --as OWNER")


def _find(desk: Desk, id: str) -> Case:
    return desk.ledger.case(id) if id.startswith("c-") else desk.ledger.case_of(id)


def _find_outbox(desk: Desk, id: str) -> str:
    if id.startswith("o-"):
        return id
    waiting = [i.id for i in desk.ledger.outbox() if i.reply.mention_id == id and i.state != "taken_back"]
    if not waiting:
        raise InputError(f"Nothing was approved for '{id}'. See: candor outbox --brand {desk.brand.id}")
    return waiting[0]


def _brief(case: Case) -> dict[str, object]:
    return {"case_id": case.id, "mention_id": case.mention_id, "state": case.state, "version": case.version}


def _done(case: Case, json: bool) -> None:
    if json:
        out_json(_brief(case))
    else:
        out(f"{case.id} is {case.state}, version {case.version}.")


def _done_outbox(desk: Desk, item: OutboxItem, json: bool, words: str) -> None:
    case = desk.ledger.case(item.reply.case_id)
    if json:
        out_json({**_brief(case), **row(item), "state": case.state, "outbox_state": item.state})
    else:
        out(f"{words} {case.id} is {case.state}.")


def _until(copilot: Copilot, text: str) -> datetime:
    units = {"m": "minutes", "h": "hours", "d": "days"}
    if text[-1:] in units and text[:-1].isdigit():
        return copilot.clock() + timedelta(**{units[text[-1]]: int(text[:-1])})
    try:
        return moment(text)
    except ValueError:
        raise InputError(f"--until takes 30m, 2h, 3d or a date with time, not '{text}'.") from None
