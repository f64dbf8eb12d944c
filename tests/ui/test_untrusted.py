"""What we did not write is shown as plain characters: by the helper, in the source, and on every page."""

from datetime import timedelta
from pathlib import Path

import pytest

from copilot import cases
from copilot.models import Mention
from copilot.ui import untrusted
from tests.conftest import OWNER, ROOT, Clock
from tests.ui.driver import Driver
from tests.ui.rendering import violations

SOURCES = [ROOT / "app.py", *sorted((ROOT / "copilot" / "ui").rglob("*.py"))]
EVIL = (
    "<img src=x onerror=alert(1)> ![shot](https://evil.example/pixel.png) [click](https://evil.example) "
    "**EVIL** :red[EVIL] $EVIL$ :material/home: \u202egnp.exe\u200b"
)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_our_own_words_stand_where_markdown_is_rendered(source: Path) -> None:
    assert violations(source) == []


@pytest.mark.parametrize(
    "line",
    [
        "st.markdown(mention.text)",
        'st.button(f"Answer {case.author}")',
        "left.caption(reason)",
        "st.error(str(error))",
        "st.toast(note)",
        'st.text_input("Why", help=finding.reason)',
        'st.markdown("<b>x</b>", unsafe_allow_html=True)',
        "st.text(mention.text)",
        "st.code(reply)",
        "st.html(mention.text)",
        'st.expander(f"{words.channel(x)} {author}")',
        'st.radio("Which", names)',
        'pick("brand", brand.name, {}, None)',
        "title = mention.text\n    st.header(title)",
    ],
)
def test_the_reader_of_the_source_finds_what_is_not_ours(line: str) -> None:
    names = "mention, case, reason, error, note, finding, reply, author, names"
    source = f"import streamlit as st\ndef page({names}):\n    {line}\n"
    assert violations(Path("page.py"), source)


@pytest.mark.parametrize(
    "line",
    [
        'st.markdown("**Ours**")',
        'st.button(f"{words.channel(x)}, {len(rows)} rows")',
        'count = words.plural(2, "row", "rows")\n    st.caption(f"{count} here")',
        'st.badge(words.STATES[case.state], icon=":material/check:")',
        'st.badge(f"valid until {fact.valid_until:%d %b %Y}")',
        'st.caption("a" if late else "b")',
    ],
)
def test_the_reader_of_the_source_lets_our_words_pass(line: str) -> None:
    source = f"import streamlit as st\ndef page(x, rows, case, fact, late):\n    {line}\n"
    assert violations(Path("page.py"), source) == []


def test_hidden_and_control_characters_are_written_out() -> None:
    assert untrusted.shown("a\u202eb\u200bc\x07d\ne") == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+0007⟩d\ne"
    assert untrusted.shown("👩‍🚀 ok") == "👩‍🚀 ok"
    assert untrusted.shown("half \ud83d pair").encode() == "half ⟨U+D83D⟩ pair".encode()


def test_a_line_is_one_line_and_says_that_it_was_cut() -> None:
    assert untrusted.line("one\ntwo   three") == "one two three"
    assert untrusted.line("abcdefgh", 5) == "abcd…"


def hostile(driver: Driver, clock: Clock) -> str:
    """A mention whose every field is an attack, escalated with a note that is one too."""
    mention = Mention(
        id="evil-1",
        brand=driver.brand,
        channel="[c](https://evil.example)",
        author="**EVIL**![x](https://evil.example)",
        text=f"My parcel is broken! {EVIL}",
        created_at=clock() - timedelta(minutes=5),
        thread="evil-1",
        url="https://evil.example/?q=[x](https://evil.example)",
    )
    driver.desk.add([mention], None)
    case = driver.case("evil-1")
    cases.note(driver.desk, case.id, f"Note {EVIL}", OWNER)
    return case.id


def harmless(driver: Driver) -> None:
    assert "evil" not in driver.rendered.lower()
    assert "onerror" not in driver.rendered


def test_a_hostile_mention_is_plain_characters_in_the_inbox(driver: Driver, clock: Clock) -> None:
    driver.start()
    case = hostile(driver, clock)
    driver.open("evil-1")
    assert "**EVIL** :red[EVIL] $EVIL$" in driver.plain
    assert "⟨U+202E⟩gnp.exe⟨U+200B⟩" in driver.plain
    assert "Holds hidden characters" in driver.rendered
    harmless(driver)
    cases.escalate(driver.desk, case, "jm", f"Decide {EVIL}", OWNER)
    driver.run()
    assert "Decide <img src=x" in driver.plain
    harmless(driver)


def test_a_hostile_reply_and_an_error_about_it_are_plain_characters(driver: Driver, clock: Clock) -> None:
    driver.start()
    hostile(driver, clock)
    driver.open("evil-1").write(f"{EVIL} ^JM")
    harmless(driver)
    driver.press("approve")
    harmless(driver)
    assert driver.desk.ledger.outbox() == []


def test_a_hostile_mention_is_plain_characters_on_the_other_pages(driver: Driver, clock: Clock) -> None:
    driver.start()
    case = hostile(driver, clock)
    cases.attest(driver.desk, case, f"True: {EVIL}", "I know", OWNER)
    outcome = driver.desk.approve(
        "evil-1", "We can see why you wrote. ^JM", OWNER, overrides=dict.fromkeys(("H8", "T6", "T9", "T4"), EVIL)
    )
    assert outcome.outbox is not None, [r for r in outcome.checks if r.verdict not in ("pass", "info")]
    driver.go("sent")
    assert "**EVIL**" in driver.plain
    harmless(driver)
    cases.mark_sent(driver.desk, outcome.outbox.id, OWNER, "https://evil.example/[x](https://evil.example)")
    cases.resolve(driver.desk, case, f"Ended {EVIL}", OWNER)
    driver.go("knowledge")
    for part in ("Precedents", "Gaps"):
        driver.app.get("button_group")[0].set_value(part)
        driver.run()
        assert "EVIL" in driver.plain
        harmless(driver)
