"""Mentions come in once, and open or reopen the cases they belong to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, String, bindparam, insert, select

from copilot.adapters.ledger.base import Store, body, chunks, missing, rewrite, row
from copilot.adapters.ledger.casework import Waiting, case_id, columns, decision, held, load
from copilot.adapters.ledger.intake import Intake
from copilot.adapters.ledger.tables import case_log, cases, mentions
from copilot.errors import InputError
from copilot.models import Actor, Case, Mention, Thread
from copilot.ports import Added, NewMention
from copilot.text import plain, storable


class Mentions(Store):
    """Mentions and threads of one brand."""

    def add_mentions(self, items: Sequence[NewMention], at: datetime, actor: Actor | None) -> Added:
        """Store mentions, each id once; open or reopen their cases. One transaction a call.

        Raises:
            InputError: a mention is of another brand or its text cannot be kept; none of the call is stored then.
        """
        wanted: dict[str, NewMention] = {}
        for item in items:
            _check(item.mention, self._brand)
            wanted.setdefault(item.mention.id, item)
        with self._writing() as connection:
            known = _known(connection, self._brand, wanted)
            fresh = {id: item for id, item in wanted.items() if id not in known}
            intakes = self._intakes(connection, fresh.values(), at, actor)
            self._write_cases(connection, intakes)
            rows = [_columns(item, intakes) for item in fresh.values()]
            if rows:
                connection.execute(insert(mentions), rows)
        reopened = sorted(id for id, intake in intakes.items() if intake.reopened)
        return Added(tuple(fresh), len(items) - len(fresh), tuple(reopened))

    def mention(self, mention_id: str) -> Mention:
        """Raises InputError when there is none."""
        with self._reading() as connection:
            return Mention.model_validate_json(_found(connection, self._brand, mention_id)["body"])

    def find_mention(self, mention_id: str) -> Mention | None:
        """The mention, or None when it is not there."""
        with self._reading() as connection:
            wanted = select(mentions.c.body).where(mentions.c.brand == self._brand, mentions.c.id == mention_id)
            body = connection.execute(wanted).scalar()
            return None if body is None else Mention.model_validate_json(body)

    def thread_of(self, mention_id: str) -> Thread:
        """The conversation the mention stands in, oldest first, the brand's own posts included."""
        with self._reading() as connection:
            thread = _found(connection, self._brand, mention_id)["thread"]
            wanted = select(mentions.c.body).where(mentions.c.brand == self._brand, mentions.c.thread == thread)
            bodies = connection.execute(wanted.order_by(mentions.c.created_at, mentions.c.id)).scalars()
            return Thread(id=thread, mentions=tuple(Mention.model_validate_json(one) for one in bodies))

    def case_of(self, mention_id: str) -> Case:
        """The case a mention belongs to. Raises InputError when there is none."""
        with self._reading() as connection:
            id = _found(connection, self._brand, mention_id)["case_id"]
            if id is None:
                raise InputError(f"'{mention_id}' is the brand's own post; only what others write has a case.")
            return load(connection, self._brand, id).case

    def _intakes(
        self, connection: Connection, fresh: Iterable[NewMention], at: datetime, actor: Actor | None
    ) -> dict[str, Intake]:
        """The cases as they stand with the new messages."""
        groups: dict[tuple[str, str], list[NewMention]] = defaultdict(list)
        for item in fresh:
            if not item.mention.from_brand:
                groups[_thread(item.mention), item.mention.author].append(item)
        intakes = {case_id(*key): Intake(None) for key in groups}
        self._read_cases(connection, intakes)
        for (thread, author), arrivals in groups.items():
            id = case_id(thread, author)
            intakes[id].take(id, thread, arrivals, at, actor)
        return intakes

    def _read_cases(self, connection: Connection, intakes: dict[str, Intake]) -> None:
        for ids in chunks(intakes):
            there = select(cases).where(cases.c.brand == self._brand, cases.c.id.in_(ids))
            for found in connection.execute(there).mappings():
                intakes[found["id"]].item = held(found)
            open_ones = (
                select(mentions.c.case_id, mentions.c.created_at, mentions.c.id, mentions.c.triage, mentions.c.due_at)
                .join(cases, (cases.c.brand == mentions.c.brand) & (cases.c.id == mentions.c.case_id))
                .where(mentions.c.brand == self._brand, mentions.c.case_id.in_(ids))
                .where(mentions.c.case_version > cases.c.settled_version)
            )
            for one in connection.execute(open_ones):
                intakes[one.case_id].messages.append(Waiting(one.created_at, one.id, decision(one.triage), one.due_at))

    def _write_cases(self, connection: Connection, intakes: dict[str, Intake]) -> None:
        states = {id: columns(intake.item) for id, intake in intakes.items() if intake.item}
        opened = {id for id, intake in intakes.items() if intake.history[0]["version"] == 1}
        if opened:
            connection.execute(insert(cases), [states[id] for id in sorted(opened)])
        changed = [{**states[id], "changed": id} for id in sorted(states.keys() - opened)]
        if changed:
            connection.execute(rewrite(cases, self._brand, cases.c.id == bindparam("changed", type_=String)), changed)
        lines = [line for intake in intakes.values() for line in intake.history]
        if lines:
            connection.execute(insert(case_log), lines)


def _check(mention: Mention, brand: str) -> None:
    if mention.brand != brand:
        raise InputError(f"Mention '{mention.id}' is of the brand '{mention.brand}', this is '{brand}'.")
    try:
        for text in (mention.id, mention.thread, mention.author, mention.channel, mention.text):
            storable(text, len(text))
    except ValueError as error:
        raise InputError(f"Mention {mention.id!r} cannot be stored: {error}.") from error


def _columns(item: NewMention, intakes: dict[str, Intake]) -> dict[str, Any]:
    mention = item.mention
    id = None if mention.from_brand else case_id(_thread(mention), mention.author)
    return {
        "brand": mention.brand,
        "id": mention.id,
        "thread": _thread(mention),
        "created_at": mention.created_at,
        "case_id": id,
        "case_version": intakes[id].arrived[mention.id] if id else None,
        "triage": item.triage.model_dump_json() if item.triage else None,
        "due_at": item.due_at,
        "search": f"{plain(mention.author)}\n{plain(mention.text)}",
        "body": body(mention),
    }


def _thread(mention: Mention) -> str:
    return mention.thread or mention.id


def _known(connection: Connection, brand: str, wanted: dict[str, NewMention]) -> set[str]:
    known: set[str] = set()
    for ids in chunks(wanted):
        there = select(mentions.c.id).where(mentions.c.brand == brand, mentions.c.id.in_(ids))
        known.update(connection.execute(there).scalars())
    return known


def _found(connection: Connection, brand: str, id: str) -> RowMapping:
    found = row(connection, mentions, brand, mentions.c.id == id)
    if found is None:
        raise missing("mention", id, brand)
    return found
