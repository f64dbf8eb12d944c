"""facts/*.md → `Fact`s: one bullet, one dated statement with an id and a source."""

from datetime import date

from copilot.brand.dates import DAY_FIX, parse_day
from copilot.brand.fields import Fields
from copilot.brand.markdown import Bullet, Mark, read_mark, read_sections, split_front_matter
from copilot.brand.report import Report, shown
from copilot.models import Fact

_EXAMPLES = {"valid_from": "import-400d", "valid_until": "import+14d", "source": "price list on the shop wall"}
_FRONT = "source: price list on the shop wall"


class FactReader:
    """Reads the fact files of one brand: ids are unique in all of them together."""

    def __init__(self, anchor: date) -> None:
        self._anchor = anchor
        self._seen: dict[str, str] = {}

    def read(self, text: str, report: Report) -> list[Fact]:
        """The facts of one file."""
        front, body = split_front_matter(text, report, _FRONT)
        standard = Fact(id="", text="")
        if front is not None:
            fields = Fields(front, report, _EXAMPLES, what="The front matter of a fact file", required=("source",))
            standard = self._standard(fields)
        found = (
            self._fact(bullet, standard, report)
            for section in read_sections(body, report)
            for bullet in section.bullets
        )
        return [fact for fact in found if fact is not None]

    def _standard(self, fields: Fields) -> Fact:
        """What every fact of the file has unless it says otherwise."""
        first, last = fields.day("valid_from", self._anchor), fields.day("valid_until", self._anchor)
        if first and last and last < first:
            fields.wrong("valid_until", "lies before `valid_from`.", "Exchange the two, or correct one of them.")
            first = last = None
        return Fact(id="", text="", valid_from=first, valid_until=last, source=fields.text("source"))

    def _fact(self, bullet: Bullet, standard: Fact, report: Report) -> Fact | None:
        if bullet.numbered:
            report.add(bullet.line, "Numbered items are not read.", "Begin the line with `- `.")
            return None
        for child in bullet.children:
            report.add(child.line, "A fact has no bullets under it.", "Make it a bullet of its own, with its own id.")
        if bullet.more:
            report.add(bullet.line, "A fact is one paragraph; what follows it would be lost.", "Join the paragraphs.")
        mark = read_mark(bullet, report, prefix="f-", allowed=("valid_until", "valid_from", "source"))
        if mark is None:
            return None
        if mark.id in self._seen:
            message = f"The id {shown(mark.id)} stands twice; the first is in {self._seen[mark.id]}."
            report.add(bullet.line, message, "Change one.")
        self._seen.setdefault(mark.id, f"{report.file}:{bullet.line}")
        return self._dated(mark, bullet, standard, report)

    def _dated(self, mark: Mark, bullet: Bullet, standard: Fact, report: Report) -> Fact:
        first = self._day(mark, "valid_from", bullet.line, report) or standard.valid_from
        last = self._day(mark, "valid_until", bullet.line, report) or standard.valid_until
        if first and last and last < first:
            message = f"`{mark.id}` ends ({last}) before it begins ({first})."
            report.add(bullet.line, message, "Correct `valid_from` or `valid_until`, here or in the front matter.")
        return Fact(
            id=mark.id,
            text=mark.text,
            valid_from=first,
            valid_until=last,
            source=mark.attributes.get("source", "") or standard.source,
            file=report.file,
            line=bullet.line,
        )

    def _day(self, mark: Mark, key: str, line: int, report: Report) -> date | None:
        text = mark.attributes.get(key, "")
        if not text:
            return None
        try:
            return parse_day(text, self._anchor)
        except ValueError as error:
            report.add(line, f"`{key}` {shown(text)} {error}.", DAY_FIX)
            return None
