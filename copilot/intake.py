"""Files → mentions and precedents: CSV or JSONL, any column names, every refused row with its line and reason."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from copilot.access import allow
from copilot.errors import InputError
from copilot.ingest import masked
from copilot.models import Actor, Frozen, Mention, Precedent
from copilot.pipeline import Desk
from copilot.text import storable

_BATCH = 2000
_FIELDS = (
    "id", "text", "author", "channel", "created_at", "thread", "in_reply_to", "url", "lang", "has_media", "from_brand"
)  # fmt: skip
_OLD_TWITTER = "%a %b %d %H:%M:%S %z %Y"
Row = dict[str, Any]


class Rejected(Frozen):
    """A row that was not taken."""

    line: int
    reason: str


class ImportReport(Frozen):
    """What an import did."""

    read: int
    new: int
    duplicate: int
    rejected: tuple[Rejected, ...] = ()


def import_mentions(
    desk: Desk,
    file: Path,
    columns: Mapping[str, str],
    channel: str,
    actor: Actor,
    max_text: int,
    say: Callable[[str], None],
) -> ImportReport:
    """Take in the mentions of a file, in batches; each batch is stored whole or not at all.

    Args:
        desk: The brand's desk.
        file: CSV with a header, or JSONL.
        columns: Field → column, where they are named otherwise.
        channel: For rows that name none.
        actor: Who imports.
        max_text: Longest text taken, in code points.
        say: Told how far it is.

    Raises:
        InputError: the file cannot be read, or `columns` names a field or a column that is not there.
    """
    allow(desk.ledger, actor, "work", "import mentions")
    unknown = sorted(set(columns) - set(_FIELDS))
    if unknown:
        raise InputError(f"--map knows no field '{unknown[0]}'. Fields: {', '.join(_FIELDS)}.")
    read = new = duplicate = 0
    rejected: list[Rejected] = []
    waiting: list[Mention] = []

    def store() -> None:
        nonlocal new, duplicate
        added = desk.add(_threaded(waiting, desk), actor)
        new += len(added.new)
        duplicate += added.duplicate
        waiting.clear()
        say(f"  {read:,} rows read")

    for line, row in rows(file, columns):
        read += 1
        try:
            waiting.append(_mention(desk, row, columns, channel, max_text))
        except ValueError as error:
            rejected.append(Rejected(line=line, reason=_words(error)))
        if len(waiting) >= _BATCH:
            store()
    if waiting:
        store()
    return ImportReport(read=read, new=new, duplicate=duplicate, rejected=tuple(rejected))


def import_precedents(desk: Desk, file: Path, columns: Mapping[str, str], actor: Actor) -> ImportReport:
    """Take in resolved issues as candidates, personal data masked; an owner accepts them."""
    allow(desk.ledger, actor, "own", "import precedents")
    read = 0
    rejected: list[Rejected] = []
    found: list[Precedent] = []
    for line, row in rows(file, columns):
        read += 1
        try:
            found.append(masked(_precedent(desk, row, columns)))
        except ValueError as error:
            rejected.append(Rejected(line=line, reason=_words(error)))
    new = desk.ledger.put_precedents(found, desk.clock(), actor)
    return ImportReport(read=read, new=new, duplicate=len(found) - new, rejected=tuple(rejected))


def rows(file: Path, columns: Mapping[str, str]) -> Iterator[tuple[int, Row]]:
    """The rows of a CSV or JSONL file with their 1-based line.

    A row that cannot be parsed is a row whose ``__error__`` says why.

    Raises:
        InputError: the file cannot be read, or a CSV lacks a column of `columns`.
    """
    try:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            if file.suffix.lower() in (".csv", ".tsv"):
                yield from _csv(file, lines, columns, "\t" if file.suffix.lower() == ".tsv" else ",")
            else:
                yield from _jsonl(lines)
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}.") from None


def _csv(file: Path, lines: Any, columns: Mapping[str, str], delimiter: str) -> Iterator[tuple[int, Row]]:
    reader = csv.DictReader(lines, delimiter=delimiter)
    header = list(reader.fieldnames or [])
    for name, column in columns.items():
        if column not in header:
            raise InputError(f"{file}:1: there is no column '{column}' for '{name}'. Columns: {', '.join(header)}.")
    try:
        for row in reader:
            yield reader.line_num, dict(row)
    except csv.Error as error:
        yield reader.line_num, {"__error__": f"not CSV: {error}"}


def _jsonl(lines: Iterator[str]) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value: Any = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, {"__error__": f"not JSON: {error}"}
            continue
        yield number, cast("Row", value) if isinstance(value, dict) else {"__error__": "not an object with fields"}


def _mention(desk: Desk, row: Row, columns: Mapping[str, str], channel: str, max_text: int) -> Mention:
    if "__error__" in row:
        raise ValueError(row["__error__"])
    value = {name: row.get(columns.get(name, name)) for name in _FIELDS}
    text = value["text"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"there is no text in '{columns.get('text', 'text')}'")
    storable(text, max_text)
    created = desk.clock() if missing(value["created_at"]) else moment(value["created_at"])
    author = str(value["author"] or "unknown").lstrip("@")
    where = str(value["channel"] or channel)
    id = (
        str(value["id"] or "")
        or "m-" + sha256("\x1f".join((where, author, str(created), text)).encode()).hexdigest()[:16]
    )
    parent = None if missing(value["in_reply_to"]) else str(value["in_reply_to"])
    return Mention(
        id=id[:200],
        brand=desk.brand.id,
        channel=where[:40],
        author=author[:200],
        text=text,
        created_at=created,
        thread="" if missing(value["thread"]) else str(value["thread"])[:200],
        in_reply_to=parent,
        url=_link(value["url"]),
        lang=str(value["lang"])[:8] if value["lang"] else None,
        has_media=_truth(value["has_media"]),
        from_brand=_truth(value["from_brand"]),
    )


def _threaded(mentions: Sequence[Mention], desk: Desk) -> list[Mention]:
    """Give mentions without a thread that of the message they answer, as far back as it is known."""
    known = {m.id: m for m in mentions}
    return [m if m.thread else m.model_copy(update={"thread": _thread_of(m, known, desk)}) for m in mentions]


def _thread_of(mention: Mention, known: Mapping[str, Mention], desk: Desk) -> str:
    first, seen = mention, {mention.id}
    while not first.thread and (parent := known.get(first.in_reply_to or "")) and parent.id not in seen:
        first = parent
        seen.add(first.id)
    if first.thread or first.in_reply_to is None:
        return first.thread or first.id
    before = desk.ledger.find_mention(first.in_reply_to)
    return before.thread if before else first.in_reply_to


def _precedent(desk: Desk, row: Row, columns: Mapping[str, str]) -> Precedent:
    if "__error__" in row:
        raise ValueError(row["__error__"])
    value = {name: row[columns.get(name, name)] for name in Precedent.model_fields if columns.get(name, name) in row}
    mention, reply = str(value.get("mention") or ""), str(value.get("reply") or "")
    if not mention or not reply:
        raise ValueError("a resolved issue needs 'mention' (what they wrote) and 'reply' (what was answered)")
    asked = desk.mention_from_text(mention)
    value.setdefault("id", "p-" + sha256(f"{mention}\x1f{reply}".encode()).hexdigest()[:10])
    value.setdefault("intent", desk.triage(asked).intent)
    value.setdefault("situation", " ".join(mention.split())[:200])
    value.setdefault("resolved_at", desk.clock().date())
    value["status"] = "candidate"
    return Precedent.model_validate(value)


def missing(value: Any) -> bool:
    """Whether a cell is empty, in the ways that tables export emptiness."""
    return str(value if value is not None else "").strip().lower() in ("", "nat", "nan", "none", "null")


def moment(value: Any) -> datetime:
    """A point in time from ISO 8601, seconds since 1970, or Twitter's old format; without an offset it is UTC.

    Raises:
        ValueError: it is none of these.
    """
    text = str(value).strip()
    try:
        found = datetime.fromtimestamp(float(text), UTC) if text.replace(".", "", 1).isdigit() else None
        found = found or datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        try:
            found = datetime.strptime(text, _OLD_TWITTER)
        except ValueError:
            raise ValueError(f"'{text[:40]}' is no date; write it like 2026-03-01T14:05:00+01:00") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _link(value: Any) -> str | None:
    text = str(value or "").strip()
    return text[:2000] if text.startswith(("https://", "http://")) else None


def _truth(value: Any) -> bool:
    return str(value or "").strip().lower() in ("1", "true", "yes")


def _words(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:3])
    return str(error)
