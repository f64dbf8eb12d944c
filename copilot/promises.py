"""What a reply promises: found in the text, held against what a speaker may promise, and kept in the register."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from copilot.clauses import Clause, clauses, has_verb, language
from copilot.due import Term, term
from copilot.models import DEFAULT_PROMISE_TERM, Brand, Commitment, CommitmentKind, Person, Promise, Relation, Span
from copilot.text import sentences
from copilot.values import values

KINDS: tuple[CommitmentKind, ...] = (
    "refund", "voucher", "discount", "replacement", "repair", "free_item", "visit", "callback", "investigate",
    "deadline",
)  # fmt: skip
"""In the order in which one clause is read: "a voucher for a new loaf" is a voucher."""
_INSTEAD: dict[CommitmentKind, tuple[CommitmentKind, ...]] = {
    "callback": ("investigate",),
    "investigate": ("callback",),
}
"""Coming back with an answer and looking into it are allowed by either."""


@dataclass(frozen=True)
class FoundCommitment:
    """One commitment in a reply."""

    kind: CommitmentKind
    span: Span
    """The clause that makes it."""
    sentence: str
    amount: Decimal | None = None
    """What is promised, in `unit`."""
    unit: str = ""
    """Currency code, or ``%``."""
    whole: bool = False
    """"In full", "the whole amount": as much as they paid, whatever that was."""
    term: Term | None = None
    done: bool = False
    """It says that it has been done already: it needs authority, but leaves nothing to keep."""
    general: bool = False
    """It may also state a policy ("we refund unopened bags"), which a fact can carry."""


@dataclass(frozen=True)
class _Patterns:
    head: re.Pattern[str]
    offer: re.Pattern[str]
    general: re.Pattern[str]
    alone: dict[CommitmentKind, re.Pattern[str]]
    kinds: dict[CommitmentKind, re.Pattern[str]]


@lru_cache(maxsize=64)
def _patterns(lang: str, names: tuple[str, ...]) -> _Patterns:
    text = files("copilot").joinpath("checks/data/commitments.toml").read_text(encoding="utf-8")
    tables: dict[str, Any] = tomllib.loads(text)
    table = tables.get(lang, tables["en"])
    people = "|".join(re.escape(name) for name in names) or "(?!)"

    def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
        return re.compile("|".join(patterns).replace("NAMES", people), re.IGNORECASE)

    return _Patterns(
        head=any_of(table["head"]),
        offer=any_of(table["offer"]),
        general=any_of(table["general"]),
        alone={kind: any_of(table["alone"][kind]) for kind in KINDS if kind in table["alone"]},
        kinds={kind: re.compile(table["kinds"][kind], re.IGNORECASE) for kind in KINDS},
    )


_NOT = re.compile(
    r"\b(?:not|no longer|never|unable|cannot|neither|nor|nicht|kein\w*|nie|niemals|nichts|pas|ne)\b|n['’]t\b|\bno\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:we|i)(?:['’]ve| have)\b|\b(?:has|have) been\b|\b(?:habe|haben|hat)\b|\bavons\b|"
    r"\b(?:we|i) (?:refunded|replaced|credited|sent|posted|repaired)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:full|fully|in full|whole|entire|everything|all of (?:it|your)|voll\w*|ganze[nrs]?|komplett\w*|gesamte[nrs]?|"
    r"intégral\w*)\b",
    re.I,
)
_ASKED = re.compile(
    r"\b(?:can|could|may|will|would|do|am|kann|könn\w+|bekomm\w+|krieg\w+|darf)\b[^?]{0,20}"
    r"\b(?:i|you|we|ich|ihr|du|wir|sie)\b[^?]*\?",
    re.I,
)
_INSIDE: tuple[Relation, ...] = ("owner", "employee", "agency")
"""Who writes from the brand's own account."""


def commitments(text: str, lang: str | None = None, names: Sequence[str] = ()) -> list[FoundCommitment]:
    """Everything `text` commits its sender to, in order. `names` are people who act for the brand.

    Policies in general terms, refusals, questions and what third parties do are none; an offer ("would you like a
    voucher?") is one, because it can be accepted.
    """
    spoken = lang or language(text)
    patterns = _patterns(spoken if spoken in ("en", "de", "fr") else "en", tuple(names))
    whole = [s.text for s in sentences(text)]
    parts = clauses(text)
    out: list[FoundCommitment] = []
    for clause, after in zip(_carried_on(text, parts), (*parts[1:], None), strict=False):
        later = after.text if after and after.sentence == clause.sentence and _WHEN.match(after.text) else ""
        out += _in_clause(clause, later, whole[clause.sentence], spoken, patterns)
    return out


def _carried_on(text: str, parts: Sequence[Clause]) -> Iterator[Clause]:
    """As in "We owe you: three months for free": a piece without a verb goes on with the clause before it."""
    before: Clause | None = None
    for clause in parts:
        if before and not clause.opens and not has_verb(clause.text):
            clause = replace(clause, start=before.start, text=text[before.start : clause.end])
        yield clause
        before = clause


_WHEN = re.compile(
    r"(?:by|within|until|before|today|tomorrow|tonight|this|next|on|at the latest|bis|innerhalb|heute|morgen|noch|"
    r"spätestens|d['’]ici|avant|demain)\b",
    re.I,
)


def _in_clause(clause: Clause, later: str, sentence: str, lang: str, patterns: _Patterns) -> Iterator[FoundCommitment]:
    when = term(clause.text) or (term(later) if later else None)
    for kind in KINDS:
        alone = patterns.alone.get(kind)
        if alone and not clause.question and alone.search(clause.text):
            yield _found(kind, clause, sentence, general=False, piece=clause.text, when=when)
            return
    heads = patterns.offer if clause.question else patterns.head
    for head, general in ((heads.search(clause.text), False), (patterns.general.search(clause.text), True)):
        if head is None or (general and clause.question):
            continue
        kinds = _kinds(clause.text, head, lang, patterns)
        for kind, piece in kinds:
            yield _found(kind, clause, sentence, (general or _theirs(head)) and kind in _POLICIES, piece, when)
        if kinds:
            return


_AND = re.compile(r"\b(?:and|und|et|plus)\b", re.IGNORECASE)


def _kinds(text: str, head: re.Match[str], lang: str, patterns: _Patterns) -> list[tuple[CommitmentKind, str]]:
    """What is promised after this head, at most one thing between two "and"s, with its piece of the text."""
    start = 0 if lang == "de" else head.start()
    cuts = [start, *(m.start() for m in _AND.finditer(text, head.end())), len(text)]
    found: list[tuple[CommitmentKind, str]] = []
    for begin, end in pairwise(cuts):
        kind = _kind(text[begin:end], text[head.start() : end], lang, patterns)
        if kind and kind not in [k for k, _ in found]:
            found.append((kind, text[begin:end]))
    firm = [one for one in found if one[0] != "deadline"]
    return firm or found


def _kind(piece: str, reach: str, lang: str, patterns: _Patterns) -> CommitmentKind | None:
    """The first kind in this piece, unless the clause denies it."""
    for kind in KINDS:
        match = patterns.kinds[kind].search(piece)
        if match is None or (kind == "deadline" and term(reach) is None):
            continue
        before = reach if lang != "en" else reach[: len(reach) - len(piece) + match.end()]
        if not _NOT.search(before):
            return kind
    return None


_POLICIES = frozenset(KINDS) - {"callback", "investigate", "visit"}


def _theirs(head: re.Match[str]) -> bool:
    """As in "You get …": a promise to them, or what everybody gets."""
    return re.match(r"you|du|ihr|sie|vous|\w+ (?:du|ihr|sie)$", head[0], re.IGNORECASE) is not None


def _found(
    kind: CommitmentKind, clause: Clause, sentence: str, general: bool, piece: str, when: Term | None
) -> FoundCommitment:
    money = [v for v in values(piece) if v.kind in ("money", "percent")]
    largest = max(money, key=lambda v: v.amount or Decimal(0), default=None)
    return FoundCommitment(
        kind=kind,
        span=Span(start=clause.start, end=clause.end, text=clause.text),
        sentence=sentence,
        amount=largest.amount if largest else None,
        unit="%" if largest and largest.kind == "percent" else largest.unit if largest else "",
        whole=bool(_WHOLE.search(clause.text)),
        term=when,
        done=bool(_DONE.search(clause.text)),
        general=general,
    )


_SMALL: frozenset[CommitmentKind] = frozenset({"callback", "investigate", "deadline"})


def requested(question: str, lang: str | None = None) -> tuple[CommitmentKind, ...]:
    """What a customer's question asks the brand to promise: a bare "yes" to it is that promise."""
    spoken = lang or language(question)
    patterns = _patterns(spoken if spoken in ("en", "de", "fr") else "en", ())
    if not _ASKED.search(question):
        return ()
    return tuple(kind for kind in KINDS if kind not in _SMALL and patterns.kinds[kind].search(question))


def allowed(found: FoundCommitment, brand: Brand, speaker: Person | None, now: datetime) -> Commitment | None:
    """The brand's rule that lets this speaker make this commitment, or None.

    Without a speaker, only what everybody who may speak for the brand may promise.
    """
    relations = _who(brand) if speaker is None else (speaker.relation,)
    rules = [c for c in brand.commitments if c.kind in (found.kind, *_INSTEAD.get(found.kind, ()))]
    fitting = [rule for rule in rules if _fits(found, rule, brand, now)]
    if relations and all(any(relation in rule.roles for rule in fitting) for relation in relations):
        return next(rule for rule in fitting if relations[0] in rule.roles)
    return None


def _who(brand: Brand) -> tuple[Relation, ...]:
    present = {p.relation for p in brand.people}
    return tuple(r for r in _INSIDE if r in present) or _INSIDE


def _fits(found: FoundCommitment, rule: Commitment, brand: Brand, now: datetime) -> bool:
    if found.amount is not None and (rule.up_to is None or found.amount > rule.up_to):
        return False
    if found.term is None or found.done:
        return True
    return rule.within_days is None or found.term.days(now, brand) <= rule.within_days


def promises_in(
    text: str, brand: Brand, *, owner: str, now: datetime, case_id: str, outbox_id: str, lang: str | None = None
) -> list[Promise]:
    """Register entries for what `text` leaves to be done: one per commitment, with its due date.

    A commitment that names no time is due after `DEFAULT_PROMISE_TERM`; one that says it is done leaves nothing.
    """
    names = tuple(first for person in brand.people for first in (person.name, person.name.split()[0]))
    open_ones = [c for c in commitments(text, lang, names) if not c.done]
    return [
        Promise(
            id=f"{outbox_id}-p{number}",
            case_id=case_id,
            outbox_id=outbox_id,
            kind=one.kind,
            text=one.sentence,
            owner=owner,
            due=one.term.due(now, brand) if one.term else now + DEFAULT_PROMISE_TERM,
        )
        for number, one in enumerate(open_ones, start=1)
    ]
