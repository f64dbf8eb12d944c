"""When the disk, another process or the file itself fails: the cause, the mend, and nothing half-written."""

import resource
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from copilot.adapters.ledger import SqlBrandLedger, engine, open_ledger
from copilot.adapters.ledger.failures import cause
from copilot.errors import InputError, StorageError

from .parts import BRAND, JO, NOW, at, mention, new, opened, reply, url


def test_a_full_disk_stores_and_sends_nothing_and_work_goes_on_when_there_is_space(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, hard))
    try:
        with pytest.raises(StorageError) as caught:
            bakery.add_mentions([new(f"x{n}", author=f"a{n}", text="crumb " * 500) for n in range(500)], NOW, None)
        with pytest.raises(StorageError):
            bakery.commit_approval(reply(case, text="rye " * 20_000), at(2), (), ())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "disk" in str(caught.value)
    assert len(bakery.queue(NOW)) == 1
    assert bakery.outbox() == []
    assert bakery.commit_approval(reply(case), at(2), (), ()).state == "queued"


def test_a_lock_that_is_held_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    ledger = open_ledger(url(tmp_path))
    with closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match=r"another process.*Do it again"):
            ledger.brand(BRAND).add_mentions([new()], NOW, None)
        assert ledger.brand(BRAND).queue(NOW) == []  # readers go on meanwhile
    ledger.close()


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    ledger = open_ledger(url(tmp_path))
    ledger.brand(BRAND).add_mentions([new(f"m{n}", author=f"a{n}") for n in range(500)], NOW, None)
    ledger.close()
    file = tmp_path / "ledger.db"
    content = bytearray(file.read_bytes())
    content[4096 * 3 :] = b"\xff" * (len(content) - 4096 * 3)
    file.write_bytes(content)
    with pytest.raises(StorageError, match=r"damaged.*last backup"):
        damaged = open_ledger(url(tmp_path))
        try:
            damaged.brand(BRAND).queue(NOW)
        finally:
            damaged.close()


def test_a_row_that_somebody_edited_says_so(bakery: SqlBrandLedger, tmp_path: Path) -> None:
    opened(bakery)
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as plain:
        plain.execute("UPDATE mentions SET body = '{}'")
        plain.commit()
    with pytest.raises(StorageError, match="a stored Mention cannot be read"):
        bakery.mention("m1")


@pytest.mark.parametrize(
    ("text", "why"), [("half \ud83d of it", "surrogate"), ("nothing \x00 here", "NUL")], ids=["surrogate", "NUL"]
)
def test_text_that_cannot_be_kept_is_refused_and_the_rest_of_the_call_with_it(
    bakery: SqlBrandLedger, text: str, why: str
) -> None:
    with pytest.raises(InputError, match=f"'m2' cannot be stored.*{why}"):
        bakery.add_mentions([new("m1"), new("m2", text=text)], NOW, None)
    assert bakery.queue(NOW) == []


def test_half_a_surrogate_elsewhere_is_refused_too(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    with pytest.raises(InputError, match="not valid Unicode"):
        bakery.commit_approval(reply(case).model_copy(update={"text": "\ud83d"}), at(2), (), ())
    with pytest.raises(InputError, match="not valid Unicode"):
        bakery.change(case.id, "resolve", JO, NOW, reason="\ud83d")
    assert bakery.case(case.id) == case


def test_texts_are_kept_exactly(bakery: SqlBrandLedger) -> None:
    text = "👩‍👩‍👧‍👦 \u202egnol\u202c \u200b é e\u0301 \r\n\t % _ ' \" ; -- " + "x" * 1_000_000
    bakery.add_mentions([new(text=text)], NOW, None)
    assert bakery.mention("m1") == mention(text=text)
    assert bakery.queue(NOW)[0].text == text


def test_other_causes_have_words_too() -> None:
    refused = OperationalError("", {}, Exception("connection failed: connection to server at 127.0.0.1 refused"))
    assert "Start it" in cause(refused)
    assert "every connection was in use" in cause(PoolTimeout("QueuePool limit"))
    assert "refused this step (something new)" in cause(OperationalError("", {}, Exception("something new\nmore")))
