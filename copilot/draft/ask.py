"""Ask the model, keep every call for replay, and let no personal data of a customer leave the machine."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from pydantic_core import from_json

from copilot.errors import ModelError
from copilot.models import ModelCall
from copilot.personal_data import mask_all, restore
from copilot.ports import ChatModel

Message = Mapping[str, str]


class Asker:
    """One drafting's conversation with a model; `calls` holds what was sent (masked, where it was) and answered."""

    def __init__(self, chat: ChatModel, seed: int) -> None:
        """Ask `chat`, every call with the same seed."""
        self.chat = chat
        self.seed = seed
        self.calls: list[ModelCall] = []
        self._hidden: dict[str, str] = {}

    def json(self, messages: Sequence[Message], schema: Mapping[str, Any], max_tokens: int) -> dict[str, Any]:
        """One JSON object.

        Raises:
            ModelError: the model failed, or answered something else.
        """
        answer: dict[str, Any] = {}
        for step in self.stream(messages, schema, max_tokens):
            answer = step
        return answer

    def stream(
        self, messages: Sequence[Message], schema: Mapping[str, Any], max_tokens: int
    ) -> Iterator[dict[str, Any]]:
        """The object as it grows: each yield holds only finished values; the last is the whole."""
        answer = ""
        shown: dict[str, Any] = {}
        pieces = self.chat.stream(self._fit_to_send(messages), schema=schema, max_tokens=max_tokens, seed=self.seed)
        for piece in pieces:
            if isinstance(piece, ModelCall):
                self.calls.append(piece)
                answer = piece.response
                break
            answer += piece
            partial = self._object(answer, whole=False)
            if partial != shown:
                shown = partial
                yield partial
        yield self._object(answer, whole=True)

    def _fit_to_send(self, messages: Sequence[Message]) -> Sequence[Message]:
        """The messages, without personal data when they leave this machine."""
        if not self.chat.remote:
            return messages
        texts, self._hidden = mask_all([m["content"] for m in messages], self._hidden)
        return [{**m, "content": text} for m, text in zip(messages, texts, strict=True)]

    def _object(self, answer: str, *, whole: bool) -> dict[str, Any]:
        try:
            value: Any = from_json(answer, allow_partial=not whole)
        except ValueError:
            if not whole:
                return {}
            raise ModelError(
                f"The model {self.chat.name} did not answer in the form asked for. Draft again, or write it yourself."
            ) from None
        return self._restored(cast("dict[str, Any]", value)) if isinstance(value, dict) else {}

    def _restored(self, value: Any) -> Any:
        """Put what was hidden back into every string."""
        if isinstance(value, str):
            return restore(value, self._hidden)
        if isinstance(value, dict):
            return {k: self._restored(v) for k, v in cast("dict[str, Any]", value).items()}
        if isinstance(value, list):
            return [self._restored(v) for v in cast("list[Any]", value)]
        return value
