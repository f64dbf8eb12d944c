"""What may carry a claim: the valid facts and the brand's own data. And what may only be echoed: the conversation.

A precedent, a voice rule or an earlier post of the brand carries nothing, however well it matches.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from copilot.brand.clock import local_day
from copilot.checks.lexicon import lexicon
from copilot.checks.reader import read
from copilot.checks.terms import Unit, kindred
from copilot.clauses import Clause, clauses, language
from copilot.models import Brand, CheckContext, Evidence, Fact
from copilot.text import stem
from copilot.values import Value, values


@dataclass(frozen=True)
class Ground:
    """One statement that carries claims, read clause by clause."""

    id: str
    text: str
    lang: str
    units: tuple[Unit, ...]
    keys: frozenset[str]
    """Of all its clauses."""
    names: frozenset[str]
    """Keys of the names in it: places, products, people."""
    days: frozenset[int]
    """Weekdays it speaks of."""
    values: tuple[Value, ...]
    own_data: bool = False
    """From brand.yaml, and no fact."""
    stale: str = ""
    """Why it does not hold today; empty when it does."""


@lru_cache(maxsize=8192)
def ground(id: str, text: str, default: str, names: frozenset[str], stale: str = "", own_data: bool = False) -> Ground:
    """Read one statement. Pure in its arguments, so that a brand's facts are read once."""
    lang = language(text, default)
    units = tuple(read(clause.text, lang, names) for clause in clauses(text))
    keys = frozenset(key for unit in units for key in unit.keys)
    found = tuple(value for unit in units for value in unit.values)
    if any(value.kind == "money" for value in found):
        keys |= {"cost"}
    named = frozenset(key for unit in units for key in unit.names)
    days = frozenset(day for unit in units for day in unit.days)
    return Ground(id, text, lang, units, keys, named, days, found, own_data, stale)


_NAME = re.compile(r"\b[A-ZÄÖÜÉ][\w'’&-]*")


@lru_cache(maxsize=4096)
def _capitals(text: str) -> tuple[str, ...]:
    """Capitalised words inside the sentences of an English or French statement: its names."""
    if language(text) == "de":
        return ()
    return tuple(
        match.group().removesuffix("'s").removesuffix("’s").lower()
        for clause in clauses(text)
        for match in _NAME.finditer(clause.text)
        if match.start() > 0 and clause.text[match.start() - 2 : match.start()].strip() not in (".", "!", ":", "?")
    )


def brand_words(brand: Brand) -> tuple[str, ...]:
    """Every name in the brand's own data."""
    return (
        brand.name,
        *(name for product in brand.products for name in (product.name, *product.aliases)),
        *(name for person in brand.people for name in (person.name, person.organisation) if name),
    )


_GENERIC = frozenset({"the", "and", "of", "i", "a", "an", "our", "we", "der", "die", "das", "und"})


def names_of(brand: Brand) -> frozenset[str]:
    """Lower-case words this brand uses as names, with their stems, and "word number" pairs ("lark 2")."""
    return _names(brand_words(brand), tuple(fact.text for fact in brand.facts), tuple(brand.name.lower().split()))


@lru_cache(maxsize=64)
def _names(own: tuple[str, ...], facts: tuple[str, ...], title: tuple[str, ...]) -> frozenset[str]:
    words: set[str] = set()
    for phrase in own:
        tokens = re.findall(r"[^\W_][\w&'’-]*", phrase)
        words |= {
            t.lower()
            for t in tokens
            if t[0].isupper() and not lexicon("en").concept(t) and not lexicon("de").concept(t)
        }
        words |= {f"{a.lower()} {b}" for a, b in pairwise(tokens) if b.isdigit()}
    words |= {word for text in facts for word in _capitals(text) if word not in title}
    words -= _GENERIC
    return frozenset(words | {stem(w, "en") for w in words if " " not in w})


@dataclass(frozen=True)
class Grounds:
    """All that a reply of one context may stand on, and what it may not."""

    valid: tuple[Ground, ...]
    attested: tuple[Ground, ...]
    stale: tuple[Ground, ...]
    """Facts that have expired or do not hold yet."""
    names: frozenset[str]
    people: frozenset[str]
    """Keys of the names of those who speak for the brand."""
    vocabulary: frozenset[str]
    """Keys of everything in `valid`, `attested` and `stale`."""


def grounds(context: CheckContext) -> Grounds:
    """Everything that carries or once carried a claim of this context's brand."""
    brand = context.brand
    names, default = names_of(brand), brand.languages[0]
    day = local_day(brand, context.now)
    valid = [ground(f.id, f.text, default, names) for f in brand.facts if f.valid_on(day)]
    stale = [ground(f.id, f.text, default, names, _why(f, context)) for f in brand.facts if not f.valid_on(day)]
    known = {fact.id for fact in brand.facts}
    for item in context.evidence:
        if item.kind == "fact" and item.id not in known:
            over = item.valid_until is not None and item.valid_until < day
            (stale if over else valid).append(_evidence(item, default, names, over))
    valid += _own_data(brand, default, names)
    attested = tuple(ground(f"attested-{n}", text, default, names) for n, text in enumerate(context.attested))
    vocabulary = frozenset(key for one in (*valid, *stale, *attested) for key in one.keys)
    people = frozenset(stem(word, "en") for p in brand.people for word in (*p.name.split(), p.initials))
    return Grounds(tuple(valid), attested, tuple(stale), names, people, vocabulary)


def _evidence(item: Evidence, default: str, names: frozenset[str], over: bool) -> Ground:
    return ground(item.id, item.text, default, names, f"it was true until {item.valid_until}" if over else "")


def _why(fact: Fact, context: CheckContext) -> str:
    if fact.valid_until is not None and fact.valid_until < local_day(context.brand, context.now):
        return f"it was true until {fact.valid_until}"
    return f"it is not true before {fact.valid_from}"


def _own_data(brand: Brand, default: str, names: frozenset[str]) -> list[Ground]:
    """brand.yaml as statements: who we are, what we sell, who speaks, when somebody answers."""
    lines = [("brand", f"{brand.name}. {brand.about}".strip())]
    lines += [("product", f"{brand.name}: {p.name}, {', '.join(p.aliases)}.") for p in brand.products]
    lines += [
        (
            f"person-{p.id}",
            ", ".join([f"{p.name} {p.initials}", p.title or p.relation, p.organisation, brand.name]) + ".",
        )
        for p in brand.people
    ]
    lines += [(f"handle-{n}", f"@{h.handle} {h.handle}") for n, h in enumerate(brand.handles)]
    lines += [(f"link-{n}", link) for n, link in enumerate(brand.links)]
    return [ground(id, text, default, names, own_data=True) for id, text in lines if text]


@dataclass(frozen=True)
class Conversation:
    """What the other side said: theirs to have said, never ours to adopt."""

    text: str
    lang: str
    clauses: tuple[tuple[Clause, Unit], ...]
    keys: frozenset[str]
    words: frozenset[str]
    """Every word of theirs in lower case."""
    mentioned: frozenset[str]
    """Every word that stands in the thread, authors' handles and our own posts included: for names."""
    values: tuple[Value, ...]


def conversation(context: CheckContext, known: Grounds) -> Conversation:
    """The mention and the thread's messages that are not the brand's own."""
    said = [m for m in (context.thread.mentions if context.thread else ()) if not m.from_brand]
    if context.mention is not None and all(m.id != context.mention.id for m in said):
        said.append(context.mention)
    text = "\n".join(m.text for m in said)
    spoken = (context.mention.lang if context.mention else None) or context.brand.languages[0]
    lang = language(text, spoken)
    today = local_day(context.brand, context.now).weekday()
    units = tuple((c, kindred(read(c.text, lang, known.names, today), known.vocabulary)) for c in clauses(text))
    ours = [m.text for m in (context.thread.mentions if context.thread else ()) if m.from_brand]
    spoken_of = " ".join([text, *ours, *(m.author for m in said)])
    return Conversation(
        text=text,
        lang=lang,
        clauses=units,
        keys=frozenset(key for _, unit in units for key in unit.keys),
        words=frozenset(re.findall(r"[^\W_]+", text.lower())),
        mentioned=frozenset(re.findall(r"[^\W_]+", spoken_of.lower())),
        values=values(text, today),
    )
