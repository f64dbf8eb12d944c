"""The app in a real browser: a person's way from the inbox to a sent reply, by mouse, by keyboard, on a phone."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from copilot.bootstrap import Copilot
from tests.conftest import ROOT, make_settings

CHROMIUM = shutil.which("chromium")
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PRAISE = "hc-059"
PATIENCE = 180_000
"""Milliseconds: the first draft of a fresh process loads everything, and a loaded machine takes its time."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here: apt-get install -y chromium"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture
def address(data_dir: Path, tmp_path: Path) -> Iterator[str]:
    """The app as a process of its own, on a free port; stopped by its id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "app.log"
    environment = {
        **os.environ,
        "CANDOR_DATA_DIR": str(data_dir),
        "CANDOR_KNOWLEDGE_DIR": str(ROOT / "knowledge"),
        "CANDOR_MODEL": "none",
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True) as app,
    ):
        assert app.stdout is not None
        assert any("URL:" in line for line in app.stdout), log.read_text(encoding="utf-8")
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            app.terminate()
            app.communicate(timeout=30)
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


def visit(browser: Browser, address: str, size: dict[str, int], scheme: str = "light") -> Page:
    page = browser.new_page(viewport=size, color_scheme=scheme)  # pyright: ignore[reportArgumentType]
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto(address)
    expect(page.get_by_placeholder("Search text and author")).to_be_attached()
    return page


def sit_down(page: Page, name: str) -> None:
    page.get_by_label("Who are you?").click()
    page.get_by_role("option", name=name).click()
    expect(page.get_by_text("Your role here: owner")).to_be_attached()


def find(page: Page, text: str) -> None:
    page.get_by_placeholder("Search text and author").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator('[class*="st-key-row-"]')).to_have_count(1)


def said_by(data_dir: Path, mention: str) -> str:
    with Copilot(make_settings(data_dir)) as copilot:
        return copilot.ledger.brand("harbor-coffee").mention(mention).text


def sent(data_dir: Path) -> list[tuple[str, str, str]]:
    with Copilot(make_settings(data_dir)) as copilot:
        items = copilot.ledger.brand("harbor-coffee").outbox()
        return [(item.reply.mention_id, item.state, item.reply.text) for item in items]


def test_from_the_inbox_to_a_sent_reply(browser: Browser, address: str, data_dir: Path) -> None:
    page = visit(browser, address, DESKTOP)
    sit_down(page, "Jo Marsh (JM)")
    find(page, said_by(data_dir, PRAISE)[:60])
    page.locator('[class*="st-key-row-"]').click(position={"x": 150, "y": 60})
    editor = page.get_by_label("Reply", exact=True)
    expect(editor).to_have_value(re.compile(r"\^JM$"))
    editor.fill("Thank you, that was good to read today. ^TL")
    editor.blur()
    expect(page.get_by_text("Nobody signs for somebody else")).to_be_visible()
    editor.fill("Thank you, that was good to read today. ^JM")
    editor.press("Control+Enter")
    expect(page.get_by_text("Every check passes")).to_be_visible()
    editor.press("a")
    editor.press("Backspace")
    assert sent(data_dir) == []
    editor.blur()
    page.keyboard.press("Shift+A")
    expect(page.get_by_text("Approved. Nothing leaves for")).to_be_visible()
    assert sent(data_dir) == [(PRAISE, "queued", "Thank you, that was good to read today. ^JM")]
    expect(page.locator('[class*="st-key-mark-"] button')).to_be_visible()
    page.keyboard.press("m")
    expect(page.get_by_text("Marked as sent.")).to_be_visible()
    assert sent(data_dir) == [(PRAISE, "sent", "Thank you, that was good to read today. ^JM")]
    page.close()


def test_on_a_phone_the_queue_comes_first_and_then_the_case(browser: Browser, address: str) -> None:
    page = visit(browser, address, PHONE)
    rows = page.locator('[class*="st-key-row-"]')
    expect(rows.first).to_be_visible()
    expect(page.locator('[class*="st-key-message-"]').first).to_be_hidden()
    rows.nth(2).click(position={"x": 150, "y": 60})
    expect(page.locator('[class*="st-key-message-waits-"]')).to_be_visible()
    expect(rows.first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Queue").click()
    expect(rows.first).to_be_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_legible(browser: Browser, address: str, scheme: str) -> None:
    page = visit(browser, address, DESKTOP, scheme)
    sit_down(page, "Jo Marsh (JM)")
    editor = page.get_by_label("Reply", exact=True)
    editor.fill("Unfortunately this never works! ^TL")
    editor.blur()
    expect(page.get_by_text("Nobody signs for somebody else")).to_be_visible()
    legible = (ROOT / "tests" / "ui" / "legible.js").read_text(encoding="utf-8")
    seen = {"Inbox": page.evaluate(legible)}
    for name, shows in (
        ("Sent & outbox", "Nothing waits"),
        ("Knowledge", "v-own-first"),
        ("People & settings", "disk"),
    ):
        page.get_by_role("link", name=name).click()
        expect(page.get_by_text(shows).first).to_be_visible()
        seen[name] = page.evaluate(legible)
    assert {name: bad for name, bad in seen.items() if bad} == {}
    page.close()
