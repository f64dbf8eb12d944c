"""Facts and what leans on them: about to expire, expired, dated in words, said twice."""

from collections.abc import Iterator
from datetime import timedelta

import regex

from copilot.brand.files import PRECEDENTS
from copilot.brand.linting.base import LintFinding, Subject
from copilot.text import hidden, plain, sentences

SOON = timedelta(days=14)

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "januar|februar|märz|mai|juni|juli|oktober|dezember|"
    "janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_DATE = regex.compile(
    rf"""\b\d{{4}}-\d\d-\d\d\b
    | (?<![€$£]|[€$£]\ )\b(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:\d{{2,4}}\b|\s|$)
    | \b\d{{1,2}}(?:st|nd|rd|th|\.|er)?\ (?:of\ )?(?:{_MONTHS})\b
    | \b(?:{_MONTHS})\ \d{{1,2}}(?:st|nd|rd|th)?\b
    | \b(?:end|beginning)\ of\ (?:the\ )?(?:month|year|week)\b""",
    regex.IGNORECASE | regex.VERBOSE,
)


def expiring_fact(subject: Subject) -> Iterator[LintFinding]:
    """A fact that is no longer valid, or will not be in two weeks."""
    for fact in subject.brand.facts:
        if fact.valid_until is None or fact.valid_until > subject.today + SOON:
            continue
        left = (fact.valid_until - subject.today).days
        if left < 0:
            message = f"`{fact.id}` has expired on {fact.valid_until}; nothing uses it any more."
            yield LintFinding(
                fact.file, fact.line, "expired-fact", "warn", message, "Renew `valid_until`, or remove it."
            )
        else:
            when = "today" if left == 0 else f"in {left} day{'s' if left > 1 else ''}"
            message = f"The last day of `{fact.id}` is {when} ({fact.valid_until})."
            yield LintFinding(
                fact.file, fact.line, "expiring-fact", "warn", message, "Look whether it still holds then."
            )


def precedent_with_expired_fact(subject: Subject) -> Iterator[LintFinding]:
    """An accepted precedent that leans on a fact which does not hold today."""
    facts = {fact.id: fact for fact in subject.brand.facts}
    for one in subject.precedents:
        if one.status != "accepted" or (one.valid_until and one.valid_until < subject.today):
            continue
        for fact_id in one.fact_ids:
            fact = facts.get(fact_id)
            if fact is None or not fact.valid_on(subject.today):
                state = "is not there any more" if fact is None else "does not hold today"
                yield LintFinding(
                    PRECEDENTS,
                    subject.precedent_line(one.id),
                    "precedent-without-fact",
                    "warn",
                    f"`{one.id}` used `{fact_id}`, which {state}.",
                    "Renew the fact, or give the precedent a `valid_until` or the status `retired`.",
                )


def dated_in_words(subject: Subject) -> Iterator[LintFinding]:
    """A date inside the text of a fact: it goes stale without anybody noticing."""
    for fact in subject.brand.facts:
        match = _DATE.search(fact.text)
        if match:
            message = f"`{fact.id}` names a date (`{match[0].strip()}`) in its text."
            fix = "Say it without the date, and write `valid_until=` behind its id."
            yield LintFinding(fact.file, fact.line, "date-in-fact", "warn", message, fix)


def shape_of_fact(subject: Subject) -> Iterator[LintFinding]:
    """A fact of more than two sentences, or one that says the same as another."""
    seen: dict[str, str] = {}
    for fact in subject.brand.facts:
        count = len(sentences(fact.text))
        if count > 2:
            message = f"`{fact.id}` has {count} sentences; one or two can stand in a reply."
            yield LintFinding(fact.file, fact.line, "long-fact", "info", message, "Split it into several facts.")
        other = seen.setdefault(plain(fact.text), fact.id)
        if other != fact.id:
            message = f"`{fact.id}` says the same as `{other}`."
            yield LintFinding(fact.file, fact.line, "same-fact", "info", message, "Keep one of the two.")


def hidden_characters(subject: Subject) -> Iterator[LintFinding]:
    """Characters that nobody sees: zero-width, bidirectional, soft hyphens."""
    for name, text in sorted(subject.files.items()):
        if name.endswith(".jsonl") or not hidden(text):
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            for span in hidden(line)[:1]:
                message = f"A hidden character (U+{ord(span.text):04X}) stands in this line."
                yield LintFinding(name, number, "hidden-character", "warn", message, "Retype the word it stands in.")
