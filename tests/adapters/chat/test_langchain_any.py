import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field

from copilot.adapters.chat import LangChainChat
from copilot.errors import InputError, ModelError
from copilot.models import ModelCall

ASK = [{"role": "system", "content": "Be plain."}, {"role": "user", "content": "Is it open?"}]
SCHEMA: dict[str, Any] = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}


def traced() -> bool:
    from langsmith.utils import tracing_is_enabled

    return bool(tracing_is_enabled())


class Script(BaseChatModel):
    """A LangChain model of our own: says its lines, in words, and has no structured output."""

    lines: list[str]
    asked: list[Any]
    traced: list[bool] = Field(default_factory=list)
    stop_at: Any = None
    finish: str = "stop"

    @property
    def _llm_type(self) -> str:
        return "script"

    def _message(self, messages: list[BaseMessage]) -> AIMessage:
        self.traced.append(traced())
        self.asked.append(messages)
        line = self.lines.pop(0) if len(self.lines) > 1 else self.lines[0]
        usage = {"input_tokens": 5, "output_tokens": 2, "total_tokens": 7}
        return AIMessage(line, response_metadata={"finish_reason": self.finish}, usage_metadata=usage)  # type: ignore[arg-type]

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        if self.stop_at is not None:
            self.stop_at.wait()
        return ChatResult(generations=[ChatGeneration(message=self._message(messages))])

    def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        for word in self._message(messages).text.split(" "):
            yield ChatGenerationChunk(message=AIMessageChunk(word + " "))
            if self.stop_at is not None:
                self.stop_at.wait()


def scripted(*lines: str, **options: Any) -> tuple[LangChainChat, Script, list[dict[str, Any]]]:
    timeout = options.pop("timeout", 20.0)
    model = Script(lines=list(lines), asked=[], **options)
    built: list[dict[str, Any]] = []

    def build(name: str, **params: Any) -> Script:
        built.append({"name": name, **params})
        return model

    return LangChainChat("script:one", timeout=timeout, build=build, sleep=lambda s: None), model, built


def test_any_langchain_model_answers() -> None:
    chat, model, built = scripted("Yes, until six.")
    call = chat.complete(ASK, max_tokens=40, temperature=0.2, seed=3)
    assert (chat.name, chat.remote) == ("script:one", True)
    assert (call.response, call.input_tokens, call.output_tokens) == ("Yes, until six.", 5, 2)
    assert call.request == {
        "model": "script:one",
        "messages": ASK,
        "schema": None,
        "params": {"max_tokens": 40, "temperature": 0.2, "seed": 3},
    }
    assert [message.content for message in model.asked[0]] == ["Be plain.", "Is it open?"]
    assert built == [{"name": "script:one", "max_tokens": 40, "temperature": 0.2, "timeout": 20.0, "max_retries": 0}]
    chat.complete(ASK, max_tokens=40, temperature=0.2)
    assert len(built) == 1


def test_it_streams() -> None:
    chat, _, _ = scripted("Yes, until six.")
    got = list(chat.stream(ASK))
    assert got[:-1] == ["Yes, ", "until ", "six. "]
    assert isinstance(got[-1], ModelCall)
    assert got[-1].response == "Yes, until six."


def test_without_structured_output_the_schema_is_asked_for_in_words_and_repaired_once() -> None:
    chat, model, _ = scripted('{"text": "Ye', '{"text": "Yes."}')
    call = chat.complete(ASK, schema=SCHEMA, max_tokens=10)
    assert json.loads(call.response) == {"text": "Yes."}
    assert json.dumps(SCHEMA) in model.asked[0][0].content
    assert call.request["params"]["max_tokens"] == 84
    chat, _, _ = scripted("no json at all")
    with pytest.raises(ModelError, match="broken JSON"):
        list(chat.stream(ASK, schema=SCHEMA))


@pytest.mark.parametrize("streaming", [False, True])
def test_a_model_that_hangs_is_left_at_the_deadline(streaming: bool) -> None:
    never = threading.Event()
    chat, _, _ = scripted("Yes, until six.", stop_at=never, timeout=0.3)
    with pytest.raises(ModelError, match="script:one gave no complete answer within"):
        list(chat.stream(ASK)) if streaming else chat.complete(ASK)
    never.set()


def test_endless_and_empty_output_are_errors() -> None:
    for line, message in (("la " * 40_000, "far more than a reply"), (" ", "answered with nothing")):
        for streaming in (False, True):
            chat, _, _ = scripted(line)
            with pytest.raises(ModelError, match=message):
                list(chat.stream(ASK)) if streaming else chat.complete(ASK)


def test_a_failure_of_the_provider_is_one_clear_error() -> None:
    class Denied(Exception):
        status_code = 401

    def build(name: str, **params: Any) -> Any:
        class Refusing(Script):
            def _generate(self, *args: Any, **kwargs: Any) -> ChatResult:
                raise Denied("bad key")

        return Refusing(lines=["x"], asked=[])

    with pytest.raises(ModelError, match=r"script:one refuses the key \(HTTP 401\).*SCRIPT_API_KEY"):
        LangChainChat("script:one", build=build).complete(ASK)


def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(InputError, match=r"'anthropic:claude-x' needs a package .* pip install langchain-anthropic"):
        LangChainChat("anthropic:claude-x").complete(ASK)


def test_an_unknown_provider_is_said() -> None:
    with pytest.raises(InputError, match="CANDOR_MODEL: 'nobody:x' is no model LangChain knows"):
        LangChainChat("nobody:x").complete(ASK)


def test_a_real_provider_package_speaks_to_its_endpoint(web, say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted")
    monkeypatch.setenv("OPENAI_BASE_URL", f"{web.url}/v1")
    web.answers = [say.text("Yes."), say.text('{"text": "Yes."}')]
    chat = LangChainChat("openai:m")
    assert chat.complete(ASK).response == "Yes."
    assert json.loads(chat.complete(ASK, schema=SCHEMA).response) == {"text": "Yes."}
    assert json.loads(web.bodies[1])["response_format"]["json_schema"]["schema"]["properties"] == SCHEMA["properties"]


def test_texts_are_not_traced_to_langsmith(monkeypatch: pytest.MonkeyPatch) -> None:
    from langsmith.utils import get_env_var

    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    get_env_var.cache_clear()
    try:
        assert traced()
        chat, model, _ = scripted("Yes.")
        chat.complete(ASK)
        list(chat.stream(ASK))
        assert model.traced == [False, False]
        assert traced()
    finally:
        monkeypatch.undo()
        get_env_var.cache_clear()
