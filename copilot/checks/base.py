"""What a check is: a name, a rule, and a function from one context to one result."""

from collections.abc import Callable
from dataclasses import dataclass

from copilot.models import CheckContext, CheckResult, Severity, Span, Verdict


@dataclass(frozen=True)
class Finding:
    """What a judge found; returning None instead means the reply passes."""

    reason: str
    """Why, in a community manager's words."""
    fix: str = ""
    """What to do about it, in words."""
    spans: tuple[Span, ...] = ()
    score: float | None = None
    """0 worst, 1 best, where the judge measures."""
    severity: Verdict | None = None
    """Only where it differs from the check's default."""


Judge = Callable[[CheckContext], Finding | None]


@dataclass(frozen=True)
class Check:
    """A named, versioned rule and the function that judges it."""

    id: str
    version: int
    """Raised whenever the same reply could be judged differently."""
    severity: Verdict
    title: str
    rule: str
    """The rule in words, with its source where there is one."""
    judge: Judge

    def __call__(self, context: CheckContext) -> CheckResult:
        """Judge `context`. A crash is a result with verdict ``error``: never a pass, never a number."""
        try:
            finding = self.judge(context)
        except Exception as error:  # a crash of one check must not hide the others
            finding = Finding(f"This check could not run ({type(error).__name__}: {error}).", severity="error")
        if finding is None:
            return CheckResult(check=self.id, version=self.version, verdict="pass", rule=self.rule)
        return CheckResult(
            check=self.id,
            version=self.version,
            verdict=_tightened(finding.severity or self.severity, context.brand.checks.get(self.id)),
            score=finding.score,
            spans=finding.spans,
            reason=finding.reason,
            fix=finding.fix,
            rule=self.rule,
        )


_STRICTNESS: dict[str, int] = {"info": 1, "warn": 2, "block": 3}


def _tightened(verdict: Verdict, wish: Severity | None) -> Verdict:
    """A brand may make a finding stricter, never milder; errors and escalations stay what they are."""
    if wish is None or verdict not in _STRICTNESS:
        return verdict
    return wish if _STRICTNESS[wish] > _STRICTNESS[verdict] else verdict


def check(id: str, *, version: int, severity: Verdict, title: str, rule: str) -> Callable[[Judge], Check]:
    """Make the decorated function a `Check`."""
    return lambda judge: Check(id, version, severity, title, rule, judge)
