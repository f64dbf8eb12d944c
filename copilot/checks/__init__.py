"""Checks: one function each, run on a draft, on the human's final text, and in evals.

A check takes a `CheckContext`, returns a `CheckResult` and looks at nothing else. `CHECKS` holds them all, in order.
"""

from collections.abc import Iterable

from copilot.checks import disclosure, honesty, privacy, tone
from copilot.checks.base import Check, Finding, check
from copilot.models import CheckContext, CheckResult

CHECKS: dict[str, Check] = {one.id: one for module in (honesty, disclosure, tone, privacy) for one in module.CHECKS}
"""Every check by id, in the order of docs/checks.md."""

__all__ = ["CHECKS", "Check", "Finding", "blocked", "check", "run_checks"]


def run_checks(context: CheckContext, only: Iterable[str] | None = None) -> tuple[CheckResult, ...]:
    """Every check on one reply, in registry order (or just those named in `only`)."""
    wanted = CHECKS.keys() if only is None else set(only)
    return tuple(one(context) for id, one in CHECKS.items() if id in wanted)


def blocked(results: Iterable[CheckResult]) -> bool:
    """Whether these results hold an approval back: a block, or a check that could not run."""
    return any(r.verdict in ("block", "error") for r in results)
