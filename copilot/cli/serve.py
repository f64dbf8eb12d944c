"""`candor serve`: the app, with the embedded model as needed; one URL printed."""

import signal
import subprocess
import sys
import time
import urllib.request
import webbrowser
from contextlib import suppress
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.common import opened, out, say
from copilot.errors import CopilotError, InputError

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot


_LINGER = 2.0
"""Seconds the model's server outlives the app."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(serve)


def serve(
    port: Annotated[int, typer.Option("--port", help="Port on 127.0.0.1 (default: CANDOR_PORT).")] = 0,
    samples: Annotated[bool, typer.Option("--samples", help="Load the sample brands first.")] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser window.")] = False,
) -> None:
    """Open the app. Ctrl-C stops everything it started."""
    entry = Path("app.py")
    if not entry.is_file():
        raise InputError("There is no app.py here. Start this in Candor's folder.")
    from copilot.adapters.model_store import CHAT_MODEL, MINILM
    from copilot.cli.progress import shown_progress
    from copilot.samples import load_samples

    with opened() as copilot:
        copilot.settings = copilot.settings.model_copy(update={"embedded_idle": _LINGER})
        embedded = copilot.chat_name() == "embedded"
        say("› embedded model files")
        for name in (MINILM, CHAT_MODEL) if embedded else (MINILM,):
            copilot.models.pull(name, shown_progress())
        if samples:
            say("› sample brands")
            load_samples(copilot)
        where = port or copilot.settings.port
        if embedded:
            say("› embedded model: starting in the background")
            Thread(target=_warm_up, args=(copilot,), daemon=True).start()
        _run(entry, where, browser)


def _warm_up(copilot: "Copilot") -> None:
    """Start the model's server while the person looks around; the app says so when something is wrong with it."""
    with suppress(CopilotError):
        for brand_id in copilot.brand_ids():
            desk = copilot.brand(brand_id)
            if desk.precedents:
                desk.warm_up()


def _run(entry: Path, port: int, browser: bool) -> None:
    command = [
        sys.executable, "-m", "streamlit", "run", str(entry),
        "--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true",
        "--browser.gatherUsageStats=false", "--logger.level=error",
    ]  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    try:
        if _up(process, url):
            out(f"Candor: {url}   (Ctrl-C stops it)")
            if browser:
                webbrowser.open(url)
        code = process.wait()
    except KeyboardInterrupt:
        say("Stopping …")
        process.terminate()
        code = _stopped(process)
    if code not in (0, -15, -2, 130):
        raise InputError(f"The app stopped with {code}. Is port {port} in use? Try: candor serve --port {port + 1}")


def _up(process: "subprocess.Popen[bytes]", url: str) -> bool:
    """Wait until the app answers; False when it stopped instead."""
    while process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
            return True
        time.sleep(0.2)
    return False


def _interrupt(number: int, frame: FrameType | None) -> None:
    """A polite kill is a Ctrl-C."""
    raise KeyboardInterrupt


def _stopped(process: "subprocess.Popen[bytes]") -> int:
    try:
        return process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
