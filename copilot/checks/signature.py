"""Signatures: found at the end (and in "Jo from Harbor here"), and held against the one person who may sign (D14)."""

from dataclasses import dataclass

import regex

from copilot.checks.base import Finding
from copilot.checks.names import first_names, no_names
from copilot.checks.phrases import brand_names
from copilot.models import Brand, CheckContext, Person, Span


@dataclass(frozen=True)
class Signature:
    """A name or initials that somebody signs with."""

    text: str
    """Without its mark: ``JM``, ``Jo``, ``Jo Marsh``."""
    span: Span


_TRAIL = regex.compile(r"(?:[\s.!]|\p{Extended_Pictographic}|\ufe0f|\u200d|\(?\d/\d\)?$|#\w+$|https?://\S+$)+\Z")
_NAME = r"[A-ZÀ-ÖØ-Þ][\p{Ll}'’]+(?:-[A-ZÀ-Þ]\p{Ll}+)?"
_FULL = rf"{_NAME}(?: (?:{_NAME}|[A-Z]\.?)){{0,2}}"
_MARKED = regex.compile(
    r"(?:(?<=\s)|(?<=[.!?…)\]]))(?:\^\s?|[/*~]|\|\s?|[-–—]\s?)(?P<name>\p{L}{1,4}|" + _NAME + r"(?:\p{Lu}\p{Ll}*)?)\Z"
)
_CARET = regex.compile(r"\^\s?(?P<name>\p{L}[\p{L}.]{0,14})(?:\s+\p{L}{2,12})?\Z")
_BRACKETED = regex.compile(r"[(\[](?P<name>[\p{L}]{2,4})[)\]]\Z")
_DASHED_FULL = regex.compile(rf"(?:(?<=[.!?…)\]\"”])|(?<=\n))\s*[-–—~]\s?(?P<name>{_FULL})\Z")
_BARE = regex.compile(r"(?:(?<=[.!?…)])|(?<=\n))\s+(?P<name>[A-ZÄÖÜ]{2,3})\Z")
_LINE = regex.compile(rf"\n\s*(?P<name>{_FULL})\Z")
_CLOSING = regex.compile(
    r"(?i:\b(?:cheers|best|thanks|thank you|many thanks|regards|(?:best|kind|warm) regards|best wishes|warmly|"
    r"yours(?: truly| sincerely| faithfully)?|"
    r"sincerely|love|lots of love|xo+|take care|speak soon|talk soon|see you(?: soon)?|all the best|"
    r"(?:viele|liebe|beste|herzliche|schöne|sonnige|freundlichen?) grüße?n?|grüße|gruß|"
    r"lg|vg|mfg|herzlich(?:st)?|dein[e]?|eure?|bis bald|"
    r"cordialement|amicalement|bien à (?:vous|toi)|bises|à bientôt|sincèrement|merci))"
    r"(?P<gap>\s*[,\n–-]\s*|\s+)"
    rf"(?P<name>{_FULL}|[A-ZÄÖÜ]{{2,3}})\Z"
)
_GERMAN_BYE = regex.compile(r"(?i:lg|vg|mfg|\w* ?gr[uü]ß)")
_ANY_CLOSING = regex.compile(rf"(?:(?<=[.!?…)]\s)|(?<=\n))\p{{L}}[\p{{L}} ]{{1,24}},\s*(?P<name>{_FULL})\Z")
_INTRO = regex.compile(
    rf"(?:(?:\A|(?<=[.!?\n] )|(?<=\A@\S+ ))(?i:hi,? |hello,? |hey,? )?"
    r"(?:(?i:this is|it's|it’s|i'm|i’m|i am|my name is|hier ist|hier schreibt|ich bin|ici|c'est|je suis) "
    rf"(?P<name>{_NAME})\b(?! (?:is|was|has|will)\b)|(?P<name>{_NAME}) (?:here|hier|ici)\b))"
)


def signatures(text: str, brand: Brand) -> list[Signature]:
    """Every signature of `text`: what closes it, and an introduction by name at its start."""
    found = list(_introduced(text, brand))
    end = len(text)
    while True:
        trail = _TRAIL.search(text, 0, end)
        ended = trail is not None and any(c in ".!" for c in trail.group())
        end = trail.start() if trail else end
        hit = _closing(text[:end], brand, ended)
        if hit is None or any(hit.span == one.span for one in found):
            return found
        found.append(hit)
        end = hit.span.start


def _introduced(text: str, brand: Brand) -> list[Signature]:
    out: list[Signature] = []
    of_brand = regex.compile(
        rf"(?P<name>{_FULL})(?:,? (?i:from|at|of|von|bei|vom|de|chez|with|@)(?: the| la| le)? |, )"
        rf"(?i:the )?(?i:{brand_names(brand)})(?!\w)(?P<rest>\s*(?:here|hier|ici)?\W{{0,3}})"
    )
    for m in of_brand.finditer(text):
        here = m["rest"].strip().startswith(("here", "hier", "ici"))
        closes = m.end() >= len(text.rstrip()) or m.start() == 0
        if _could_be_name(m["name"], brand) and (here or (closes and _is_name(m["name"], brand))):
            out.append(Signature(m["name"], _span(text, *m.span("name"))))
    for m in _INTRO.finditer(text):
        sure = _is_name(m["name"], brand) or text[m.end() : m.end() + 1] in (":", ",")
        if (
            sure
            and _could_be_name(m["name"], brand)
            and not any(s.span.start <= m.start("name") < s.span.end for s in out)
        ):
            out.append(Signature(m["name"], _span(text, *m.span("name"))))
    return out


def _closing(text: str, brand: Brand, ended: bool) -> Signature | None:
    for pattern in (_CARET, _BRACKETED, _MARKED, _DASHED_FULL, _CLOSING, _ANY_CLOSING, _LINE, _BARE):
        match = pattern.search(text)
        if match and _signs(pattern, match, brand, ended):
            return Signature(match["name"], _span(text, match.start(), match.end()))
    return None


def _signs(pattern: "regex.Pattern[str]", match: "regex.Match[str]", brand: Brand, ended: bool) -> bool:
    """Whether this closing is a signature and not a word that only stands like one."""
    name = match["name"]
    mark = match.group().strip()[:1]
    if mark == "^" or (mark in "/*" and name.isupper()):
        return True
    if not _could_be_name(name, brand):
        return False
    if pattern is _MARKED:
        return _surely_marked(match, brand)
    if pattern is _CLOSING:  # "Thanks, Dana." speaks to Dana
        tight = bool(match["gap"].strip(" ")) or _GERMAN_BYE.match(match.group())
        return not ended and (bool(tight) or _is_name(name, brand))
    return pattern is not _ANY_CLOSING or (not ended and _is_name(name, brand))


def _surely_marked(match: "regex.Match[str]", brand: Brand) -> bool:
    """A dash may be just a dash: after a sentence's end, with initials, or before a known name it signs."""
    name, mark = match["name"], match.group()[: match.start("name") - match.start()]
    before = match.string[: match.start()].rstrip()[-1:]
    if name.islower() and not _known(name, brand):
        return mark in ("/", "~", "*") and len(name) == 2
    if name.isupper():
        return 2 <= len(name) <= 3
    return _is_name(name, brand) or mark in ("-", "*") or (name[0].isupper() and before in tuple(".!?…)]\n"))


def _is_name(name: str, brand: Brand) -> bool:
    return _known(name, brand) or name.split()[0].lower() in first_names()


def _known(name: str, brand: Brand) -> bool:
    low = name.lower()
    return any(low in (p.initials.lower(), p.name.lower(), p.name.split()[0].lower()) for p in brand.people)


def _could_be_name(name: str, brand: Brand) -> bool:
    words = name.lower().split()
    if not words or words[0] in no_names() or regex.search(r"['’](?:re|s|ll|ve|d|m|t)\Z", name):
        return False
    if words[-1] in no_names() and not _known(name, brand):
        return False
    own = {w.lower() for p in brand.products for n in (p.name, *p.aliases) for w in n.split()}
    own |= {w.lower() for w in brand.name.split()}
    return not all(w in own for w in words)


def _span(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    return Span(start=start, end=end, text=text[start:end])


def belongs_to(signature: str, person: Person) -> bool:
    """Whether these are the person's own initials or name."""
    low = signature.lower().replace(".", "").strip()
    names = person.name.lower().split()
    own = {person.initials.lower(), person.name.lower(), *names[:1]}
    if len(names) > 1:
        own.add(f"{names[0]} {names[-1][0]}")
    return low in own


def _style(ctx: CheckContext) -> str:
    if ctx.speaker is None:
        return ""
    return ctx.brand.signature.style.replace("{initials}", ctx.speaker.initials).replace("{name}", ctx.speaker.name)


def judge_signature(ctx: CheckContext) -> Finding | None:
    """Foreign or invented signatures first, then what the brand's policy asks for."""
    if not ctx.brand.people:
        return None
    found = signatures(ctx.reply, ctx.brand)
    return _foreign(ctx, found) or _policy(ctx, found)


def _foreign(ctx: CheckContext, found: list[Signature]) -> Finding | None:
    may = (ctx.speaker,) if ctx.speaker else ctx.brand.people
    for one in found:
        if any(belongs_to(one.text, person) for person in may):
            continue
        owner = next((p for p in ctx.brand.people if belongs_to(one.text, p)), None)
        whose = f"is {owner.name}'s" if owner else "belongs to nobody registered here"
        fix = f"Sign as {_style(ctx)}, or ask {owner.name} to approve it." if owner and ctx.speaker else ""
        fix = fix or (f"Sign as {_style(ctx)}." if ctx.speaker else "Let the person who sends it sign.")
        return Finding(
            f"The signature “{one.text}” {whose}. Nobody signs for somebody else.", fix=fix, spans=(one.span,)
        )
    return None


def _policy(ctx: CheckContext, found: list[Signature]) -> Finding | None:
    policy = ctx.brand.signature.policy
    if policy == "never" and found:
        return Finding(
            f"{ctx.brand.name} does not sign replies.", fix="Take the signature out.", spans=(found[-1].span,)
        )
    if policy == "required" and ctx.account == "brand" and ctx.speaker:
        closing = [s for s in found if s.span.end >= len(ctx.reply.rstrip()) - 12 or s.span.start > len(ctx.reply) // 2]
        if not closing and _style(ctx) not in ctx.reply:
            return Finding("The reply is not signed, and this brand signs every reply.", fix=f"End with {_style(ctx)}.")
    return None
