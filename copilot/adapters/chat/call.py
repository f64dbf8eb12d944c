"""One call to a chat model from the first attempt to a usable answer or one clear error, the same for every library."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from copilot.adapters.chat.answer import Answer, Unusable, untraced, usable
from copilot.adapters.chat.bounds import Breaker, Deadline
from copilot.adapters.chat.failures import Failure, Hints, classify, explain
from copilot.errors import CopilotError, ModelError
from copilot.models import ModelCall

_RETRIES = 2
_PAUSE = 0.5
"""Seconds before the first retry when the service names none; doubled each time."""
_COUNTS = ("server", "timeout", "unreachable", "broken")
"""Failures of the service itself, which open the breaker."""


class Service(NamedTuple):
    """Who is asked, and how patiently."""

    model: str
    hints: Hints
    timeout: float
    breaker: Breaker
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    adapt: Callable[[Failure], bool] = lambda failure: False
    """Change the request so that this failure does not come again; False when nothing can be changed."""


class Question(NamedTuple):
    """One attempt's form."""

    max_tokens: int
    streaming: bool
    deadline: Deadline


Ask = Callable[[Question], Iterator[str | Answer]]
"""Makes one attempt: pieces of text as they come when streaming, the whole `Answer` last."""
Record = Callable[[int], dict[str, Any]]
"""The request as sent with so many tokens."""


def converse(
    service: Service, ask: Ask, record: Record, schema: Mapping[str, Any] | None, max_tokens: int, *, streaming: bool
) -> Iterator[str | ModelCall]:
    """Yield pieces (when streaming), then the `ModelCall`. Broken JSON is asked for once more, with more room.

    Raises:
        ModelError: no usable answer within the service's time.
    """
    if wait := service.breaker.open_for():
        raise ModelError(f"{service.hints.who} failed several times in a row; not asked again for {wait:.0f} s.")
    deadline = Deadline.after(service.timeout, service.clock)
    started = service.clock()
    for repair, tokens in enumerate((max_tokens, 2 * max_tokens + 64)):
        answer = Answer("")
        question = Question(tokens, streaming and not repair, deadline)
        for piece in _persist(service, ask, question):
            if isinstance(piece, Answer):
                answer = piece
            else:
                yield piece
        try:
            text = usable(answer, schema)
        except Unusable as error:
            if repair or schema is None:
                raise ModelError(f"{service.hints.who} answered {error}; try again or write it yourself.") from None
            continue
        except Exception as error:
            raise _failed(service, classify(error), 1) from error
        service.breaker.succeeded()
        yield ModelCall(
            request=record(tokens),
            response=text,
            input_tokens=answer.input_tokens,
            output_tokens=answer.output_tokens,
            seconds=service.clock() - started,
        )
        return


def _persist(service: Service, ask: Ask, question: Question) -> Iterator[str | Answer]:
    """Attempt until one succeeds, as long as nothing has been shown and trying again makes sense."""
    attempts, shown = 0, False
    while True:
        attempts += 1
        try:
            pieces = ask(question)
            with untraced():  # decided with the first piece; it must not stay set between pieces
                piece = next(pieces, None)
            while piece is not None:
                shown = True
                yield piece
                piece = next(pieces, None)
            return
        except CopilotError:
            raise
        except Exception as error:
            failure = classify(error)
            if not shown and service.adapt(failure):
                attempts -= 1
                continue
            pause = _PAUSE * 2 ** (attempts - 1) if failure.wait is None else failure.wait
            if shown or not failure.passing or attempts > _RETRIES or pause >= question.deadline.left:
                raise _failed(service, failure, attempts) from error
            service.sleep(pause)


def _failed(service: Service, failure: Failure, attempts: int) -> ModelError:
    if failure.kind in _COUNTS:
        service.breaker.failed()
    return explain(failure, service.hints, service.model, service.timeout, attempts)
