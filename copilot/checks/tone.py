"""How it sounds: words, length, polarity, stock phrases, hype, sameness, plugs, address, own rules (T1-T10)."""

import regex

from copilot.checks import addressing, moves, positive, sameness, wording
from copilot.checks.base import Check, Finding, check
from copilot.checks.links import links
from copilot.checks.phrases import table
from copilot.models import ChannelRules, CheckContext, Span
from copilot.text import length


@check(
    "T1",
    version=1,
    severity="warn",
    title="Avoided words",
    rule="Words the voice guide avoids stay out, in every form.",
)
def t1(ctx: CheckContext) -> Finding | None:
    """The guide's list of words we avoid."""
    return wording.avoided_words(ctx)


@check(
    "T2", version=1, severity="block", title="Length", rule="A reply fits the channel, counted as the channel counts."
)
def t2(ctx: CheckContext) -> Finding | None:
    """Graphemes, and links at the channel's fixed price where it has one."""
    channel, rules = _channel(ctx)
    text = ctx.reply
    price = table("tone")["counting"].get(channel)
    if price:
        for link in reversed(links(text)):
            text = text[: link.span.start] + "x" * price + text[link.span.end :]
    count = length(text, rules.unit)
    if count <= rules.limit:
        return None
    where = channel or "this channel"
    start = _cut(ctx.reply, rules)
    over = Span(start=start, end=len(ctx.reply), text=ctx.reply[start:])
    return Finding(
        f"{count} characters; {where} takes {rules.limit}.", fix=f"Cut {count - rules.limit}.", spans=(over,)
    )


def _channel(ctx: CheckContext) -> tuple[str, ChannelRules]:
    channel = (ctx.channel or (ctx.mention.channel if ctx.mention else "")).lower()
    if channel in ctx.brand.channels:
        return channel, ctx.brand.channels[channel]
    if not channel and ctx.brand.channels:
        return min(ctx.brand.channels.items(), key=lambda item: item[1].limit)
    limits: dict[str, int] = table("tone")["limits"]
    return channel, ChannelRules(limit=limits.get(channel, limits["default"]))


def _cut(text: str, rules: ChannelRules) -> int:
    if rules.unit == "codepoints":
        return min(rules.limit, len(text))
    clusters = regex.findall(r"\X", text)
    return sum(len(c) for c in clusters[: rules.limit])


@check(
    "T3",
    version=1,
    severity="block",
    title="Polarity",
    rule="No thanks for an attack, no apology for praise, no joke where somebody is hurt.",
)
def t3(ctx: CheckContext) -> Finding | None:
    """Needs the mention; a mixed one may have thanks and apology."""
    return moves.polarity_slip(ctx)


@check(
    "T4",
    version=1,
    severity="warn",
    title="Stock empathy",
    rule="No canned empathy, no excuse before ownership, no blame on the customer.",
)
def t4(ctx: CheckContext) -> Finding | None:
    """What sounds like care and is none."""
    return wording.canned(ctx)


@check(
    "T5",
    version=1,
    severity="warn",
    title="Hype",
    rule="No hype, shouting or chains of exclamation marks; emoji as the brand allows.",
)
def t5(ctx: CheckContext) -> Finding | None:
    """Loudness."""
    return wording.hype(ctx)


@check(
    "T6",
    version=1,
    severity="warn",
    title="Sameness",
    rule="No opening, closing or seven-word phrase of a reply sent lately.",
)
def t6(ctx: CheckContext) -> Finding | None:
    """Disclosure lines and facts may repeat."""
    return sameness.same_again(ctx)


@check(
    "T7", version=1, severity="warn", title="Plug", rule="No selling, and no link where the answer fits in the reply."
)
def t7(ctx: CheckContext) -> Finding | None:
    """Broadcast instead of answer."""
    return moves.plug(ctx)


@check(
    "T8",
    version=1,
    severity="block",
    title="Wrong language, name or handle",
    rule="The reply is in their language and speaks to them.",
)
def t8(ctx: CheckContext) -> Finding | None:
    """Only what is sure: short and mixed texts pass."""
    return addressing.wrong_language(ctx) or addressing.wrong_handle(ctx) or addressing.wrong_person(ctx)


@check(
    "T9",
    version=1,
    severity="warn",
    title="The brand's own rules",
    rule="Rules of voice.md that name a check are kept.",
)
def t9(ctx: CheckContext) -> Finding | None:
    """All broken rules in one finding, by id."""
    return positive.own_rules(ctx)


@check(
    "T10",
    version=1,
    severity="warn",
    title="Taken out of public",
    rule="What can be answered in public is answered there; only then a private message.",
)
def t10(ctx: CheckContext) -> Finding | None:
    """A complaint met with "DM us" alone."""
    return moves.taken_away(ctx)


CHECKS: tuple[Check, ...] = (t1, t2, t3, t4, t5, t6, t7, t8, t9, t10)
"""In the order of docs/checks.md."""
