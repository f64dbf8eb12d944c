"""Draft a reply: plan it, have it written sentence by sentence, and let nothing stand that a check refuses."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

from copilot.draft import prompt
from copilot.draft.ask import Asker
from copilot.draft.compose import composed, composed_act
from copilot.draft.examples import Example
from copilot.draft.fit import fits
from copilot.draft.ground import usable_facts
from copilot.draft.outcome import drafted, holding, why
from copilot.draft.plan import FACTUAL_ACTS, NEEDS_FACTS, Plan, make_plan
from copilot.draft.request import Checker, DraftDone, DraftEvent, DraftRequest, SentenceWritten
from copilot.draft.settle import Settler
from copilot.models import Evidence, Intent, Sentence
from copilot.ports import ChatModel

_VERBATIM: frozenset[Intent] = frozenset({"bot_question"})
"""Intents whose answer is never left to a model: it is what the brand decided to say."""
_TOKENS = 260


def write(
    request: DraftRequest, chat: ChatModel | None, check: Checker, examples: Sequence[Example]
) -> Iterator[DraftEvent]:
    """Yield sentences as they come, then the draft.

    Raises:
        ModelError: the model could not answer; what was yielded so far is not a draft.
    """
    triage = request.triage
    if triage.action == "ignore":
        yield DraftDone(draft=drafted(request, (), abstained=True, reason=triage.reason))
        return
    facts = usable_facts(request.brand, request.evidence, triage, request.mention.text, request.gloss)
    if triage.action == "escalate":
        yield holding(request, check, triage.reason)
        return
    if triage.intent in NEEDS_FACTS and not facts and not request.instruction:
        yield holding(request, check, "No fact answers this question.", gap=True)
        return
    plan = make_plan(request.brand, triage, facts, request.language)
    asker = Asker(chat, request.seed) if chat is not None and triage.intent not in _VERBATIM else None
    yield from _answer(request, plan, asker, check, examples)


def _answer(
    request: DraftRequest, plan: Plan, asker: Asker | None, check: Checker, examples: Sequence[Example]
) -> Iterator[DraftEvent]:
    """Settle what the model wrote and what the playbook alone would say; the one with fewer objections comes first."""
    beginning = prompt.beginning(request.brand, examples)
    asked = [*beginning, prompt.turn(request, plan)]
    candidates: list[Settler] = []
    if asker is not None:
        follow = prompt.rewrite(request, plan) if request.instruction and request.previous else []
        streamed = yield from _streamed(asker, [*asked, *follow], plan)
        written = yield from _fitting(request, plan, streamed)
        settler = Settler(request, plan, check, beginning[0]["content"], "standard")
        yield from settler.settle(written, asker, asked)
        candidates.append(settler)
    plain = Settler(request, plan, check, beginning[0]["content"], "plain" if asker else "standard")
    for _ in plain.settle(composed(plan, request.mention.id, request.recent_replies), None, asked):
        pass
    candidates.append(plain)
    usable = [c for c in candidates if not c.refused and not _misses_the_point(request, c.sentences)]
    if not usable:
        refused = next((c.refused for c in candidates if c.refused), ())
        yield holding(request, check, why(refused), asker)
        return
    best, *others = usable if request.instruction else sorted(usable, key=lambda c: c.objections)
    rest = tuple(drafted(request, c.sentences, approach=c.approach) for c in others if c.sentences != best.sentences)
    draft = drafted(request, best.sentences, asker=asker, alternatives=rest, approach=best.approach)
    yield DraftDone(draft=draft, checks=best.results)


def _streamed(asker: Asker, messages: prompt.Messages, plan: Plan) -> Generator[SentenceWritten, None, list[Sentence]]:
    """Yield each sentence once it is whole; return them all."""
    done: list[Sentence] = []
    for answer in asker.stream(messages, prompt.reply_schema(plan), _TOKENS):
        rows: list[Any] = answer.get("reply") or []
        for row in rows[len(done) :]:
            sentence = _sentence(row, plan.facts)
            if sentence is None:
                break
            done.append(sentence)
            yield SentenceWritten(index=len(done) - 1, sentence=sentence)
    return done


def _fitting(
    request: DraftRequest, plan: Plan, sentences: Sequence[Sentence]
) -> Generator[SentenceWritten, None, list[Sentence]]:
    """Put the playbook's line in place of a sentence that does not do its act; leave it out where there is none."""
    kept: list[Sentence] = []
    for index, sentence in enumerate(sentences):
        better: Sentence | None = sentence
        if not fits(sentence, request.mention.text, kept):
            step = next((s for s in plan.acts if s.act == sentence.act), None)
            used = {id for s in kept for id in s.evidence_ids}
            recent = (*request.recent_replies, *(s.text for s in kept))
            better = composed_act(plan, step, request.mention.id, recent, used) if step else None
            yield SentenceWritten(index=index, sentence=better or sentence.model_copy(update={"text": ""}))
        if better is not None:
            kept.append(better)
    return kept


def _sentence(row: Mapping[str, Any], facts: Sequence[Evidence]) -> Sentence | None:
    """A finished row of the answer; None while it is still being written or says nothing."""
    text = " ".join(str(row.get("text", "")).split())
    numbers = [n for n in row.get("facts", ()) if isinstance(n, int)]
    ids = tuple(dict.fromkeys(facts[n - 1].id for n in numbers if 1 <= n <= len(facts)))
    return Sentence(text=text, act=str(row.get("act", "")), evidence_ids=ids) if text else None


def _misses_the_point(request: DraftRequest, sentences: Sequence[Sentence]) -> bool:
    """A question whose answer fell away, or nothing left at all."""
    if not sentences:
        return True
    return request.triage.intent in NEEDS_FACTS and not any(s.act in FACTUAL_ACTS for s in sentences)
