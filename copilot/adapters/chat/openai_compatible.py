"""Any endpoint that speaks OpenAI's chat completions, through langchain-openai."""

import time
from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from typing import Any

from copilot.adapters.chat.answer import Answer, Messages, in_words, strict, untraced, within
from copilot.adapters.chat.bounds import DEADLINE, Breaker, BrokeOff, Deadline, http_client
from copilot.adapters.chat.call import Question, Service, converse
from copilot.adapters.chat.endpoint import CONNECT, OPENAI, is_local, openai_hints
from copilot.adapters.chat.failures import Failure, Hints, classify, explain
from copilot.models import ModelCall

_OPTIONAL = ("response_format", "stream_options", "temperature", "seed", "max_tokens")
"""What some services do not take; left out, or said otherwise, once they have said so."""


class OpenAICompatibleChat:
    """A chat model at an OpenAI-compatible address. Vendor libraries are loaded with the first call."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        model: str,
        *,
        name: str = "",
        remote: bool | None = None,
        timeout: float = 120.0,
        hints: Hints | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the address and the key; nothing is sent.

        Args:
            base_url: Up to and with ``/v1``; empty means OpenAI.
            api_key: May be empty where the service wants none.
            model: As the service names it.
            name: For provenance; ``openai:model`` when empty.
            remote: Whether texts leave this machine; told from the address when None.
            timeout: Seconds one call may take in all, retries included.
            hints: What messages advise.
            clock: For tests.
            sleep: For tests.
        """
        self.name = name or f"openai:{model}"
        self.remote = not is_local(base_url) if remote is None else remote
        self._base_url = base_url or OPENAI
        self._api_key = api_key
        self._service = Service(
            model, hints or openai_hints(self._base_url), timeout, Breaker(clock=clock), clock, sleep, self._adapt
        )
        self._refused: set[str] = set()
        self._lock = Lock()
        self._llm: Any = None

    def complete(
        self,
        messages: Messages,
        *,
        schema: Mapping[str, Any] | None = None,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> ModelCall:
        """Answer `messages`; with `schema` the answer is JSON of it.

        Raises:
            ModelError: no usable answer within the deadline; the message says what to do.
        """
        answer = self._run(messages, schema, max_tokens, temperature, seed, streaming=False)
        return next(piece for piece in answer if isinstance(piece, ModelCall))

    def stream(
        self,
        messages: Messages,
        *,
        schema: Mapping[str, Any] | None = None,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str | ModelCall]:
        """As `complete`, yielding pieces of text as they come and the whole `ModelCall` last.

        The `ModelCall` is what counts: where broken JSON was asked for again, its text is not that of the pieces.
        """
        return self._run(messages, schema, max_tokens, temperature, seed, streaming=True)

    def first_token(self, messages: Messages, top: int = 20) -> dict[str, float]:
        """Log-probabilities of the likeliest first tokens of the answer; empty where the service does not tell them.

        Raises:
            ModelError: no answer.
        """
        body = {"max_tokens": 1, "temperature": 0.0, "logprobs": True, "top_logprobs": top}
        try:
            with untraced():
                message: Any = self._client().invoke(list(messages), **self._options(body, self._deadline()))
        except Exception as error:
            service = self._service
            raise explain(classify(error), service.hints, service.model, service.timeout, 1) from error
        told: Any = message.response_metadata.get("logprobs") or {}
        first: list[dict[str, Any]] = told.get("content") or [{}]
        rows: list[dict[str, Any]] = first[0].get("top_logprobs") or []
        return {str(row["token"]): float(row["logprob"]) for row in rows}

    def close(self) -> None:
        """Close connections; the next call opens them again."""
        with self._lock:
            if self._llm is not None:
                self._llm.root_client.close()
                self._llm = None

    def _run(
        self,
        messages: Messages,
        schema: Mapping[str, Any] | None,
        max_tokens: int,
        temperature: float,
        seed: int,
        *,
        streaming: bool,
    ) -> Iterator[str | ModelCall]:
        def params(tokens: int) -> dict[str, Any]:
            wanted: dict[str, Any] = {"max_tokens": tokens, "temperature": temperature, "seed": seed}
            if schema is not None:
                form = {"name": "answer", "schema": dict(schema), "strict": strict(schema)}
                wanted["response_format"] = {"type": "json_schema", "json_schema": form}
            if streaming:
                wanted["stream_options"] = {"include_usage": True}
            return self._taken(wanted)

        def sent() -> list[dict[str, str]]:
            spoken = schema is not None and "response_format" in self._refused
            return in_words(messages, schema) if spoken and schema else [dict(m) for m in messages]

        def record(tokens: int) -> dict[str, Any]:
            said = {
                key: value for key, value in params(tokens).items() if key not in ("response_format", "stream_options")
            }
            return {"model": self._service.model, "messages": sent(), "schema": schema and dict(schema), "params": said}

        def ask(question: Question) -> Iterator[str | Answer]:
            body = params(question.max_tokens)
            if not question.streaming:
                body.pop("stream_options", None)
            options = self._options(body, question.deadline)
            if question.streaming:
                yield from _pieces(self._client().stream(sent(), **options))
            else:
                yield _whole(self._client().invoke(sent(), **options))

        return converse(self._service, ask, record, schema, max_tokens, streaming=streaming)

    def _deadline(self) -> Deadline:
        return Deadline.after(self._service.timeout, self._service.clock)

    def _options(self, body: Mapping[str, Any], deadline: Deadline) -> dict[str, Any]:
        return {"extra_body": dict(body), "extra_headers": {DEADLINE: repr(deadline.at)}}

    def _taken(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """What this service takes of the parameters, under its own names."""
        taken = {key: value for key, value in wanted.items() if key not in self._refused}
        if "max_tokens" in self._refused or (self._base_url == OPENAI and "max_tokens" in taken):
            taken.pop("max_tokens", None)
            taken["max_completion_tokens"] = wanted["max_tokens"]
        return taken

    def _adapt(self, failure: Failure) -> bool:
        """Leave out from now on what the service says it does not take."""
        if failure.kind != "rejected":
            return False
        named = next(
            (o for o in _OPTIONAL if failure.param.startswith(o) or (not failure.param and o in failure.detail)), ""
        )
        if not named or named in self._refused:
            return False
        self._refused.add(named)
        return True

    def _client(self) -> Any:
        with self._lock:
            if self._llm is None:
                from langchain_openai import ChatOpenAI
                from pydantic import SecretStr

                clock = self._service.clock
                self._llm = ChatOpenAI(
                    model=self._service.model,
                    base_url=self._base_url,
                    api_key=SecretStr(self._api_key or "none"),
                    http_client=http_client(local=is_local(self._base_url), connect=CONNECT, clock=clock),
                    openai_proxy="",
                    max_retries=0,
                    use_responses_api=False,
                )
            return self._llm


def _whole(message: Any) -> Answer:
    usage: Any = message.usage_metadata or {}
    finish = str(message.response_metadata.get("finish_reason") or "stop")
    return Answer(within(str(message.text)), finish, usage.get("input_tokens", 0), usage.get("output_tokens", 0))


def _pieces(chunks: Iterator[Any]) -> Iterator[str | Answer]:
    """Text as it comes; an answer whose end never came is none."""
    text, finish, came, went = "", "", 0, 0
    try:
        for chunk in chunks:
            piece = str(chunk.text)
            usage: Any = chunk.usage_metadata or {}
            finish = str(chunk.response_metadata.get("finish_reason") or finish)
            came, went = max(came, usage.get("input_tokens", 0)), max(went, usage.get("output_tokens", 0))
            if piece:
                text = within(text + piece)
                yield piece
    except ValueError as error:  # no chunk at all, or one that is no JSON
        raise BrokeOff(str(error)) from error
    if not finish:
        raise BrokeOff("the stream ended before the answer did")
    yield Answer(text, finish, came, went)
