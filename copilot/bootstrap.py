"""Settings → Copilot. The only place that chooses adapters; each is made when it is first needed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from copilot.brand import brand_folder, brand_ids, load_brand
from copilot.errors import InputError, KnowledgeError
from copilot.ingest import Ingested, brand_files, ingest, read_brand
from copilot.models import Brand
from copilot.ports import BrandLedger, Channel, ChatModel, Embedder, KnowledgeIndex, Ledger
from copilot.settings import Settings, load_settings

if TYPE_CHECKING:
    from copilot.adapters.embedded import Endpoint
    from copilot.adapters.model_store import ModelStore
    from copilot.pipeline import Desk

OPENAI_MODEL = "gpt-4.1-mini"
"""Asked for at OpenAI when no other is named."""
Say = Callable[[str], None]
"""Takes a line of progress or a warning, for a person."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _quiet(_: str) -> None:
    pass


class Copilot:
    """The whole of Candor for one set of settings: brands, ledger, index, models."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime] = _utc_now,
        say: Say = _quiet,
        chat: ChatModel | None = None,
    ) -> None:
        """Use `settings`; `chat` takes the place of the model they name."""
        self.settings = settings
        self.clock = clock
        self.say = say
        self._given_chat = chat
        self._chats: dict[str, ChatModel | None] = {}
        self._release: list[Callable[[], None]] = []

    @classmethod
    def open(cls, settings: Settings | None = None, say: Say = _quiet) -> Self:
        """With the settings of the environment, unless others are given."""
        return cls(settings or load_settings(), say=say)

    def __enter__(self) -> Self:
        """Use it in a `with`, so that the model's server is let go of."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let go of stores and of the embedded model's server."""
        for release in reversed(self._release):
            release()
        self._release.clear()

    # Brands ----------------------------------------------------------------------------------------------------
    @property
    def knowledge_dir(self) -> Path:
        """Folder with one folder a brand."""
        return self.settings.knowledge_dir.expanduser()

    def brand_ids(self) -> list[str]:
        """Every brand there are files for, sorted."""
        return brand_ids(self.knowledge_dir)

    def files_of(self, brand_id: str, *, dated: bool = True) -> Brand:
        """A brand as its files say, or its last good version with a warning; needs no index and no model.

        Args:
            brand_id: Name of its folder.
            dated: Ask the ledger for the day that relative dates count from; triage does without.

        Raises:
            KnowledgeError: its files cannot be used and no good version was ever ingested.
        """
        anchor = self.clock().date()
        if dated and self._has_ledger():
            snapshot = self.ledger.brand(brand_id).snapshot()
            anchor = snapshot.anchor if snapshot else anchor
        try:
            return read_brand(self.knowledge_dir, brand_id, anchor)[0]
        except KnowledgeError as error:
            return self._last_good(brand_id, error)

    def brand(self, brand_id: str, model: str | None = None) -> "Desk":
        """The desk of a brand; files edited since are read in first, and a bad one leaves the last good version.

        Args:
            brand_id: Name of its folder.
            model: Another model for this desk, as in `Settings.model`.
        """
        from copilot.pipeline import Desk

        brand_folder(self.knowledge_dir, brand_id)
        ledger = self.ledger.brand(brand_id)
        brand = self._current(brand_id, ledger)
        return Desk(
            brand,
            ledger,
            self.index.brand(brand_id),
            lambda: self.chat(model),
            self.clock,
            seed=self.settings.seed,
            hold=timedelta(seconds=self.settings.hold_seconds),
        )

    def ingest(self, brand_id: str, *, rebuild: bool = False) -> Ingested:
        """Read a brand's files into ledger and index; with `rebuild` the index is made from nothing."""
        ledger, index = self.ledger.brand(brand_id), self.index.brand(brand_id)
        return ingest(self.knowledge_dir, brand_id, ledger, index, self.clock(), rebuild=rebuild)

    def _current(self, brand_id: str, ledger: BrandLedger) -> Brand:
        snapshot = ledger.snapshot()
        anchor = snapshot.anchor if snapshot else self.clock().date()
        try:
            brand, _ = read_brand(self.knowledge_dir, brand_id, anchor)
            if snapshot is None or snapshot.sha != brand.sha or ledger.generation() is None:
                done = self.ingest(brand_id)
                self.say(f"Read the knowledge of '{brand_id}': {done.facts} facts, {done.precedents} precedents.")
                return self._snapshot_brand(brand_id, ledger) or brand
            return brand
        except KnowledgeError as error:
            return self._last_good(brand_id, error)

    def _last_good(self, brand_id: str, error: KnowledgeError) -> Brand:
        good = self._snapshot_brand(brand_id, self.ledger.brand(brand_id)) if self._has_ledger() else None
        if good is None:
            raise error
        self.say(f"{error}\nUsing the last good version until this is mended.")
        return good

    def _snapshot_brand(self, brand_id: str, ledger: BrandLedger) -> Brand | None:
        snapshot = ledger.snapshot()
        return load_brand(brand_id, brand_files(snapshot.files), snapshot.anchor) if snapshot else None

    # Adapters --------------------------------------------------------------------------------------------------
    def _has_ledger(self) -> bool:
        """Whether a ledger exists already: light commands make none."""
        return "ledger" in self.__dict__ or bool(self.settings.database_url) or self._ledger_file.is_file()

    @property
    def _ledger_file(self) -> Path:
        return self.settings.data_dir.expanduser() / "candor.sqlite3"

    @cached_property
    def ledger(self) -> Ledger:
        """The store of truth."""
        from copilot.adapters.ledger import open_ledger

        ledger = open_ledger(self.settings.ledger_url)
        self._release.append(ledger.close)
        return ledger

    @cached_property
    def models(self) -> "ModelStore":
        """Files of the embedded models."""
        from copilot.adapters.model_store import ModelStore

        return ModelStore(self.settings.model_dir.expanduser())

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model."""
        from copilot.adapters.embedder import MiniLM

        return MiniLM(self.models)

    @cached_property
    def index(self) -> KnowledgeIndex:
        """The search index."""
        from copilot.adapters.index import ChromaIndex

        index = ChromaIndex(self.settings.index_dir, self.embedder, self.ledger)
        self._release.append(index.close)
        return index

    def chat(self, wish: str | None = None) -> ChatModel | None:
        """The chat model that `wish` or the settings name; None where they say ``none``."""
        if self._given_chat is not None:
            return self._given_chat
        name = self.chat_name(wish)
        if name not in self._chats:
            self._chats[name] = self._make_chat(name)
        return self._chats[name]

    def chat_name(self, wish: str | None = None) -> str:
        """``embedded``, ``none``, ``endpoint`` (the OPENAI_ settings) or ``provider:name``."""
        chosen = (wish or self.settings.model).strip()
        set_up = self.settings.openai_api_key is not None or bool(self.settings.openai_base_url)
        return chosen or ("endpoint" if set_up else "embedded")

    def _make_chat(self, name: str) -> ChatModel | None:
        if name == "none":
            return None
        if name == "embedded":
            return self._embedded()
        if name == "endpoint" or name.startswith("openai:"):
            return self._endpoint(name.partition(":")[2] or self.settings.openai_model)
        if ":" not in name:
            raise InputError(f"'{name}' is no model. Use embedded, none, or provider:name such as openai:gpt-4.1-mini.")
        from copilot.adapters.chat import LangChainChat

        chat = LangChainChat(name, timeout=self.settings.model_timeout)
        self._release.append(chat.close)
        return chat

    def _endpoint(self, model: str) -> ChatModel:
        from copilot.adapters.chat import OpenAICompatibleChat, first_model

        secret = self.settings.openai_api_key
        url, key = self.settings.openai_base_url, secret.get_secret_value() if secret else ""
        if not model:
            model = first_model(url, key) if url else OPENAI_MODEL
        chat = OpenAICompatibleChat(url, key, model, timeout=self.settings.model_timeout)
        self._release.append(chat.close)
        return chat

    def _embedded(self) -> ChatModel:
        from copilot.adapters.chat import EmbeddedChat
        from copilot.adapters.embedded import ensure_server
        from copilot.adapters.model_store import CHAT_MODEL

        self.models.path(CHAT_MODEL)

        def connect() -> "Endpoint":
            self.say("Starting the embedded model …")
            return ensure_server(self.models, idle=self.settings.embedded_idle)

        chat = EmbeddedChat(connect, CHAT_MODEL, timeout=self.settings.model_timeout)
        self._release.append(chat.close)
        return chat

    def channel(self, name: str) -> Channel:
        """Where replies for `name` are published."""
        from copilot.adapters.channels.clipboard import Clipboard

        return Clipboard(name)
