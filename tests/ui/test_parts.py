"""The parts of the pages that can be judged without a page."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any, get_args

import pytest

from copilot.draft import DraftDone, EvidenceFound, SentenceWritten
from copilot.errors import ModelError
from copilot.models import (
    INTENTS,
    Action,
    Actor,
    CaseLogEntry,
    CaseState,
    CheckResult,
    Draft,
    EvidenceKind,
    Mention,
    OutboxState,
    Provenance,
    Purpose,
    Relation,
    Risk,
    Role,
    Sentence,
    Span,
    TriageDecision,
    Verdict,
)
from copilot.ui import words
from copilot.ui.inbox.seen import by_others
from copilot.ui.inbox.sentences import open_findings, rows, sentence_of, used_in
from copilot.ui.jobs import DraftJob
from copilot.ui.picker import distinct
from tests.conftest import ROOT

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (words.INTENTS, INTENTS),
        (words.STATES, get_args(CaseState)),
        (words.ACTIONS, get_args(Action)),
        (words.RISKS, get_args(Risk)),
        (words.ROLES, get_args(Role)),
        (words.RELATIONS, get_args(Relation)),
        (words.OUTBOX, get_args(OutboxState)),
        (words.PURPOSES, get_args(Purpose)),
        (words.KINDS, get_args(EvidenceKind)),
        (words.VERDICT_WORDS, get_args(Verdict)),
        (words.VERDICT_ICONS, get_args(Verdict)),
        (words.VERDICT_COLOURS, get_args(Verdict)),
        (words.PRECEDENTS, ("candidate", "accepted", "retired")),
        (words.ORIGINS, ("abstained", "attested", "search")),
    ],
)
def test_there_is_a_word_for_everything_the_code_knows(table: Mapping[str, str], names: tuple[str, ...]) -> None:
    assert set(table) == set(names)


def test_a_channel_we_do_not_know_is_not_repeated() -> None:
    assert words.channel("bluesky") == "Bluesky"
    assert words.channel("[x](https://evil.example)") == "another channel"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-90, "late by 1 h"),
        (-5, "late by 5 min"),
        (30, "due in 30 min"),
        (5 * 60, "due in 5 h"),
        (24 * 60, "due Thu 11:00"),
        (60 * 24 * 40, "due 13 Apr 2026, 12:00"),
    ],
)
def test_where_a_case_stands_against_its_target(minutes: int, said: str) -> None:
    assert words.due(NOW + timedelta(minutes=minutes), NOW, "Europe/Berlin") == said


def test_lengths_of_time_are_said_in_their_largest_unit() -> None:
    assert words.ago(NOW - timedelta(seconds=20), NOW) == "just now"
    assert words.ago(NOW - timedelta(minutes=59), NOW) == "59 min ago"
    assert words.ago(NOW - timedelta(hours=47), NOW) == "47 h ago"
    assert words.ago(NOW - timedelta(days=3), NOW) == "3 days ago"


def entry(version: int, event: str, person: str | None) -> CaseLogEntry:
    return CaseLogEntry(
        at=NOW, actor=Actor(person=person) if person else None, event=event, state="open", version=version
    )


def test_news_is_what_others_did_and_what_came_in_but_not_a_draft() -> None:
    history = [
        entry(1, "import", None),
        entry(2, "draft", None),
        entry(3, "note", "jm"),
        entry(4, "note", "tl"),
        entry(5, "message", None),
    ]
    assert [e.version for e in by_others(history, 1, "jm")] == [4, 5]
    assert by_others(history, 5, "jm") == []


def draft(*sentences: Sentence) -> Draft:
    made = Provenance(model="none", prompt_sha="0", voice_version="1", knowledge_sha="k", created_at=NOW)
    return Draft(sentences=sentences, provenance=made)


def found(check: str, verdict: Verdict, *spans: tuple[int, int]) -> CheckResult:
    return CheckResult(
        check=check, version=1, verdict=verdict, spans=tuple(Span(start=a, end=b, text="x") for a, b in spans)
    )


def test_a_sentence_shows_the_worst_that_is_said_of_it_and_what_it_stands_on() -> None:
    reply = "We open at 8:00. Always. ^JM"
    source = draft(Sentence(text="We open at 8:00.", act="answer", evidence_ids=("f-hours",)))
    results = [found("H6", "warn", (17, 24)), found("T5", "info", (17, 24)), found("H2", "block", (11, 15))]
    shown = rows(reply, source, results)
    assert [(r.text, r.act, r.evidence_ids, r.verdict) for r in shown] == [
        ("We open at 8:00.", "answer", ("f-hours",), "block"),
        ("Always.", "", (), "warn"),
        ("^JM", "", (), "pass"),
    ]
    assert used_in(reply, source, "f-hours") == [1]
    assert sentence_of(reply, results[0]) == "Always."


def test_a_finding_about_the_mention_marks_no_sentence_of_the_reply() -> None:
    result = found("P5", "escalate", (0, 4))
    assert [r.verdict for r in rows("We read this.", None, [result])] == ["pass"]
    assert sentence_of("We read this.", result) == ""


def test_findings_come_worst_first_without_what_passes() -> None:
    results = [found("A", "info"), found("B", "pass"), found("C", "block"), found("D", "warn"), found("E", "error")]
    assert [r.check for r in open_findings(results)] == ["E", "C", "D", "A"]


def test_options_with_the_same_label_stay_apart() -> None:
    assert distinct({"a": "Jo", "b": "Jo", "c": "Sam"}) == {"Jo · a": "a", "Jo · b": "b", "Sam": "c"}


class Events:
    """A desk that only drafts, one event at a time when the test says so."""

    def __init__(self, *events: Any) -> None:
        self.events = events
        self.go_on = Event()
        self.closed = False

    def draft_events(self, *_: Any, **__: Any) -> Iterator[Any]:
        try:
            for event in self.events:
                if event is Event:
                    assert self.go_on.wait(30)
                elif isinstance(event, Exception):
                    raise event
                else:
                    yield event
        finally:
            self.closed = True


MENTION = Mention(id="m", brand="b", channel="bluesky", author="a", text="?", created_at=NOW, thread="m")
FOUND = EvidenceFound(
    evidence=(),
    triage=TriageDecision(action="reply", intent="question", sentiment="neutral", urgency=0.5, reason="asks"),
)


def written(index: int, text: str) -> SentenceWritten:
    return SentenceWritten(index=index, sentence=Sentence(text=text, act="answer"))


def job(desk: Events) -> DraftJob:
    started = DraftJob(desk, MENTION, "jm")  # pyright: ignore[reportArgumentType]
    started.start()
    return started


def test_a_job_shows_sentences_in_place_and_leaves_out_what_was_taken_out() -> None:
    whole = DraftDone(draft=draft())
    done = job(Events(FOUND, written(0, "One."), written(1, "Two."), written(0, "Better."), written(1, ""), whole))
    assert done.wait(30)
    assert [event.sentence.text for event in done.sentences] == ["Better."]
    assert done.evidence == ()
    assert done.done == whole


def test_a_stopped_job_ends_with_the_next_event_and_has_no_draft() -> None:
    desk = Events(FOUND, written(0, "One."), Event, written(1, "Two."), DraftDone(draft=draft()))
    stopped = job(desk)
    stopped.stop()
    desk.go_on.set()
    assert stopped.wait(30)
    assert stopped.done is None
    assert stopped.stopped


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (ModelError("The model did not answer. Write it yourself."), "The model did not answer. Write it yourself."),
        (RuntimeError("inner detail"), "Drafting failed (RuntimeError)."),
    ],
)
def test_a_job_that_fails_says_why_in_words(trouble: Exception, said: str) -> None:
    failed = job(Events(FOUND, trouble))
    assert failed.wait(30)
    assert failed.error.startswith(said)
    assert "inner detail" not in failed.error


def test_the_app_stays_on_this_machine_and_tells_nobody() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert config["server"]["enableXsrfProtection"] is True
    assert config["server"]["maxUploadSize"] == 5
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_text_of_the_theme_is_legible(name: str) -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][name]
    grounds = (theme["backgroundColor"], theme["secondaryBackgroundColor"])
    pairs = [(theme[text], ground) for text in ("textColor", "linkColor") for ground in grounds]
    for hue in ("red", "orange", "green", "blue", "gray"):
        pairs += [(theme[f"{hue}TextColor"], ground) for ground in (*grounds, theme[f"{hue}BackgroundColor"])]
    pairs.append(("#ffffff", theme["primaryColor"]))
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
