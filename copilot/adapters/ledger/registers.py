"""What outlives a case: promises, precedents, questions the facts could not answer, statements people vouched for."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from sqlalchemy import Connection, RowMapping, func, insert, select

from copilot.adapters.ledger.base import Store, body, by, missing, rewrite, row, to_json, when
from copilot.adapters.ledger.casework import load, moved, store
from copilot.adapters.ledger.tables import attestations, gaps, mentions, precedents, promises
from copilot.errors import Conflict, InputError, Refused
from copilot.models import Actor, Attestation, KnowledgeGap, Precedent, Promise

_CLOSED = tuple(state for state in get_args(Promise.model_fields["state"].annotation) if state != "open")


class Registers(Store):
    """Registers of one brand."""

    def promises(self, states: Sequence[str] = ("open",)) -> list[Promise]:
        """Promises of sent replies, earliest due first; in every state when none is named."""
        wanted = select(promises).where(promises.c.brand == self._brand, promises.c.running)
        if states:
            wanted = wanted.where(promises.c.state.in_(states))
        with self._reading() as connection:
            found = connection.execute(wanted.order_by(promises.c.due, promises.c.id)).mappings()
            return [_promise(one) for one in found]

    def close_promise(self, promise_id: str, state: str, actor: Actor, at: datetime) -> Promise:
        """`kept`, `broken` or `dropped`.

        Raises:
            Refused: the reply that makes it has not been sent.
            Conflict: it is closed; the message says by whom.
        """
        if state not in _CLOSED:
            raise InputError(f"A promise cannot become '{state}'. Possible: {', '.join(_CLOSED)}.")
        with self._writing() as connection:
            found = row(connection, promises, self._brand, promises.c.id == promise_id)
            if found is None:
                raise missing("promise", promise_id, self._brand)
            if not found["running"]:
                raise Refused(
                    f"Promise {promise_id} stands in a reply that has not been sent; take the reply back instead."
                )
            if found["state"] != "open":
                raise Conflict(
                    f"{by(found['closed_by'])} closed promise {promise_id} as '{found['state']}' "
                    f"on {when(found['closed_at'])}."
                )
            change = rewrite(promises, self._brand, promises.c.id == promise_id)
            connection.execute(change.values(state=state, closed_by=actor.person, closed_at=at))
            item = load(connection, self._brand, found["case_id"])
            detail = {"promise_id": promise_id, "promise": state, "text": found["text"]}
            store(connection, moved(item, item.case.state), "note", actor, at, detail)
            return _promise({**found, "state": state})

    def put_precedents(self, items: Sequence[Precedent], at: datetime, actor: Actor | None) -> int:
        """Add those whose id is new; the ledger's own state of a known one wins. Returns how many were new."""
        with self._writing() as connection:
            there = select(precedents.c.id).where(precedents.c.brand == self._brand)
            known = set(connection.execute(there).scalars())
            fresh: dict[str, Precedent] = {}
            for item in items:
                if item.id not in known:
                    fresh.setdefault(item.id, item)
            if fresh:
                rows = [{"brand": self._brand, "id": p.id, "status": p.status, "body": body(p)} for p in fresh.values()]
                connection.execute(insert(precedents), rows)
                self._log(connection, "precedents_added", actor, at, {"ids": sorted(fresh)})
            return len(fresh)

    def set_precedent(self, precedent: Precedent, actor: Actor, at: datetime) -> Precedent:
        """Replace a precedent (accept, retire, supersede). Raises InputError when there is none with its id."""
        with self._writing() as connection:
            if row(connection, precedents, self._brand, precedents.c.id == precedent.id) is None:
                raise missing("precedent", precedent.id, self._brand)
            change = rewrite(precedents, self._brand, precedents.c.id == precedent.id)
            connection.execute(change.values(status=precedent.status, body=body(precedent)))
            self._log(connection, "precedent_set", actor, at, {"id": precedent.id, "status": precedent.status})
        return precedent

    def precedents(self, statuses: Sequence[str] = ()) -> list[Precedent]:
        """Ordered by id; all of them when no status is named."""
        wanted = select(precedents.c.id, precedents.c.body).where(precedents.c.brand == self._brand)
        if statuses:
            wanted = wanted.where(precedents.c.status.in_(statuses))
        with self._reading() as connection:
            found = sorted(connection.execute(wanted), key=lambda one: one.id)
            return [Precedent.model_validate_json(one.body) for one in found]

    def add_gap(self, gap: KnowledgeGap) -> KnowledgeGap:
        """File a question; one with the same id gains the new mention ids, and takes over a state other than `open`."""
        with self._writing() as connection:
            return file_gap(connection, self._brand, gap)

    def gaps(self, states: Sequence[str] = ("open",)) -> list[KnowledgeGap]:
        """Most asked first; in every state when none is named."""
        wanted = select(gaps).where(gaps.c.brand == self._brand)
        if states:
            wanted = wanted.where(gaps.c.state.in_(states))
        with self._reading() as connection:
            found = connection.execute(wanted.order_by(gaps.c.asked.desc(), gaps.c.created_at, gaps.c.id)).mappings()
            return [_gap(one) for one in found]

    def attestations(self, mention_id: str) -> list[Attestation]:
        """What people vouched for in this mention's case, oldest first. Raises InputError for an unknown mention."""
        with self._reading() as connection:
            mention = row(connection, mentions, self._brand, mentions.c.id == mention_id)
            if mention is None:
                raise missing("mention", mention_id, self._brand)
            return _attestations(connection, self._brand, mention["case_id"])


def file_gap(connection: Connection, brand: str, gap: KnowledgeGap) -> KnowledgeGap:
    """Add or merge a gap in a running transaction."""
    found = row(connection, gaps, brand, gaps.c.id == gap.id)
    if found is not None:
        old = _gap(found)
        merged = tuple(dict.fromkeys((*old.mention_ids, *gap.mention_ids)))
        gap = old.model_copy(update={"mention_ids": merged, "state": old.state if gap.state == "open" else gap.state})
    values = {**gap.model_dump(exclude={"id"}), "mention_ids": to_json(gap.mention_ids), "asked": len(gap.mention_ids)}
    if found is None:
        connection.execute(insert(gaps).values(brand=brand, id=gap.id, **values))
    else:
        connection.execute(rewrite(gaps, brand, gaps.c.id == gap.id).values(**values))
    return gap


def file_attestation(connection: Connection, brand: str, case_id: str, said: Attestation, at: datetime) -> None:
    """Keep a statement, once per case."""
    if said in _attestations(connection, brand, case_id):
        return
    count = select(func.count()).where(attestations.c.brand == brand, attestations.c.case_id == case_id)
    n = connection.execute(count).scalar_one() + 1
    connection.execute(insert(attestations).values(brand=brand, case_id=case_id, n=n, at=at, **said.model_dump()))


def _attestations(connection: Connection, brand: str, case_id: str | None) -> list[Attestation]:
    wanted = select(attestations.c.text, attestations.c.by, attestations.c.why).where(
        attestations.c.brand == brand, attestations.c.case_id == case_id
    )
    return [Attestation(**found) for found in connection.execute(wanted.order_by(attestations.c.n)).mappings()]


def _promise(found: RowMapping | dict[str, object]) -> Promise:
    return Promise.model_validate({name: found[name] for name in Promise.model_fields})


def _gap(found: RowMapping) -> KnowledgeGap:
    columns = {name: found[name] for name in KnowledgeGap.model_fields if name != "mention_ids"}
    return KnowledgeGap(**columns, mention_ids=tuple(json.loads(found["mention_ids"])))
