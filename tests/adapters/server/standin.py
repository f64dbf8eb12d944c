"""A server process whose life is the real one's and whose model is not: for tests of starting, sharing and stopping."""

import json
import os
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from copilot.adapters.embedded.rendezvous import Rendezvous
from copilot.adapters.embedded_server import serve


class StandIn:
    def __init__(self, model: Path, key: str) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                sick = model.with_suffix(".sick").exists()
                right = self.headers["Authorization"] == f"Bearer {key}"
                self.send_response(500 if sick else 200 if right else 401)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.listening_address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()


def launch(model: Path, key: str, *, name: str, threads: int, context: int) -> StandIn:
    with model.with_suffix(".launches").open("a") as file:
        file.write(f"{os.getpid()}\n")
    if model.with_suffix(".broken").exists():
        raise RuntimeError("the model is broken")
    if model.with_suffix(".slow").exists():
        threading.Event().wait()
    return StandIn(model, key)


if __name__ == "__main__":
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    plan = json.loads(sys.argv[1])
    sys.exit(serve(Rendezvous(Path(plan["folder"])), plan, stop, launch))
