"""Settings: environment variables, or a `.env` file in the folder where Candor is started.

Every field stands in `.env.example`; a test compares the two.
"""

from pathlib import Path

from platformdirs import user_cache_path, user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from copilot.errors import InputError


class Settings(BaseSettings):
    """What can be set; the defaults work without any of it."""

    model_config = SettingsConfigDict(
        env_prefix="CANDOR_",
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        env_ignore_empty=True,
        frozen=True,
    )

    knowledge_dir: Path = Path("knowledge")
    """Folder with one folder a brand."""
    data_dir: Path = Field(default_factory=lambda: user_data_path("candor"))
    """Where the ledger and the search index live."""
    database_url: str = ""
    """SQLAlchemy URL of the ledger; empty means a SQLite file in `data_dir`."""
    model_dir: Path = Field(default_factory=lambda: user_cache_path("candor") / "models")
    """Where embedded model files are kept, shared by all projects of this user."""
    model: str = ""
    """``embedded``, ``none``, or any LangChain ``provider:name``; empty: OpenAI where it is set up, else embedded."""
    openai_api_key: SecretStr | None = Field(default=None, validation_alias=AliasChoices("OPENAI_API_KEY"))
    """Key for OpenAI or a compatible endpoint."""
    openai_base_url: str = Field(default="", validation_alias=AliasChoices("OPENAI_BASE_URL"))
    """Base URL of an OpenAI-compatible endpoint."""
    openai_model: str = Field(default="", validation_alias=AliasChoices("OPENAI_MODEL"))
    """Model to ask for there; empty means ``gpt-4.1-mini`` at OpenAI, else the first one the endpoint lists."""
    model_timeout: float = Field(default=120.0, gt=0)
    """Seconds one answer of a model may take in all."""
    embedded_idle: float = Field(default=60.0, ge=0)
    """Seconds the embedded model's server stays up after its last user has gone."""
    seed: int = 0
    """Seed of every model call."""
    hold_seconds: int = Field(default=20, ge=0, le=3600)
    """Seconds between approval and sending in which a reply can be taken back."""
    person: str = ""
    """Who acts when a command has no ``--as``."""
    port: int = Field(default=8501, ge=1, le=65535)
    """Port of the app on 127.0.0.1."""
    max_text: int = Field(default=10_000, ge=100)
    """Longest text taken from outside, in code points."""

    @property
    def ledger_url(self) -> str:
        """The ledger's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.data_dir.expanduser().absolute() / 'candor.sqlite3'}"

    @property
    def index_dir(self) -> Path:
        """Where search indexes are kept."""
        return self.data_dir.expanduser() / "index"


def load_settings() -> Settings:
    """Read the environment.

    Raises:
        InputError: a setting cannot be used; names the variable and what it takes.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines: list[str] = []
        for problem in error.errors():
            name = str(problem["loc"][0]) if problem["loc"] else "?"
            variable = name if name.isupper() else f"CANDOR_{name.upper()}"
            lines.append(f"  {variable}: {problem['msg']} (got {problem.get('input')!r})")
        raise InputError("A setting cannot be used:\n" + "\n".join(lines) + "\nSee .env.example.") from None
