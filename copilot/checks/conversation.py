"""What was said so far, and who took part."""

from copilot.models import CheckContext, Mention


def messages(ctx: CheckContext) -> tuple[Mention, ...]:
    """Every message of the conversation, the answered one last, the brand's own posts included."""
    thread = ctx.thread.mentions if ctx.thread else ()
    if ctx.mention is None:
        return thread
    return (*(m for m in thread if m.id != ctx.mention.id), ctx.mention)


def outside_texts(ctx: CheckContext) -> list[str]:
    """What people outside wrote, without the brand's own posts."""
    return [m.text for m in messages(ctx) if not m.from_brand]


def said(ctx: CheckContext) -> str:
    """The whole conversation as one text."""
    return "\n".join(m.text for m in messages(ctx))


def authors(ctx: CheckContext) -> set[str]:
    """Handles of everybody in the conversation, lower case."""
    return {m.author.lower().lstrip("@") for m in messages(ctx) if m.author}
