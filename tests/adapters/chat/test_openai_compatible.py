import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from copilot.adapters.chat import OpenAICompatibleChat, Unreachable, first_model, is_local
from copilot.errors import ModelError
from copilot.models import ModelCall

ASK = [{"role": "system", "content": "Be plain."}, {"role": "user", "content": "Is it open?"}]
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}


class Naps:
    """A sleep that takes no time and is written down."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
def chat(web, naps: Naps) -> Iterator[Callable[..., OpenAICompatibleChat]]:
    made: list[OpenAICompatibleChat] = []

    def make(timeout: float = 20.0, **options: Any) -> OpenAICompatibleChat:
        made.append(OpenAICompatibleChat(f"{web.url}/v1", "sk-planted", "m", timeout=timeout, sleep=naps, **options))
        return made[-1]

    yield make
    for chat in made:
        chat.close()


def sent(web, n: int = -1) -> dict[str, Any]:
    return json.loads(web.bodies[n])


def test_what_is_sent_is_what_is_recorded(web, chat, say) -> None:
    web.answers = [say.text("Yes, until six.")]
    call = chat().complete(ASK, max_tokens=50, temperature=0.3, seed=5)
    assert web.requests[0].path == "/v1/chat/completions"
    assert web.requests[0].headers["Authorization"] == "Bearer sk-planted"
    assert "x-candor-deadline" not in web.requests[0].headers
    body = sent(web)
    assert body["messages"] == ASK == call.request["messages"]
    assert body["model"] == "m" == call.request["model"]
    wanted = {"max_tokens": 50, "temperature": 0.3, "seed": 5}
    assert call.request["params"] == wanted
    assert {key: body[key] for key in wanted} == wanted
    assert call.request["schema"] is None
    assert (call.response, call.input_tokens, call.output_tokens) == ("Yes, until six.", 7, 3)
    assert call.seconds > 0
    assert "sk-planted" not in call.model_dump_json()


def test_a_schema_is_sent_as_json_schema_and_strict_where_it_may_be(web, chat, say) -> None:
    web.answers = [say.text('{"text": "Yes."}')]
    call = chat().complete(ASK, schema=SCHEMA)
    form = sent(web)["response_format"]
    assert form == {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True}}
    assert call.request["schema"] == SCHEMA
    assert json.loads(call.response) == {"text": "Yes."}
    chat().complete(ASK, schema={**SCHEMA, "required": []})
    assert sent(web)["response_format"]["json_schema"]["strict"] is False


def test_a_stream_gives_the_pieces_and_the_whole_last(web, chat, say) -> None:
    web.answers = [say.events(["Yes, ", "until ", "six."])]
    got = list(chat().stream(ASK))
    assert got[:-1] == ["Yes, ", "until ", "six."]
    call = got[-1]
    assert isinstance(call, ModelCall)
    assert (call.response, call.input_tokens, call.output_tokens) == ("Yes, until six.", 7, 3)
    assert sent(web)["stream"] is True
    assert sent(web)["stream_options"] == {"include_usage": True}


def test_pieces_come_before_the_answer_is_complete(web, chat, say) -> None:
    web.answers = [say.events(["Yes, ", "no."], gate=lambda: web.closing.wait(0.01))]
    pieces = chat().stream(ASK)
    assert next(pieces) == "Yes, "
    pieces.close()


def test_name_and_remote_follow_the_address(web, chat) -> None:
    assert (chat().name, chat().remote) == ("openai:m", False)
    there = OpenAICompatibleChat("https://llm.example/v1", "", "big", name="mine:big")
    assert (there.name, there.remote) == ("mine:big", True)
    assert OpenAICompatibleChat("", "k", "gpt").remote
    here = ("http://localhost:1/v1", "http://127.0.0.9", "http://[::1]:8/v1")
    assert all(is_local(url) for url in here)
    assert not any(is_local(url) for url in ("http://10.0.0.1", "https://localhost.example", ""))


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_key_names_the_variable(web, chat, say, status: int) -> None:
    web.answers = [say.error(status, "bad key")]
    with pytest.raises(
        ModelError, match=rf"127\.0\.0\.1:\d+ refuses the key \(HTTP {status}\).*OPENAI_API_KEY"
    ) as error:
        chat().complete(ASK)
    assert "sk-planted" not in str(error.value)
    assert len(web.requests) == 1


def test_an_unreachable_endpoint_names_the_variable_and_the_host(naps: Naps) -> None:
    chat = OpenAICompatibleChat("http://127.0.0.1:9/v1", "k", "m", sleep=naps)
    with pytest.raises(
        Unreachable, match=r"127\.0\.0\.1:9 cannot be reached .*OPENAI_BASE_URL \(http://127\.0\.0\.1:9/v1"
    ):
        chat.complete(ASK)
    chat.close()
    assert naps.taken == []


def test_an_unknown_model_is_said(web, chat, say) -> None:
    web.answers = [say.error(404, "no such model")]
    with pytest.raises(ModelError, match=r"does not know the model 'm'.*OPENAI_MODEL.*OPENAI_BASE_URL"):
        chat().complete(ASK)


def test_no_answer_within_the_deadline_is_said(web, chat) -> None:
    web.answers = [lambda request: web.closing.wait()]
    with pytest.raises(ModelError, match=r"no complete answer within 0 s.*CANDOR_MODEL_TIMEOUT"):
        chat(timeout=0.3).complete(ASK)


@pytest.mark.parametrize("streaming", [False, True])
def test_one_byte_at_a_time_ends_at_the_total_deadline(web, chat, say, streaming: bool) -> None:
    def trickle(request) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/event-stream" if streaming else "application/json")
        request.send_header("Content-Length", "100000")
        request.end_headers()
        while not web.closing.wait(0.02):
            request.wfile.write(b" ")
            request.wfile.flush()

    web.answers = [trickle]
    with pytest.raises(ModelError, match="no complete answer within"):
        list(chat(timeout=0.5).stream(ASK)) if streaming else chat(timeout=0.5).complete(ASK)


def test_a_slow_stream_of_good_pieces_ends_at_the_total_deadline(web, chat, say) -> None:
    web.answers = [say.events(["la "] * 100_000, gate=lambda: web.closing.wait(0.02))]
    got: list[Any] = []
    with pytest.raises(ModelError, match="no complete answer within"):
        for piece in chat(timeout=0.5).stream(ASK):
            got.append(piece)
    assert got
    assert all(isinstance(piece, str) for piece in got)


def test_429_waits_as_long_as_it_is_told(web, chat, say, naps: Naps) -> None:
    web.answers = [say.error(429, Retry_After="7"), say.text("Yes.")]
    assert chat().complete(ASK).response == "Yes."
    assert naps.taken == [7.0]


def test_429_with_a_date_waits_until_then(web, chat, say, naps: Naps) -> None:
    date = {"Date": "Wed, 21 Oct 2026 07:28:00 GMT", "Retry_After": "Wed, 21 Oct 2026 07:28:04 GMT"}

    def answer(request) -> None:
        request.date_time_string = lambda timestamp=None: date["Date"]
        say.error(429, Retry_After=date["Retry_After"])(request)

    web.answers = [answer, say.text("Yes.")]
    chat().complete(ASK)
    assert naps.taken == [4.0]


def test_429_that_asks_for_more_than_the_deadline_is_an_error_at_once(web, chat, say, naps: Naps) -> None:
    web.answers = [say.error(429, "slow down", Retry_After="600")]
    with pytest.raises(ModelError, match=r"takes no more requests now \(HTTP 429: slow down .*it asks to wait 600 s"):
        chat().complete(ASK)
    assert naps.taken == []
    assert len(web.requests) == 1


def test_no_quota_left_is_not_tried_again(web, chat, say) -> None:
    web.answers = [say.error(429, "You exceeded your quota", code="insufficient_quota")]
    with pytest.raises(ModelError, match="exceeded your quota"):
        chat().complete(ASK)
    assert len(web.requests) == 1


def test_server_errors_are_tried_three_times_in_all(web, chat, say, naps: Naps) -> None:
    web.answers = [say.error(503), say.error(500), say.text("Yes.")]
    assert chat().complete(ASK).response == "Yes."
    assert naps.taken == [0.5, 1.0]
    web.answers = [say.error(502, "bad gateway")]
    web.requests.clear()
    with pytest.raises(ModelError, match=r"failed 3 times \(HTTP 502: bad gateway"):
        chat().complete(ASK)
    assert len(web.requests) == 3


def test_a_storm_of_server_errors_opens_the_breaker_which_says_so_and_closes_again(web, chat, say) -> None:
    now = [1000.0]
    ours = chat(clock=lambda: now[0])
    web.answers = [say.error(500)]
    for _ in range(3):
        with pytest.raises(ModelError, match="failed 3 times"):
            ours.complete(ASK)
    asked = len(web.requests)
    with pytest.raises(ModelError, match="failed several times in a row; not asked again for 30 s"):
        ours.complete(ASK)
    assert len(web.requests) == asked
    now[0] += 31
    web.answers = [say.text("Yes.")]
    assert ours.complete(ASK).response == "Yes."
    assert ours.complete(ASK).response == "Yes."


def test_a_web_page_with_status_200_is_said(web, chat, say) -> None:
    web.answers = [say.raw(b"<html>Welcome</html>", kind="text/html; charset=utf-8")]
    for act in (lambda: chat().complete(ASK), lambda: list(chat().stream(ASK))):
        with pytest.raises(ModelError, match=r"answers with a web page.*OPENAI_BASE_URL"):
            act()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"choices": []}', b"null", b'{"choices": [{}]}'])
def test_an_answer_that_is_no_completion_is_one_clear_error(web, chat, say, body: bytes) -> None:
    web.answers = [say.raw(body)]
    with pytest.raises(ModelError, match=r"127\.0\.0\.1"):
        chat().complete(ASK)


def test_an_empty_answer_is_said(web, chat, say) -> None:
    web.answers = [say.text("  \n")]
    with pytest.raises(ModelError, match="answered with nothing"):
        chat().complete(ASK)


def test_cut_json_is_asked_for_once_more_with_more_room(web, chat, say) -> None:
    web.answers = [say.text('{"text": "Ye', "length"), say.text('{"text": "Yes."}')]
    call = chat().complete(ASK, schema=SCHEMA, max_tokens=10)
    assert json.loads(call.response) == {"text": "Yes."}
    assert [sent(web, n)["max_tokens"] for n in (0, 1)] == [10, 84]
    assert call.request["params"]["max_tokens"] == 84


def test_json_that_stays_cut_is_an_error(web, chat, say) -> None:
    web.answers = [say.text('{"text": "Ye', "length")]
    with pytest.raises(ModelError, match="cut off, broken JSON; try again or write it yourself"):
        chat().complete(ASK, schema=SCHEMA)
    assert len(web.requests) == 2


def test_a_streamed_answer_with_cut_json_is_repaired_in_the_last_piece(web, chat, say) -> None:
    web.answers = [say.events(['{"text": ', '"Ye'], finish="length"), say.text('{"text": "Yes."}')]
    got = list(chat().stream(ASK, schema=SCHEMA))
    assert got[:-1] == ['{"text": ', '"Ye']
    assert json.loads(got[-1].response) == {"text": "Yes."}


def test_json_in_a_code_fence_is_taken(web, chat, say) -> None:
    web.answers = [say.text('```json\n{"text": "Yes."}\n```')]
    assert json.loads(chat().complete(ASK, schema=SCHEMA).response) == {"text": "Yes."}


def test_endless_output_is_dropped(web, chat, say) -> None:
    web.answers = [say.text("la " * 40_000)]
    with pytest.raises(ModelError, match="far more than a reply"):
        chat().complete(ASK)
    web.answers = [say.events(["la " * 1000] * 100)]
    with pytest.raises(ModelError, match="far more than a reply"):
        list(chat().stream(ASK))


def test_ten_megabytes_are_not_even_read(web, chat, say) -> None:
    def flood(request) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.end_headers()
        request.close_connection = True
        while not web.closing.is_set():
            request.wfile.write(b" " * 1_000_000)

    web.answers = [flood]
    with pytest.raises(ModelError, match="far more than a reply"):
        chat().complete(ASK)


def test_a_stream_cut_inside_a_character_gives_no_answer(web, chat, say) -> None:
    web.answers = [say.events(["Yes, the caf", None])]
    got: list[Any] = []
    with pytest.raises(ModelError, match="broke off"):
        for piece in chat().stream(ASK):
            got.append(piece)
    assert got == ["Yes, the caf"]


def test_a_stream_that_just_ends_gives_no_answer(web, chat, say) -> None:
    web.answers = [say.events(["Yes, the"], finish=None, done=False)]
    with pytest.raises(ModelError, match="broke off"):
        list(chat().stream(ASK))


def test_a_stream_that_fails_before_its_first_piece_is_tried_again(web, chat, say) -> None:
    web.answers = [say.error(503), say.events([], finish=None, done=False), say.events(["Yes."])]
    assert list(chat().stream(ASK))[:-1] == ["Yes."]


def test_a_connection_that_breaks_off_is_tried_again(web, chat, say) -> None:
    def broken(request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "500")
        request.end_headers()
        request.wfile.write(b'{"choi')
        request.close_connection = True

    web.answers = [broken, say.text("Yes.")]
    assert chat().complete(ASK).response == "Yes."


@pytest.mark.parametrize("name", ["temperature", "seed", "stream_options"])
def test_a_parameter_the_service_does_not_take_is_left_out_from_then_on(web, chat, say, name: str) -> None:
    web.answers = [say.error(400, f"Unsupported parameter: '{name}'", param=name), say.events(["Yes."])]
    ours = chat()
    assert list(ours.stream(ASK))[:-1] == ["Yes."]
    assert name in sent(web, 0)
    assert name not in sent(web, 1)
    list(ours.stream(ASK))
    assert len(web.requests) == 3


def test_max_tokens_gets_its_new_name_where_the_old_one_is_refused(web, chat, say) -> None:
    message = (
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    )
    web.answers = [say.error(400, message, param="max_tokens"), say.text("Yes.")]
    call = chat().complete(ASK, max_tokens=9)
    assert sent(web)["max_completion_tokens"] == 9 == call.request["params"]["max_completion_tokens"]
    assert "max_tokens" not in sent(web)


def test_where_no_schema_is_taken_it_is_asked_for_in_words(web, chat, say) -> None:
    web.answers = [say.error(400, "response_format json_schema is unavailable"), say.text('{"text": "Yes."}')]
    call = chat().complete(ASK, schema=SCHEMA)
    body = sent(web)
    assert "response_format" not in body
    assert body["messages"][0]["content"].startswith("Be plain.\n\nAnswer with one JSON document")
    assert call.request["messages"] == body["messages"]
    assert call.request["schema"] == SCHEMA


def test_another_refusal_is_passed_on_in_the_services_words(web, chat, say) -> None:
    web.answers = [say.error(400, "the prompt is too long")]
    with pytest.raises(ModelError, match=r"refuses the request \(HTTP 400: the prompt is too long"):
        chat().complete(ASK)


def test_first_token_gives_log_probabilities(web, chat, say) -> None:
    rows = [{"token": "Yes", "logprob": -0.1, "bytes": None}, {"token": "No", "logprob": -2.5, "bytes": None}]
    told = {"content": [{"token": "Yes", "logprob": -0.1, "bytes": None, "top_logprobs": rows}]}
    web.answers = [say.text("Yes", logprobs=told), say.text("Yes")]
    assert chat().first_token(ASK, 2) == {"Yes": -0.1, "No": -2.5}
    assert (sent(web)["max_tokens"], sent(web)["top_logprobs"]) == (1, 2)
    assert chat().first_token(ASK) == {}


def test_no_proxy_is_used_on_this_machine(web, chat, say, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    web.answers = [say.text("Yes.")]
    assert chat().complete(ASK).response == "Yes."


def test_the_first_model_listed_is_found(web, say) -> None:
    web.answers = [say.json({"data": [{"id": "one"}, {"id": "two"}]}), say.json({"data": []}), say.error(401)]
    assert first_model(f"{web.url}/v1", "k") == "one"
    assert web.requests[0].path == "/v1/models"
    with pytest.raises(ModelError, match="lists no models"):
        first_model(f"{web.url}/v1/", "k")
    with pytest.raises(ModelError, match="OPENAI_API_KEY"):
        first_model(f"{web.url}/v1", "k")
    with pytest.raises(Unreachable, match="OPENAI_BASE_URL"):
        first_model("http://127.0.0.1:9/v1", "k")


@pytest.mark.parametrize("streaming", [False, True])
def test_texts_are_not_traced_to_langsmith(web, chat, say, streaming: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    from langchain_core.tracers.langchain import wait_for_all_tracers
    from langsmith.utils import get_env_var

    for name, value in {"TRACING": "true", "ENDPOINT": f"{web.url}/traces", "API_KEY": "k"}.items():
        monkeypatch.setenv(f"LANGSMITH_{name}", value)
    get_env_var.cache_clear()
    try:
        web.answers = [say.events(["Yes."]) if streaming else say.text("Yes.")]
        list(chat().stream(ASK)) if streaming else chat().complete(ASK)
        chat().first_token(ASK) if not streaming else None
        wait_for_all_tracers()
    finally:
        monkeypatch.undo()
        get_env_var.cache_clear()
    assert {request.path for request in web.requests} == {"/v1/chat/completions"}
