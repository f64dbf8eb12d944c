"""What surrounds the pages: first start, the brand switcher, knowledge that cannot be used, trouble of every kind."""

import shutil
from pathlib import Path

import pytest

from copilot.adapters.ledger import SqlBrandLedger
from copilot.errors import StorageError
from tests.conftest import ROOT, Clock
from tests.ui.conftest import use
from tests.ui.driver import HARBOR, Driver


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge folder of one's own, with Harbor Coffee in it."""
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge" / HARBOR, folder / HARBOR)
    return folder


def test_first_start_names_an_owner_and_loads_the_samples(
    tmp_path: Path, knowledge: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, fresh_caches: None
) -> None:
    use(tmp_path / "new", clock, monkeypatch, knowledge)
    driver = Driver()
    driver.run()
    assert "Who owns this brand?" in driver.rendered
    driver.choose("First owner", "Jo Marsh").submit("Make them the owner")
    assert [(m.person, m.role) for m in driver.desk.ledger.members()] == [("jm", "owner")]
    assert "No mentions yet" in driver.rendered
    driver.press("load-samples")
    assert len(driver.rows) == 20
    assert driver.desk.ledger.queue(clock(), limit=1)
    driver.close()


def test_without_any_brand_the_page_says_where_one_goes(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, fresh_caches: None
) -> None:
    (tmp_path / "none").mkdir()
    use(tmp_path / "new", clock, monkeypatch, tmp_path / "none")
    driver = Driver()
    driver.run()
    assert "There is no brand yet" in driver.rendered
    assert str(tmp_path / "none") in driver.plain
    driver.close()


def test_a_file_that_cannot_be_used_is_named_and_the_last_good_version_serves_on(
    data_dir: Path, knowledge: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, fresh_caches: None
) -> None:
    use(data_dir, clock, monkeypatch, knowledge)
    driver = Driver()
    driver.start().open("hc-081")
    drafted = driver.editor.value
    facts = knowledge / HARBOR / "facts" / "hours.md"
    facts.write_text(facts.read_text(encoding="utf-8") + "- A fact without an id.\n", encoding="utf-8")
    driver.run()
    assert "Its files need mending" in driver.rendered
    assert "facts/hours.md:" in driver.plain
    assert driver.editor.value == drafted
    driver.close()


def test_an_edited_fact_is_read_in_by_itself(
    data_dir: Path, knowledge: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, fresh_caches: None
) -> None:
    use(data_dir, clock, monkeypatch, knowledge)
    driver = Driver()
    driver.start()
    facts = knowledge / HARBOR / "facts" / "hours.md"
    facts.write_text(facts.read_text(encoding="utf-8") + "- The moon shop opens at 3:00. {#f-moon}\n", encoding="utf-8")
    driver.run().field("Look up facts and past cases", "when does the moon shop open").run()
    assert "The moon shop opens at 3:00." in driver.plain
    driver.close()


def test_the_switcher_shows_how_many_wait_in_each_brand(driver: Driver) -> None:
    driver.start()
    brands = driver.options("Brand")
    assert len(brands) == 2
    assert all(" waiting" in label for label in brands)


def test_a_full_disk_is_a_message_and_the_text_stays(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.start().open("hc-059").write("Thank you, that was good to read. ^JM")

    def full(*_: object, **__: object) -> None:
        raise StorageError("The ledger: the disk is full. Free some space and do it again.")

    monkeypatch.setattr(SqlBrandLedger, "commit_approval", full)
    driver.press("approve")
    assert "the disk is full" in driver.plain
    assert driver.editor.value == "Thank you, that was good to read. ^JM"


def test_what_nobody_expected_is_a_message_without_its_details(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.start()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret inner detail")

    monkeypatch.setattr(SqlBrandLedger, "queue", broken)
    driver.run()
    assert "This part of the page failed" in driver.plain
    assert "secret inner detail" not in driver.plain + driver.rendered
