"""A fake chat model, for speed and determinism only."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from copilot.models import ModelCall


class FakeChat:
    """Answers with what was put in, in order, and remembers what it was asked."""

    def __init__(self, *answers: Any, remote: bool = False) -> None:
        self.name = "fake:model"
        self.remote = remote
        self.answers = [a if isinstance(a, str) else json.dumps(a, ensure_ascii=False) for a in answers]
        self.asked: list[list[dict[str, str]]] = []

    def complete(self, messages: Sequence[Mapping[str, str]], **wishes: Any) -> ModelCall:
        self.asked.append([dict(m) for m in messages])
        return ModelCall(request={"messages": self.asked[-1]}, response=self.answers.pop(0))

    def stream(self, messages: Sequence[Mapping[str, str]], **wishes: Any) -> Iterator[str | ModelCall]:
        call = self.complete(messages)
        for start in range(0, len(call.response), 7):
            yield call.response[start : start + 7]
        yield call


def reply(*rows: tuple[str, Sequence[int], str]) -> dict[str, Any]:
    """A model's answer: (act, fact numbers, sentence) rows."""
    return {"reply": [{"act": act, "facts": list(facts), "text": text} for act, facts, text in rows]}
