"""Drafts are kept as they were made, with all that is needed to make them again."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from copilot.adapters.ledger.base import Store, body, missing, row
from copilot.adapters.ledger.casework import load, moved, store
from copilot.adapters.ledger.tables import drafts, mentions
from copilot.errors import InputError
from copilot.models import TRANSITIONS, Actor, DraftRecord


class Drafts(Store):
    """Drafts of one brand."""

    def save_draft(self, record: DraftRecord, actor: Actor | None, at: datetime) -> None:
        """Store a draft; a case that can be drafted becomes `drafted`.

        A draft for a text that is no stored mention is kept too. Saving the same draft again changes nothing.

        Raises:
            InputError: of another brand, or another draft has this id.
        """
        if record.mention.brand != self._brand:
            raise InputError(f"Draft '{record.id}' is for the brand '{record.mention.brand}', this is '{self._brand}'.")
        content = body(record)
        with self._writing() as connection:
            known = row(connection, drafts, self._brand, drafts.c.id == record.id)
            if known is not None:
                if known["body"] != content:
                    raise InputError(f"Draft '{record.id}' is stored already; drafts never change. Use a new id.")
                return
            n = select(func.count()).where(drafts.c.brand == self._brand, drafts.c.mention_id == record.mention.id)
            connection.execute(
                insert(drafts).values(
                    brand=self._brand,
                    id=record.id,
                    mention_id=record.mention.id,
                    n=connection.execute(n).scalar_one() + 1,
                    at=at,
                    body=content,
                )
            )
            self._step(connection, record, actor, at)

    def draft(self, draft_id: str) -> DraftRecord:
        """Raises InputError when there is none."""
        with self._reading() as connection:
            found = row(connection, drafts, self._brand, drafts.c.id == draft_id)
            if found is None:
                raise missing("draft", draft_id, self._brand)
            return DraftRecord.model_validate_json(found["body"])

    def latest_draft(self, mention_id: str) -> DraftRecord | None:
        """The newest draft for a mention."""
        newest = (
            select(drafts.c.body)
            .where(drafts.c.brand == self._brand, drafts.c.mention_id == mention_id)
            .order_by(drafts.c.n.desc())
            .limit(1)
        )
        with self._reading() as connection:
            content = connection.execute(newest).scalar()
            return None if content is None else DraftRecord.model_validate_json(content)

    def _step(self, connection: Connection, record: DraftRecord, actor: Actor | None, at: datetime) -> None:
        mention = row(connection, mentions, self._brand, mentions.c.id == record.mention.id)
        if mention is None or mention["case_id"] is None:
            return
        item = load(connection, self._brand, mention["case_id"])
        rule = TRANSITIONS.get((item.case.state, "draft"))
        to = rule.to if rule else item.case.state
        store(connection, moved(item, to), "draft" if rule else "note", actor, at, {"draft_id": record.id})
