"""Reading the folder of a brand: what is taken, and what is refused before any parser sees it."""

from pathlib import Path

import pytest

from copilot.brand import read_files
from copilot.brand.files import LARGEST_FILE, MOST_FACT_FILES
from copilot.errors import KnowledgeError, Problem

from .sample import FILES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "fern-fold"
    for name, text in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    return home


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(KnowledgeError) as caught:
        read_files(folder)
    return caught.value.problems


def test_all_knowledge_files_are_read(folder: Path) -> None:
    assert read_files(folder) == FILES


def test_other_files_and_hidden_ones_are_left_alone(folder: Path) -> None:
    (folder / "README.md").write_text("hello")
    (folder / ".DS_Store").write_bytes(b"\x00")
    (folder / "facts" / ".swp").write_bytes(b"\x00")
    (folder / "photos").mkdir()
    assert read_files(folder) == FILES


def test_windows_line_ends_and_mark_are_normalised(folder: Path) -> None:
    (folder / "voice.md").write_bytes(b"\xef\xbb\xbf" + FILES["voice.md"].replace("\n", "\r\n").encode())
    assert read_files(folder) == FILES


def test_bad_utf8_is_refused_with_its_line(folder: Path) -> None:
    (folder / "facts" / "shop.md").write_bytes(b"---\nsource: x\n---\n- caf\xe9 {#f-a}\n")
    (problem,) = problems(folder)
    assert (problem.file, problem.line) == ("facts/shop.md", 4) and "0xe9" in problem.message


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\u2028", "\x85"])
def test_control_characters_are_refused_with_their_line(folder: Path, char: str) -> None:
    (folder / "brand.yaml").write_text(FILES["brand.yaml"].replace("Ada", f"A{char}da"), encoding="utf-8")
    (problem,) = problems(folder)
    assert (problem.file, problem.line) == ("brand.yaml", 16)


def test_a_large_file_is_refused_unread(folder: Path) -> None:
    (folder / "precedents.jsonl").write_bytes(b"x" * (LARGEST_FILE + 1))
    (problem,) = problems(folder)
    assert (problem.file, problem.line) == ("precedents.jsonl", 0) and "2 MB" in problem.message


def test_every_missing_required_file_is_named(folder: Path) -> None:
    (folder / "brand.yaml").unlink()
    (folder / "voice.md").unlink()
    assert [problem.file for problem in problems(folder)] == ["brand.yaml", "voice.md"]


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    assert "no folder" in problems(tmp_path / "none")[0].message


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("---\nsource: x\n---\n")
    (folder / "facts" / "leak.md").symlink_to(tmp_path / "secret.md")
    (problem,) = problems(folder)
    assert problem.file == "facts/leak.md" and "outside" in problem.message


def test_a_linked_facts_folder_outside_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "facts" / "shop.md").unlink()
    (folder / "facts").rmdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.md").write_text("x")
    (folder / "facts").symlink_to(tmp_path / "elsewhere")
    assert [problem.file for problem in problems(folder)] == ["facts/a.md"]


def test_a_folder_in_place_of_a_file_is_refused(folder: Path) -> None:
    (folder / "playbooks.yaml").unlink()
    (folder / "playbooks.yaml").mkdir()
    assert "not a file" in problems(folder)[0].message


@pytest.mark.parametrize(
    ("name", "meant"), [("playbook.yaml", "playbooks.yaml"), ("voice.MD", "voice.md"), ("fact", "facts")]
)
def test_a_misspelt_name_is_not_passed_over(folder: Path, name: str, meant: str) -> None:
    (folder / name).write_text("x")
    (problem,) = problems(folder)
    assert problem.file == name and f"`{meant}`" in problem.fix


def test_only_markdown_is_read_as_facts(folder: Path) -> None:
    (folder / "facts" / "prices.txt").write_text("x")
    (folder / "facts" / "old").mkdir()
    assert [problem.file for problem in problems(folder)] == ["facts/old", "facts/prices.txt"]


def test_the_number_of_fact_files_is_limited(folder: Path) -> None:
    for n in range(MOST_FACT_FILES + 5):
        (folder / "facts" / f"t{n:03}.md").write_text("---\nsource: x\n---\n")
    assert len(problems(folder)) == 1
