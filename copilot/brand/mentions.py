"""mentions.jsonl → `Mention`s: the sample conversations of a brand."""

from datetime import datetime

from copilot.brand.dates import MOMENT_FIX, parse_moment
from copilot.brand.fields import JSON_STYLE, Fields
from copilot.brand.files import MENTIONS, normal, report_characters
from copilot.brand.json_source import read_rows
from copilot.brand.languages import read_language
from copilot.brand.people import Unique, read_channel
from copilot.brand.report import Report, collecting, pick, shown
from copilot.brand.values import Value
from copilot.models import Mention

_EXAMPLES = {
    "id": '"m-1"',
    "channel": '"bluesky"',
    "author": '"mira.example"',
    "text": '"Are you open on Sunday?"',
    "thread": '"m-1"',
    "in_reply_to": '"m-1"',
    "created_at": '"import-3h"',
    "from_brand": "false",
    "has_media": "false",
    "lang": '"en"',
    "url": '"https://example.com/post/1"',
}
_REQUIRED = ("id", "channel", "author", "text", "created_at")


def load_mentions(brand_id: str, text: str, now: datetime) -> list[Mention]:
    """The mentions of one file, in its order. `now` (with its offset) is the moment of the import.

    Raises:
        KnowledgeError: every wrong line with what to write instead.
    """
    if now.tzinfo is None:
        raise ValueError("`now` needs its offset")
    with collecting(brand_id, MENTIONS) as report:
        reader = _Reader(brand_id, now, report)
        text = normal(text)
        report_characters(MENTIONS, text, report)
        mentions = [reader.read(row) for row in read_rows(text, report)]
        mentions = reader.threaded(mentions)
    return mentions


class _Reader:
    """Reads rows of one brand; remembers ids and their lines."""

    def __init__(self, brand_id: str, now: datetime, report: Report) -> None:
        self._brand = brand_id
        self._now = now
        self._report = report
        self._ids = Unique("The mention")
        self._lines: dict[str, int] = {}

    def read(self, row: Value) -> Mention:
        """One row; its thread may still be empty."""
        fields = Fields(row, self._report, _EXAMPLES, what="A mention", required=_REQUIRED, style=JSON_STYLE)
        mention = Mention(
            id=fields.text("id"),
            brand=self._brand,
            channel=read_channel(fields),
            author=fields.text("author"),
            text=fields.text("text"),
            created_at=self._moment(fields),
            thread=fields.text("thread"),
            in_reply_to=fields.text("in_reply_to") or None,
            url=fields.text("url") or None,
            lang=fields.text("lang") or None,
            from_brand=fields.flag("from_brand", False),
            has_media=fields.flag("has_media", False),
        )
        self._ids.check(mention.id, row.line, self._report)
        self._lines.setdefault(mention.id, row.line)
        read_language(mention.lang or "", row.line, self._report)
        if mention.author.startswith("@"):
            fields.wrong("author", "is written without @.", f'Write `"author": "{mention.author.lstrip("@")}"`.')
        if mention.url and not mention.url.startswith("https://"):
            fields.wrong("url", f"cannot be {shown(mention.url)}.", "Write the whole address, from `https://` on.")
        return mention

    def _moment(self, fields: Fields) -> datetime:
        text = fields.text("created_at")
        try:
            return parse_moment(text, self._now) if text else self._now
        except ValueError as error:
            fields.wrong("created_at", f"{shown(text)} {error}.", MOMENT_FIX)
            return self._now

    def threaded(self, mentions: list[Mention]) -> list[Mention]:
        """Fill in threads; every message that is named must be in the file, and come before its answer."""
        known = {mention.id: mention for mention in mentions}
        out: list[Mention] = []
        for mention in mentions:
            line = self._lines.get(mention.id, 0)
            for field, other in (("in_reply_to", mention.in_reply_to), ("thread", mention.thread)):
                if other and other not in known:
                    fix = pick(other, known)
                    self._report.add(line, f"`{field}` names {shown(other)}, which is not in this file.", fix)
            parent = known.get(mention.in_reply_to or "")
            if parent and parent.id != mention.id and parent.created_at > mention.created_at:
                message = f"It answers {shown(parent.id)}, which was written later."
                self._report.add(line, message, "Correct `created_at`.")
            if mention.in_reply_to == mention.id:
                self._report.add(line, "It answers itself.", "Write the id of the message it answers.")
            thread = mention.thread or (parent.thread or parent.id if parent else mention.id)
            out.append(mention.model_copy(update={"thread": thread}))
        return out
