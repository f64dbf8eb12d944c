"""Who may do what. Rights come from the ledger; a brand's file names people and grants nothing."""

from typing import Literal

from copilot.errors import NotAllowed
from copilot.models import Actor, Role
from copilot.ports import BrandLedger

Right = Literal["work", "own"]
"""``work``: triage, draft, approve as oneself, attest, move cases. ``own``: knowledge, precedents, people, pause."""

_RIGHTS: dict[Right, tuple[Role, ...]] = {
    "work": ("manager", "owner", "agency_lead"),
    "own": ("owner", "agency_lead"),
}


def allow(ledger: BrandLedger, actor: Actor, right: Right, doing: str) -> None:
    """Pass when `actor` has `right` for this brand.

    Raises:
        NotAllowed: says what was tried, what role they have and who can help.
    """
    members = ledger.members()
    role = next((m.role for m in members if m.person == actor.person and m.active), None)
    if role in _RIGHTS[right]:
        return
    owners = [m.person for m in members if m.active and m.role in _RIGHTS["own"]]
    if not owners:
        raise NotAllowed(
            f"Nobody may act for '{ledger.brand}' yet. Name its first owner: "
            f"candor people role {actor.person or 'PERSON'} owner --brand {ledger.brand}"
        )
    have = f"is a {role.replace('_', ' ')}" if role else "has no role"
    raise NotAllowed(f"'{actor.person}' {have} for '{ledger.brand}' and may not {doing}. Ask {', '.join(owners)}.")
