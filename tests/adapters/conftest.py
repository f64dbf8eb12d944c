"""What tests of several adapters share: the real model files, and a web server that can misbehave."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from copilot.adapters.model_store import MINILM, ModelStore

Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture(scope="session")
def model_store() -> ModelStore:
    """The user's own store, with the embedding model in it; fetched by the first run on a machine."""
    store = ModelStore()
    store.pull(MINILM)
    return store


class _Quiet(ThreadingHTTPServer):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.accepted: list[socket.socket] = []

    def get_request(self) -> tuple[socket.socket, Any]:
        accepted = super().get_request()
        self.accepted.append(accepted[0])
        return accepted

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that leave in the middle are what these tests are about."""


class Web:
    """A loopback server; `answers` holds what to do with each request in turn, the last one for all that follow."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.requests: list[BaseHTTPRequestHandler] = []
        self.bodies: list[bytes] = []
        self.closing = threading.Event()
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                web.requests.append(self)
                web.bodies.append(self.rfile.read(int(self.headers.get("content-length") or 0)))
                answer = web.answers.pop(0) if len(web.answers) > 1 else web.answers[0]
                try:
                    answer(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            do_POST = do_GET

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = _Quiet(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        for connection in self._server.accepted:  # clients keep them alive
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    yield server
    server.close()


@pytest.fixture
def repository() -> Path:
    """Where the package is, for processes started by tests."""
    return Path(__file__).resolve().parents[2]
