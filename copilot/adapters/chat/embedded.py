"""The embedded model as a chat model: its server is joined with the first call, and found again when it has gone."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from threading import Lock
from typing import Any, TypeVar

from copilot.adapters.chat.answer import Messages
from copilot.adapters.chat.failures import Hints, Unreachable
from copilot.adapters.chat.openai_compatible import OpenAICompatibleChat
from copilot.adapters.embedded import Endpoint
from copilot.models import ModelCall

_T = TypeVar("_T")
_HINTS = Hints(
    who="The embedded model",
    key="Run `candor doctor`.",
    address="Run `candor doctor`.",
    model="Run `candor doctor`.",
)


class EmbeddedChat:
    """Same path as any other endpoint; texts stay on this machine."""

    remote = False

    def __init__(self, connect: Callable[[], Endpoint], model: str, *, timeout: float = 120.0) -> None:
        """Join with `connect` (see `ensure_server`) when first asked.

        Args:
            connect: Gives an endpoint; may take several seconds.
            model: The embedded model's name.
            timeout: Seconds one call may take in all, without starting the server.
        """
        self.name = f"embedded:{model}"
        self._connect = connect
        self._timeout = timeout
        self._lock = Lock()
        self._joined: tuple[Endpoint, OpenAICompatibleChat] | None = None

    def complete(
        self,
        messages: Messages,
        *,
        schema: Mapping[str, Any] | None = None,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> ModelCall:
        """As `OpenAICompatibleChat.complete`."""
        options: dict[str, Any] = {"schema": schema, "max_tokens": max_tokens, "temperature": temperature, "seed": seed}
        return self._twice(lambda chat: chat.complete(messages, **options))

    def stream(
        self,
        messages: Messages,
        *,
        schema: Mapping[str, Any] | None = None,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str | ModelCall]:
        """As `OpenAICompatibleChat.stream`."""
        options: dict[str, Any] = {"schema": schema, "max_tokens": max_tokens, "temperature": temperature, "seed": seed}
        try:
            yield from self._chat().stream(messages, **options)
        except Unreachable:  # it can only be so before the first piece
            self.close()
            yield from self._chat().stream(messages, **options)

    def first_token(self, messages: Messages, top: int = 20) -> dict[str, float]:
        """As `OpenAICompatibleChat.first_token`."""
        return self._twice(lambda chat: chat.first_token(messages, top))

    def close(self) -> None:
        """Leave the server; the next call joins again."""
        with self._lock:
            joined, self._joined = self._joined, None
        if joined:
            joined[1].close()
            with suppress(OSError):
                joined[0].close()

    def _twice(self, call: Callable[[OpenAICompatibleChat], _T]) -> _T:
        try:
            return call(self._chat())
        except Unreachable:
            self.close()
            return call(self._chat())

    def _chat(self) -> OpenAICompatibleChat:
        with self._lock:
            if self._joined is None:
                endpoint = self._connect()
                chat = OpenAICompatibleChat(
                    endpoint.base_url,
                    endpoint.api_key,
                    endpoint.model,
                    name=self.name,
                    remote=False,
                    timeout=self._timeout,
                    hints=_HINTS,
                )
                self._joined = (endpoint, chat)
            return self._joined[1]
