"""Docs that cannot rot: the reference is generated, and every setting is documented."""

import re
import subprocess
import sys

from copilot.settings import Settings
from tests.conftest import ROOT


def test_the_reference_is_current() -> None:
    command = [sys.executable, "-m", "typer", "copilot.cli", "utils", "docs", "--name", "candor", "--title", "Commands"]
    fresh = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert fresh.strip() == (ROOT / "docs" / "cli.md").read_text().strip(), "run: make docs"


def test_every_setting_stands_in_the_example() -> None:
    documented = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    fields = {n.upper() if n.startswith("openai") else f"CANDOR_{n.upper()}" for n in Settings.model_fields}
    assert documented == fields


def test_the_defaults_in_the_example_are_the_real_ones() -> None:
    for line in (ROOT / ".env.example").read_text().splitlines():
        name, _, value = line.partition("=")
        if not line or line.startswith("#") or not value:
            continue
        field = Settings.model_fields[name.removeprefix("CANDOR_").lower()]
        assert str(field.default).removesuffix(".0") == value, line


def test_the_lock_has_hashes_and_no_addresses() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "http" not in re.sub(
        r"^(httpx?[\w-]*|aiohttp[\w-]*|httpcore\d?|httptools)\b.*$", "", lock, flags=re.MULTILINE
    )
    assert lock.count("==") <= lock.count("--hash=sha256:")


def test_every_command_of_the_readme_exists() -> None:
    from typer.main import get_command

    from copilot.cli import app

    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    used = set(re.findall(r"^candor ([a-z-]+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert used and used <= known
