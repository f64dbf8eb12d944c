"""Versions of the files, the index in use, members, and the pause."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from copilot.adapters.ledger import SqlBrandLedger, SqlLedger
from copilot.errors import Conflict, InputError
from copilot.models import Member, Snapshot

from .parts import JO, NOW, SAM, at

DAY = date(2026, 3, 2)
ONE = {"voice.md": "# Voice", "facts/hours.md": "Open at 8."}
TWO = {**ONE, "facts/hours.md": "Open at 9."}


def test_every_version_can_be_had_and_the_first_day_stays(bakery: SqlBrandLedger) -> None:
    assert bakery.snapshot() is None
    first = bakery.save_snapshot(ONE, "k1", NOW, DAY)
    assert first == Snapshot(sha="k1", files=ONE, taken_at=NOW, anchor=DAY)
    second = bakery.save_snapshot(TWO, "k2", at(9), date(2026, 5, 5))
    assert second == Snapshot(sha="k2", files=TWO, taken_at=at(9), anchor=DAY)
    assert bakery.snapshot() == bakery.snapshot("k2") == second
    assert bakery.snapshot("k1") == first
    assert bakery.snapshot("k9") is None


def test_going_back_to_an_old_version_makes_it_current(bakery: SqlBrandLedger) -> None:
    first = bakery.save_snapshot(ONE, "k1", NOW, DAY)
    bakery.save_snapshot(TWO, "k2", at(9), DAY)
    assert bakery.save_snapshot(ONE, "k1", at(20), DAY) == first == bakery.snapshot()


def test_a_text_is_stored_once_however_many_versions_hold_it(bakery: SqlBrandLedger, tmp_path: Path) -> None:
    bakery.save_snapshot({**ONE, "copy.md": "# Voice"}, "k1", NOW, DAY)
    bakery.save_snapshot(TWO, "k2", NOW, DAY)
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as plain:
        assert plain.execute("SELECT count(*) FROM blobs").fetchone() == (3,)


def test_the_hash_says_what_is_the_same_version(bakery: SqlBrandLedger) -> None:
    first = bakery.save_snapshot(ONE, "k1", NOW, DAY)
    bakery.save_snapshot({}, "k0", NOW, DAY)
    other_line_ends = {name: text + "\r\n" for name, text in ONE.items()}
    assert bakery.save_snapshot(other_line_ends, "k1", NOW, DAY) == first == bakery.snapshot()
    empty = bakery.snapshot("k0")
    assert empty is not None and empty.files == {}


def test_brands_are_those_with_knowledge(ledger: SqlLedger) -> None:
    ledger.brand("a-brand").set_member("jo", "owner", True, JO, NOW)
    ledger.brand("z-brand").move_generation(None, "g1")
    for name in ("florist", "bakery", "Zoo"):
        ledger.brand(name).save_snapshot(ONE, "k1", NOW, DAY)
    assert ledger.brands() == ["Zoo", "bakery", "florist"]
    with pytest.raises(InputError, match="Name a brand"):
        ledger.brand("")


def test_the_generation_moves_from_what_one_saw(bakery: SqlBrandLedger) -> None:
    assert bakery.generation() is None
    bakery.move_generation(None, "g1")
    bakery.move_generation("g1", "g2")
    for seen in (None, "g1"):
        with pytest.raises(Conflict, match=r"moved the index of 'bakery' to g2 meanwhile"):
            bakery.move_generation(seen, "g3")
    assert bakery.generation() == "g2"
    assert bakery.snapshot() is None


def test_a_pause_has_a_reason(bakery: SqlBrandLedger) -> None:
    assert bakery.paused() is None
    bakery.set_paused("a recall", JO, NOW)
    assert bakery.paused() == "a recall"
    with pytest.raises(InputError, match="Say why"):
        bakery.set_paused(" ", JO, NOW)
    bakery.set_paused(None, JO, NOW)
    assert bakery.paused() is None


def test_members_have_one_role_each(bakery: SqlBrandLedger) -> None:
    bakery.set_member("sam", "viewer", True, JO, NOW)
    bakery.set_member("Ann", "owner", True, JO, NOW)
    assert bakery.set_member("sam", "manager", False, JO, NOW) == Member(person="sam", role="manager", active=False)
    assert bakery.members() == [Member(person="Ann", role="owner"), Member(person="sam", role="manager", active=False)]


def test_who_changed_the_brand_is_written_down(bakery: SqlBrandLedger, tmp_path: Path) -> None:
    bakery.set_member("sam", "manager", True, JO, NOW)
    bakery.set_paused("a recall", SAM, at(1))
    bakery.save_snapshot(ONE, "k1", at(2), DAY)
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as plain:
        lines = plain.execute("SELECT seq, person, identity, event FROM brand_log ORDER BY seq").fetchall()
    assert lines == [(1, "jo", "declared", "member"), (2, "sam", "verified", "paused"), (3, None, None, "knowledge")]
