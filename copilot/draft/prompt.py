"""Turn a request into messages: a fixed beginning per brand (so that it stays cached), then what differs."""

import re
from collections.abc import Sequence
from typing import Any

from copilot.draft.examples import Example, answer_json
from copilot.draft.plan import Plan
from copilot.draft.request import DraftRequest
from copilot.models import Brand, Evidence, Mention, Sentence
from copilot.prompts import fill

Messages = list[dict[str, str]]
_LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "id": "Indonesian"}
_MAX_MESSAGE = 1200
_VOICE_LINES = 4
_AVOIDED = 14
_LONGEST_SENTENCE = 240


def beginning(brand: Brand, examples: Sequence[Example]) -> Messages:
    """The same for every draft of a brand: who it is, and how it has answered before."""
    system = fill(
        "system",
        name=brand.name,
        about=brand.about,
        voice=" ".join(line.rstrip(".") + "." for line in brand.voice.we_are[:_VOICE_LINES]),
        avoid=", ".join(rule.word for rule in brand.voice.avoid[:_AVOIDED]) or "none",
    )
    messages: Messages = [{"role": "system", "content": system}]
    for one in examples:
        turn = _turn(one.precedent.mention, one.facts, language_name(one.precedent.lang), one.precedent.acts)
        messages += [{"role": "user", "content": turn}, {"role": "assistant", "content": one.answer}]
    return messages


def turn(request: DraftRequest, plan: Plan) -> dict[str, str]:
    """The message that is to be answered now."""
    content = _turn(
        request.mention.text,
        [fact.text for fact in plan.facts],
        language_name(request.language),
        [step.act for step in plan.acts],
        earlier(request),
    )
    return {"role": "user", "content": content}


def repair(request: DraftRequest, plan: Plan, draft: Sequence[Sentence], bad: Sentence, finding: str) -> Messages:
    """What follows a draft when one of its sentences was refused by a check."""
    purpose = next((step.guide for step in plan.acts if step.act == bad.act), bad.act)
    ask = fill("repair", sentence=bad.text, finding=finding, purpose=purpose, language=language_name(request.language))
    return [{"role": "assistant", "content": given(draft, plan.facts)}, {"role": "user", "content": ask}]


def rewrite(request: DraftRequest, plan: Plan) -> Messages:
    """What follows the previous draft when a person wants it otherwise."""
    wish = " ".join(request.instruction.split())[:300]
    ask = fill("rewrite", language=language_name(request.language), instruction=wish)
    return [{"role": "assistant", "content": given(request.previous, plan.facts)}, {"role": "user", "content": ask}]


def given(draft: Sequence[Sentence], facts: Sequence[Evidence]) -> str:
    """A draft as the model would have answered it."""
    number = {fact.id: n for n, fact in enumerate(facts, start=1)}
    return answer_json([(s.act, [number[id] for id in s.evidence_ids if id in number], s.text) for s in draft])


def reply_schema(plan: Plan) -> dict[str, Any]:
    """JSON schema of a reply: sentences with an act of the plan and the numbers of the facts they use."""
    numbers = list(range(1, len(plan.facts) + 1))
    sentence = _object(
        {
            "act": {"type": "string", "enum": list(dict.fromkeys(step.act for step in plan.acts))},
            "facts": {
                "type": "array",
                "items": {"type": "integer", "enum": numbers or [0]},
                "maxItems": min(len(numbers), 3),
            },
            "text": {"type": "string", "maxLength": _LONGEST_SENTENCE},
        }
    )
    most = max(2, len(plan.acts) + 1)
    return _object({"reply": {"type": "array", "minItems": 1, "maxItems": most, "items": sentence}})


def sentence_schema() -> dict[str, Any]:
    """JSON schema of one sentence."""
    return _object({"text": {"type": "string", "maxLength": _LONGEST_SENTENCE}})


def fenced(text: str) -> str:
    """Text from outside, bounded, unable to close its fence or to speak in another role."""
    text = re.sub(r"</?\s*message[^>]*>", "", text, flags=re.IGNORECASE)
    return text.replace("<|", "< |").replace("|>", "| >")[:_MAX_MESSAGE]


def language_name(code: str) -> str:
    """English name of a language."""
    return _LANGUAGES.get(code, code)


def earlier(request: DraftRequest) -> str:
    """The conversation so far, at most its last four messages."""
    before = [m for m in request.thread.mentions if m.created_at < request.mention.created_at][-4:]
    return "".join(f"Earlier, {_who(m)}: {' '.join(fenced(m.text).split())[:300]}\n" for m in before)


def _who(mention: Mention) -> str:
    return "we wrote" if mention.from_brand else "they wrote"


def _turn(text: str, facts: Sequence[str], language: str, acts: Sequence[str], earlier: str = "") -> str:
    numbered = "".join(f"\n{n}. {fact}" for n, fact in enumerate(facts, start=1)) or "none"
    return fill("turn", earlier=earlier, message=fenced(text), facts=numbered, language=language, acts=", ".join(acts))


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
