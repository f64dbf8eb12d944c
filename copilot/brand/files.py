"""The files that hold a brand's knowledge: which they are, how they are read, and their fingerprint."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from copilot.brand.report import Report, closest, collecting

BRAND = "brand.yaml"
VOICE = "voice.md"
PLAYBOOKS = "playbooks.yaml"
FACTS = "facts"
PRECEDENTS = "precedents.jsonl"
MENTIONS = "mentions.jsonl"

REQUIRED = (BRAND, VOICE)
TOP_LEVEL = (BRAND, VOICE, PLAYBOOKS, PRECEDENTS, MENTIONS)
LARGEST_FILE = 2 * 1024 * 1024
MOST_FACT_FILES = 300

_FACT_FILE = re.compile(r"facts/[^/\\]+\.md")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_BROKEN = re.compile(r"[\x00\ud800-\udfff]")


def makes_a_brand(name: str) -> bool:
    """Whether this file is part of what a `Brand` is made of; precedents and mentions are read on their own."""
    return name in (BRAND, VOICE, PLAYBOOKS) or _FACT_FILE.fullmatch(name) is not None


def normal(text: str) -> str:
    """The text with one kind of line end and no byte-order mark, as every editor may save it."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def fingerprint(files: Mapping[str, str]) -> str:
    """SHA-256 over the files that make a `Brand`, whatever their order and line ends."""
    digest = hashlib.sha256()
    for name in sorted(filter(makes_a_brand, files)):
        for part in (name, normal(files[name])):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def read_files(folder: Path) -> dict[str, str]:
    """The knowledge files of a brand's folder: path relative to it → text.

    Raises:
        KnowledgeError: a required file is missing, or one is too large, not UTF-8, or lies outside the folder.
    """
    found: dict[str, str] = {}
    with collecting(folder.name) as report:
        if not folder.is_dir():
            report.add(0, f"There is no folder `{folder.name}`.", "Create it, with a brand.yaml and a voice.md.")
            return found
        for name in _names(folder, report):
            text = _read(folder, name, report.on(name))
            if text is not None:
                found[name] = text
        report_missing(set(_present(folder)), report)
    return found


def report_missing(names: set[str], report: Report) -> None:
    """Note every required file that is not among `names`."""
    for name in REQUIRED:
        if name not in names:
            report.on(name).add(0, "This file is missing.", f"Create {name}; docs/writing-a-voice-guide.md shows how.")


def report_characters(name: str, text: str, report: Report) -> bool:
    """Whether the text holds only characters that the file may hold; the line of each other one becomes a problem."""
    pattern = _BROKEN if name.endswith(".jsonl") else _UNREADABLE
    if not pattern.search(text):
        return True
    for number, line in enumerate(text.split("\n"), start=1):
        if match := pattern.search(line):
            report.on(name).add(
                number, f"An invisible control character (U+{ord(match[0]):04X}) stands here.", "Retype the line."
            )
    return False


def _present(folder: Path) -> Iterator[str]:
    return (name for name in TOP_LEVEL if (folder / name).exists())


def _names(folder: Path, report: Report) -> Iterator[str]:
    yield from _present(folder)
    for path in sorted(folder.iterdir()):
        if path.name not in (*TOP_LEVEL, FACTS):
            _report_misnamed(path.name, report)
    facts = folder / FACTS
    if not facts.is_dir():
        return
    number = 0
    for path in sorted(facts.iterdir()):
        name = f"{FACTS}/{path.name}"
        if path.name.startswith(".") or path.name.lower() == "readme.md":
            continue
        if not _FACT_FILE.fullmatch(name) or path.is_dir():
            report.on(name).add(0, "Only files that end in .md are read as facts.", "Rename or move it.")
            continue
        number += 1
        if number > MOST_FACT_FILES:
            report.on(name).add(
                0, f"More than {MOST_FACT_FILES} fact files are not read.", "Put several topics in one."
            )
            return
        yield name


def _report_misnamed(name: str, report: Report) -> None:
    """A file called almost like one of ours would be passed over in silence."""
    near = closest(name, (*TOP_LEVEL, FACTS))
    if near and not name.startswith(".") and not name.lower().startswith("readme"):
        fix = f"If it is meant to be `{near}`, rename it; otherwise move it away."
        report.on(name).add(0, "A file of this name is not read.", fix)


def _read(folder: Path, name: str, report: Report) -> str | None:
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            report.add(0, "This is a link to something outside the brand's folder.", "Put the file itself here.")
            return None
        if not path.is_file():
            report.add(0, "This is not a file.", "Remove it and write a text file of this name.")
            return None
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        report.add(0, f"This file cannot be read: {error.strerror or error}.", "Check its permissions.")
        return None
    if len(data) > LARGEST_FILE:
        report.add(0, f"This file is larger than {LARGEST_FILE // 1024 // 1024} MB.", "Split it or shorten it.")
        return None
    try:
        text = normal(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report.add(line, f"This is not UTF-8: byte 0x{data[error.start]:02x}.", "Save the file as UTF-8.")
        return None
    return text if report_characters(name, text, report) else None
