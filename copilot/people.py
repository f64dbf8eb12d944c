"""Rights, and the switch that stops a brand: who may, who did, and why."""

from datetime import datetime

from copilot.access import allow
from copilot.errors import InputError
from copilot.models import Actor, Brand, Member, Role
from copilot.ports import BrandLedger


def set_role(
    ledger: BrandLedger, brand: Brand, person: str, role: Role, actor: Actor, now: datetime, *, active: bool = True
) -> Member:
    """Give somebody a role, or take it away with `active=False`.

    The first owner of a brand names themself; after that only an owner changes roles, and the last owner stays.

    Raises:
        NotAllowed: the actor is no owner.
        InputError: the person does not stand in brand.yaml, or it would leave the brand without an owner.
    """
    if brand.person(person) is None:
        known = ", ".join(p.id for p in brand.people) or "nobody yet"
        raise InputError(
            f"'{person}' is not among the people of {brand.id}/brand.yaml ({known}). Add them there first."
        )
    members = ledger.members()
    owners = {m.person for m in members if m.active and m.role in ("owner", "agency_lead")}
    if owners or role not in ("owner", "agency_lead"):
        allow(ledger, actor, "own", "change roles")
    keeps = active and role in ("owner", "agency_lead")
    if owners == {person} and not keeps:
        raise InputError(f"'{person}' is the last owner of '{brand.id}'. Name another owner first.")
    return ledger.set_member(person, role, active, actor, now)


def pause(ledger: BrandLedger, reason: str, actor: Actor, now: datetime) -> None:
    """Stop approving and sending for a brand."""
    allow(ledger, actor, "own", "pause the brand")
    if not reason.strip():
        raise InputError("Say why the brand is paused; everyone who is stopped by it will read it.")
    ledger.set_paused(reason.strip()[:500], actor, now)


def resume(ledger: BrandLedger, actor: Actor, now: datetime) -> None:
    """Go on after a pause."""
    allow(ledger, actor, "own", "lift the pause")
    ledger.set_paused(None, actor, now)
