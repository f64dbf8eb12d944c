"""What went wrong with a chat model, whichever library said it, in one message that says what to do."""

import json
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any, Literal, NamedTuple

from copilot.adapters.chat.bounds import BrokeOff, OutOfTime, TooMuch, WebPage
from copilot.errors import ModelError

Kind = Literal[
    "key", "missing", "rate", "server", "timeout", "unreachable", "page", "big", "rejected", "broken", "unknown"
]
_OURS: dict[type[BaseException], Kind] = {OutOfTime: "timeout", TooMuch: "big", WebPage: "page", BrokeOff: "broken"}
_BY_STATUS: dict[int, Kind] = {401: "key", 403: "key", 404: "missing", 408: "server", 429: "rate"}


class Unreachable(ModelError):
    """Nobody answers at the address."""


class Failure(NamedTuple):
    """One failed attempt."""

    kind: Kind
    detail: str = ""
    status: int = 0
    wait: float | None = None
    """Seconds the service asks to wait."""
    param: str = ""
    """The parameter it does not take."""

    @property
    def passing(self) -> bool:
        """Whether trying again may help."""
        return self.kind in ("rate", "server", "broken") and "insufficient_quota" not in self.detail


class Hints(NamedTuple):
    """Who is talked about in messages, and what the user can change."""

    who: str
    key: str
    address: str
    model: str = "Check the model's name."


def classify(error: BaseException) -> Failure:
    """Look through an exception and its causes; works by shape, so that no vendor library is imported."""
    chain = list(_chain(error))
    for e in chain:
        if (kind := _OURS.get(type(e))) is not None:
            return Failure(kind, str(e))
    for e in chain:
        status = getattr(e, "status_code", None) or getattr(getattr(e, "response", None), "status_code", None)
        if isinstance(status, int):
            return _of_status(e, status)
    names = " ".join(type(e).__name__ for e in chain)
    detail = _detail(chain[-1])
    if "ConnectTimeout" in names or "ConnectError" in names or "ConnectionRefused" in names:
        return Failure("unreachable", detail)
    if "Timeout" in names:
        return Failure("timeout", detail)
    if any(part in names for part in ("ReadError", "WriteError", "RemoteProtocol", "Connection", "Decode")):
        return Failure("broken", detail)
    return Failure("unknown", f"{type(error).__name__}: {_detail(error)}")


def explain(failure: Failure, hints: Hints, model: str, timeout: float, attempts: int) -> ModelError:
    """The error for the user."""
    http = f"HTTP {failure.status}" + (f": {failure.detail}" if failure.detail else "")
    asks = f"; it asks to wait {failure.wait:.0f} s" if failure.wait else ""
    times = f" {attempts} times" if attempts > 1 else ""
    text = {
        "key": f"{hints.who} refuses the key (HTTP {failure.status}). {hints.key}",
        "missing": f"{hints.who} does not know the model '{model}', or has no chat at this address ({http}). "
        f"{hints.model} {hints.address}",
        "rate": f"{hints.who} takes no more requests now ({http}){asks}. Try again later.",
        "server": f"{hints.who} failed{times} ({http}). Try again later.",
        "timeout": f"{hints.who} gave no complete answer within {timeout:.0f} s. Try again, use a faster model, or "
        "raise CANDOR_MODEL_TIMEOUT.",
        "unreachable": f"{hints.who} cannot be reached ({failure.detail}). {hints.address}",
        "page": f"{hints.who} answers with a web page, not with a chat API. {hints.address}",
        "big": f"{hints.who} sent far more than a reply; it was dropped. Try again, or use another model.",
        "rejected": f"{hints.who} refuses the request ({http}).",
        "broken": f"The answer of {hints.who} broke off{times} ({failure.detail}). Try again.",
        "unknown": f"{hints.who} could not answer ({failure.detail}).",
    }[failure.kind]
    return Unreachable(text) if failure.kind == "unreachable" else ModelError(text)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _of_status(error: BaseException, status: int) -> Failure:
    kind: Kind = _BY_STATUS.get(status) or ("server" if status >= 500 else "rejected")
    headers: Any = getattr(getattr(error, "response", None), "headers", {})
    param = getattr(error, "param", None)
    return Failure(kind, _detail(error), status, _retry_after(headers), param if isinstance(param, str) else "")


def _retry_after(headers: Any) -> float | None:
    """Seconds from a Retry-After header: a number, or a date measured against the answer's own date."""
    value = headers.get("retry-after", "")
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        seconds = (parsedate_to_datetime(value) - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
    except (ValueError, TypeError):
        return None
    return max(0.0, seconds)


def _detail(error: BaseException) -> str:
    """The service's own words, on one line, cut."""
    body: Any = getattr(error, "body", None)
    if isinstance(body, dict):
        said: Any = body.get("message") or body.get("error") or body  # type: ignore[reportUnknownMemberType]
        text = said if isinstance(said, str) else json.dumps(said, default=str)
        code: Any = body.get("code")  # type: ignore[reportUnknownMemberType]
        text = f"{text} [{code}]" if isinstance(code, str) else text
    else:
        text = str(error) or type(error).__name__
    return " ".join(text.split())[:200]
