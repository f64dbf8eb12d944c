"""T8: the right language, the right person, the right handle."""

import regex

from copilot.checks.base import Finding
from copilot.checks.conversation import authors, messages, said
from copilot.checks.language import guess, likely, surely
from copilot.checks.names import GREETINGS, first_names, no_names
from copilot.models import CheckContext, Span
from copilot.text import plain, words

_LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
}
_NAME = r"\p{Lu}[\p{Ll}'’]+(?:-\p{Lu}\p{Ll}+)?"
_GREETED = regex.compile(
    rf"(?:\A|(?<=[.!?\n]\s))(?:@\S+\s+)?(?i:{GREETINGS}|sorry|thanks|thank you|danke|merci|cheers|welcome|oh no|yes|no)"
    r"(?:,\s*|\s+)(?:(?i:mr|mrs|ms|miss|dr|herr|frau|m|mme|monsieur|madame)\.?\s+)?"
    rf"(?P<name>{_NAME})\s*(?=[,!:.–—\n]|\s[-–—]|\Z)"
)
_OPENED = regex.compile(rf"\A(?:@\S+\s+)?(?P<name>{_NAME}),\s")
_HANDLE = regex.compile(r"(?<![\w@.])@([A-Za-z0-9_](?:[\w.-]*\w)?(?:@[\w.-]*\w)?)")


def wrong_language(ctx: CheckContext) -> Finding | None:
    """The reply is surely in another language than the mention, or than any the brand speaks."""
    mine = surely(ctx.reply)
    if mine is None:
        return None
    asked = _asked_in(ctx)
    if asked and asked in ctx.brand.languages:
        wanted: tuple[str, ...] = (asked,)
    else:
        wanted = (*ctx.brand.languages, *((asked,) if asked else ()))
    if mine in wanted or (asked is None and ctx.mention and guess(ctx.mention.text, (mine, *wanted)) == mine):
        return None
    names = " or ".join(_LANGUAGES.get(lang, lang) for lang in wanted)
    because = "they wrote" if asked in wanted and len(wanted) == 1 else "the brand answers in"
    return Finding(f"The reply is in {_LANGUAGES.get(mine, mine)}; {because} {names}.", fix=f"Answer in {names}.")


def _asked_in(ctx: CheckContext) -> str | None:
    if ctx.mention is None:
        return None
    declared = (ctx.triage.lang if ctx.triage else None) or ctx.mention.lang
    telling = sum(1 for _ in words(ctx.mention.text)) >= 3
    return surely(ctx.mention.text) or (declared if telling else None) or likely(ctx.mention.text, ctx.brand.languages)


def wrong_person(ctx: CheckContext) -> Finding | None:
    """The reply greets by name somebody who is not in the conversation."""
    if ctx.mention is None or not ctx.mention.author:
        return None
    for pattern in (_GREETED, _OPENED):
        for match in pattern.finditer(ctx.reply):
            name = match["name"]
            if pattern is _OPENED and plain(name) not in first_names():
                continue
            if _is_nobody(name, ctx) or _known(name, ctx):
                continue
            span = Span(start=match.start("name"), end=match.end("name"), text=name)
            return _wrong_name(span, ctx)
    return None


def _is_nobody(name: str, ctx: CheckContext) -> bool:
    low = plain(name)
    products = {plain(w) for p in ctx.brand.products for n in (p.name, *p.aliases) for w in n.split()}
    return low in no_names() or low in products or low in {plain(w) for w in ctx.brand.name.split()}


def _known(name: str, ctx: CheckContext) -> bool:
    """In somebody's handle, or in what was written."""
    low = _letters(name)
    if any(low in _letters(author) or (len(low) >= 4 and _letters(author)[:3] == low[:3]) for author in authors(ctx)):
        return True
    return plain(name) in {plain(w.text) for w in words(said(ctx))}


def _letters(text: str) -> str:
    return "".join(c for c in plain(text) if c.isalpha())


def _wrong_name(span: Span, ctx: CheckContext) -> Finding | None:
    """Sure where the handle holds another name or the name is one of ours; otherwise a profile may show it."""
    author = ctx.mention.author if ctx.mention else ""
    ours = {plain(p.name.split()[0]) for p in ctx.brand.people}
    if _tells_a_name(ctx) or plain(span.text) in ours:
        reason = f"Nobody in this conversation is called {span.text}; the author is @{author}."
        return Finding(reason, fix="Check the name, or leave it out.", spans=(span,))
    if not _letters(author):
        return None
    reason = f"Nothing here shows that @{author} is called {span.text}."
    return Finding(reason, fix="Check the name on their profile.", spans=(span,), severity="info")


def _tells_a_name(ctx: CheckContext) -> bool:
    last = [m for m in messages(ctx) if not m.from_brand]
    parts = regex.split(r"[^\p{L}]+", plain(last[-1].author)) if last else []
    return any(part in first_names() for part in parts)


def wrong_handle(ctx: CheckContext) -> Finding | None:
    """The reply calls a handle that nobody here has."""
    if ctx.mention is None or not ctx.mention.author:
        return None
    known = authors(ctx) | {h.handle.lower() for h in ctx.brand.handles}
    text = said(ctx) + "\n" + "\n".join(f.text for f in ctx.brand.facts)
    known |= {h.lower() for h in _HANDLE.findall(text)}
    for match in _HANDLE.finditer(ctx.reply):
        if match.group(1).lower() not in known:
            span = Span(start=match.start(), end=match.end(), text=match.group())
            addressed = not ctx.reply[: match.start()].strip(" .,")
            reason = f"{span.text} is not in this conversation; the author is @{ctx.mention.author}."
            return Finding(reason, fix="Check the handle.", spans=(span,), severity="block" if addressed else "warn")
    return None


def greets_by_name(ctx: CheckContext) -> bool:
    """Whether the reply starts with a name or the author's handle."""
    head = ctx.reply[:80]
    if regex.match(r"\s*@\w", head):
        return True
    first = _GREETED.match(head) or regex.match(rf"\A(?:\w+ )?(?P<name>{_NAME})[,!:]\s", head)
    if first and plain(first["name"]) not in no_names():
        return True
    handle = _letters(ctx.mention.author) if ctx.mention else ""
    opening = [w.text for w in words(head)][:4]
    return any(len(w) >= 3 and w[0].isupper() and _letters(w) in handle and handle for w in opening)
