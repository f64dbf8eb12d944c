"""Signatures: made from the brand's style, and taken off again."""

from copilot.models import Brand, Person


def signature(brand: Brand, person: Person | None) -> str:
    """How `person` signs; empty when nobody speaks or the brand does not require a signature."""
    if person is None or brand.signature.policy != "required":
        return ""
    return brand.signature.style.format(initials=person.initials, name=person.name)


def unsigned(text: str, brand: Brand) -> str:
    """`text` without a signature of one of the brand's people at its end."""
    bare = text.rstrip()
    for person in brand.people:
        mark = brand.signature.style.format(initials=person.initials, name=person.name)
        if bare.endswith(mark):
            return bare.removesuffix(mark).rstrip()
    return bare
