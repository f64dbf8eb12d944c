"""Show the model how this brand answers: its own precedents as finished turns.

A small model follows examples far better than rules, and a fixed beginning stays in its cache: the choice depends on
the brand's knowledge alone, so it is the same for every draft until the knowledge changes.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from copilot.draft.sign import unsigned
from copilot.models import Brand, Intent, Precedent
from copilot.text import sentences

_WANTED: tuple[tuple[Intent, int], ...] = (
    ("question", 3),
    ("complaint", 3),
    ("praise", 1),
    ("mixed", 1),
    ("suggestion", 1),
)
_OTHER_LANGUAGE = 1
_LONGEST = 260
_FACTS = 2


class Example(NamedTuple):
    """One finished turn."""

    precedent: Precedent
    facts: tuple[str, ...]
    answer: str
    """JSON as the model should give it."""


def standing_examples(brand: Brand, precedents: Iterable[Precedent], day: date) -> tuple[Example, ...]:
    """The examples every prompt of this brand starts with."""
    usable = [e for p in precedents if _plain(brand, p) and (e := example(brand, p, day)) is not None]
    usable.sort(key=lambda e: (len(e.answer), e.precedent.id))
    first = brand.languages[0]
    chosen: list[Example] = []
    for intent, most in _WANTED:
        same = [e for e in usable if e.precedent.intent == intent and e.precedent.lang == first]
        chosen += _varied(same, most)
    for lang in brand.languages[1:]:
        chosen += _varied([e for e in usable if e.precedent.lang == lang and e.facts], _OTHER_LANGUAGE)
    return tuple(chosen)


def example(brand: Brand, precedent: Precedent, day: date) -> Example | None:
    """`precedent` as a finished turn; None when it is not accepted, too long, or on facts that no longer hold."""
    if precedent.status != "accepted" or precedent.superseded_by or len(precedent.reply) > _LONGEST:
        return None
    if precedent.valid_until is not None and day > precedent.valid_until:
        return None
    facts = {f.id: f.text for f in brand.facts if f.valid_on(day)}
    if not precedent.acts or any(id not in facts for id in precedent.fact_ids):
        return None
    told = tuple(facts[id] for id in precedent.fact_ids)
    parts = [s.text for s in sentences(unsigned(precedent.reply, brand))]
    return Example(precedent, told, answer_json(_aligned(parts, precedent.acts, told)))


def answer_json(rows: Sequence[tuple[str, Sequence[int], str]]) -> str:
    """(act, fact numbers, text) rows as the JSON the model is asked for."""
    reply = [{"act": act, "facts": list(numbers), "text": text} for act, numbers, text in rows]
    return json.dumps({"reply": reply}, ensure_ascii=False, separators=(",", ":"))


def _plain(brand: Brand, precedent: Precedent) -> bool:
    """Whether it shows the form well: the brand's own voice, few facts, and one sentence an act."""
    speaker = brand.person(precedent.speaker)
    if speaker is None or speaker.relation in ("ambassador", "affiliate") or not precedent.public:
        return False
    count = len(sentences(unsigned(precedent.reply, brand)))
    return len(precedent.fact_ids) <= _FACTS and count == len(precedent.acts) and precedent.intent != "bot_question"


def _aligned(parts: Sequence[str], acts: Sequence[str], facts: Sequence[str]) -> list[tuple[str, list[int], str]]:
    """Give each sentence its act, in order: as many sentences as acts map one to one, otherwise evenly."""
    rows: list[tuple[str, list[int], str]] = []
    for i, text in enumerate(parts):
        act = acts[min(i * len(acts) // len(parts) if len(parts) >= len(acts) else i, len(acts) - 1)]
        rows.append((act, [n for n, fact in enumerate(facts, start=1) if _shares(text, fact)], text))
    return rows


def _shares(sentence: str, fact: str) -> bool:
    """Whether a sentence visibly draws on a fact: three words of four letters or more, or a number."""
    ours, theirs = _tokens(sentence), _tokens(fact)
    return len(ours & theirs) >= 3 or any(any(c.isdigit() for c in t) for t in ours & theirs)


def _tokens(text: str) -> set[str]:
    return {
        t
        for t in (raw.strip(".,;:!?()€$£").lower() for raw in text.split())
        if len(t) >= 4 or any(c.isdigit() for c in t)
    }


def _varied(examples: Sequence[Example], most: int) -> list[Example]:
    """Up to `most`, those with facts and without both shown, spread over the list."""
    with_facts = [e for e in examples if e.facts]
    without = [e for e in examples if not e.facts]
    mixed = [e for pair in zip(with_facts, without, strict=False) for e in pair]
    rest = [e for e in examples if e not in mixed]
    return (mixed + rest)[:most]
