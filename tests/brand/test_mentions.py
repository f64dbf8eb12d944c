"""mentions.jsonl: sample conversations with times that count back from the import."""

from datetime import datetime, timedelta

import pytest

from copilot.brand import load_mentions
from copilot.errors import KnowledgeError

from .sample import MENTIONS, NOW


def test_rows_become_mentions_with_threads_and_times() -> None:
    first, second, third = load_mentions("fern-fold", MENTIONS, NOW)
    assert (first.brand, first.thread, first.created_at) == ("fern-fold", "m-1", NOW - timedelta(hours=26))
    assert second.from_brand and second.thread == "m-1" and second.in_reply_to == "m-1"
    assert third.has_media and third.created_at == NOW - timedelta(minutes=30)
    assert third.url == "https://bsky.example/3" and third.lang is None


CASES = [
    ('"id": "m-2"', '"id": "m-1"', 2, "stands twice; the first is on line 1", "Change one"),
    ('"import-26h"', '"26h ago"', 1, "is no moment", "import-3h"),
    ('"import-26h"', '"2026-03-01T10:00:00"', 1, "no offset", "+01:00"),
    ('"import-26h"', "26", 1, "must be text", "import-3h"),
    (
        '"author": "mira.example", "text": "Loose',
        '"author": "@mira.example", "text": "Loose',
        1,
        "without @",
        "mira.example",
    ),
    ('"lang": "en"', '"lang": "eng"', 1, "language code", "two-letter"),
    ('"Loose again"', '""', 1, "`text` is empty", '"text":'),
    ('"Loose again"', '"a\\u0000b"', 1, "NUL", "retype"),
    ('"in_reply_to": "m-1"', '"in_reply_to": "m-9"', 2, "not in this file", "m-1"),
    ('"in_reply_to": "m-1"', '"in_reply_to": "m-2"', 2, "answers itself", "it answers"),
    ('"in_reply_to": "m-1"', '"in_reply_to": "m-3"', 2, "written later", "created_at"),
    ('"thread": "m-1"', '"thread": "t-1"', 3, "`thread` names `t-1`", "m-1"),
    ('"https://bsky.example/3"', '"javascript:alert(1)"', 3, "`url`", "https://"),
    ('"from_brand": true', '"from_brand": 1', 2, "true or false", "false"),
    ('"from_brand": true', '"brand": "x"', 2, "no field `brand`", "from_brand"),
    (
        '"channel": "bluesky", "author": "fernfold',
        '"channel": "Blue Sky", "author": "fernfold',
        2,
        "`Blue Sky`",
        "bluesky",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "says", "fix"), CASES)
def test_a_malformed_row_is_refused_with_line_and_fix(old: str, new: str, line: int, says: str, fix: str) -> None:
    assert MENTIONS.count(old) == 1
    with pytest.raises(KnowledgeError) as caught:
        load_mentions("fern-fold", MENTIONS.replace(old, new), NOW)
    problem = next(one for one in caught.value.problems if one.line == line)
    assert problem.file == "mentions.jsonl"
    assert says in problem.message and fix.casefold() in problem.fix.casefold(), problem


def test_the_import_needs_its_offset() -> None:
    with pytest.raises(ValueError, match="offset"):
        load_mentions("fern-fold", MENTIONS, datetime(2026, 3, 10))


def test_an_empty_file_holds_no_mentions() -> None:
    assert load_mentions("fern-fold", "\n", NOW) == []
