"""Who speaks for a brand, and on which accounts: `people:` and `handles:` of brand.yaml."""

import re
from collections.abc import Iterable
from typing import get_args

from copilot.brand.fields import Fields
from copilot.brand.report import Report, pick, shown
from copilot.brand.values import Value
from copilot.models import Account, Handle, Person, Relation

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
CHANNEL = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)
RELATIONS: tuple[Relation, ...] = get_args(Relation)
ACCOUNTS: tuple[Account, ...] = get_args(Account)

_PERSON = {
    "id": "jm",
    "name": "Jo Marsh",
    "initials": "JM",
    "relation": "owner",
    "title": "founder",
    "organisation": "Loud & Clear Ltd",
    "channels": "[bluesky]",
}
_HANDLE = {"channel": "bluesky", "handle": "harborcoffee.example", "account": "brand", "person": "jm"}


class Unique:
    """Values that may stand only once; the second one is a problem that names the line of the first."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._lines: dict[object, int] = {}

    def check(self, value: str, line: int, report: Report, key: object = None) -> None:
        """Note `value`; `key` is what must be unique, where that is not the value itself."""
        key = value if key is None else key
        if value and key in self._lines:
            first = self._lines[key]
            report.add(line, f"{self._what} {shown(value)} stands twice; the first is on line {first}.", "Change one.")
        self._lines.setdefault(key, line)


def read_id(fields: Fields, seen: Unique) -> str:
    """The `id` of a group: lower case, digits and hyphens, used once."""
    text = fields.text("id")
    if text and not ID.fullmatch(text):
        fields.wrong("id", f"cannot be {shown(text)}.", "Use a-z, 0-9 and hyphens, at most 40 characters.")
    seen.check(text, fields.line_of("id"), fields.report)
    return text


def read_channel(fields: Fields, key: str = "channel") -> str:
    """The name of a channel."""
    text = fields.text(key)
    if text and not CHANNEL.fullmatch(text):
        fields.wrong(key, f"cannot be {shown(text)}.", "Write the channel's name in lower case, for example `bluesky`.")
    return text


def check_person(
    fields: Fields,
    key: str,
    people: Iterable[str] | None,
    *,
    none: str = "List the person under `people` in brand.yaml first.",
) -> str:
    """The id of somebody listed under `people`; with None nobody can be looked up and anything goes.

    `none` is the fix where the brand has no people at all.
    """
    text = fields.text(key)
    if text and people is not None and text not in people:
        message = f"names {shown(text)}, who is not among the people of brand.yaml."
        fields.wrong(key, message, pick(text, people, none=none))
    return text


def read_people(values: tuple[Value, ...], report: Report) -> tuple[Person, ...]:
    """`people:` of brand.yaml."""
    ids, initials = Unique("The person"), Unique("The initials")
    return tuple(_person(value, report, ids, initials) for value in values)


def _person(value: Value, report: Report, ids: Unique, initials: Unique) -> Person:
    fields = Fields(value, report, _PERSON, what="A person", required=("id", "name", "initials", "relation"))
    person = Person(
        id=read_id(fields, ids),
        name=fields.text("name"),
        initials=fields.text("initials"),
        relation=fields.choice("relation", RELATIONS, "employee"),
        title=fields.text("title"),
        organisation=fields.text("organisation"),
        channels=fields.texts("channels"),
    )
    if person.initials and not re.fullmatch(r"\w[\w.\-]{0,5}", person.initials):
        fields.wrong("initials", f"cannot be {shown(person.initials)}.", "Write one to six letters, for example `JM`.")
    initials.check(person.initials, fields.line_of("initials"), report, key=person.initials.casefold())
    if person.relation == "agency" and not fields.has("organisation"):
        fix = f"Add `organisation: {_PERSON['organisation']}`."
        fields.wrong("relation", "is `agency`, but the agency has no name.", fix)
    return person


def read_handles(values: tuple[Value, ...], people: Iterable[str], report: Report) -> tuple[Handle, ...]:
    """`handles:` of brand.yaml."""
    seen = Unique("The handle")
    return tuple(_handle(value, people, report, seen) for value in values)


def _handle(value: Value, people: Iterable[str], report: Report, seen: Unique) -> Handle:
    fields = Fields(value, report, _HANDLE, what="A handle", required=("channel", "handle"))
    handle = Handle(
        channel=read_channel(fields),
        handle=fields.text("handle"),
        account=fields.choice("account", ACCOUNTS, "brand"),
        person=check_person(fields, "person", people) or None,
    )
    if handle.handle.startswith("@") or " " in handle.handle:
        fix = f"Write `handle: {handle.handle.lstrip('@').replace(' ', '')}`."
        fields.wrong("handle", "is written without @ and without spaces.", fix)
    if handle.account == "personal" and not fields.has("person"):
        fields.wrong("account", "is `personal`, but nobody is named.", "Add `person:` with the id of its owner.")
    if handle.person and fields.text("account", "brand") == "brand":
        fields.wrong("person", "belongs to personal accounts only.", "Add `account: personal`, or remove `person`.")
    seen.check(handle.handle, fields.line_of("handle"), report, key=(handle.channel, handle.handle.casefold()))
    return handle
