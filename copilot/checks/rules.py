"""The disclosure rules as data: who speaks, from where, how it was made, what it contains → what must be said."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from copilot.checks.base import Finding
from copilot.checks.contents import seen
from copilot.checks.language import guess
from copilot.checks.phrases import find, outside, quoted, table
from copilot.models import CheckContext, Severity, Span
from copilot.text import sentences


@dataclass(frozen=True)
class Rule:
    """One row of data/disclosure.toml; its comment says how a row is read."""

    id: str
    check: str
    severity: Severity
    reason: str
    source: str
    """Where the rule comes from: act or code, section, title."""
    fix: dict[str, str]
    """Language → wording to insert, or what to do."""
    relation: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    authorship: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    sparing: tuple[str, ...] = ()
    """Sets that make a forbidden wording harmless when they stand in the same sentence."""
    forbid_always: bool = field(default=False)
    """The finding is due as soon as the rule applies."""

    def applies(self, ctx: CheckContext) -> bool:
        """Whether this speaker, account and way of writing are meant."""
        relation = ctx.speaker.relation if ctx.speaker else None
        return (
            (not self.relation or relation in self.relation)
            and (not self.account or ctx.account in self.account)
            and (not self.authorship or ctx.authorship in self.authorship)
        )


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the file."""
    rows = cast(list[dict[str, Any]], table("disclosure")["rule"])
    return tuple(Rule(**_frozen(row)) for row in rows)


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(cast(list[str], value)) if isinstance(value, list) else value for key, value in row.items()}


def judge(check: str, ctx: CheckContext) -> Finding | None:
    """The first rule of this check that the reply breaks."""
    for rule in rules():
        if rule.check == check and rule.applies(ctx) and (finding := _judged(rule, ctx)):
            return finding
    return None


def _judged(rule: Rule, ctx: CheckContext) -> Finding | None:
    places: tuple[Span, ...] = ()
    for name in rule.content:
        hit = seen(name, ctx)
        if hit is None:
            return None
        places += hit
    if rule.forbid_always:
        return None if _excepted(rule, ctx) else _finding(rule, ctx, places)
    if rule.require and any(seen(name, ctx) is None for name in rule.require) and not _excepted(rule, ctx):
        return _finding(rule, ctx, places)
    forbidden = tuple(s for name in rule.forbid for s in _forbidden(rule, name, ctx))
    if forbidden and not _excepted(rule, ctx):
        return _finding(rule, ctx, forbidden)
    return None


def _excepted(rule: Rule, ctx: CheckContext) -> bool:
    return any(seen(name, ctx) is not None for name in rule.unless)


def _forbidden(rule: Rule, name: str, ctx: CheckContext) -> tuple[Span, ...]:
    hits = outside(seen(name, ctx) or (), quoted(ctx.reply))
    if not rule.sparing:
        return hits
    spared = [part for part in sentences(ctx.reply) if any(find("disclosure", key, part.text) for key in rule.sparing)]
    return outside(hits, spared)


def _finding(rule: Rule, ctx: CheckContext, places: tuple[Span, ...]) -> Finding:
    words = {
        "brand": ctx.brand.name,
        "organisation": (ctx.speaker.organisation if ctx.speaker else "") or "our agency",
        "name": ctx.speaker.name.split()[0] if ctx.speaker else "…",
    }
    lang = guess(ctx.reply, ("en", "de", "fr")) or "en"
    fix = rule.fix.get(lang) or rule.fix.get("en", "")
    if fix and rule.require:
        fix = f"Add, for example: “{fix.format(**words)}”"
    elif fix:
        fix = fix.format(**words)
    return Finding(rule.reason.format(**words), fix=fix, spans=places, severity=rule.severity)
