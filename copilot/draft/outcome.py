"""What drafting ends with: a draft, a holding reply, or silence, each with its provenance."""

from collections.abc import Sequence

from copilot.draft.ask import Asker
from copilot.draft.compose import pick
from copilot.draft.plan import playbook, spoken
from copilot.draft.request import Checker, DraftDone, DraftRequest
from copilot.draft.sign import signature
from copilot.models import CheckResult, Draft, Provenance, Sentence
from copilot.prompts import prompt_sha


def holding(
    request: DraftRequest, check: Checker, reason: str, asker: Asker | None = None, *, gap: bool = False
) -> DraftDone:
    """At most a reply that promises nothing but that a person looks at it."""
    book = playbook(request.brand, request.triage.intent)
    lines = list(spoken(book.holding, book.holding_in, request.brand, request.language))
    while lines:
        line = pick(lines, request.mention.id, request.recent_replies)
        mark = signature(request.brand, request.speaker)
        results = check(request.context(f"{line} {mark}".strip()).model_copy(update={"purpose": "holding"}))
        if not any(r.verdict in ("block", "error") for r in results):
            return _abstained(request, (Sentence(text=line, act="hold"),), reason, asker, gap, results)
        lines.remove(line)
    return _abstained(request, (), reason, asker, gap, ())


def _abstained(
    request: DraftRequest,
    sentences: tuple[Sentence, ...],
    reason: str,
    asker: Asker | None,
    gap: bool,
    results: tuple[CheckResult, ...],
) -> DraftDone:
    gaps = (" ".join(request.mention.text.split())[:300],) if gap else ()
    draft = drafted(request, sentences, asker=asker, abstained=True, reason=reason, gaps=gaps, approach="holding")
    return DraftDone(draft=draft, checks=results)


def why(refused: Sequence[CheckResult]) -> str:
    """Why there is no answer, for the person who has to write one."""
    found = "; ".join(f"{r.check}: {r.reason}" for r in refused[:2])
    return f"No wording passed the checks ({found})." if found else "The playbook and the facts give no reply to this."


def drafted(
    request: DraftRequest,
    sentences: Sequence[Sentence],
    *,
    asker: Asker | None = None,
    alternatives: tuple[Draft, ...] = (),
    abstained: bool = False,
    reason: str = "",
    gaps: tuple[str, ...] = (),
    approach: str = "standard",
) -> Draft:
    """A draft of these sentences with its provenance; the asker's calls are kept where it asked."""
    used = tuple(dict.fromkeys(id for s in sentences for id in s.evidence_ids))
    return Draft(
        sentences=tuple(sentences),
        alternatives=alternatives,
        abstained=abstained,
        reason=reason,
        gaps=gaps,
        approach=request.instruction[:60] or approach if not abstained else approach,
        signature=signature(request.brand, request.speaker) if sentences else "",
        provenance=Provenance(
            model=asker.chat.name if asker is not None and asker.calls else "none",
            prompt_sha=prompt_sha(),
            voice_version=request.brand.voice.version,
            knowledge_sha=request.brand.sha,
            evidence_ids=used,
            settings={
                "seed": request.seed,
                "instruction": request.instruction,
                "previous": [s.model_dump(mode="json") for s in request.previous],
                "recent_replies": list(request.recent_replies),
                "account": request.account,
                "gloss": request.gloss,
            },
            calls=tuple(asker.calls) if asker is not None else (),
            created_at=request.now,
        ),
    )
