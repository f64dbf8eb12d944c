"""Find what a reply may stand on: this brand's facts, voice rules and resolved cases, fused by rank."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256

from copilot.brand import local_day
from copilot.models import Brand, Evidence, EvidenceKind, Precedent
from copilot.ports import BrandIndex, Hit, IndexEntry

_RANK_CONSTANT = 60
"""Reciprocal rank fusion, Cormack et al. 2009."""
_DEPTH = 20
"""How deep each ranker is read before fusing."""
_INDEXED: tuple[EvidenceKind, ...] = ("fact", "precedent", "voice")


def index_entries(brand: Brand, precedents: Iterable[Precedent]) -> list[IndexEntry]:
    """What the index of a brand holds: every fact, every voice rule, every accepted precedent, ordered by id."""
    entries = [_entry(f.id, "fact", f.text, f.valid_until, f.source) for f in brand.facts]
    entries += [_entry(r.id, "voice", r.text, None, "voice.md") for r in brand.voice.rules]
    entries += [
        _entry(p.id, "precedent", f"{p.mention}\n{p.situation}", p.valid_until, p.source)
        for p in precedents
        if p.status == "accepted"
    ]
    return sorted(entries, key=lambda entry: entry.id)


def _entry(id: str, kind: EvidenceKind, text: str, valid_until: date | None, source: str) -> IndexEntry:
    sha = sha256("\x1f".join((id, kind, text, str(valid_until), source)).encode()).hexdigest()
    return IndexEntry(id, kind, text, sha, valid_until, source)


def retrieve(
    index: BrandIndex,
    brand: Brand,
    precedents: Iterable[Precedent],
    text: str,
    now: datetime,
    *,
    k: int = 5,
    kinds: Sequence[EvidenceKind] = _INDEXED,
) -> list[Evidence]:
    """Up to `k` pieces of evidence of each kind, nearest first; what is not valid on `now`'s day is left out.

    Args:
        index: The brand's own index.
        brand: Its knowledge; an indexed id that is no longer in it is ignored.
        precedents: Its precedents; only accepted ones are used.
        text: What was asked, in any language; at most its first 2,000 characters are used.
        now: Decides what is valid.
        k: How many of each kind.
        kinds: Which kinds, of ``fact``, ``precedent`` and ``voice``.
    """
    known = _valid(brand, precedents, local_day(brand, now))
    query = text[:2000]
    found: list[Evidence] = []
    for kind in kinds:
        by_meaning = index.by_meaning(query, max(k, _DEPTH), (kind,))
        by_words = index.by_words(query, max(k, _DEPTH), (kind,))
        similarity = {hit.entry.id: hit.score for hit in by_meaning}
        ranked = [(id, score) for id, score in _fuse(by_meaning, by_words) if id in known]
        found += [
            known[id].model_copy(update={"score": score, "similarity": similarity.get(id, 0.0)})
            for id, score in ranked[:k]
        ]
    return sorted(found, key=lambda e: (-e.score, e.id))


def _fuse(*rankings: Sequence[Hit]) -> list[tuple[str, float]]:
    """Reciprocal rank fusion: ids with their fused score, best first, ties by id."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking, start=1):
            scores[hit.entry.id] = scores.get(hit.entry.id, 0.0) + 1 / (_RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _valid(brand: Brand, precedents: Iterable[Precedent], day: date) -> dict[str, Evidence]:
    out: dict[str, Evidence] = {}
    for fact in brand.facts:
        if fact.valid_on(day):
            out[fact.id] = Evidence(
                id=fact.id, kind="fact", text=fact.text, source=fact.source, valid_until=fact.valid_until
            )
    for rule in brand.voice.rules:
        out[rule.id] = Evidence(id=rule.id, kind="voice", text=rule.text, source=f"voice.md:{rule.line}")
    for p in precedents:
        if p.status == "accepted" and not p.superseded_by and (p.valid_until is None or day <= p.valid_until):
            out[p.id] = precedent_evidence(p)
    return out


def precedent_evidence(precedent: Precedent) -> Evidence:
    """A precedent as evidence: what they wrote and how the brand answered."""
    return Evidence(
        id=precedent.id,
        kind="precedent",
        text=f"They wrote: {precedent.mention}\nWe answered: {precedent.reply}",
        source=precedent.situation,
        valid_until=precedent.valid_until,
    )
