"""T1, T4 and T5: words a guide avoids, stock phrases, hype."""

from functools import lru_cache

import regex

from copilot.checks.base import Finding
from copilot.checks.conversation import said
from copilot.checks.language import guess
from copilot.checks.phrases import find, outside, quoted, spans, straight
from copilot.checks.polarity import sentiment_of
from copilot.models import CheckContext, Span, WordRule
from copilot.text import emoji, plain, stem, words


def theirs(ctx: CheckContext) -> tuple[Span, ...]:
    """Quotations of what the customer wrote."""
    return tuple(q for q in quoted(ctx.reply) if plain(q.text).strip("\"' ") in plain(said(ctx)))


def avoided_words(ctx: CheckContext) -> Finding | None:
    """T1: every avoided word of the guide, in any form."""
    found: list[tuple[Span, WordRule]] = []
    lang = guess(ctx.reply, ctx.brand.languages) or ctx.brand.languages[0]
    for rule in ctx.brand.voice.avoid:
        found += [(span, rule) for span in outside(_forms(rule.word, ctx.reply, lang), theirs(ctx))]
    if not found:
        return None
    span, rule = found[0]
    why = f": {rule.why.rstrip('.')}." if rule.why else "."
    fixes = dict.fromkeys(
        f"Write “{r.better}” instead of “{s.text}”." if r.better else f"Leave out “{s.text}”." for s, r in found
    )
    return Finding(f"The voice guide avoids “{span.text}”{why}", fix=" ".join(fixes), spans=tuple(s for s, _ in found))


def _forms(avoided: str, reply: str, lang: str) -> list[Span]:
    target = [w.text for w in words(avoided)]
    if not target:
        return (
            [Span(start=m.start(), end=m.end(), text=m.group()) for m in regex.finditer(regex.escape(avoided), reply)]
            if avoided
            else []
        )
    tokens, starts = _tokens(reply)
    out: list[Span] = []
    for i in starts.get(target[0][:1].lower(), ()):
        window = tokens[i : i + len(target)]
        if len(window) == len(target) and all(_same(t, w.text, lang) for t, w in zip(target, window, strict=True)):
            start, end = window[0].start, window[-1].end
            if regex.search(r"[.!?\n]", reply[start:end]) is None:
                out.append(Span(start=start, end=end, text=reply[start:end]))
    return out


@lru_cache(maxsize=64)
def _tokens(text: str) -> tuple[tuple[Span, ...], dict[str, list[int]]]:
    """The words of a text, and where those with each first letter stand."""
    found, starts = tuple(words(text)), dict[str, list[int]]()
    for i, word in enumerate(found):
        starts.setdefault(word.text[:1].lower(), []).append(i)
    return found, starts


_ENDING = regex.compile(r"(?:e|y|s|es|ies|ied|d|ed|ing|ying|er|est|en|n|em|er|t|st|te|ten)?")
"""What inflection adds or takes away in English, German and French; a derived word (kind, kindly) is another word."""


_BRITISH = regex.compile(r"is(?=e|ing|ation)")


@lru_cache(maxsize=16384)
def _form(word: str) -> str:
    return _BRITISH.sub("iz", straight(word).lower()).removesuffix("'s")


def _same(avoided: str, word: str, lang: str) -> bool:
    """The same word in another form: equal stems, and only an ending apart."""
    a, b = _form(avoided), _form(word)
    if a == b or not b or a[:1] != b[:1]:
        return a == b
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest = b[common:]
    if rest[:1] == a[common - 1] and common == len(a):  # plan, planning
        rest = rest[1:]
    if common < max(3, len(a) - 3) or not _ENDING.fullmatch(a[common:]) or not _ENDING.fullmatch(rest):
        return False
    return stem(a, lang) == stem(b, lang)


def canned(ctx: CheckContext) -> Finding | None:
    """T4: stock empathy, an excuse before ownership, blaming the customer."""
    skip = theirs(ctx)
    if stock := outside(find("tone", "canned", ctx.reply), skip):
        return Finding(
            f"“{stock[0].text}” is a stock phrase; it says nothing about what happened to them.",
            fix="Name what happened, and whose mistake it was.",
            spans=stock,
        )
    if blame := outside(find("tone", "blame", ctx.reply), skip):
        return Finding(
            f"“{blame[0].text}” puts it on the customer.",
            fix="Say what is so, without what they should have done.",
            spans=blame,
        )
    return _excuse(ctx)


def _excuse(ctx: CheckContext) -> Finding | None:
    if sentiment_of(ctx) not in ("negative", "mixed") and not (ctx.triage and ctx.triage.intent == "complaint"):
        return None
    excuses = outside(find("tone", "excuse", ctx.reply), theirs(ctx))
    owned = find("tone", "ownership", ctx.reply)
    if not excuses or (owned and owned[0].start < excuses[0].start):
        return None
    return Finding(
        f"The reason (“{excuses[0].text}”) comes before any ownership.",
        fix="Own it first, then give the reason in one sentence.",
        spans=excuses[:1],
    )


_CHAIN = regex.compile(r"!(?:\s?[!?]){1,}|\?!+|！{2,}")
_CAPITALS = regex.compile(
    r"(?<![\w@#^/*~-])\p{Lu}{2,}(?:'\p{Lu}+)?(?:\s+\p{Lu}{2,}(?:'\p{Lu}+)?)+(?![\w@-])"
    r"|(?<![\w@#^/*~-])\p{Lu}{2,}(?![\w@-])"
)


def hype(ctx: CheckContext) -> Finding | None:
    """T5: hype words, chains of exclamation marks, capitals, emoji against the policy."""
    echoed = plain(said(ctx))
    if loud := tuple(s for s in outside(find("tone", "hype", ctx.reply), theirs(ctx)) if plain(s.text) not in echoed):
        return Finding(f"“{loud[0].text}” is hype.", fix="Say what it is, plainly.", spans=loud)
    marks = [m for m in regex.finditer(r"[!！]", ctx.reply)]
    chains = tuple(Span(start=m.start(), end=m.end(), text=m.group()) for m in _CHAIN.finditer(ctx.reply))
    if chains or len(marks) > 2:
        spans = chains or tuple(Span(start=m.start(), end=m.end(), text=m.group()) for m in marks)
        return Finding(f"{len(marks)} exclamation marks.", fix="One is enough.", spans=spans)
    return _capitals(ctx) or _emoji(ctx)


def _capitals(ctx: CheckContext) -> Finding | None:
    found = [m for m in _CAPITALS.finditer(ctx.reply) if _shouts(m.group().split())]
    if found:
        known = _written_so(ctx)
        found = [m for m in found if _shouts([w for w in m.group().split() if w not in known])]
    if not found:
        return None
    places = spans(ctx.reply, (m.span() for m in found))
    return Finding(f"“{places[0].text}” is shouted.", fix="Write it in normal case.", spans=places)


def _shouts(words_in_capitals: list[str]) -> bool:
    """Several words in capitals, or a single everyday one; a lone ``USPS`` is a name."""
    loud = [w for w in words_in_capitals if not find("tone", "acronym", w)]
    return (len(loud) > 1 and sum(map(len, loud)) > 6) or (bool(loud) and bool(find("tone", "shouted", loud[0])))


def _written_so(ctx: CheckContext) -> set[str]:
    """Words in capitals that are names: of the brand, its products, people and facts, or their own words."""
    texts = [ctx.brand.name, said(ctx), *(n for p in ctx.brand.products for n in (p.name, *p.aliases))]
    texts += [f.text for f in ctx.brand.facts]
    return {w.text for t in texts for w in words(t) if w.text.isupper()} | {p.initials for p in ctx.brand.people}


def _emoji(ctx: CheckContext) -> Finding | None:
    policy, found = ctx.brand.emoji, emoji(ctx.reply)
    foreign = tuple(
        e
        for e in found
        if policy.allowed and e.text.rstrip("\ufe0f") not in {a.rstrip("\ufe0f") for a in policy.allowed}
    )
    if foreign and policy.max > 0:
        return Finding(
            f"{foreign[0].text} is not among the emoji of {ctx.brand.name}.",
            fix=f"Use one of {' '.join(policy.allowed)} or none.",
            spans=foreign,
        )
    if len(found) > policy.max:
        fix = "Take the emoji out." if policy.max == 0 else f"Keep {policy.max} at most."
        return Finding(
            f"{len(found)} emoji; {ctx.brand.name} uses {policy.max or 'none'}.",
            fix=fix,
            spans=tuple(found[policy.max :]),
        )
    return None
