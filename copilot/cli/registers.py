"""Registers and rights: promises, precedents, gaps, people, and the brand's switch."""

from typing import Annotated, get_args

import typer

from copilot import learn, people
from copilot.cli.common import AsOption, BrandOption, JsonOption, actor_of, cut, opened, out, out_json
from copilot.errors import InputError
from copilot.models import Precedent, Role

precedents = typer.Typer(help="Resolved issues that drafts may follow.", no_args_is_help=True, rich_markup_mode=None)
members = typer.Typer(help="Who may do what.", no_args_is_help=True, rich_markup_mode=None)
PrecedentId = Annotated[str, typer.Argument(metavar="PRECEDENT", help="Its id (p-…).")]


def register(app: typer.Typer) -> None:
    """Add commands and groups."""
    app.command("promises")(promises)
    app.command("gaps")(gaps)
    app.add_typer(precedents, name="precedents")
    app.add_typer(members, name="people")


def promises(
    brand: BrandOption,
    all: Annotated[bool, typer.Option("--all", help="Kept, broken and dropped ones too.")] = False,
    keep: Annotated[str, typer.Option("--keep", help="Mark this promise as kept.")] = "",
    drop: Annotated[str, typer.Option("--drop", help="Mark this promise as dropped.")] = "",
    person: AsOption = "",
    json: JsonOption = False,
) -> None:
    """Show what was promised in sent replies, the earliest due first; or close one."""
    from copilot.access import allow

    with opened() as copilot:
        ledger = copilot.ledger.brand(brand)
        now = copilot.clock()
        for id, state in ((keep, "kept"), (drop, "dropped")):
            if id:
                actor = actor_of(copilot, person)
                allow(ledger, actor, "work", "close promises")
                ledger.close_promise(id, state, actor, now)
        found = ledger.promises(("open", "kept", "broken", "dropped") if all else ("open",))
    if json:
        out_json(found)
        return
    for p in found:
        late = "LATE " if p.state == "open" and p.due < now else ""
        out(f"{late}{p.state:<8} due {p.due:%Y-%m-%d %H:%M}  {p.owner:<6} {p.id}  {cut(p.text, 80)}")
    if not found:
        out("Nothing is promised.")


def gaps(brand: BrandOption, json: JsonOption = False) -> None:
    """Show the questions the facts could not answer, the most asked first."""
    with opened() as copilot:
        found = copilot.ledger.brand(brand).gaps()
    if json:
        out_json(found)
        return
    for g in found:
        out(f"{len(g.mention_ids):>3}x  {g.origin:<10} {cut(g.question, 100)}")
    if not found:
        out("No open questions.")


@precedents.command("list")
def list_precedents(
    brand: BrandOption,
    status: Annotated[str, typer.Option("--status", help="candidate, accepted or retired.")] = "",
    json: JsonOption = False,
) -> None:
    """List precedents."""
    if status and status not in ("candidate", "accepted", "retired"):
        raise InputError("--status is candidate, accepted or retired.")
    with opened() as copilot:
        copilot.brand(brand)
        found = copilot.ledger.brand(brand).precedents((status,) if status else ())
    if json:
        out_json(found)
        return
    for p in found:
        out(f"{p.status:<9} {p.id:<16} {p.intent:<12} {cut(p.mention, 50):<50} → {cut(p.reply, 60)}")
    if not found:
        out("None. Resolving a case makes a candidate.")


@precedents.command("accept")
def accept(precedent: PrecedentId, brand: BrandOption, person: AsOption = "", json: JsonOption = False) -> None:
    """Let drafts follow a precedent."""
    with opened() as copilot:
        actor = actor_of(copilot, person)
        done = learn.accept(copilot.ledger.brand(brand), precedent, actor, copilot.clock())
        copilot.ingest(brand)
    _done(done, json)


@precedents.command("retire")
def retire(precedent: PrecedentId, brand: BrandOption, person: AsOption = "", json: JsonOption = False) -> None:
    """Take a precedent out of use; it is kept."""
    with opened() as copilot:
        actor = actor_of(copilot, person)
        done = learn.retire(copilot.ledger.brand(brand), precedent, actor, copilot.clock())
        copilot.ingest(brand)
    _done(done, json)


@members.command("list")
def list_people(brand: BrandOption, json: JsonOption = False) -> None:
    """List the people of a brand and their roles."""
    with opened() as copilot:
        known = copilot.brand(brand).brand
        roles = {m.person: m for m in copilot.ledger.brand(brand).members()}
    rows = [
        {
            "person": p.id,
            "name": p.name,
            "initials": p.initials,
            "relation": p.relation,
            "role": roles[p.id].role if p.id in roles and roles[p.id].active else None,
        }
        for p in known.people
    ]
    if json:
        out_json(rows)
        return
    for r in rows:
        out(f"{r['person']!s:<8} {r['name']!s:<24} {r['initials']!s:<4} {r['relation']!s:<11} {r['role'] or 'no role'}")


@members.command("role")
def role(
    member: Annotated[str, typer.Argument(metavar="PERSON", help="Id in brand.yaml.")],
    role: Annotated[str, typer.Argument(metavar="ROLE", help="viewer, manager, owner, agency_lead or none.")],
    brand: BrandOption,
    person: AsOption = "",
    json: JsonOption = False,
) -> None:
    """Give somebody a role; the first owner of a brand names themself."""
    with opened() as copilot:
        desk = copilot.brand(brand)
        current = next((m.role for m in desk.ledger.members() if m.person == member), "viewer")
        if role not in (*get_args(Role), "none"):
            raise InputError(f"'{role}' is no role. Roles: {', '.join(get_args(Role))}, none.")
        actor = actor_of(copilot, person or member)
        wish: Role = current if role == "none" else role  # pyright: ignore[reportAssignmentType]
        done = people.set_role(desk.ledger, desk.brand, member, wish, actor, copilot.clock(), active=role != "none")
    if json:
        out_json(done)
    else:
        out(f"{done.person}: {done.role if done.active else 'no role'}")


def _done(precedent: Precedent, json: bool) -> None:
    if json:
        out_json(precedent)
    else:
        out(f"{precedent.id} is {precedent.status}.")
