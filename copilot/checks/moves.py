"""T3, T7 and T10: what a reply does to the person: thanks, apologises, sells, sends away."""

from functools import lru_cache

import regex

from copilot.checks.base import Finding
from copilot.checks.links import links
from copilot.checks.phrases import blanked, find, outside, table
from copilot.checks.polarity import abusive, harm, sentiment_of
from copilot.checks.wording import theirs
from copilot.models import CheckContext, Span
from copilot.text import emoji, sentences, words


def polarity_slip(ctx: CheckContext) -> Finding | None:
    """T3: thanks for an attack, an apology for praise, a joke on harm. Mixed messages may have both."""
    if ctx.mention is None:
        return None
    if harm(ctx) and (place := _merry(ctx)):
        return Finding(
            f"“{place.text}” is merry, and somebody is hurt or in danger.",
            fix="Take it out and ask how they are.",
            spans=(place,),
        )
    sentiment = sentiment_of(ctx)
    if abusive(ctx) and (thanks := outside(find("tone", "any_thanks", ctx.reply), theirs(ctx))):
        return Finding(
            f"“{thanks[0].text}” thanks somebody for an insult.",
            fix="Leave the thanks out; answer what there is to answer.",
            spans=thanks[:1],
        )
    if sentiment == "negative":
        return _cheered(ctx)
    if sentiment == "positive":
        return _sorry_for_praise(ctx)
    return None


def _merry(ctx: CheckContext) -> Span | None:
    return next(iter((*find("tone", "joke", ctx.reply), *find("tone", "celebration", ctx.reply), *_party(ctx))), None)


def _party(ctx: CheckContext) -> tuple[Span, ...]:
    signs = set(table("tone")["phrases"]["celebration_signs"].split())
    return tuple(e for e in emoji(ctx.reply) if e.text.rstrip("\ufe0f") in signs)


def _cheered(ctx: CheckContext) -> Finding | None:
    found = outside(
        (*find("tone", "praise_thanks", ctx.reply), *find("tone", "celebration", ctx.reply), *_party(ctx)), theirs(ctx)
    )
    if not found:
        return None
    return Finding(
        f"“{found[0].text}” answers praise, and this is criticism.",
        fix="Start with what went wrong for them.",
        spans=found,
    )


def _sorry_for_praise(ctx: CheckContext) -> Finding | None:
    if ctx.triage and ctx.triage.intent in ("complaint", "mixed", "legal", "safety", "question", "suggestion"):
        return None
    fine = find("tone", "apology_fine", ctx.reply)
    found = outside(
        (s for s in find("tone", "apology", ctx.reply) if not any(f.start <= s.start < f.end for f in fine)),
        theirs(ctx),
    )
    return (
        Finding(f"“{found[0].text}” apologises, and they praised.", fix="Take the apology out.", spans=found)
        if found
        else None
    )


def plug(ctx: CheckContext) -> Finding | None:
    """T7: selling, baiting, or a link where the answer fits in the reply."""
    asked = ctx.mention is not None and bool(find("tone", "wants_link", ctx.mention.text))
    skip = theirs(ctx)
    sold = outside(find("tone", "plug", ctx.reply), skip)
    if sold and not (asked and _about_what_they_asked(sold, ctx)):
        return Finding(f"“{sold[0].text}” sells; they did not ask for it.", fix="Leave it out.", spans=sold)
    if asked or ctx.mention is None:
        return None
    if pointed := outside(find("tone", "to_website", ctx.reply), skip):
        return Finding(
            f"“{pointed[0].text}” sends them away to look for the answer.",
            fix="Put the answer into the reply.",
            spans=pointed,
        )
    if (place := _needless_link(ctx)) and not regex.search(r"https?://|www\.", ctx.mention.text):
        return Finding(
            "They did not ask for a link.", fix="Say it in the reply, and leave the link out.", spans=(place,)
        )
    return None


def _needless_link(ctx: CheckContext) -> Span | None:
    """A link that opens no next step (writing, booking, returning): what it says could be said here."""
    for part in sentences(ctx.reply):
        for link in links(part.text):
            if not find("tone", "to_act", part.text):
                return Span(start=part.start + link.span.start, end=part.start + link.span.end, text=link.span.text)
    return None


def _about_what_they_asked(sold: tuple[Span, ...], ctx: CheckContext) -> bool:
    return ctx.mention is not None and bool(find("tone", "asks_offer", ctx.mention.text)) and len(sold) == 1


def taken_away(ctx: CheckContext) -> Finding | None:
    """T10: "DM us" before anything that can be said in public was said."""
    if ctx.mention is not None and sentiment_of(ctx) == "positive":
        return None
    asked = find("tone", "to_private", ctx.reply)
    if not asked:
        return None
    if any(_says_something(part) for part in sentences(ctx.reply)):
        return None
    return Finding(
        "This takes the matter out of public before anything was answered.",
        fix="First say what you can say here: what went wrong, what happens next. Then ask for a private message.",
        spans=asked[:1],
    )


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    return frozenset(table("tone")["words"]["empty"].split())


def _says_something(part: Span) -> bool:
    """Whether a sentence holds at least three telling words once courtesy and the way to private messages are gone."""
    left = part.text
    for key in ("to_private", "canned", "filler", "filler"):
        left = blanked(left, find("tone", key, left))
    return sum(w.text.lower() not in _empty() and len(w.text) > 1 for w in words(left)) >= 3
