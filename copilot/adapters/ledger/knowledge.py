"""Versions of a brand's files, which index serves them, who belongs to the brand, and whether it is paused."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select

from copilot.adapters.ledger.base import Store, chunks, rewrite, row
from copilot.adapters.ledger.tables import blobs, brands, members, snapshot_files, snapshots
from copilot.errors import Conflict, InputError
from copilot.models import Actor, Member, Role, Snapshot


class Knowledge(Store):
    """Knowledge and people of one brand."""

    def save_snapshot(self, files: Mapping[str, str], sha: str, at: datetime, anchor: date) -> Snapshot:
        """Store the files as the current knowledge. The first `anchor` ever stored stays.

        A text is kept once however many versions hold it. A known `sha` becomes current again, as it was first taken.
        """
        with self._writing() as connection:
            known = self._read(connection, sha)
            here = row(connection, brands, self._brand)
            first = here["anchor"] if here is not None and here["anchor"] is not None else anchor
            _set(connection, self._brand, anchor=first, current_sha=sha)
            if known is None:
                self._write(connection, files, sha, at)
                self._log(connection, "knowledge", None, at, {"sha": sha, "files": sorted(files)})
                return Snapshot(sha=sha, files=dict(files), taken_at=at, anchor=first)
            return known

    def snapshot(self, sha: str | None = None) -> Snapshot | None:
        """The current knowledge, or the version with this hash."""
        with self._reading() as connection:
            if sha is None:
                here = row(connection, brands, self._brand)
                sha = here["current_sha"] if here is not None else None
            return None if sha is None else self._read(connection, sha)

    def generation(self) -> str | None:
        """Name of the index generation readers use."""
        with self._reading() as connection:
            here = row(connection, brands, self._brand)
            return here["generation"] if here is not None else None

    def move_generation(self, expected: str | None, new: str) -> None:
        """Point readers at a new generation.

        Raises:
            Conflict: another process moved it meanwhile.
        """
        with self._writing() as connection:
            here = row(connection, brands, self._brand)
            current = here["generation"] if here is not None else None
            if current != expected:
                raise Conflict(
                    f"Another process moved the index of '{self._brand}' to {current or 'nothing'} meanwhile "
                    f"(expected {expected or 'nothing'}). Run candor ingest again."
                )
            _set(connection, self._brand, generation=new)

    def paused(self) -> str | None:
        """Why the brand is paused, or None."""
        with self._reading() as connection:
            return pause_reason(connection, self._brand)

    def set_paused(self, reason: str | None, actor: Actor, at: datetime) -> None:
        """Stop (or go on with, with None) approving and sending for this brand."""
        if reason is not None and not reason.strip():
            raise InputError("Say why the brand is paused; the others see it.")
        with self._writing() as connection:
            _set(connection, self._brand, paused=reason)
            self._log(connection, "resumed" if reason is None else "paused", actor, at, {"reason": reason})

    def members(self) -> list[Member]:
        """Who may do what, ordered by person id."""
        wanted = select(members.c.person, members.c.role, members.c.active).where(members.c.brand == self._brand)
        with self._reading() as connection:
            found = [Member(**one) for one in connection.execute(wanted).mappings()]
        return sorted(found, key=lambda member: member.person)

    def set_member(self, person: str, role: Role, active: bool, actor: Actor, at: datetime) -> Member:
        """Give `person` a role."""
        member = Member(person=person, role=role, active=active)
        with self._writing() as connection:
            values = {"role": role, "active": active}
            if row(connection, members, self._brand, members.c.person == person) is None:
                connection.execute(insert(members).values(brand=self._brand, person=person, **values))
            else:
                connection.execute(rewrite(members, self._brand, members.c.person == person).values(**values))
            self._log(connection, "member", actor, at, member.model_dump())
        return member

    def _write(self, connection: Connection, files: Mapping[str, str], sha: str, at: datetime) -> None:
        contents = {_sha(content): content for content in files.values()}
        known: set[str] = set()
        for ids in chunks(contents):
            there = select(blobs.c.sha).where(blobs.c.brand == self._brand, blobs.c.sha.in_(ids))
            known.update(connection.execute(there).scalars())
        new = [{"brand": self._brand, "sha": one, "content": contents[one]} for one in contents.keys() - known]
        if new:
            connection.execute(insert(blobs), new)
        connection.execute(insert(snapshots).values(brand=self._brand, sha=sha, taken_at=at))
        here = {"brand": self._brand, "snapshot": sha}
        entries = [{**here, "path": path, "blob": _sha(content)} for path, content in files.items()]
        if entries:
            connection.execute(insert(snapshot_files), entries)

    def _read(self, connection: Connection, sha: str) -> Snapshot | None:
        found = row(connection, snapshots, self._brand, snapshots.c.sha == sha)
        here = row(connection, brands, self._brand)
        if found is None or here is None:
            return None
        wanted = (
            select(snapshot_files.c.path, blobs.c.content)
            .join(blobs, (blobs.c.brand == snapshot_files.c.brand) & (blobs.c.sha == snapshot_files.c.blob))
            .where(snapshot_files.c.brand == self._brand, snapshot_files.c.snapshot == sha)
        )
        files = {one.path: one.content for one in sorted(connection.execute(wanted), key=lambda one: one.path)}
        return Snapshot(sha=sha, files=files, taken_at=found["taken_at"], anchor=here["anchor"])


def pause_reason(connection: Connection, brand: str) -> str | None:
    """Why the brand is paused, in a running transaction."""
    here = row(connection, brands, brand)
    return here["paused"] if here is not None else None


def _set(connection: Connection, brand: str, **values: Any) -> None:
    """Change the brand's own row, which comes to be with the first thing known of the brand."""
    if row(connection, brands, brand) is None:
        connection.execute(insert(brands).values(brand=brand, **values))
    else:
        connection.execute(rewrite(brands, brand).values(**values))


def _sha(content: str) -> str:
    return sha256(content.encode()).hexdigest()
