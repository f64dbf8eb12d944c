"""Fetching a file over HTTP, resumed where it was cut, never for longer than it makes sense."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from copilot.adapters.store.catalog import FileSpec
from copilot.adapters.store.progress import Meter

if TYPE_CHECKING:
    import httpx


class SourceFailed(Exception):
    """This source does not have the file, or not now; the next one is tried. The message is the cause."""


class _Cut(SourceFailed):
    """It broke off on the way; going on where it stopped may help."""


_ATTEMPTS = 20


class Patience(NamedTuple):
    """How long a source may take."""

    connect: float = 5.0
    """Seconds to reach it."""
    read: float = 30.0
    """Seconds without any byte."""
    window: float = 30.0
    """Seconds within which `least` bytes must have come."""
    least: int = 64 * 1024


class _Pace:
    """Gives up on a source that trickles."""

    def __init__(self, patience: Patience, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience, self._clock = patience, clock
        self._since, self._bytes = clock(), 0

    def got(self, count: int) -> None:
        self._bytes += count
        now = self._clock()
        if now - self._since < self._patience.window:
            return
        if self._bytes < self._patience.least:
            raise SourceFailed(f"too slow ({self._bytes} bytes in {now - self._since:.0f} s)")
        self._since, self._bytes = now, 0


def fetch(url: str, part: Path, spec: FileSpec, meter: Meter, patience: Patience) -> None:
    """Append to `part` until it has the size of `spec`; what `part` holds already is not fetched again.

    A connection that breaks off is taken up again as long as each attempt brings a good piece.

    Raises:
        SourceFailed: with the cause; `part` keeps what came.
        OSError: the disk.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        before = _size(part)
        try:
            return _attempt(url, part, spec, meter, patience)
        except _Cut:
            if attempt == _ATTEMPTS or 0 <= _size(part) - before < patience.least:
                raise


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _attempt(url: str, part: Path, spec: FileSpec, meter: Meter, patience: Patience) -> None:
    import httpx

    have = _size(part)
    headers = {"Range": f"bytes={have}-"} if have else {}
    timeout = httpx.Timeout(patience.read, connect=patience.connect)
    try:
        with (
            httpx.Client(timeout=timeout, follow_redirects=True, max_redirects=5) as client,
            client.stream("GET", url, headers={**headers, "Accept-Encoding": "identity"}) as response,
        ):
            if response.status_code == 416:  # what is here is no prefix of what is there
                part.unlink(missing_ok=True)
                raise _Cut("it refuses to continue the partial download")
            start = _start(response, have, spec)
            _append(response, part, start, spec, meter, patience)
    except (httpx.ReadError, httpx.RemoteProtocolError) as error:
        raise _Cut(str(error) or type(error).__name__) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceFailed(str(error) or type(error).__name__) from error


def _start(response: "httpx.Response", have: int, spec: FileSpec) -> int:
    """Offset from which this answer continues; refuses answers that cannot be the file."""
    if response.status_code not in (200, 206):
        raise SourceFailed(f"HTTP {response.status_code}")
    if "html" in response.headers.get("content-type", ""):
        raise SourceFailed("it answered with a web page instead of the file (a login or a proxy?)")
    start = have if response.status_code == 206 else 0
    if start and not response.headers.get("content-range", "").startswith(f"bytes {start}-"):
        raise SourceFailed("it continued at another place than asked")
    length = response.headers.get("content-length", "")
    if length.isdigit() and start + int(length) != spec.size:
        raise SourceFailed(f"it offers a file of {start + int(length):,} bytes, {spec.size:,} are expected")
    return start


def _append(
    response: "httpx.Response", part: Path, start: int, spec: FileSpec, meter: Meter, patience: Patience
) -> None:
    pace, done = _Pace(patience), start
    with part.open("ab" if start else "wb") as file:
        for block in response.iter_raw():
            done += len(block)
            if done > spec.size:
                raise SourceFailed(f"it sends more than the {spec.size:,} bytes expected")
            file.write(block)
            meter.at(done, "downloading")
            pace.got(len(block))
        file.flush()
        os.fsync(file.fileno())
    if done < spec.size:
        raise _Cut(f"it stopped after {done:,} of {spec.size:,} bytes")
