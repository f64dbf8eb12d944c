"""Runs commands as a person would: arguments in, exit code and two streams out."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from copilot.bootstrap import Copilot
from copilot.cli import main
from tests.conftest import ROOT, make_settings


class Ran(NamedTuple):
    """What a command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def loaded_today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sample brands, loaded by the real clock that commands use."""
    from copilot.samples import load_samples

    folder = tmp_path_factory.mktemp("today")
    with Copilot(make_settings(folder)) as copilot:
        load_samples(copilot)
    return folder


@pytest.fixture
def run(loaded_today: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    data = tmp_path / "data"
    shutil.copytree(loaded_today, data)
    monkeypatch.setenv("CANDOR_DATA_DIR", str(data))
    monkeypatch.setenv("CANDOR_KNOWLEDGE_DIR", str(ROOT / "knowledge"))
    monkeypatch.setenv("CANDOR_MODEL", "none")
    monkeypatch.setenv("CANDOR_PERSON", "jm")
    monkeypatch.chdir(tmp_path)

    def command(*args: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["candor", *args])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        streams = capsys.readouterr()
        code = stop.value.code
        return Ran(code if isinstance(code, int) else 0 if code is None else 1, streams.out, streams.err)

    return command
