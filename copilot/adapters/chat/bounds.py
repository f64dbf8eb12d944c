"""Bounds on what an endpoint may cost: total time, bytes, and a pause after repeated failure.

A read timeout alone bounds nothing: one byte a second resets it for ever. So the HTTP client itself knows the call's
deadline; it travels in a header that is taken off before the request leaves.
"""

import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

DEADLINE = "x-candor-deadline"
MAX_TEXT = 64 * 1024
"""Longest answer kept, in bytes of UTF-8; more is a loop, not a reply."""
_MAX_BODY = 8 * 1024 * 1024
"""Bytes of one HTTP answer; a streamed answer wraps each token in some 300."""


class OutOfTime(Exception):
    """The call's total time is over."""


class TooMuch(Exception):
    """More came than any answer needs."""


class WebPage(Exception):
    """A web page came with status 200 where JSON was due."""


class BrokeOff(Exception):
    """The answer ended before it was complete."""


class Deadline(NamedTuple):
    """When a call has to be over."""

    at: float
    clock: Callable[[], float]

    @classmethod
    def after(cls, seconds: float, clock: Callable[[], float] = time.monotonic) -> "Deadline":
        """`seconds` from now."""
        return cls(clock() + seconds, clock)

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.at - self.clock())


class Breaker:
    """After several failed calls in a row, fails at once for a while, so that nobody waits for a dead service."""

    def __init__(self, failures: int = 3, pause: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        """Open after `failures` calls, for `pause` seconds."""
        self._most, self._pause, self._clock = failures, pause, clock
        self._failed = 0
        self._open_until = 0.0

    def open_for(self) -> float:
        """Seconds until the next call is let through; 0 when calls pass."""
        return max(0.0, self._open_until - self._clock()) if self._failed >= self._most else 0.0

    def succeeded(self) -> None:
        """Forget earlier failures."""
        self._failed = 0

    def failed(self) -> None:
        """Count one; a call let through on trial that fails opens it again."""
        self._failed += 1
        if self._failed >= self._most:
            self._open_until = self._clock() + self._pause


def http_client(*, local: bool, connect: float, clock: Callable[[], float]) -> Any:
    """An HTTP client for the openai SDK that ends at the deadline in its request's `DEADLINE` header.

    For a server on this machine no proxy of the environment is used.
    """
    import openai

    base: Any = openai.DefaultHttpxClient  # of httpx or httpx2, as the SDK's version wants

    class Bounded(base):
        def send(self, request: Any, *, stream: bool = False, **options: Any) -> Any:
            deadline = Deadline(float(request.headers.pop(DEADLINE, "inf")), clock)
            if not (left := deadline.left):
                raise OutOfTime
            request.extensions["timeout"] = {"connect": min(connect, left), "read": left, "write": left, "pool": left}
            return _bounded(base.send(self, request, stream=True, **options), deadline, whole=not stream)

    return Bounded(trust_env=not local, headers={"Accept-Encoding": "identity"})


def _bounded(response: Any, deadline: Deadline, *, whole: bool) -> Any:
    try:
        if response.status_code < 400 and "html" in response.headers.get("content-type", ""):
            raise WebPage
        response.stream = _metered(response, deadline)
        if whole:
            response.read()
    except BaseException:
        response.close()
        raise
    return response


def _metered(response: Any, deadline: Deadline) -> Any:
    """The response's bytes, until they are too many or too late."""
    base: Any = import_module(type(response).__module__.partition(".")[0]).SyncByteStream
    inner = response.stream

    class Metered(base):
        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for block in inner:
                size += len(block)
                if size > _MAX_BODY:
                    raise TooMuch
                if not deadline.left:
                    raise OutOfTime
                yield block

        def close(self) -> None:
            inner.close()

    return Metered()
