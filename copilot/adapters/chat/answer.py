"""From what a model said to what can be used: one JSON document of the schema, or some text."""

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any, NamedTuple

from copilot.adapters.chat.bounds import MAX_TEXT, TooMuch

Messages = Sequence[Mapping[str, str]]


class Answer(NamedTuple):
    """What came back from one attempt."""

    text: str
    finish: str = "stop"
    """``stop``, ``length`` when it was cut for its length; empty when the service never said it was done."""
    input_tokens: int = 0
    output_tokens: int = 0


class Unusable(Exception):
    """The model answered, but not with something that can be used; the message says why."""


def usable(answer: Answer, schema: Mapping[str, Any] | None) -> str:
    """The text to go on with.

    Raises:
        Unusable: empty, or not the JSON that was asked for.
        TooMuch: longer than any reply.
    """
    within(answer.text)
    text = answer.text.strip()
    if not text:
        raise Unusable("with nothing")
    if schema is None:
        return text
    text = _unfenced(text)
    try:
        json.loads(text)
    except ValueError:
        cut = "cut off, " if answer.finish == "length" else ""
        raise Unusable(f"with {cut}broken JSON") from None
    return text


def within(text: str) -> str:
    """`text`, unless it is longer than any reply."""
    if len(text.encode("utf-8", errors="replace")) > MAX_TEXT:
        raise TooMuch
    return text


def _unfenced(text: str) -> str:
    """Without the code fence some models put around JSON."""
    if text.startswith("```") and text.endswith("```") and "\n" in text:
        return text[text.index("\n") : -3].strip()
    return text


def in_words(messages: Messages, schema: Mapping[str, Any]) -> list[dict[str, str]]:
    """Ask for the schema in the prompt, for services that take none."""
    order = "Answer with one JSON document of this JSON schema and nothing else:\n" + json.dumps(schema)
    copied = [dict(message) for message in messages]
    if copied and copied[0].get("role") == "system":
        copied[0]["content"] = f"{copied[0]['content']}\n\n{order}"
        return copied
    return [{"role": "system", "content": order}, *copied]


def untraced() -> AbstractContextManager[None]:
    """Without LangSmith: an environment set up for tracing other programs must not carry these texts away."""
    langsmith: Any = import_module("langsmith")  # it has no complete types
    return langsmith.tracing_context(enabled=False)


def strict(schema: Any) -> bool:
    """Whether OpenAI takes the schema as strict: every object closed, with all its properties required."""
    if isinstance(schema, list):
        return all(strict(part) for part in schema)  # type: ignore[reportUnknownVariableType]
    if not isinstance(schema, dict):
        return True
    properties: Any = schema.get("properties")  # type: ignore[reportUnknownMemberType]
    if isinstance(properties, dict):
        required: Any = schema.get("required", [])  # type: ignore[reportUnknownMemberType]
        if schema.get("additionalProperties") is not False or set(properties) != set(required):  # type: ignore[reportUnknownMemberType,reportUnknownArgumentType]
            return False
    return all(strict(part) for part in schema.values())  # type: ignore[reportUnknownVariableType,reportUnknownMemberType]
