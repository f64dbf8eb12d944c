import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from copilot.errors import Conflict, InputError, StorageError
from copilot.ports import IndexEntry, SyncReport

OPEN = "the bakery opens at eight on sundays"
OATS = "oat milk costs forty cents more"
PARCEL = "a torn parcel is sent again free of charge"


def test_before_the_first_sync_there_is_nothing_and_no_error(world) -> None:
    bakery = world.index().brand("bakery")
    assert (bakery.by_meaning("x", 3), bakery.by_words("x", 3), bakery.ids(), bakery.damaged) == ([], [], [], False)


def test_what_was_synced_is_found_by_meaning_and_by_words(world, entry) -> None:
    bakery = world.index().brand("bakery")
    day = date(2031, 5, 4)
    entries = [
        entry(1, OPEN, valid_until=day, source="facts/hours.md:3"),
        entry(2, OATS),
        entry(3, PARCEL, kind="precedent"),
    ]
    report = bakery.sync(entries)
    assert report == SyncReport(3, 0, 0, world.pointers.brand("bakery").generation())
    best = bakery.by_meaning("the bakery opens at eight on sundays", 2)
    assert best[0].entry == entries[0]
    assert best[0].score == pytest.approx(1.0, abs=1e-5)
    assert best[1].score < best[0].score
    assert [hit.entry.id for hit in bakery.by_words("Does oat-milk cost extra?", 5)] == ["f-0002"]
    assert bakery.ids() == ["f-0001", "f-0002", "f-0003"]


def test_similarity_is_the_cosine(world, entry) -> None:
    bakery = world.index().brand("bakery")
    bakery.sync([entry(1, OPEN), entry(2, OATS)])
    query = "oat milk on sundays"
    wanted = sum(a * b for a, b in zip(*world.embedder.embed([query, OPEN]), strict=True))
    found = {hit.entry.id: hit.score for hit in bakery.by_meaning(query, 2)}
    assert found["f-0001"] == pytest.approx(wanted, abs=1e-5)


def test_kinds_narrow_the_search_even_when_they_are_rare(world, entry) -> None:
    bakery = world.index().brand("bakery")
    rare = [entry(i, f"rule {i} says plain words", kind="voice") for i in range(5)]
    bakery.sync(rare + [entry(i) for i in range(100, 1300)])
    found = bakery.by_meaning("statement number 200 about subject200", 5, ["voice"])
    assert sorted(hit.entry.id for hit in found) == [e.id for e in rare]
    assert {hit.entry.kind for hit in bakery.by_words("rule statement", 50, ["voice", "precedent"])} == {"voice"}


def test_words_match_across_inflection_and_accents_and_rank_by_bm25(world, entry) -> None:
    bakery = world.index().brand("bakery")
    bakery.sync([entry(1, "we refunded the café twice"), entry(2, "a café"), entry(3, "nothing else")])
    hits = bakery.by_words("refunds cafe", 5)
    assert [hit.entry.id for hit in hits] == ["f-0001", "f-0002"]
    assert hits[0].score > hits[1].score > 0


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "NEAR(a b)",
        "text:oat",
        "oat*",
        "a AND",
        "(",
        "-oat",
        "^oat",
        "'; DROP TABLE entries;--",
        "\x00",
        "\ud83d",
        "",
        "👍",
        "{a b}: c",
    ],
)
def test_no_text_is_query_syntax(world, entry, text: str) -> None:
    bakery = world.index().brand("bakery")
    bakery.sync([entry(1, OATS)])
    assert {hit.entry.id for hit in bakery.by_words(text, 5)} <= {"f-0001"}
    assert not bakery.damaged


def test_nothing_changed_makes_no_generation_and_embeds_nothing(world, entry) -> None:
    bakery = world.index().brand("bakery")
    first = bakery.sync([entry(1), entry(2)])
    world.embedder.embedded.clear()
    assert bakery.sync([entry(2), entry(1)]) == SyncReport(0, 0, 0, first.generation)
    assert world.embedder.embedded == []
    assert world.generations() == [first.generation]


def test_a_one_line_edit_among_two_thousand_embeds_one_text(world, entry) -> None:
    bakery = world.index().brand("bakery")
    bakery.sync([entry(i) for i in range(2000)])
    world.embedder.embedded.clear()
    edited = [entry(i) for i in range(1, 2000)]
    edited[41] = entry(42, "entirely new wording here")
    report = bakery.sync(edited)
    assert report[:3] == (0, 1, 1)
    assert world.embedder.embedded == ["entirely new wording here"]
    assert len(bakery.ids()) == 1999
    assert bakery.by_meaning("entirely new wording here", 1)[0].entry.id == "f-0042"
    assert bakery.by_words("subject42", 5) == []
    assert bakery.by_meaning("statement number 1999 about subject1999", 1)[0].entry.id == "f-1999"
    assert world.meta()["entries"] == 1999


def test_a_chain_of_edits_equals_one_build(world, entry, tmp_path: Path) -> None:
    edited = world.index().brand("bakery")
    for last in (10, 25, 18, 40):
        edited.sync([entry(i, f"text {i} of {last if i % 7 == 0 else 'all'}") for i in range(last)])
    built = world.index().brand("ferry")
    built.sync([entry(i, f"text {i} of {40 if i % 7 == 0 else 'all'}") for i in range(40)])
    for query in ("text 14 of 40", "text 3 of all", "39"):
        assert edited.by_words(query, 40) == built.by_words(query, 40)
        assert {h.entry: round(h.score, 5) for h in edited.by_meaning(query, 40)} == {
            h.entry: round(h.score, 5) for h in built.by_meaning(query, 40)
        }


def test_only_the_current_generation_and_the_one_before_stay(world, entry) -> None:
    bakery = world.index().brand("bakery")
    made = [bakery.sync([entry(i) for i in range(n)]).generation for n in range(1, 6)]
    assert len(set(made)) == 5
    assert world.generations() == sorted(made[-2:])


def test_all_entries_gone_is_an_empty_index_not_a_damaged_one(world, entry) -> None:
    bakery = world.index().brand("bakery")
    bakery.sync([entry(1)])
    assert bakery.sync([])[:3] == (0, 0, 1)
    assert (bakery.by_meaning("x", 3), bakery.by_words("x", 3), bakery.ids(), bakery.damaged) == ([], [], [], False)


def test_brands_have_nothing_in_common(world, entry) -> None:
    index = world.index()
    index.brand("bakery").sync([entry(1, OPEN)])
    index.brand("ferry").sync([entry(1, OATS), entry(2, PARCEL)])
    assert [h.entry.text for h in index.brand("bakery").by_meaning(OATS, 10)] == [OPEN]
    assert index.brand("bakery").by_words(OATS, 10) == []
    assert index.brand("ferry").ids() == ["f-0001", "f-0002"]
    shutil.rmtree(world.root / "ferry")
    assert not index.brand("bakery").damaged


@pytest.mark.parametrize("brand", ["", "..", "../bakery", "Bakery", "a/b", "bak ery", "ab"])
def test_only_ids_of_brands_open_a_folder(world, brand: str) -> None:
    with pytest.raises(InputError, match="no id of a brand"):
        world.index().brand(brand)


def test_the_folders_are_private(world, entry) -> None:
    bakery = world.index().brand("bakery")
    name = bakery.sync([entry(1)]).generation
    for folder in (world.root / "bakery", world.root / "bakery" / name, world.root / "bakery" / name / "chroma"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_two_entries_with_one_id_are_refused_by_name(world, entry) -> None:
    with pytest.raises(InputError, match="'f-0001'"):
        world.index().brand("bakery").sync([entry(1), entry(2), entry(1, "other")])


def test_another_embedding_model_is_refused_with_the_command_that_mends_it(world, entry) -> None:
    world.index().brand("bakery").sync([entry(1, OATS)])
    other = type(world.embedder)("other", 32)
    bakery = world.index(other).brand("bakery")
    for act in (lambda: bakery.by_meaning("oat", 1), lambda: bakery.sync([entry(1, OATS)])):
        with pytest.raises(StorageError, match=r"hash \(64 .*other \(32\).*candor ingest --brand bakery --rebuild"):
            act()
    assert [hit.entry.id for hit in bakery.by_words("oat", 1)] == ["f-0001"]
    assert bakery.sync([entry(1, OATS)], rebuild=True)[:3] == (1, 0, 0)
    assert other.embedded == [OATS]
    assert bakery.by_meaning(OATS, 1)[0].entry.id == "f-0001"


def _delete_all(folder: Path) -> None:
    shutil.rmtree(folder)


def _delete_words(folder: Path) -> None:
    (folder / "words.sqlite3").unlink()


def _flip_words(folder: Path) -> None:
    path = folder / "words.sqlite3"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes(data)


def _truncate_database(folder: Path) -> None:
    path = folder / "chroma/chroma.sqlite3"
    path.write_bytes(path.read_bytes()[:20_000])


def _no_database(folder: Path) -> None:
    (folder / "chroma/chroma.sqlite3").write_bytes(b"nonsense")


def _empty_database(folder: Path) -> None:
    (folder / "chroma/chroma.sqlite3").unlink()


def _vectors(folder: Path) -> None:
    for path in (folder / "chroma").rglob("*.bin"):
        path.write_bytes(b"\x07" * 64)


def _meta(folder: Path) -> None:
    (folder / "meta.json").write_text("{")


@pytest.mark.parametrize(
    "harm",
    [_delete_all, _delete_words, _flip_words, _truncate_database, _no_database, _empty_database, _vectors, _meta],
)
def test_damaged_files_find_nothing_say_so_and_are_rebuilt_with_the_same_ids(world, entry, harm) -> None:
    entries = [entry(i) for i in range(1200)]
    first = world.index()
    name = first.brand("bakery").sync(entries).generation
    ids = first.brand("bakery").ids()
    first.close()
    harm(world.root / "bakery" / name)
    bakery = world.index().brand("bakery")
    assert bakery.by_meaning("statement number 7", 3) == []
    assert bakery.by_words("statement", 3) == []
    assert bakery.damaged
    assert bakery.sync(entries)[0] == 1200
    assert bakery.ids() == ids
    assert not bakery.damaged
    assert len(bakery.by_meaning("statement number 7", 3)) == 3


def test_a_folder_deleted_while_it_is_open_is_noticed(world, entry) -> None:
    bakery = world.index().brand("bakery")
    bakery.sync([entry(1, OATS)])
    assert bakery.by_words("oat", 1)
    shutil.rmtree(world.root / "bakery")
    assert bakery.by_words("oat", 1) == []
    assert bakery.damaged
    bakery.sync([entry(1, OATS)])
    assert bakery.by_words("oat", 1)


def test_reading_leaves_the_generation_as_it_was(world, entry) -> None:
    for count in (3, 1200):
        writer = world.index()
        writer.brand("bakery").sync([entry(i) for i in range(count)])
        for _ in range(2):
            reader = world.index()
            assert len(reader.brand("bakery").by_meaning("statement", 3)) == 3
            assert not reader.brand("bakery").damaged
            reader.close()


def test_a_lost_race_discards_the_new_generation_and_tries_again(world, entry) -> None:
    rival = world.index().brand("bakery")
    rival.sync([entry(1)])

    class Raced:
        """Lets another machine win just before the pointer moves."""

        def __init__(self, times: int) -> None:
            self.times = times

        def brand(self, brand: str):
            self.real = world.pointers.brand(brand)
            return self

        def generation(self):
            return self.real.generation()

        def move_generation(self, expected, new):
            if self.times:
                self.times -= 1
                raise Conflict("moved meanwhile")
            self.real.move_generation(expected, new)

    bakery = world.index(pointers=Raced(1)).brand("bakery")
    report = bakery.sync([entry(1), entry(2)])
    assert bakery.ids() == ["f-0001", "f-0002"]
    before = world.generations()
    with pytest.raises(Conflict):
        world.index(pointers=Raced(9)).brand("bakery").sync([entry(3)])
    assert world.generations() == before
    assert world.pointers.brand("bakery").generation() == report.generation


def test_an_embedder_that_fails_leaves_the_old_generation_serving(world, entry) -> None:
    bakery = world.index().brand("bakery")
    bakery.sync([entry(1, OATS)])

    class Failing(type(world.embedder)):
        def embed(self, texts):
            raise InputError("run: candor model pull minilm")

    with pytest.raises(InputError, match="candor model pull"):
        world.index(Failing()).brand("bakery").sync([entry(1, OATS), entry(2)])
    assert len(world.generations()) == 1
    assert bakery.by_words("oat", 1)


def test_open_files_do_not_grow_with_generations(world, entry) -> None:
    bakery = world.index().brand("bakery")

    def open_files(n: int) -> int:
        bakery.sync([entry(i) for i in range(n)])
        assert bakery.by_meaning("statement", 1)
        return sum("gen-" in path for path in map(linked, os.listdir("/proc/self/fd")))

    def linked(number: str) -> str:
        """What a file descriptor of this process points at; it may be closed meanwhile."""
        try:
            return os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            return ""

    early = [open_files(n) for n in range(1, 5)]
    late = [open_files(n) for n in range(5, 17)]
    assert 0 < max(late) <= max(early) + 3


SCRIPT = """
import resource, sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
from conftest import World
from copilot.ports import IndexEntry
from copilot.errors import CopilotError
world = World(Path({folder!r}))
bakery = world.index().brand("bakery")
entries = [IndexEntry(f"f-{{i:04}}", "fact", f"statement {{i}} oat", f"sha{{i}}") for i in range({count})]
{before}
try:
    print(bakery.sync(entries).generation)
except CopilotError as error:
    print(type(error).__name__, error)
"""


def other_process(repository: Path, folder: Path, count: int, before: str = "") -> subprocess.CompletedProcess[str]:
    script = SCRIPT.format(tests=str(Path(__file__).parent), folder=str(folder), count=count, before=before)
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False)


def test_a_reader_sees_what_another_process_changed(world, entry, tmp_path: Path, repository: Path) -> None:
    bakery = world.index().brand("bakery")
    bakery.sync([entry(1, OPEN)])
    assert bakery.ids() == ["f-0001"]
    done = other_process(repository, tmp_path, 3)
    assert done.stdout.strip() == world.pointers.brand("bakery").generation(), done.stderr
    assert bakery.ids() == ["f-0000", "f-0001", "f-0002"]
    assert bakery.by_words(OPEN, 1) == []
    assert bakery.by_meaning("statement 2 oat", 1)[0].entry.id == "f-0002"


def test_killed_while_building_the_old_generation_serves_and_the_next_sync_tidies(
    world, entry, tmp_path: Path, repository: Path
) -> None:
    bakery = world.index().brand("bakery")
    old = bakery.sync([entry(1, OATS)]).generation
    kill = "import os, copilot.adapters.index.words as w; w.write = lambda *a: os.kill(os.getpid(), 9)"
    assert other_process(repository, tmp_path, 3, kill).returncode == -9
    assert len(world.generations()) == 2
    assert bakery.by_words("oat", 1)[0].entry.id == "f-0001"
    assert world.pointers.brand("bakery").generation() == old
    new = bakery.sync([entry(1, OATS), entry(2)]).generation
    assert world.generations() == sorted([old, new])


def test_a_full_disk_is_a_clean_error_and_the_old_generation_serves(
    world, entry, tmp_path: Path, repository: Path
) -> None:
    bakery = world.index().brand("bakery")
    old = bakery.sync([entry(1, OATS)]).generation
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))"
    done = other_process(repository, tmp_path, 2000, limit)
    assert done.stdout.startswith("StorageError The search index of 'bakery' could not be written"), done.stderr
    assert world.generations() == [old]
    assert bakery.by_words("oat", 1)[0].entry.id == "f-0001"
    assert other_process(repository, tmp_path, 2).returncode == 0


READER = """
import sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
from conftest import World
world = World(Path({folder!r}))
print("ready", flush=True)
for turn in range(25):
    index = world.index()
    bakery = index.brand("bakery")
    found = (len(bakery.by_meaning("statement", 3)), len(bakery.by_words("oat", 3)), bakery.damaged)
    if found != (3, 3, False):
        print("bad", turn, found, flush=True)
    index.close()
"""


def test_readers_in_other_processes_find_everything_while_generations_come_and_go(
    world, tmp_path: Path, repository: Path
) -> None:
    bakery = world.index().brand("bakery")

    def sync(turn: int) -> None:
        bakery.sync([IndexEntry(f"f-{i:04}", "fact", f"statement {i} oat {turn}", f"sha{i}{turn}") for i in range(40)])

    sync(0)
    script = READER.format(tests=str(Path(__file__).parent), folder=str(tmp_path))
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    readers = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment)
        for _ in range(3)
    ]
    turn = 0
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    while any(reader.poll() is None for reader in readers):
        turn += 1
        sync(turn)
    assert [reader.communicate()[0] for reader in readers] == ["", "", ""]
    assert turn > 1
