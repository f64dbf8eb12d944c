"""The whole app on the loaded sample brands: real ledger, real index, real embedder, no model, a clock that stands."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st

from copilot.bootstrap import Copilot
from copilot.settings import Settings
from copilot.ui import session
from tests.conftest import ROOT, Clock
from tests.ui.driver import Driver


def use(folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, knowledge: Path = ROOT / "knowledge") -> None:
    """Let the app open its stores in `folder`, with the time of `clock`."""

    class Clocked(Copilot):
        @classmethod
        def open(cls, settings: Settings | None = None, say: Callable[[str], None] = lambda _: None) -> Copilot:
            assert settings is not None
            return Copilot(settings, clock=clock, say=say)

    monkeypatch.setenv("CANDOR_DATA_DIR", str(folder))
    monkeypatch.setenv("CANDOR_KNOWLEDGE_DIR", str(knowledge))
    monkeypatch.setenv("CANDOR_MODEL", "none")
    monkeypatch.setattr(session, "Copilot", Clocked)


@pytest.fixture
def fresh_caches() -> Iterator[None]:
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def driver(data_dir: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, fresh_caches: None) -> Iterator[Driver]:
    """The app on Harbor Coffee and Velo North; nobody has said who they are yet."""
    use(data_dir, clock, monkeypatch)
    driver = Driver()
    yield driver
    driver.close()
