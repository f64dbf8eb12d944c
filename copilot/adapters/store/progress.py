"""Telling a person how far a long job is, often enough to reassure and no oftener."""

import time
from collections.abc import Callable
from typing import NamedTuple


class Progress(NamedTuple):
    """How far a job is."""

    name: str
    """What is being fetched or started."""
    done_bytes: int
    total_bytes: int
    """0 when the job is not counted in bytes."""
    note: str = ""
    """What is being done, in words."""


OnProgress = Callable[[Progress], None]


class Meter:
    """Calls back at most every `interval` seconds, and always when the note changes or the job is done."""

    def __init__(
        self,
        callback: OnProgress | None,
        name: str,
        total: int,
        *,
        interval: float = 0.2,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._callback = callback
        self._name = name
        self._total = total
        self._interval = interval
        self._clock = clock
        self._last: tuple[float, str] | None = None

    def at(self, done: int, note: str) -> None:
        """Report `done` bytes."""
        if self._callback is None:
            return
        now = self._clock()
        fresh = self._last is None or note != self._last[1] or now - self._last[0] >= self._interval
        if fresh or (self._total and done >= self._total):
            self._last = (now, note)
            self._callback(Progress(self._name, done, self._total, note))
