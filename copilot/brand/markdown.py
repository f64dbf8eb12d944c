"""The part of Markdown that carries knowledge: front matter, headings, bullets, and the `{#id}` that ends a bullet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from copilot.brand.report import Report, pick, shown
from copilot.brand.values import Value
from copilot.brand.yaml_source import read_yaml

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

_FENCE = "---"
_MARK = re.compile(r"\{\s*(#?)([^{}]*)\}$")
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w-]*)=("[^"]*"|[^\s"]+)(?:\s+|$)""")
_LISTS = ("bullet_list", "ordered_list")


@dataclass(frozen=True)
class Bullet:
    """One `- ` item."""

    line: int
    text: str
    """Its first paragraph on one line, marks included."""
    children: tuple["Bullet", ...] = ()
    numbered: bool = False
    more: bool = False
    """Whether further paragraphs follow inside the bullet."""


@dataclass
class Section:
    """A heading and the bullets under it; the first section of a file may have no heading."""

    title: str
    level: int
    line: int
    bullets: list[Bullet] = field(default_factory=list[Bullet])


@dataclass(frozen=True)
class Mark:
    """What stands in braces at the end of a bullet."""

    text: str
    """The bullet without it."""
    id: str
    attributes: dict[str, str]


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").disable(["inline", "text_join"])


def split_front_matter(text: str, report: Report, example: str) -> tuple[Value | None, str]:
    """The front matter as a tree, and the text with those lines blanked so that line numbers stay what they are.

    None when it is missing or cannot be read; the problem is in `report`.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        report.add(1, "The file must begin with front matter.", f"Begin with three lines: `---`, `{example}`, `---`.")
        return None, text
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), None)
    if end is None:
        report.add(1, "The front matter that begins here has no end.", "Add a line `---` after its last field.")
        return None, ""
    tree = read_yaml("\n".join(lines[1:end]), report, shift=1)
    return tree, "\n" * (end + 1) + "\n".join(lines[end + 1 :])


def read_sections(text: str, report: Report) -> list[Section]:
    """Headings with their bullets. Prose is skipped, but an id outside a bullet is a problem: it would not be read."""
    from markdown_it.tree import SyntaxTreeNode

    lines = text.split("\n")
    sections = [Section("", 0, 1)]
    for node in SyntaxTreeNode(_parser().parse(text)).children:
        if node.type == "heading":
            sections.append(Section(_one_line(_content(node)), int(node.tag[1:]), _line(node)))
        elif node.type in _LISTS:
            sections[-1].bullets.extend(_bullets(node, lines, report))
        else:
            _report_lost_ids(node, lines, report)
    return sections


def read_mark(bullet: Bullet, report: Report, *, prefix: str, allowed: tuple[str, ...]) -> Mark | None:
    """The id and attributes at the end of a bullet; None (and a problem) when there is no usable id."""
    match = _MARK.search(bullet.text)
    if match is None or not (match[1] or match[2].lstrip().startswith(prefix)):
        _report_no_id(bullet, report, prefix)
        return None
    name, _, rest = match[2].strip().partition(" ")
    text = bullet.text[: match.start()].rstrip()
    wished = f"{{#{prefix}{slug(text)}}}"
    if not match[1]:
        fix = f"Write `{{#{match[2].strip()}}}`."
        report.add(bullet.line, f"An id begins with `#`, unlike {shown(match[0])}.", fix)
        return None
    if not re.fullmatch(prefix + r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
        report.add(
            bullet.line,
            f"{shown(name)} cannot be an id: it must begin with `{prefix}`, then a-z, 0-9 and single hyphens.",
            f"Write for example `{wished}`.",
        )
        return None
    if not text:
        report.add(bullet.line, f"Nothing stands before `{{#{name}}}`.", "Write the sentence, then its id.")
        return None
    return Mark(text, name, _attributes(rest.strip(), bullet.line, report, allowed))


def slug(text: str) -> str:
    """A short id for a text, to show in a fix."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return "-".join([word for word in words if len(word) > 3][:3] or words[:3]) or "short-name"


def _attributes(rest: str, line: int, report: Report, allowed: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    while rest:
        match = _ATTRIBUTE.match(rest)
        if match is None:
            report.add(line, f"{shown(rest)} is not `name=value`.", f"After the id write {_listed(allowed)}.")
            break
        rest = rest[match.end() :]
        name, value = match[1], match[2].strip('"').strip()
        if name not in allowed:
            report.add(line, f"{shown(name)} is not known here.", pick(name, allowed))
        elif name in found:
            report.add(line, f"`{name}` stands twice.", "Keep one of the two.")
        else:
            found[name] = value
    return found


def _listed(allowed: tuple[str, ...]) -> str:
    return " or ".join(f"`{name}=…`" for name in allowed)


def _report_no_id(bullet: Bullet, report: Report, prefix: str) -> None:
    if "{#" in bullet.text:
        report.add(bullet.line, "The id must be the last thing of the bullet.", "Move `{#…}` to the end of the line.")
    else:
        wished = f"{{#{prefix}{slug(bullet.text)}}}"
        report.add(bullet.line, "This bullet has no id.", f"End it with an id of its own, for example `{wished}`.")


def _report_lost_ids(node: "SyntaxTreeNode", lines: list[str], report: Report) -> None:
    if node.type in ("fence", "html_block"):
        return  # examples and what was commented out, both on purpose
    start, end = node.map or (0, 0)
    for number in range(start, end):
        if "{#" in lines[number]:
            report.add(number + 1, "An id outside a bullet is not read.", "Begin the line with `- `.")


def _bullets(node: "SyntaxTreeNode", lines: list[str], report: Report) -> Iterator[Bullet]:
    for item in node.children:
        text = ""
        more = False
        nested: list[Bullet] = []
        for place, child in enumerate(item.children):
            if place == 0 and child.type == "paragraph":
                text = _one_line(_content(child))
            elif child.type in _LISTS:
                nested.extend(_bullets(child, lines, report))
            else:
                more = True
                _report_lost_ids(child, lines, report)
        yield Bullet(_line(item), text, tuple(nested), numbered=node.type == "ordered_list", more=more)


def _content(node: "SyntaxTreeNode") -> str:
    return node.children[0].content if node.children else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _line(node: "SyntaxTreeNode") -> int:
    return (node.map or (0, 0))[0] + 1
