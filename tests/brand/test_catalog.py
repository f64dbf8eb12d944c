"""Finding a brand's folder: an id never leads anywhere else."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.brand import brand_folder, brand_ids
from copilot.errors import InputError

from .steady import steady


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    home = tmp_path / "knowledge"
    for name in ("harbor-coffee", "velo-north"):
        (home / name).mkdir(parents=True)
        (home / name / "brand.yaml").write_text("name: x\n")
    (home / "notes").mkdir()
    (home / "Upper").mkdir()
    (home / "Upper" / "brand.yaml").write_text("name: x\n")
    (home / "readme.txt").write_text("x")
    return home


def test_brands_are_the_folders_with_a_brand_yaml(knowledge: Path) -> None:
    assert brand_ids(knowledge) == ["harbor-coffee", "velo-north"]
    assert brand_folder(knowledge, "velo-north") == knowledge / "velo-north"


def test_a_new_brand_without_files_can_be_named_so_that_its_problems_are_told(knowledge: Path) -> None:
    assert brand_folder(knowledge, "notes") == knowledge / "notes"


def test_an_unknown_brand_is_answered_with_the_known_ones(knowledge: Path) -> None:
    with pytest.raises(InputError, match=r"Did you mean 'harbor-coffee'\? Known brands: harbor-coffee, velo-north\."):
        brand_folder(knowledge, "harbour-coffee")
    with pytest.raises(InputError) as caught:
        brand_folder(knowledge, "qqq-zzz")
    assert "Did you mean" not in str(caught.value)


def test_an_empty_or_missing_knowledge_folder_is_explained(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no brand in"):
        brand_folder(tmp_path, "any")
    with pytest.raises(InputError, match="no knowledge folder"):
        brand_ids(tmp_path / "none")


def test_a_linked_brand_folder_outside_is_refused(knowledge: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "brand.yaml").write_text("name: x\n")
    (knowledge / "linked").symlink_to(tmp_path / "other")
    assert "linked" not in brand_ids(knowledge)
    with pytest.raises(InputError, match="link"):
        brand_folder(knowledge, "linked")


@pytest.mark.parametrize(
    "brand_id", ["..", "../x", "/etc", "a/b", "harbor-coffee/", "a\\b", "velo\x00north", "", "VELO"]
)
def test_an_id_that_is_a_path_is_refused(knowledge: Path, brand_id: str) -> None:
    with pytest.raises(InputError, match="cannot be the id"):
        brand_folder(knowledge, brand_id)


@given(st.text(max_size=60))
@steady()
def test_any_text_leads_into_the_folder_or_to_an_input_error(brand_id: str) -> None:
    here = Path(__file__).parent
    with suppress(InputError):
        assert brand_folder(here.parent, brand_id).parent == here.parent
