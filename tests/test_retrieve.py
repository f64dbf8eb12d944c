"""Evidence: this brand's only, valid today only, fused from two rankings, and there again after the index is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

from copilot.bootstrap import Copilot
from tests.conftest import Clock

Open = Callable[..., Copilot]


def test_the_fact_that_answers_comes_first(copilot: Copilot) -> None:
    found = copilot.brand("harbor-coffee").retrieve("is there oat milk at the market shop", 3, ("fact",))
    assert found[0].id == "f-market-no-oat"
    assert [e.score for e in found] == sorted((e.score for e in found), reverse=True)


def test_no_evidence_of_another_brand(copilot: Copilot) -> None:
    ids = {b: set(copilot.index.brand(b).ids()) for b in ("harbor-coffee", "velo-north")}
    for asked in ("battery range of the Fjell", "oat milk flat white at the Pier"):
        for brand in ids:
            found = {e.id for e in copilot.brand(brand).retrieve(asked, 10)}
            assert found and found <= ids[brand]


def test_an_expired_fact_is_never_evidence(copilot: Copilot, clock: Clock) -> None:
    desk = copilot.brand("harbor-coffee")
    fact = next(f for f in desk.brand.facts if f.valid_until and f.valid_on(clock().date()))
    assert fact.id in {e.id for e in desk.retrieve(fact.text, 5, ("fact",))}
    clock.advance(days=400)
    assert fact.id not in {e.id for e in desk.retrieve(fact.text, 5, ("fact",))}


def test_words_help_where_vectors_do_not(copilot: Copilot) -> None:
    found = copilot.brand("velo-north").retrieve("Was wiegt das Fjell in M?", 5, ("fact",))
    assert any("Fjell" in e.text for e in found)


def test_any_text_may_be_looked_for(copilot: Copilot) -> None:
    desk = copilot.brand("harbor-coffee")
    for text in ('" OR 1=1 --', "NEAR(a b)", "*", "🙂" * 50, "x" * 9000, "\u202eabc", "(", "col:val"):
        desk.retrieve(text, 2)


def test_the_index_deleted_gives_the_same_ids_again(copilot: Copilot, open_copilot: Open, data_dir: Path) -> None:
    before = copilot.index.brand("harbor-coffee").ids()
    copilot.close()
    shutil.rmtree(data_dir / "index")
    again = open_copilot()
    assert again.brand("harbor-coffee").retrieve("oat milk", 3) == []
    again.ingest("harbor-coffee")
    assert again.index.brand("harbor-coffee").ids() == before
    assert again.brand("harbor-coffee").retrieve("oat milk", 3)
