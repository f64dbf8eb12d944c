"""What a person sees first: the order of the inbox."""

from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from sqlalchemy import Connection, RowMapping, and_, case, exists, false, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from copilot.adapters.ledger.base import Store
from copilot.adapters.ledger.casework import held
from copilot.adapters.ledger.tables import cases, drafts, mentions, promises
from copilot.errors import InputError
from copilot.models import CaseState, Mention, QueueItem
from copilot.text import plain

_SEARCH_LIMIT = 1000
_TO_DO: tuple[CaseState, ...] = ("open", "drafted", "escalated")


class Inbox(Store):
    """The queue of one brand."""

    def queue(
        self,
        now: datetime,
        *,
        states: Sequence[CaseState] = (),
        search: str = "",
        assignee: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[QueueItem]:
        """Cases in the order of the inbox: late promises, escalations and urgency first, then what is due first.

        With no `states`: everything a person still has to look at (open, drafted, escalated, snoozed that are due, and
        any case with a late promise). Cases triage would ignore come last. The order is total (ties by id).
        """
        late = (
            select(promises.c.case_id, func.count().label("n"))
            .where(
                promises.c.brand == self._brand, promises.c.running, promises.c.state == "open", promises.c.due < now
            )
            .group_by(promises.c.case_id)
            .subquery()
        )
        broken = func.coalesce(late.c.n, 0)
        tests = [cases.c.brand == self._brand]
        tests.append(cases.c.state.in_(states) if states else or_(_waits(now), broken > 0))
        if search:
            tests.append(self._matches(search))
        if assignee is not None:
            tests.append(cases.c.assignee == assignee)
        order = (
            case((broken > 0, 0), else_=1),
            case((cases.c.rank == 2, 1), else_=0),
            cases.c.rank,
            cases.c.urgency.desc(),
            cases.c.due_at.asc().nulls_last(),
            cases.c.id,
        )
        page = (
            select(cases.c.id, broken.label("late"))
            .outerjoin(late, late.c.case_id == cases.c.id)
            .where(*tests)
            .order_by(*order)
            .limit(limit)
            .offset(offset)
        )
        with self._reading() as connection:
            chosen = {found.id: int(found.late) for found in connection.execute(page)}
            rows = self._rows(connection, list(chosen))
            return [_item(rows[id], late) for id, late in chosen.items()]

    def counts(self, now: datetime) -> dict[CaseState, int]:
        """How many cases are in each state; snoozed ones that are due count as open, where the queue shows them."""
        due = and_(cases.c.state == "snoozed", cases.c.snoozed_until <= now)
        state = case((due, "open"), else_=cases.c.state).label("shown")
        wanted = select(state, func.count().label("n")).where(cases.c.brand == self._brand).group_by("shown")
        counts: dict[CaseState, int] = dict.fromkeys(get_args(CaseState), 0)
        with self._reading() as connection:
            counts.update({found.shown: found.n for found in connection.execute(wanted)})
        return counts

    def _matches(self, search: str) -> ColumnElement[bool]:
        """Any message of the case, by its text or its author."""
        if len(search) > _SEARCH_LIMIT:
            raise InputError(f"Search for at most {_SEARCH_LIMIT:,} characters.")
        needle = plain(search).removeprefix("@")
        return exists().where(
            mentions.c.brand == self._brand,
            mentions.c.case_id == cases.c.id,
            mentions.c.search.contains(needle, autoescape=True),
        )

    def _rows(self, connection: Connection, ids: list[str]) -> dict[str, RowMapping]:
        if not ids:
            return {}
        drafted = exists().where(drafts.c.brand == self._brand, drafts.c.mention_id == cases.c.mention_id)
        wanted = (
            select(cases, mentions.c.body, drafted.label("has_draft"))
            .join(mentions, and_(mentions.c.brand == cases.c.brand, mentions.c.id == cases.c.mention_id))
            .where(cases.c.brand == self._brand, cases.c.id.in_(ids) if ids else false())
        )
        return {found["id"]: found for found in connection.execute(wanted).mappings()}


def _waits(now: datetime) -> ColumnElement[bool]:
    return or_(cases.c.state.in_(_TO_DO), and_(cases.c.state == "snoozed", cases.c.snoozed_until <= now))


def _item(found: RowMapping, late: int) -> QueueItem:
    mention = Mention.model_validate_json(found["body"])
    return QueueItem(
        case=held(found).case,
        text=mention.text,
        created_at=mention.created_at,
        has_draft=bool(found["has_draft"]),
        late_promises=late,
    )
