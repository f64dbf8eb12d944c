"""What commands share: options, who acts, and how answers are printed."""

import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, cast

import typer
from pydantic_core import to_jsonable_python

from copilot.bootstrap import Copilot
from copilot.errors import InputError
from copilot.models import Actor
from copilot.settings import load_settings
from copilot.text import storable

BrandOption = Annotated[str, typer.Option("--brand", help="Brand: the name of its folder.")]
MaybeBrand = Annotated[str, typer.Option("--brand", help="Brand; all of them when left out.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on stdout and nothing else there.")]
AsOption = Annotated[str, typer.Option("--as", help="Who acts: a person's id (default: CANDOR_PERSON).")]
VersionOption = Annotated[int, typer.Option("--version", help="Refuse when the case has moved past this version.")]


def say(line: str) -> None:
    """A line for a person, on stderr."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def out(line: str = "") -> None:
    """A line of the answer, on stdout."""
    print(line)  # noqa: T201


def out_json(value: Any) -> None:
    """One JSON document on stdout."""
    out(json.dumps(jsonable(value), ensure_ascii=False, indent=2))


def json_line(value: Any) -> str:
    """One JSON line."""
    return json.dumps(jsonable(value), ensure_ascii=False)


def jsonable(value: Any) -> Any:
    """Models, named tuples, moments and paths as JSON knows them."""
    return to_jsonable_python(_named(value))


def _named(value: Any) -> Any:
    """Named tuples as objects: JSON would make lists of them."""
    if hasattr(value, "_asdict"):
        return {k: _named(v) for k, v in value._asdict().items()}
    if isinstance(value, list | tuple):
        return [_named(v) for v in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {k: _named(v) for k, v in cast("dict[str, Any]", value).items()}
    return value


def shown(text: str) -> str:
    """Text from outside for a terminal: on one line, no control characters that could draw or hide something."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


def cut(text: str, width: int) -> str:
    """`shown`, at most `width` characters."""
    line = shown(text)
    return line if len(line) <= width else line[: width - 1] + "…"


@contextmanager
def opened() -> Generator[Copilot]:
    """Candor with the settings of the environment; warnings and progress go to stderr."""
    with Copilot.open(load_settings(), say=say) as copilot:
        yield copilot


def actor_of(copilot: Copilot, person: str) -> Actor:
    """Who acts.

    Raises:
        InputError: nobody was named.
    """
    name = person or copilot.settings.person
    if not name:
        raise InputError("Who are you? Add --as PERSON, or set CANDOR_PERSON.")
    return Actor(person=name, identity="declared")


def text_in(copilot: Copilot, text: str, what: str) -> str:
    """Text from outside as it may be used; ``-`` reads standard input.

    Raises:
        InputError: it is empty, too long, or not valid text.
    """
    if text == "-":
        text = sys.stdin.read()
    try:
        storable(text, copilot.settings.max_text)
    except ValueError as error:
        raise InputError(f"{what} cannot be used: {error}.") from None
    if not text.strip():
        raise InputError(f"{what} is empty.")
    return text


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, in its largest unit."""
    seconds = int((now - moment).total_seconds())
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if abs(seconds) >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
