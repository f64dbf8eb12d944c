"""The command line: everything a person can do in the app works from here too."""

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module

import typer

from copilot.errors import CopilotError

COMMANDS: dict[str, tuple[str, ...]] = {
    "setup": ("doctor", "model", "ingest", "lint", "brand"),
    "mentions": ("import", "inbox"),
    "triage": ("triage",),
    "draft": ("retrieve", "draft", "replay"),
    "check": ("check",),
    "ledger": ("approve", "outbox", "send"),
    "cases": ("case",),
    "registers": ("promises", "gaps", "precedents", "people"),
    "serve": ("serve",),
}
"""Module → its commands. Only the module of the command that is run is imported, so that light ones start fast."""


def make_app(modules: Iterable[str] = COMMANDS) -> typer.Typer:
    """The app with the commands of these modules; all of them by default."""
    app = typer.Typer(
        name="candor",
        help="Draft honest, on-brand replies to what people say about a brand. A person edits and sends them.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        rich_markup_mode=None,
    )
    app.callback()(lambda: None)
    for module in modules:
        import_module(f"copilot.cli.{module}").register(app)
    return app


def modules_for(arguments: Sequence[str]) -> tuple[str, ...]:
    """The module of the command that `arguments` name; all of them where they name none."""
    wanted = arguments[0] if arguments else ""
    return tuple(m for m, names in COMMANDS.items() if wanted in names) or tuple(COMMANDS)


def __getattr__(name: str) -> typer.Typer:
    """`app` with every command, for the generated reference; made when asked for."""
    if name == "app":
        return make_app()
    raise AttributeError(name)


def main() -> None:
    """Run a command; errors meant for people come without a traceback and with the contract's exit code."""
    try:
        make_app(modules_for(sys.argv[1:]))()
    except CopilotError as error:
        print(f"candor: {error}", file=sys.stderr)  # noqa: T201
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)  # noqa: T201
        raise SystemExit(130) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None
