"""The server process of the embedded model: `python -m copilot.adapters.embedded_server PLAN`.

Started by the first user, it loads the model into llama.cpp's HTTP server on a random loopback port with a random key,
announces itself, and goes when nobody has been using it for a while. Its key never stands on a command line or in the
environment.
"""

import json
import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from filelock import Timeout

from copilot.adapters.embedded.client import BUSY, cores
from copilot.adapters.embedded.rendezvous import Rendezvous, Running

_SWEEP = 0.5
_CACHE_MIB = 512
"""Memory for prompts of other brands than the last one, so that their fixed beginnings need not be read again."""


def serve(meeting: Rendezvous, plan: dict[str, Any], stop: threading.Event, launch: Callable[..., Any]) -> int:
    """Serve until nobody is left or `stop` is set; returns the exit status."""
    lock = meeting.serving_lock()
    try:
        lock.acquire(timeout=2)
    except Timeout:
        return BUSY
    meeting.withdraw()
    key = secrets.token_urlsafe(24)
    server = launch(Path(plan["model"]), key, name=plan["name"], threads=plan["threads"], context=plan["context"])
    meeting.announce(Running(f"{server.listening_address}/v1", key, os.getpid(), plan["name"]))
    try:
        _until_unused(meeting, plan["idle"], stop)
    finally:
        meeting.withdraw()
        lock.release()
    return 0


def _until_unused(meeting: Rendezvous, idle: float, stop: threading.Event) -> None:
    """Come back holding no lock, with the announcement withdrawn under the start lock so that nobody just joined."""
    used = time.monotonic()
    while not stop.wait(min(_SWEEP, idle or _SWEEP)):
        start = meeting.start_lock()
        try:
            start.acquire(timeout=0)
        except Timeout:  # somebody joins or leaves right now
            used = time.monotonic()
            continue
        try:
            if meeting.users():
                used = time.monotonic()
            elif time.monotonic() - used >= idle:
                meeting.withdraw()
                return
        finally:
            start.release()


def llama(model: Path, key: str, *, name: str, threads: int, context: int) -> Any:
    """llama.cpp's server for `model`, ready to answer."""
    xllamacpp: Any = import_module("xllamacpp")  # it has no types
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.model_alias = {name}
    params.n_ctx = context
    params.n_parallel = 1
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = cores()
    params.cache_prompt = True
    params.cache_ram_mib = _CACHE_MIB
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.cors_origins = ""
    params.ui = False
    params.endpoint_slots = False
    params.n_threads_http = 4
    params.verbosity = 1
    return xllamacpp.Server(params)


def main(arguments: list[str]) -> int:
    """Run the process; the log is its standard output."""
    plan = json.loads(arguments[0])
    stop = threading.Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    return serve(Rendezvous(Path(plan["folder"])), plan, stop, llama)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
