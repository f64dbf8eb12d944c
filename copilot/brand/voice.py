"""voice.md → `VoiceGuide`: who we are, rules with an id, words we use and avoid."""

import re
from collections.abc import Callable, Iterable

from copilot.brand.fields import Fields
from copilot.brand.markdown import Bullet, Section, read_mark, read_sections, split_front_matter
from copilot.brand.people import Unique, check_person
from copilot.brand.report import Report, closest, pick, shown
from copilot.models import VoiceGuide, VoiceRule, WordRule

WE_ARE, WE_ARE_NOT = "who we are", "who we are not"
WE_USE, WE_AVOID = "words we use", "words we avoid"
SPECIAL = (WE_ARE, WE_ARE_NOT, WE_USE, WE_AVOID)

COUNTED = ("max-sentences", "asks-at-most")
PLAIN = (
    "first-person-plural",
    "greets-by-name",
    "signs",
    "no-exclamation",
    "no-emoji",
    "ends-without-question",
    "plain-quotes",
)
"""Positive rules that the code can check (T9); the `COUNTED` ones take a number."""

_EXAMPLES = {"version": "1", "owner": "jm"}
_FRONT = "version: 1"
_EXAMPLE = re.compile(r"(Do|Don[’']?t):\s*(.*)", re.IGNORECASE)
_WORD = re.compile(r"`([^`]*)`\s*(?:(?:→|->)\s*(`[^`]*`|[^:`]*?)\s*)?(?::\s*(.*))?")
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"))


def read_voice(text: str, people: Iterable[str] | None, report: Report) -> VoiceGuide:
    """The guide. `people` are the ids of brand.yaml, None when it could not be read.

    A brand without people (one to check replies against) needs no owner of its voice.
    """
    front, body = split_front_matter(text, report, _FRONT)
    version = owner = ""
    if front is not None:
        required = ("version",) if people is not None and not list(people) else ("version", "owner")
        fields = Fields(front, report, _EXAMPLES, what="The front matter of voice.md", required=required)
        version = fields.scalar("version")
        owner = check_person(fields, "owner", people, none="Remove the line: a voice without people has no owner.")
    reader = _Reader(report)
    for section in read_sections(body, report):
        reader.take(section)
    return VoiceGuide(
        version=version,
        owner=owner,
        we_are=tuple(reader.we_are),
        we_are_not=tuple(reader.we_are_not),
        rules=tuple(reader.rules),
        use=tuple(reader.use),
        avoid=tuple(reader.avoid),
    )


class _Reader:
    """Sections in, parts of a guide out."""

    def __init__(self, report: Report) -> None:
        self.we_are: list[str] = []
        self.we_are_not: list[str] = []
        self.rules: list[VoiceRule] = []
        self.use: list[WordRule] = []
        self.avoid: list[WordRule] = []
        self._report = report
        self._kind = ""
        self._ids = Unique("The id")
        self._used = Unique("The word")
        self._avoided = Unique("The word")

    def take(self, section: Section) -> None:
        """Work in the bullets of one heading; a third-level heading stays in the part it divides."""
        if section.level <= 2:
            self._kind = _plain(section.title)
            outside = section.level < 2 and self._kind not in SPECIAL
            self._kind = "outside" if outside else self._kind
        read = self._readers().get(self._kind)
        for bullet in section.bullets:
            if bullet.numbered:
                self._report.add(bullet.line, "Numbered items are not read.", "Begin the line with `- `.")
            elif read is None:
                self._rule(bullet, section)
            else:
                read(bullet)

    def _readers(self) -> dict[str, Callable[[Bullet], None]]:
        return {
            "outside": self._outside,
            WE_ARE: lambda bullet: self.we_are.extend(self._statement(bullet)),
            WE_ARE_NOT: lambda bullet: self.we_are_not.extend(self._statement(bullet)),
            WE_USE: lambda bullet: self.use.extend(self._word(bullet, self._used, better=False)),
            WE_AVOID: lambda bullet: self.avoid.extend(self._word(bullet, self._avoided, better=True)),
        }

    def _outside(self, bullet: Bullet) -> None:
        self._report.add(bullet.line, "This bullet stands before the first `##` heading.", "Put a heading above it.")

    def _statement(self, bullet: Bullet) -> list[str]:
        if "{#" in bullet.text:
            fix = "Remove the id, or move the rule under a heading of its own."
            self._report.add(bullet.line, "A bullet about who we are carries no id.", fix)
        self._no_children(bullet, "a bullet about who we are")
        if not bullet.text:
            self._report.add(bullet.line, "This bullet is empty.", "Write something, or remove it.")
        return [bullet.text] if bullet.text else []

    def _rule(self, bullet: Bullet, section: Section) -> None:
        if _EXAMPLE.match(bullet.text):
            fix = "Indent it by two spaces under the rule it belongs to."
            self._report.add(bullet.line, "This example does not stand under a rule.", fix)
            return
        mark = read_mark(bullet, self._report, prefix="v-", allowed=("check",))
        if mark is None:
            self._hint_heading(bullet, section)
        do, dont = self._examples(bullet)
        if mark is None:
            return
        self._ids.check(mark.id, bullet.line, self._report)
        self.rules.append(
            VoiceRule(
                id=mark.id,
                text=mark.text,
                do=do,
                dont=dont,
                section=section.title,
                check=self._check(mark.attributes.get("check", ""), bullet.line),
                line=bullet.line,
            )
        )

    def _hint_heading(self, bullet: Bullet, section: Section) -> None:
        meant = closest(_plain(section.title), SPECIAL)
        if meant and section.level == 2 and len(meant) > 0.75 * len(section.title):
            fix = f"If the section is meant to be `{meant.capitalize()}`, write that heading so."
            self._report.add(section.line, f"{shown(section.title)} is read as a section of rules.", fix)

    def _examples(self, bullet: Bullet) -> tuple[tuple[str, ...], tuple[str, ...]]:
        do: list[str] = []
        dont: list[str] = []
        for child in bullet.children:
            match = _EXAMPLE.match(child.text)
            if match is None or child.numbered:
                fix = 'Write `- Do: "…"` or `- Don\'t: "…"`, or move the line out of the rule.'
                self._report.add(child.line, "Under a rule only examples are read.", fix)
                continue
            self._no_children(child, "an example")
            said = _unquoted(match[2])
            if "{#" in said:
                self._report.add(child.line, "An example carries no id.", "Move the id to the end of its rule.")
            elif not said:
                self._report.add(child.line, "This example is empty.", f'Write `- {match[1]}: "…"`.')
            (do if match[1].lower() == "do" else dont).append(said)
        return tuple(do), tuple(dont)

    def _check(self, text: str, line: int) -> str:
        name, equals, number = text.partition("=")
        if not text or (name in PLAIN and not equals):
            return text
        if name in PLAIN:
            self._report.add(line, f"`check={name}` takes no number.", f"Write `check={name}`.")
        elif name not in COUNTED:
            self._report.add(line, f"There is no check {shown(name)}.", pick(name, (*PLAIN, *COUNTED)))
        elif not re.fullmatch(r"[0-9]|[1-9][0-9]", number, re.ASCII) or (name == "max-sentences" and number == "0"):
            self._report.add(line, f"`check={name}` needs a number.", f"Write for example `check={name}=3`.")
        return text

    def _word(self, bullet: Bullet, seen: Unique, *, better: bool) -> list[WordRule]:
        self._no_children(bullet, "a word")
        match = _WORD.fullmatch(bullet.text)
        example = "- `guys` → `everyone`: why" if better else "- `flat white`: how it is written"
        if match is None:
            message = "A word stands in backticks, one a bullet."
            self._report.add(bullet.line, message, f"Write it like ``{example}``.")
            return []
        word, instead, why = match[1].strip(), (match[2] or "").strip("` "), (match[3] or "").strip()
        if not word:
            self._report.add(bullet.line, "The backticks are empty.", f"Write it like ``{example}``.")
        elif instead and not better:
            self._report.add(bullet.line, "A word we use has no better word.", f"Write it like ``{example}``.")
        elif match[2] is not None and not instead:
            self._report.add(bullet.line, "Nothing stands after the arrow.", f"Write it like ``{example}``.")
        seen.check(word, bullet.line, self._report, key=word.casefold())
        return [WordRule(word=word, better=instead, why=why, line=bullet.line)]

    def _no_children(self, bullet: Bullet, what: str) -> None:
        for child in bullet.children:
            self._report.add(child.line, f"Nothing is read under {what}.", "Make it a bullet of its own.")


def _plain(title: str) -> str:
    return " ".join(title.casefold().rstrip(":.").split())


def _unquoted(text: str) -> str:
    text = text.strip()
    for opening, closing in _QUOTES:
        if len(text) >= 2 and text.startswith(opening) and text.endswith(closing):
            return text[1:-1].strip()
    return text
