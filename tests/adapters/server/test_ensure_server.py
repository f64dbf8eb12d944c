import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from copilot.adapters.embedded import Endpoint, ensure_server
from copilot.adapters.embedded.client import answers
from copilot.adapters.embedded.rendezvous import Rendezvous, Running, default_root, private
from copilot.adapters.model_store import ModelStore
from copilot.adapters.store.catalog import FileSpec, HubSource, ModelSpec
from copilot.errors import InputError, ModelError, StorageError

STAND_IN = (sys.executable, str(Path(__file__).with_name("standin.py")))
DATA = b"not really a model"


class Place:
    """A store with one small file, and a runtime folder; every server started there is ended."""

    def __init__(self, folder: Path) -> None:
        digest = hashlib.sha256(DATA).hexdigest()
        spec = FileSpec("tiny", "tiny.gguf", len(DATA), digest, "MIT", (HubSource("a/b", "c"),))
        self.store = ModelStore(folder / "models", catalog={"tiny": ModelSpec("tiny", "t", "MIT", (spec,))})
        self.model = folder / "models/tiny/tiny.gguf"
        self.model.parent.mkdir(parents=True)
        self.model.write_bytes(DATA)
        self.root = folder / "run"
        self.folder = self.root / f"embedded-{digest[:12]}"
        self._joined: list[Endpoint] = []

    def join(self, idle: float = 30.0, **options: object) -> Endpoint:
        endpoint = ensure_server(self.store, "tiny", root=self.root, idle=idle, command=STAND_IN, **options)  # type: ignore[arg-type]
        self._joined.append(endpoint)
        return endpoint

    def flag(self, name: str) -> Path:
        path = self.model.with_suffix(f".{name}")
        path.touch()
        return path

    def launched(self) -> list[int]:
        path = self.model.with_suffix(".launches")
        return [int(line) for line in path.read_text().split()] if path.exists() else []

    def close(self) -> None:
        for endpoint in self._joined:
            endpoint.close()
        for pid in self.launched():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if self.folder.exists():
            eventually(lambda: not Rendezvous(self.folder).alive())


def eventually(condition: Callable[[], bool]) -> None:
    """Wait for something that another process does; fails only when it never comes."""
    pause = threading.Event()
    for _ in range(1500):
        if condition():
            return
        pause.wait(0.02)
    raise AssertionError("it never came")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place
    place.close()


def running(endpoint: Endpoint, key: str = "") -> Running:
    return Running(endpoint.base_url, key or endpoint.api_key, endpoint.pid, endpoint.model)


def test_it_starts_answers_its_key_only_and_lives_in_its_own_process(place: Place) -> None:
    endpoint = place.join()
    assert endpoint.base_url.startswith("http://127.0.0.1:")
    assert endpoint.base_url.endswith("/v1")
    assert endpoint.model == "tiny"
    assert answers(running(endpoint))
    assert not answers(running(endpoint, "another key"))
    assert os.getsid(endpoint.pid) == endpoint.pid != os.getpid()


def test_its_key_is_readable_by_this_user_only(place: Place) -> None:
    endpoint = place.join()
    assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((place.folder / "server.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((place.folder / "server.log").stat().st_mode) == 0o600
    for file in ("cmdline", "environ"):
        assert endpoint.api_key.encode() not in Path(f"/proc/{endpoint.pid}/{file}").read_bytes()
    assert endpoint.api_key not in repr(endpoint)


def test_users_share_one_server(place: Place) -> None:
    first, second = place.join(), place.join()
    assert (first.pid, first.base_url) == (second.pid, second.base_url)
    assert place.launched() == [first.pid]


JOIN = """
import sys, json
from pathlib import Path
sys.path[:0] = [{tests!r}]
from test_ensure_server import *
folder = Path({folder!r})
digest = hashlib.sha256(DATA).hexdigest()
spec = FileSpec("tiny", "tiny.gguf", len(DATA), digest, "MIT", (HubSource("a/b", "c"),))
store = ModelStore(folder / "models", catalog={{"tiny": ModelSpec("tiny", "t", "MIT", (spec,))}})
endpoint = ensure_server(store, "tiny", root=folder / "run", idle=0.2, command=STAND_IN)
print(endpoint.pid, flush=True)
sys.stdin.read()
"""


def other_user(tmp_path: Path, repository: Path) -> "subprocess.Popen[str]":
    script = JOIN.format(tests=str(Path(__file__).parent), folder=str(tmp_path))
    return subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(repository)},
    )


def said(process: "subprocess.Popen[str]") -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


def test_processes_that_come_at_once_share_one_server(place: Place, tmp_path: Path, repository: Path) -> None:
    both = [other_user(tmp_path, repository) for _ in range(3)]
    pids = {said(process) for process in both}
    assert pids == set(place.launched())
    assert len(pids) == 1
    for process in both:
        process.communicate()


def test_it_stops_when_its_last_user_has_left(place: Place) -> None:
    first, second = place.join(idle=0.2), place.join(idle=0.2)
    first.close()
    first.close()
    assert answers(running(second))
    second.close()
    eventually(lambda: not Rendezvous(place.folder).alive())
    assert not (place.folder / "server.json").exists()


def test_a_user_that_was_killed_counts_as_gone(place: Place, tmp_path: Path, repository: Path) -> None:
    user = other_user(tmp_path, repository)
    said(user)
    meeting = Rendezvous(place.folder)
    assert meeting.alive()
    user.kill()
    user.communicate()
    eventually(lambda: not meeting.alive())


def test_it_outlives_the_user_that_started_it(place: Place, tmp_path: Path, repository: Path) -> None:
    starter = other_user(tmp_path, repository)
    pid = said(starter)
    mine = place.join()
    starter.communicate()
    assert mine.pid == pid
    assert answers(running(mine))


def test_a_server_that_died_is_replaced(place: Place) -> None:
    first = place.join()
    os.kill(first.pid, signal.SIGKILL)
    eventually(lambda: not Rendezvous(place.folder).alive())
    assert (place.folder / "server.json").exists()
    second = place.join()
    assert second.pid != first.pid
    assert second.api_key != first.api_key
    assert answers(running(second))


def test_a_server_that_no_longer_answers_is_replaced(place: Place) -> None:
    first = place.join()
    sick = place.flag("sick")
    threading.Thread(target=lambda: (eventually(lambda: not Rendezvous(place.folder).alive()), sick.unlink())).start()
    second = place.join()
    assert second.pid != first.pid
    assert answers(running(second))


def test_a_crash_while_starting_gives_the_end_of_its_log(place: Place) -> None:
    place.flag("broken")
    with pytest.raises(ModelError, match=r"could not start \(exit 1\)(.|\n)*server\.log(.|\n)*the model is broken"):
        place.join()
    place.model.with_suffix(".broken").unlink()
    assert answers(running(place.join()))


def test_a_start_that_takes_too_long_is_given_up(place: Place) -> None:
    place.flag("slow")
    with pytest.raises(ModelError, match=r"not ready after 1 s \(starting the embedded model\)"):
        place.join(patience=1.0)
    eventually(lambda: not Rendezvous(place.folder).alive())


def test_what_is_waited_for_is_told(place: Place) -> None:
    notes: list[str] = []
    place.join(progress=lambda progress: notes.append(progress.note))
    assert set(notes) == {"starting the embedded model"}


def test_without_its_file_the_command_that_gets_it_is_named(place: Place) -> None:
    place.model.unlink()
    with pytest.raises(InputError, match="candor model pull tiny"):
        place.join()
    assert place.launched() == []


def test_a_runtime_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(StorageError, match="is not a folder"):
        private(tmp_path / "link")
    (tmp_path / "real").chmod(0o755)
    assert stat.S_IMODE(private(tmp_path / "real").stat().st_mode) == 0o700


def test_server_and_users_meet_in_the_runtime_folder_or_else_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "runtime").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert default_root() == tmp_path / "runtime/candor"
    default_root().rmdir()
    (tmp_path / "runtime/candor").write_text("in the way")
    assert default_root() == tmp_path / "cache/candor/run"
    assert stat.S_IMODE(default_root().stat().st_mode) == 0o700


def test_a_garbled_runtime_file_is_no_server(place: Place) -> None:
    place.join()
    assert Rendezvous(place.folder).running() is not None
    (place.folder / "server.json").write_text(json.dumps({"base_url": "http://127.0.0.1:1"}))
    assert Rendezvous(place.folder).running() is None
