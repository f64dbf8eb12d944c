"""Answers of an OpenAI-compatible service, good and bad, for the loopback server."""

import json
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

Answer = Callable[[BaseHTTPRequestHandler], None]


class Say:
    """Makes answers."""

    @staticmethod
    def raw(body: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> Answer:
        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            request.send_header("Content-Type", kind)
            request.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(body)

        return answer

    @classmethod
    def json(cls, body: Any, status: int = 200, **headers: str) -> Answer:
        return cls.raw(json.dumps(body).encode(), status, **headers)

    @classmethod
    def text(cls, content: str, finish: str = "stop", **extra: Any) -> Answer:
        choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish, **extra}
        usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
        return cls.json(
            {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
        )

    @classmethod
    def error(
        cls, status: int, message: str = "no", param: str | None = None, code: str = "c", **headers: str
    ) -> Answer:
        return cls.json({"error": {"message": message, "param": param, "code": code, "type": "t"}}, status, **headers)

    @staticmethod
    def events(
        pieces: Iterable[str | None], finish: str | None = "stop", done: bool = True, gate: Any = None
    ) -> Answer:
        """A stream of these pieces; None closes the connection in the middle of a character."""

        def chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
            choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
            row = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices}
            return f"data: {json.dumps(row, ensure_ascii=False)}\n\n".encode()

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Type", "text/event-stream")
            request.send_header("Connection", "close")
            request.end_headers()
            request.close_connection = True
            for piece in pieces:
                if piece is None:
                    request.wfile.write(chunk({"content": "é"}).partition("é".encode()[1:])[0])
                    return
                request.wfile.write(chunk({"content": piece}))
                request.wfile.flush()
                if gate is not None and gate():
                    return
            if finish:
                request.wfile.write(chunk({}, finish))
            if done:
                usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
                row = {
                    "id": "x",
                    "object": "chat.completion.chunk",
                    "created": 1,
                    "model": "m",
                    "choices": [],
                    "usage": usage,
                }
                request.wfile.write(f"data: {json.dumps(row)}\n\ndata: [DONE]\n\n".encode())

        return answer


@pytest.fixture
def say() -> type[Say]:
    return Say
