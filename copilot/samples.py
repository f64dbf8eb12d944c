"""Load what the sample brands ship with: their knowledge, their mentions, and a first owner each."""

from copilot.bootstrap import Copilot
from copilot.brand import brand_folder, load_mentions, read_files
from copilot.models import Actor, Frozen, Role
from copilot.people import set_role


class Loaded(Frozen):
    """What loading a sample brand did."""

    brand: str
    new: int
    duplicate: int
    owner: str


def load_samples(copilot: Copilot) -> list[Loaded]:
    """Load every brand that ships mentions; safe to repeat: what is there already stays as it is."""
    out: list[Loaded] = []
    for brand_id in copilot.brand_ids():
        text = read_files(brand_folder(copilot.knowledge_dir, brand_id)).get("mentions.jsonl")
        if text:
            out.append(_load(copilot, brand_id, text))
        else:
            copilot.brand(brand_id)
    return out


def _load(copilot: Copilot, brand_id: str, text: str) -> Loaded:
    desk = copilot.brand(brand_id)
    now = copilot.clock()
    if not desk.ledger.members():
        _name_people(copilot, brand_id)
    added = desk.add(load_mentions(brand_id, text, now), None)
    owner = next((m.person for m in desk.ledger.members() if m.role in ("owner", "agency_lead")), "")
    if added.new:
        copilot.say(f"Sample brand '{brand_id}': {len(added.new)} mentions in the inbox; '{owner}' may act as owner.")
    return Loaded(brand=brand_id, new=len(added.new), duplicate=added.duplicate, owner=owner)


def _name_people(copilot: Copilot, brand_id: str) -> None:
    """The person the brand calls its owner becomes it; staff and agency become managers, ambassadors may read."""
    desk = copilot.brand(brand_id)
    owners = [p for p in desk.brand.people if p.relation == "owner"]
    if not owners:
        return
    first = Actor(person=owners[0].id)
    set_role(desk.ledger, desk.brand, first.person, "owner", first, copilot.clock())
    for person in desk.brand.people:
        if person.id != first.person:
            role: Role = "viewer" if person.relation in ("ambassador", "affiliate") else "manager"
            set_role(desk.ledger, desk.brand, person.id, role, first, copilot.clock())
