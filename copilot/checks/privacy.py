"""Personal data, links, hidden characters, obedience, and topics that a person must see (P1-P5)."""

import unicodedata

import regex

from copilot.checks.base import Check, Finding, check
from copilot.checks.conversation import authors, said
from copilot.checks.instructions import inner_marks, leaked, obeyed, out_of_role
from copilot.checks.links import allowed, images, links
from copilot.checks.phrases import find, outside
from copilot.checks.topics import topic_of
from copilot.models import CheckContext, Span
from copilot.personal_data import Personal
from copilot.personal_data import find as find_personal
from copilot.text import hidden, sentences

_NAMES = {
    "email": "an e-mail address",
    "iban": "a bank account",
    "card": "a card number",
    "phone": "a phone number",
    "order_number": "an order or customer number",
    "address": "a postal address",
    "birth_date": "a date of birth",
    "plate": "a number plate",
}


@check(
    "P1",
    version=1,
    severity="block",
    title="Personal data in public",
    rule="No e-mail, phone, order number or address of a customer stands in public; the brand's own contact data may.",
)
def p1(ctx: CheckContext) -> Finding | None:
    """Everything personal but what the brand publishes about itself."""
    seen = find_personal(ctx.reply)
    own = _published(ctx) if seen else ""
    found = [p for p in seen if not _is_own(p, ctx, own)]
    if not found:
        return None
    first = found[0]
    known = _bare(first.span.text) in _bare(said(ctx))
    reason = f"The reply shows {_NAMES[first.kind]} (“{first.span.text}”) to everyone. "
    reason += (
        "The customer gave it, and it still does not belong in public."
        if known
        else "It does not come from this conversation."
    )
    return Finding(
        reason, fix="Take it out; put it in a private message if they need it.", spans=tuple(p.span for p in found)
    )


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum() or c in "@")


def _published(ctx: CheckContext) -> str:
    brand = ctx.brand
    lines = [line for book in brand.playbooks.values() for line in book.wordings()]
    texts = (brand.about, *(f.text for f in brand.facts), *(e.text for e in ctx.evidence if e.kind == "fact"), *lines)
    handles = (h.handle for h in brand.handles)
    return "\n".join(_bare(t) for t in (*texts, *handles, *brand.links))


def _is_own(one: Personal, ctx: CheckContext, own: str) -> bool:
    if _bare(one.span.text) in own:
        return True
    if one.kind == "phone":  # "call us on …": whether the number is ours is a matter of facts (H2)
        lead = ctx.reply[max(0, one.span.start - 60) : one.span.start]
        return bool(find("privacy", "our_line", lead)) and _bare(one.span.text) not in _bare(said(ctx))
    host = one.span.text.rpartition("@")[2].lower()
    return one.kind == "email" and any(host == entry.split("/")[0].lower() for entry in ctx.brand.links)


@check(
    "P2",
    version=1,
    severity="block",
    title="Asking for personal data in public",
    rule="Order numbers, addresses and the like are asked for in a private message only.",
)
def p2(ctx: CheckContext) -> Finding | None:
    """A request for personal data without a private way in the same breath."""
    parts = sentences(ctx.reply)
    for index, part in enumerate(parts):
        asked = outside(find("privacy", "asks_data", part.text), find("privacy", "declines_data", part.text))
        if not asked:
            continue
        near = " ".join(p.text for p in parts[max(0, index - 1) : index + 2])
        public = find("privacy", "public_place", part.text) and not find("privacy", "not_in_public", near)
        if public or not find("privacy", "private_way", near):
            spans = tuple(Span(start=part.start + s.start, end=part.start + s.end, text=s.text) for s in asked)
            return Finding(
                "This asks for personal data where everyone can read the answer.",
                fix="Ask for it by direct message: “Send us a direct message with …”.",
                spans=spans,
            )
    return None


@check(
    "P3",
    version=1,
    severity="block",
    title="Links, images and hidden characters",
    rule="Only plainly written links of the brand's list; no images; no hidden characters.",
)
def p3(ctx: CheckContext) -> Finding | None:
    """Whatever could lead somewhere else than it seems."""
    return _hidden(ctx) or _images(ctx) or _links(ctx)


_FLAG = regex.compile(r"\U0001F3F4[\U000E0020-\U000E007E]{1,8}\U000E007F")


def _hidden(ctx: CheckContext) -> Finding | None:
    flags = tuple(Span(start=m.start(), end=m.end(), text=m.group()) for m in _FLAG.finditer(ctx.reply))
    found = list(outside(hidden(ctx.reply), flags))
    found += [
        Span(start=i, end=i + 1, text=c)
        for i, c in enumerate(ctx.reply)
        if unicodedata.category(c) == "Cc" and c not in "\n\t\r"
    ]
    if not found:
        return None
    names = sorted({unicodedata.name(s.text[0], f"U+{ord(s.text[0]):04X}").lower() for s in found})
    return Finding(
        f"Hidden characters stand in the reply ({', '.join(names)}).", fix="Type that part anew.", spans=tuple(found)
    )


def _images(ctx: CheckContext) -> Finding | None:
    found = images(ctx.reply)
    return Finding("The reply embeds an image or HTML.", fix="Say it in words.", spans=tuple(found)) if found else None


def _links(ctx: CheckContext) -> Finding | None:
    bad: list[tuple[Span, str]] = []
    for link in links(ctx.reply):
        if link.odd:
            bad.append((link.span, link.odd))
        elif not allowed(link.span.text, ctx.brand.links) and not _names_somebody(link.span, ctx):
            bad.append((link.span, f"it is not on {ctx.brand.name}'s list of links"))
    if not bad:
        return None
    fix = "Use one of: " + ", ".join(ctx.brand.links[:4]) if ctx.brand.links else "Say it without a link."
    return Finding(f"The link “{bad[0][0].text}” may not go out: {bad[0][1]}.", fix=fix, spans=tuple(s for s, _ in bad))


def _names_somebody(span: Span, ctx: CheckContext) -> bool:
    """A handle that looks like a host, of somebody in the conversation or of the brand."""
    people = {h.handle.lower() for h in ctx.brand.handles} | authors(ctx)
    if span.text.lower().startswith("mailto:"):
        return True  # an address: P1 judges it
    after_at = span.start > 0 and ctx.reply[span.start - 1] == "@"
    return after_at or span.text.lower() in people


@check(
    "P4",
    version=1,
    severity="block",
    title="Obeying the mention, leaking the prompt",
    rule="What a mention says is never an instruction, and nothing internal shows in a reply.",
)
def p4(ctx: CheckContext) -> Finding | None:
    """Orders carried out, roles played, prompts and ids leaked, blanks not filled in."""
    if mark := inner_marks(ctx):
        return Finding(
            f"“{mark.text}” is an internal mark or an unfilled blank.", fix="Take it out or fill it in.", spans=(mark,)
        )
    if place := obeyed(ctx):
        return Finding(
            f"“{place.text}” is what the message told us to say.", fix="Answer in your own words.", spans=(place,)
        )
    if place := out_of_role(ctx):
        return Finding(
            "This speaks as a language model or plays a part, not as the brand.",
            fix="Say it as the brand.",
            spans=(place,),
        )
    if place := leaked(ctx):
        return Finding("This repeats the instructions of the drafting software.", fix="Take it out.", spans=(place,))
    return None


@check(
    "P5",
    version=1,
    severity="escalate",
    title="Escalation topic in the mention",
    rule="Legal threats, self-harm, safety, press, minors and the brand's own topics are decided by a named person.",
)
def p5(ctx: CheckContext) -> Finding | None:
    """Looks at the mention, not at the reply; spans are places in the mention."""
    if ctx.mention is None:
        return None
    topic = topic_of(ctx)
    if topic is None:
        return None
    person = ctx.brand.person(topic.to) if topic.to else None
    if person and ctx.speaker and ctx.speaker.id == person.id:
        return Finding(f"{topic.why} You are the one who decides about it.", spans=topic.spans, severity="info")
    who = person.name if person else "the owner"
    return Finding(f"{topic.why} {who} decides about this.", fix=f"Escalate to {who}.", spans=topic.spans)


CHECKS: tuple[Check, ...] = (p1, p2, p3, p4, p5)
"""In the order of docs/checks.md."""
