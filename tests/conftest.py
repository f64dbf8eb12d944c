"""Shared by all tests: a clock that stands still, and the sample brands loaded into stores of their own."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copilot.bootstrap import Copilot
from copilot.models import Actor
from copilot.ports import ChatModel
from copilot.settings import Settings

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
OWNER = Actor(person="jm")


class Clock:
    """A clock that moves only when told."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not depend on the environment or a .env file of whoever runs them."""
    import os

    for name in list(os.environ):
        if name.startswith(("CANDOR_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


def make_settings(data_dir: Path, **wishes: object) -> Settings:
    return Settings.model_validate(
        {"knowledge_dir": ROOT / "knowledge", "data_dir": data_dir, "model": "none", **wishes}
    )


@pytest.fixture(scope="session")
def loaded_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with both sample brands and their mentions, made once."""
    from copilot.samples import load_samples

    folder = tmp_path_factory.mktemp("loaded")
    with Copilot(make_settings(folder), clock=Clock()) as copilot:
        load_samples(copilot)
    return folder


@pytest.fixture
def data_dir(loaded_data: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    folder = tmp_path / "data"
    shutil.copytree(loaded_data, folder)
    return folder


@pytest.fixture
def open_copilot(data_dir: Path, clock: Clock) -> Iterator[Callable[..., Copilot]]:
    """Opens Candor on the loaded sample brands; closed at the end."""
    opened: list[Copilot] = []

    def open_it(folder: Path = data_dir, chat: ChatModel | None = None, **wishes: object) -> Copilot:
        copilot = Copilot(make_settings(folder, **wishes), clock=clock, chat=chat)
        opened.append(copilot)
        return copilot

    yield open_it
    for copilot in opened:
        copilot.close()


@pytest.fixture
def copilot(open_copilot: Callable[..., Copilot]) -> Copilot:
    """Candor on the loaded sample brands, without a model: drafts are composed."""
    return open_copilot()
