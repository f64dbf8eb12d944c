"""What a reply contains or answers, as far as a disclosure rule has to know it. One small function a name.

Each returns the places where it sees the thing, or None. An empty tuple means "yes, but it is nowhere in the reply".
"""

from collections.abc import Callable, Iterable

import regex

from copilot.asks_bot import asks_bot
from copilot.checks.conversation import said
from copilot.checks.phrases import blanked, find, quoted, straight
from copilot.checks.polarity import sentiment_of
from copilot.checks.topics import named
from copilot.models import CheckContext, Span
from copilot.personal_data import find as find_personal
from copilot.text import sentences, words

Places = tuple[Span, ...] | None
_TABLE = "disclosure"
_NEGATION = regex.compile(
    r"(?:\b(?:no|not|never|without|none|zero|hardly|keine?\w*|nicht|nie|ohne|pas|aucune?|sans|jamais|ni)\b"
    r"|n't\b)[^.,:;!?–—(]{0,28}$",
    regex.IGNORECASE,
)


def unnegated(text: str, found: Iterable[Span]) -> tuple[Span, ...]:
    """Those places that no "not" or "never" stands before in the same clause."""
    plain = straight(text)
    return tuple(s for s in found if not _NEGATION.search(plain[max(0, s.start - 45) : s.start]))


def _set(key: str) -> Callable[[CheckContext], Places]:
    return lambda ctx: find(_TABLE, key, ctx.reply, ctx.brand, ctx.speaker) or None


def _favourable(ctx: CheckContext) -> Places:
    cleaned = blanked(ctx.reply, find(_TABLE, "courtesy", ctx.reply))
    return unnegated(cleaned, find(_TABLE, "positive", cleaned)) or None


def _software_admitted(ctx: CheckContext) -> Places:
    return unnegated(ctx.reply, find(_TABLE, "software_admitted", ctx.reply)) or None


def _ai_labelled(ctx: CheckContext) -> Places:
    return find(_TABLE, "ai_label", ctx.reply) or _software_admitted(ctx)


def _person_said(ctx: CheckContext) -> Places:
    """A person is spoken of, or one of the brand's people named."""
    names = {p.name.split()[0].lower() for p in ctx.brand.people}
    named = tuple(w for w in words(ctx.reply) if w.text.lower() in names and w.text[0].isupper())
    return find(_TABLE, "person_named", ctx.reply) or named or None


def _brand_matter(ctx: CheckContext) -> Places:
    """More than a word of courtesy, about the brand or in answer to a message that names it."""
    hit = find(_TABLE, "about_brand", ctx.reply, ctx.brand)
    long = sum(1 for _ in words(ctx.reply)) >= 6
    return hit or (() if long and find(_TABLE, "brand_name", said(ctx), ctx.brand) else None)


def _either(*keys: str) -> Callable[[CheckContext], Places]:
    return lambda ctx: next(
        (hit for key in keys if (hit := find(_TABLE, key, ctx.reply, ctx.brand, ctx.speaker))), None
    )


def _insider_quote(ctx: CheckContext) -> Places:
    """A quotation that a person of the brand is named as the author of."""
    hits: list[Span] = []
    for quote in quoted(ctx.reply):
        after = ctx.reply[quote.end : quote.end + 40].split("\n")[0]
        named = any(regex.search(rf"\b{regex.escape(p.name.split()[0])}\b", after) for p in ctx.brand.people)
        if (
            named
            and len(quote.text.split()) >= 3
            and regex.match(r"[\s,.]*(?:[-–—(]|says?|said|sagt|dit|by|von|par)", after)
        ):
            hits.append(quote)
    return tuple(hits) or None


def _title_outside_quotes(ctx: CheckContext) -> Places:
    outside = blanked(ctx.reply, quoted(ctx.reply))
    return find(_TABLE, "insider_title", outside) or find(_TABLE, "relation", outside, ctx.brand) or None


def _review_reward(ctx: CheckContext) -> Places:
    """A request for a review with something given for it in the same sentence or one beside it."""
    parts = sentences(ctx.reply)
    for index, part in enumerate(parts):
        asked = find(_TABLE, "review_ask", part.text)
        near = " ".join(p.text for p in parts[max(0, index - 1) : index + 2])
        if asked and find(_TABLE, "reward", near):
            return (part,)
    return None


def _public_interest(ctx: CheckContext) -> Places:
    topics = [t for t in ctx.brand.escalate if t.public_interest]
    if ctx.triage and any(t.id == ctx.triage.topic for t in topics):
        return ()
    for topic in topics:
        if hit := named(topic.words, ctx.reply):
            return hit
        if ctx.mention and named(topic.words, ctx.mention.text):
            return ()
    return find(_TABLE, "public_interest_words", ctx.reply) or None


def asked_for_bot(ctx: CheckContext) -> bool:
    """Whether the mention asks if a person or software answers."""
    said = ctx.triage is not None and (ctx.triage.intent == "bot_question" or "asks_bot" in ctx.triage.risks)
    return said or (ctx.mention is not None and asks_bot(ctx.mention.text))


def _bot_question(ctx: CheckContext) -> Places:
    return () if asked_for_bot(ctx) else None


_BOT_WORD = regex.compile(
    r"\b(?:(?:chat)?bots?|robots?|roboter|ai|ki|ia|automat\w+|humans?|mensch\w*|humaine?s?)\b", regex.IGNORECASE
)


def _bot_matter(ctx: CheckContext) -> Places:
    return () if asked_for_bot(ctx) or _BOT_WORD.search(ctx.reply) else None


def _outsider_praise(ctx: CheckContext) -> Places:
    hit = find(_TABLE, "outsider_tip", ctx.reply, ctx.brand)
    if not hit and not find(_TABLE, "first_plural", ctx.reply):
        hit = find(_TABLE, "third_person_praise", ctx.reply, ctx.brand)
    return hit or None


def _lawyer_unprompted(ctx: CheckContext) -> Places:
    """Lawyers in an answer to somebody who did not speak of any."""
    if find(_TABLE, "legal_word", said(ctx)):
        return None
    return find(_TABLE, "lawyer_word", ctx.reply) or None


def _positive_mention(ctx: CheckContext) -> Places:
    return () if sentiment_of(ctx) == "positive" else None


def _data_in_mention(ctx: CheckContext) -> Places:
    """They posted personal data: asking them to delete that protects them."""
    risky = ctx.triage is not None and "personal_data" in ctx.triage.risks
    return () if risky or (ctx.mention is not None and find_personal(ctx.mention.text)) else None


def _deliberate_review(ctx: CheckContext) -> Places:
    return () if ctx.deliberate_review else None


def _wrote_it_myself(ctx: CheckContext) -> Places:
    """True only where no draft was made: then "I typed this myself" is the truth."""
    return find(_TABLE, "wrote_it_myself", ctx.reply) or None if ctx.authorship == "human" else None


_COMPUTED: dict[str, Callable[[CheckContext], Places]] = {
    "favourable": _favourable,
    "software_admitted": _software_admitted,
    "relation_or_client": _either("relation", "client"),
    "relation_or_title": _title_outside_quotes,
    "insider_quote": _insider_quote,
    "review_reward": _review_reward,
    "public_interest": _public_interest,
    "ai_labelled": _ai_labelled,
    "person_said": _person_said,
    "brand_matter": _brand_matter,
    "bot_question": _bot_question,
    "bot_matter": _bot_matter,
    "outsider_praise": _outsider_praise,
    "lawyer_unprompted": _lawyer_unprompted,
    "positive_mention": _positive_mention,
    "data_in_mention": _data_in_mention,
    "deliberate_review": _deliberate_review,
    "wrote_it_myself": _wrote_it_myself,
}


def known_contents() -> set[str]:
    """Names that are computed here and not looked up in the table."""
    return set(_COMPUTED)


def seen(name: str, ctx: CheckContext) -> Places:
    """Where `name` (a computed content or a set of the table) holds in the reply; None when it does not."""
    return _COMPUTED.get(name, _set(name))(ctx)
