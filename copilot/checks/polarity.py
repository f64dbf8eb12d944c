"""Whether a mention is praise or criticism: triage says so; without triage a small lexicon does."""

from copilot.checks.phrases import find
from copilot.models import CheckContext, Sentiment


def sentiment_of(ctx: CheckContext) -> Sentiment | None:
    """What triage decided, or what plain words of the mention say; None when there is no mention."""
    if ctx.triage is not None:
        return ctx.triage.sentiment
    if ctx.mention is None:
        return None
    return _by_words(ctx.mention.text)


def _by_words(text: str) -> Sentiment:
    bad, good = bool(find("tone", "mention_negative", text)), bool(find("tone", "mention_positive", text))
    if bad and good:
        return "mixed"
    if good:
        return "mixed" if "?" in text or find("tone", "mention_turns", text) else "positive"
    return "negative" if bad else "neutral"


def abusive(ctx: CheckContext) -> bool:
    """Insults and nothing to answer."""
    if ctx.triage is not None and "abuse" in ctx.triage.risks:
        return True
    return ctx.mention is not None and bool(find("tone", "insult", ctx.mention.text))


def harm(ctx: CheckContext) -> bool:
    """Somebody is hurt or in danger."""
    if ctx.triage is not None and (
        ctx.triage.intent in ("safety", "crisis") or {"safety", "self-harm"} & set(ctx.triage.risks)
    ):
        return True
    return ctx.mention is not None and bool(
        find("privacy", "self_harm", ctx.mention.text) or find("privacy", "injury", ctx.mention.text)
    )
