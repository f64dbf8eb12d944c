"""P4: a mention is data. Does the reply do what it told its writer to do, or show what only the prompt knows?"""

from collections.abc import Iterator
from functools import lru_cache

import regex

from copilot.checks.conversation import outside_texts
from copilot.checks.phrases import expression, find, straight, table
from copilot.models import CheckContext, Span
from copilot.text import plain, sentences, words

_QUOTED = regex.compile(r"[\"'`«]([^\"'`«»\n]{2,280})[\"'`»]")
_AFTER_COLON = regex.compile(r":\s*([^\n]{2,280})")
_WORD_ORDER = regex.compile(
    r"\b(?:word|phrase|code ?word|sentence|text|wort|satz|mot|line|string|hashtag|emoji)s?"
    r"\s*[:\-]?\s*[\"']?([#\p{L}\p{N}_-]{2,40})",
    regex.IGNORECASE,
)
_SHOUTED = regex.compile(r"\b(?=\w*\p{Lu})(?=\w*[\p{Lu}\d_]{2})[\p{Lu}\d_]{4,}\b")


@lru_cache(maxsize=1)
def _harmless() -> frozenset[str]:
    return frozenset(table("privacy")["words"]["harmless"].split())


def obeyed(ctx: CheckContext) -> Span | None:
    """The part of the reply that carries out an order of the mention."""
    for text in outside_texts(ctx):
        for payload, sure in _payloads(straight(text)):
            place = _place(payload, ctx.reply)
            if place and (sure or len(payload.split()) >= 4) and plain(payload) not in _ours(ctx):
                return place
    return None


def _overrides(text: str) -> bool:
    return bool(find("privacy", "override", text))


def _payloads(text: str) -> Iterator[tuple[str, bool]]:
    """What an order wants to be said, and whether the order is surely one to a writer, not to a shop."""
    override = _overrides(text)
    for sentence in sentences(text):
        order = expression("privacy", "order").search(sentence.text)
        if not order and not override:
            continue
        rest = text[sentence.start + (order.end() if order else 0) :]
        for pattern in (_QUOTED, _AFTER_COLON, _WORD_ORDER):
            for match in pattern.finditer(rest[:400]):
                payload = match.group(1).strip(" .\"'`")
                if _telling(payload):
                    yield payload, override or pattern is _QUOTED
        if override:
            yield from ((m.group(), True) for m in _SHOUTED.finditer(sentence.text))


def _telling(payload: str) -> bool:
    tokens = plain(payload).split()
    return bool(tokens) and any(t.strip(",.!?") not in _harmless() for t in tokens)


def _place(payload: str, reply: str) -> Span | None:
    pattern = r"\W+".join(regex.escape(w.text) for w in words(payload)) or regex.escape(payload)
    match = regex.search(rf"(?<!\w){pattern}(?!\w)", reply, regex.IGNORECASE)
    if not match:
        return None
    # asked and answered with the same plain word ("do you sell rye?" – "rye") is no obedience
    return Span(start=match.start(), end=match.end(), text=match.group())


def _ours(ctx: CheckContext) -> str:
    """Everything the brand says of itself; repeating that is no obedience."""
    names = [ctx.brand.name, *(n for p in ctx.brand.products for n in (p.name, *p.aliases))]
    return "\n".join(plain(t) for t in (*names, *_own_lines(ctx)))


def _own_lines(ctx: CheckContext) -> Iterator[str]:
    brand = ctx.brand
    yield brand.about
    yield from (fact.text for fact in brand.facts)
    yield from (e.text for e in ctx.evidence if e.kind in ("fact", "precedent"))
    yield from ctx.attested
    for playbook in brand.playbooks.values():
        yield from playbook.wordings()
    for rule in brand.voice.rules:
        yield from rule.do
    yield from ctx.recent_replies


_N = 8


@lru_cache(maxsize=64)
def _grams(text: str) -> frozenset[tuple[str, ...]]:
    tokens = [w.text for w in words(plain(text))]
    return frozenset(tuple(tokens[i : i + _N]) for i in range(len(tokens) - _N + 1))


def leaked(ctx: CheckContext) -> Span | None:
    """A run of eight words that stands in the prompt and in nothing the brand says in public."""
    if not ctx.prompt:
        return None
    prompt = _grams(ctx.prompt)
    tokens = list(words(ctx.reply))
    low = [plain(w.text) for w in tokens]
    hits = [i for i in range(len(low) - _N + 1) if tuple(low[i : i + _N]) in prompt]
    if not hits:
        return None
    public = {gram for text in (*_own_lines(ctx), *outside_texts(ctx)) for gram in _grams(text)}
    for i in hits:
        if tuple(low[i : i + _N]) not in public:
            start, end = tokens[i].start, tokens[i + _N - 1].end
            return Span(start=start, end=end, text=ctx.reply[start:end])
    return None


_INNER = regex.compile(
    r"⟦[^⟧]{0,40}⟧|(?<![\w-])[fvp]-[a-z0-9]+(?:-[a-z0-9]+)+(?![\w-])"
    r"|</?(?:mention|facts?|evidence|thread|system|user|assistant|instructions?|draft|reply)\b[^>]{0,40}>"
    r"|\{\{?\w[\w ]*\}?\}|<\|[^|]*\|>"
)
_BLANK = regex.compile(
    r"[\[<{](?:your |the |their |customer|insert |first |last |user|full )?[\w' ]{0,20}"
    r"(?:name|handle|date|link|url|number|product|company|address|order id|details|amount|time|place ?holder|initials"
    r"|signature|vorname|prénom|nom|datum)s?(?: here)?[\]>}]",
    regex.IGNORECASE,
)


def inner_marks(ctx: CheckContext) -> Span | None:
    """Ids, fences and placeholders that only the machinery knows."""
    known = {e.id for e in ctx.evidence} | {f.id for f in ctx.brand.facts} | {r.id for r in ctx.brand.voice.rules}
    for match in _INNER.finditer(ctx.reply):
        text = match.group()
        if text[:2] not in ("f-", "v-", "p-") or text in known or text.startswith(("f-", "v-")):
            return Span(start=match.start(), end=match.end(), text=text)
    match = _BLANK.search(ctx.reply)
    return Span(start=match.start(), end=match.end(), text=match.group()) if match else None


def out_of_role(ctx: CheckContext) -> Span | None:
    """The reply speaks as a language model, or plays the part that the mention gave it."""
    hits = find("privacy", "model_speak", ctx.reply)
    if not hits and any(_overrides(t) for t in outside_texts(ctx)):
        hits = find("privacy", "role_play", ctx.reply)
    return hits[0] if hits else None
