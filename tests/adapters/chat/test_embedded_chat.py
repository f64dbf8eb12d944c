import json
from typing import Any

import pytest

from copilot.adapters.chat import EmbeddedChat
from copilot.adapters.embedded import Endpoint, ensure_server
from copilot.adapters.embedded.rendezvous import Running
from copilot.adapters.model_store import CHAT_MODEL, ModelStore
from copilot.errors import InputError, ModelError
from copilot.models import ModelCall

ASK = [{"role": "system", "content": "Answer briefly."}, {"role": "user", "content": "What is the capital of France?"}]
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "sure": {"enum": ["yes", "no"]}},
    "required": ["city", "sure"],
    "additionalProperties": False,
}


class Claim:
    def __init__(self) -> None:
        self.left = 0

    def leave(self) -> None:
        self.left += 1


class Servers:
    """Endpoints in turn, as `ensure_server` gives them."""

    def __init__(self, *urls: str) -> None:
        self.urls = list(urls)
        self.claims: list[Claim] = []

    def connect(self) -> Endpoint:
        self.claims.append(Claim())
        return Endpoint(Running(f"{self.urls.pop(0)}/v1", "key", 0, "tiny"), self.claims[-1])  # type: ignore[arg-type]


def test_the_server_is_joined_with_the_first_call_and_left_on_close(web, say) -> None:
    servers = Servers(web.url)
    chat = EmbeddedChat(servers.connect, "tiny")
    assert (chat.name, chat.remote, servers.claims) == ("embedded:tiny", False, [])
    web.answers = [say.text("Paris."), say.text("Paris."), say.text("Paris")]
    assert chat.complete(ASK).response == "Paris."
    assert chat.complete(ASK, seed=2).request["params"]["seed"] == 2
    assert chat.first_token(ASK) == {}
    assert len(servers.claims) == 1
    chat.close()
    chat.close()
    assert servers.claims[0].left == 1


@pytest.mark.parametrize("streaming", [False, True])
def test_a_server_that_has_gone_is_found_again(web, say, streaming: bool) -> None:
    servers = Servers("http://127.0.0.1:9", web.url)
    chat = EmbeddedChat(servers.connect, "tiny")
    web.answers = [say.events(["Paris."]) if streaming else say.text("Paris.")]
    call = list(chat.stream(ASK))[-1] if streaming else chat.complete(ASK)
    assert isinstance(call, ModelCall)
    assert call.response == "Paris."
    assert [claim.left for claim in servers.claims] == [1, 0]
    chat.close()


def test_a_server_that_stays_away_is_an_error_that_names_the_doctor() -> None:
    chat = EmbeddedChat(Servers("http://127.0.0.1:9", "http://127.0.0.1:9").connect, "tiny")
    with pytest.raises(ModelError, match=r"The embedded model cannot be reached .*candor doctor"):
        chat.complete(ASK)
    chat.close()


@pytest.mark.model
def test_the_real_model_answers_streams_and_keeps_to_a_schema() -> None:
    store = ModelStore()
    try:
        store.path(CHAT_MODEL)
    except InputError as missing:
        pytest.skip(str(missing))
    chat = EmbeddedChat(lambda: ensure_server(store), CHAT_MODEL)
    try:
        assert "Paris" in chat.complete(ASK, max_tokens=20).response
        got = list(chat.stream(ASK, schema=SCHEMA, max_tokens=60))
        assert len(got) > 3
        call = got[-1]
        assert isinstance(call, ModelCall)
        answer = json.loads(call.response)
        assert "Paris" in answer["city"]
        assert set(answer) == {"city", "sure"}
        assert call.input_tokens > 10
        assert call.output_tokens > 3
        yes_no = [{"role": "user", "content": "Is Paris in France? Answer Yes or No."}]
        likely = chat.first_token(yes_no)
        assert likely["Yes"] > likely["No"]
        hot = {"max_tokens": 30, "temperature": 0.9}
        story = [{"role": "user", "content": "Begin a story about a lighthouse."}]
        chat.complete(story, seed=7, **hot)  # from here on the prompt is cached, which costs a little rounding
        assert chat.complete(story, seed=7, **hot).response == chat.complete(story, seed=7, **hot).response
        assert chat.complete(story, seed=8, **hot).response != chat.complete(story, seed=7, **hot).response
        with pytest.raises(ModelError, match=r"The embedded model refuses the request .*context size"):
            chat.complete([{"role": "user", "content": "word " * 6000}])
    finally:
        chat.close()
