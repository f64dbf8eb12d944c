"""The user's side of the embedded model: find its server, or start it, and hold on to it."""

import atexit
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from copilot.adapters.embedded.rendezvous import Rendezvous, Running, User, default_root, private
from copilot.adapters.model_store import CHAT_MODEL, ModelStore
from copilot.adapters.store.progress import Meter, OnProgress
from copilot.errors import ModelError

COMMAND = (sys.executable, "-m", "copilot.adapters.embedded_server")
_POLL = 0.05
BUSY = 75
"""Exit status of a server process that found another one alive."""


class Endpoint:
    """An address and key of the embedded model, valid until closed."""

    def __init__(self, running: Running, user: User) -> None:
        """Hold `user`'s claim until `close`, at the latest until the process ends."""
        self.base_url = running.base_url
        self.api_key = running.api_key
        self.model = running.model
        self.pid = running.pid
        self._user = user
        atexit.register(self.close)

    def close(self) -> None:
        """Leave; the server stops some time after its last user has."""
        atexit.unregister(self.close)
        self._user.leave()

    def __enter__(self) -> Self:
        """Usable in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave."""
        self.close()


class _Plan(NamedTuple):
    model: Path
    name: str
    idle: float
    threads: int
    context: int
    patience: float
    command: Sequence[str]


def ensure_server(
    store: ModelStore,
    name: str = CHAT_MODEL,
    *,
    idle: float = 30.0,
    root: Path | None = None,
    threads: int | None = None,
    context: int = 4096,
    patience: float = 180.0,
    progress: OnProgress | None = None,
    command: Sequence[str] = COMMAND,
) -> Endpoint:
    """Join this machine's server for the model `name`, starting it when there is none.

    Args:
        store: Where the model file is.
        name: Which model.
        idle: Seconds the server stays after its last user has left.
        root: Where users and server meet, by default the user's runtime folder.
        threads: That write the answer, by default one fewer than cores: a thread that waits for its core stalls all.
        context: Tokens of prompt and answer together.
        patience: Seconds that starting may take.
        progress: Told what is being waited for.
        command: Starts the server process; the plan is appended as JSON.

    Raises:
        InputError: the model's file is missing; says how to get it.
        ModelError: the server does not start; carries the end of its log.
    """
    plan = _Plan(store.path(name), name, idle, threads or max(1, cores() - 1), context, patience, command)
    digest = next(file.sha256 for file in store.list() if file.name == name)
    meeting = Rendezvous(private(root or default_root()) / f"embedded-{digest[:12]}")
    meter = Meter(progress, name, 0)
    lock = meeting.start_lock()
    _wait(lambda: _acquired(lock), plan.patience, meter, "another process is starting the embedded model")
    try:
        user = meeting.join()
        try:
            return Endpoint(_healthy(meeting) or _start(meeting, plan, meter), user)
        except BaseException:
            user.leave()
            raise
    finally:
        lock.release()


def cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _acquired(lock: FileLock) -> bool:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    return True


def _wait(done: Callable[[], bool], patience: float, meter: Meter, note: str) -> None:
    deadline = time.monotonic() + patience
    while not done():
        if time.monotonic() > deadline:
            raise ModelError(f"The embedded model is not ready after {patience:.0f} s ({note}); try again.")
        meter.at(0, note)
        time.sleep(_POLL)


def _healthy(meeting: Rendezvous) -> Running | None:
    """The server that is there, if it answers; one that does not is removed."""
    running = meeting.running()
    if running is None:
        return None
    for _ in range(3):
        if answers(running):
            return running
    _kill(meeting, running.pid)
    return None


def answers(running: Running, timeout: float = 3.0) -> bool:
    """Whether the server at this address takes this key."""
    address = urlsplit(running.base_url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=timeout)  # no proxy
    try:
        connection.request("GET", f"{address.path}/models", headers={"Authorization": f"Bearer {running.api_key}"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _kill(meeting: Rendezvous, pid: int) -> None:
    """End a server that holds its lock but does not answer."""
    for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        deadline = time.monotonic() + 5.0
        while meeting.alive() and time.monotonic() < deadline:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                break
            time.sleep(_POLL)


def _start(meeting: Rendezvous, plan: _Plan, meter: Meter) -> Running:
    meeting.withdraw()
    process = _spawn(meeting, plan)
    found: list[Running] = []

    def ready() -> bool:
        running = meeting.running()
        if running is not None and answers(running):
            found.append(running)
            return True
        status = process.poll()
        if status is not None and (status != BUSY or not meeting.alive()):
            raise ModelError(f"The embedded model could not start (exit {status}). {_tail(meeting.log)}")
        return False

    try:
        _wait(ready, plan.patience, meter, "starting the embedded model")
    except BaseException:
        process.kill()  # half-loaded, it would only be in the way of the next try
        raise
    return found[0]


def _spawn(meeting: Rendezvous, plan: _Plan) -> "subprocess.Popen[bytes]":
    """Start the server on its own, so that it outlives this process; its log is this user's only."""
    package = str(Path(__file__).resolve().parents[3])
    path = os.pathsep.join(part for part in (package, os.environ.get("PYTHONPATH", "")) if part)
    arguments = json.dumps({**plan._asdict(), "model": str(plan.model), "folder": str(meeting.folder)})
    descriptor = os.open(meeting.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        process = subprocess.Popen(
            [*plan.command, arguments],
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            cwd=meeting.folder,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
        )
    finally:
        os.close(descriptor)
    threading.Thread(target=process.wait, name="reap embedded model", daemon=True).start()
    return process


def _tail(log: Path, lines: int = 8) -> str:
    try:
        said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-lines:]
    except OSError:
        said = []
    return f"The end of {log}:\n  " + "\n  ".join(line[:300] for line in said) if said else f"{log} is empty."
