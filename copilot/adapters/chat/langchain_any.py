"""Any chat model LangChain knows, by its ``provider:model`` name."""

import contextvars
import json
import queue
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from copilot.adapters.chat.answer import Answer, Messages, in_words, within
from copilot.adapters.chat.bounds import Breaker, Deadline, OutOfTime
from copilot.adapters.chat.call import Question, Service, converse
from copilot.adapters.chat.failures import Hints
from copilot.errors import InputError
from copilot.models import ModelCall

_TITLE = "answer"


class LangChainChat:
    """A model of any LangChain provider. Its package has to be installed; its key is read by that package."""

    def __init__(
        self,
        model: str,
        *,
        remote: bool = True,
        timeout: float = 120.0,
        build: Callable[..., Any] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the name; nothing is loaded or sent.

        Args:
            model: ``provider:name``, for example ``anthropic:claude-sonnet-4-5``.
            remote: Whether texts leave this machine.
            timeout: Seconds one call may take in all, retries included.
            build: Makes a LangChain chat model of `model` and its parameters; by default `init_chat_model`.
            clock: For tests.
            sleep: For tests.
        """
        self.name = model
        self.remote = remote
        self._build = build or _init
        provider = model.partition(":")[0]
        hints = Hints(
            who=model,
            key=f"Set the key that the provider '{provider}' wants (usually {provider.upper()}_API_KEY).",
            address="Check CANDOR_MODEL, the provider's own settings, and the network.",
            model="Check CANDOR_MODEL.",
        )
        self._service = Service(model, hints, timeout, Breaker(clock=clock), clock, sleep)
        self._built: dict[tuple[int, float], Any] = {}

    def complete(
        self,
        messages: Messages,
        *,
        schema: Mapping[str, Any] | None = None,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> ModelCall:
        """Answer `messages`; with `schema` the answer is JSON of it. Providers differ, so `seed` is only recorded.

        Raises:
            InputError: the provider's package is not installed; says which.
            ModelError: no usable answer within the deadline.
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
        """As `complete`, yielding pieces as they come (none with a schema) and the whole `ModelCall` last."""
        return self._run(messages, schema, max_tokens, temperature, seed, streaming=schema is None)

    def close(self) -> None:
        """Forget what was built; the next call builds it again."""
        self._built.clear()

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
        sent = [dict(message) for message in messages]

        def record(tokens: int) -> dict[str, Any]:
            params = {"max_tokens": tokens, "temperature": temperature, "seed": seed}
            return {"model": self.name, "messages": sent, "schema": schema and dict(schema), "params": params}

        def ask(question: Question) -> Iterator[str | Answer]:
            llm = self._llm(question.max_tokens, temperature)
            if schema is not None:
                attempt = _structured(llm, sent, schema)
            elif question.streaming:
                attempt = _pieces(llm, sent)
            else:
                attempt = _whole(llm, sent)
            return _in_time(attempt, question.deadline)

        return converse(self._service, ask, record, schema, max_tokens, streaming=streaming)

    def _llm(self, max_tokens: int, temperature: float) -> Any:
        key = (max_tokens, temperature)
        if key not in self._built:
            self._built[key] = self._build(
                self.name,
                max_tokens=max_tokens,
                temperature=temperature,
                timeout=self._service.timeout,
                max_retries=0,
            )
        return self._built[key]


def _init(model: str, **params: Any) -> Any:
    from langchain.chat_models import init_chat_model

    build: Callable[..., Any] = init_chat_model
    try:
        return build(model, **params)
    except ImportError as error:
        found = re.search(r"pip install (?:-U )?['\"]?([A-Za-z0-9_.\[\]-]+)", str(error))
        package = found.group(1) if found else f"langchain-{model.partition(':')[0]}"
        raise InputError(
            f"The model '{model}' needs a package that is not installed; run: pip install {package}"
        ) from error
    except ValueError as error:
        raise InputError(f"CANDOR_MODEL: '{model}' is no model LangChain knows ({str(error)[:300]})") from error


def _answer(message: Any) -> Answer:
    usage: Any = getattr(message, "usage_metadata", None) or {}
    meta: Any = getattr(message, "response_metadata", None) or {}
    finish = str(meta.get("finish_reason") or meta.get("stop_reason") or "stop")
    finish = "length" if finish.lower() in ("length", "max_tokens") else finish
    return Answer(within(str(message.text)), finish, usage.get("input_tokens", 0), usage.get("output_tokens", 0))


def _whole(llm: Any, sent: list[dict[str, str]]) -> Iterator[str | Answer]:
    yield _answer(llm.invoke(sent))


def _pieces(llm: Any, sent: list[dict[str, str]]) -> Iterator[str | Answer]:
    whole: Any = None
    for chunk in llm.stream(sent):
        whole = chunk if whole is None else whole + chunk
        within(str(whole.text))
        if piece := str(chunk.text):
            yield piece
    if whole is not None:
        yield _answer(whole)


def _structured(llm: Any, sent: list[dict[str, str]], schema: Mapping[str, Any]) -> Iterator[str | Answer]:
    """By the provider's own way to structured output; in words where it has none."""
    try:
        bound = llm.with_structured_output({"title": _TITLE, **schema}, include_raw=True)
    except NotImplementedError:
        yield _answer(llm.invoke(in_words(sent, schema)))
        return
    result: Any = bound.invoke(sent)
    answer = _answer(result["raw"])
    if result["parsed"] is not None:
        answer = answer._replace(text=json.dumps(result["parsed"], ensure_ascii=False))
    yield answer


def _in_time(attempt: Iterator[str | Answer], deadline: Deadline) -> Iterator[str | Answer]:
    """Run a provider's own code on a thread that nobody waits for after the deadline."""
    out: queue.SimpleQueue[str | Answer | BaseException | None] = queue.SimpleQueue()
    stopped = threading.Event()

    def pump() -> None:
        try:
            for piece in attempt:
                out.put(piece)
                if stopped.is_set():
                    return
            out.put(None)
        except BaseException as error:
            out.put(error)

    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(pump,), name="chat model", daemon=True).start()
    try:
        while True:
            try:
                piece = out.get(timeout=deadline.left)
            except queue.Empty:
                raise OutOfTime from None
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        stopped.set()
