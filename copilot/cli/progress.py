"""Progress of long work on stderr: one line that moves on a terminal, a line now and then elsewhere."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copilot.adapters.store.progress import Progress

_STEP = 10


def shown_progress() -> "Callable[[Progress], None]":
    """A callback that shows how far a job is."""
    told: dict[str, int] = {}
    moving = sys.stderr.isatty()

    def show(progress: "Progress") -> None:
        percent = 100 * progress.done_bytes // progress.total_bytes if progress.total_bytes else 0
        line = f"  {progress.name}: {percent:3d} %  {progress.done_bytes / 1e6:,.0f} MB  {progress.note}"
        done = progress.total_bytes > 0 and progress.done_bytes >= progress.total_bytes
        if moving:
            sys.stderr.write(f"\r{line[:110]:<110}" + ("\n" if done else ""))
        elif percent // _STEP != told.get(progress.name, -1):
            sys.stderr.write(line + "\n")
        told[progress.name] = percent // _STEP
        sys.stderr.flush()

    return show
