"""T9: the rules of the voice guide that say what a reply does, where a rule names a `check=` that code can hold."""

from collections.abc import Callable

import regex

from copilot.checks.addressing import greets_by_name
from copilot.checks.base import Finding
from copilot.checks.phrases import blanked, find, quoted, spans
from copilot.checks.signature import signatures
from copilot.models import CheckContext, Span, VoiceRule
from copilot.text import emoji, sentences

_Fault = tuple[str, tuple[Span, ...]]


def _body(ctx: CheckContext) -> str:
    """The reply without what it quotes and without its signature."""
    marks = [s.span for s in signatures(ctx.reply, ctx.brand) if s.span.start > len(ctx.reply) // 2]
    return blanked(ctx.reply, (*quoted(ctx.reply), *marks))


def _plural(ctx: CheckContext, body: str, _: str) -> _Fault | None:
    if ctx.account == "personal" or (ctx.speaker and ctx.speaker.relation in ("ambassador", "affiliate")):
        return None
    outsider = find("tone", "third_person_company", body)
    if outsider and (outsider[0].start < 40 or not find("tone", "first_plural", body)):
        return f"“{outsider[0].text}” speaks of the brand from outside", outsider
    single = tuple(
        s for s in find("tone", "first_singular", body) if s.text.lower() not in ("mon", "ma", "mes", "mine")
    )
    if single and not find("tone", "first_plural", body):
        return "it says “I” where the brand says “we”", single[:1]
    return None


def _greets(ctx: CheckContext, body: str, _: str) -> _Fault | None:
    return None if greets_by_name(ctx) else ("it does not greet them by name", ())


def _signs(ctx: CheckContext, body: str, _: str) -> _Fault | None:
    found = signatures(ctx.reply, ctx.brand)
    return None if found or ctx.account == "personal" else ("it is not signed", ())


def _max_sentences(ctx: CheckContext, body: str, value: str) -> _Fault | None:
    parts = [p for p in sentences(body) if any(c.isalpha() for c in p.text)]
    limit = int(value or 0)
    return (
        (f"it has {len(parts)} sentences, at most {limit} are wanted", tuple(parts[limit:]))
        if len(parts) > limit
        else None
    )


def _asks_at_most(ctx: CheckContext, body: str, value: str) -> _Fault | None:
    marks = spans(ctx.reply, (m.span() for m in regex.finditer(r"\?+", body)))
    limit = int(value or 0)
    return (
        (f"it asks {len(marks)} questions, at most {limit} are wanted", marks[limit:]) if len(marks) > limit else None
    )


def _no_exclamation(ctx: CheckContext, body: str, _: str) -> _Fault | None:
    marks = spans(ctx.reply, (m.span() for m in regex.finditer("[!！]", body)))
    return ("it has an exclamation mark", marks) if marks else None


def _no_emoji(ctx: CheckContext, body: str, _: str) -> _Fault | None:
    found = tuple(emoji(ctx.reply))
    return ("it has an emoji", found) if found else None


def _no_last_question(ctx: CheckContext, body: str, _: str) -> _Fault | None:
    parts = [p for p in sentences(body) if any(c.isalpha() for c in p.text)]
    return ("it ends with a question", (parts[-1],)) if parts and parts[-1].text.rstrip().endswith("?") else None


def _plain_quotes(ctx: CheckContext, body: str, _: str) -> _Fault | None:
    marks = spans(ctx.reply, (m.span() for m in regex.finditer("[“”„«»‹›‚‘]", ctx.reply)))
    return ("it has typographic quotation marks", marks) if marks else None


RULES: dict[str, Callable[[CheckContext, str, str], _Fault | None]] = {
    "first-person-plural": _plural,
    "greets-by-name": _greets,
    "signs": _signs,
    "max-sentences": _max_sentences,
    "asks-at-most": _asks_at_most,
    "no-exclamation": _no_exclamation,
    "no-emoji": _no_emoji,
    "ends-without-question": _no_last_question,
    "plain-quotes": _plain_quotes,
}
"""Every name that `check=` in voice.md may have."""


def own_rules(ctx: CheckContext) -> Finding | None:
    """T9: the guide's own positive rules, all broken ones in one finding."""
    faults: list[tuple[VoiceRule, _Fault]] = []
    body = _body(ctx)
    for rule in ctx.brand.voice.rules:
        name, _, value = rule.check.partition("=")
        if name in RULES and (fault := RULES[name](ctx, body, value)):
            faults.append((rule, fault))
    if not faults:
        return None
    said = "; ".join(f"{fault[0]} ({rule.id})" for rule, fault in faults)
    return Finding(
        f"The brand's own rule is not kept: {said}.",
        fix=" ".join(rule.text for rule, _ in faults),
        spans=tuple(span for _, (_, places) in faults for span in places),
    )
