"""Words the guide avoids: in our own wordings, and in the guide itself."""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from copilot.brand.files import PLAYBOOKS, PRECEDENTS, VOICE
from copilot.brand.linting.base import LintFinding, Subject
from copilot.models import WordRule
from copilot.text import plain


class Wording(NamedTuple):
    """A text that may end up in a reply, or teaches how to write one."""

    file: str
    line: int
    what: str
    text: str
    channel: str = ""
    """Where it was sent, for a precedent."""


def wordings(subject: Subject) -> Iterator[Wording]:
    """Every such text of the brand: Do examples, playbook lines, facts, accepted precedents."""
    for rule in subject.brand.voice.rules:
        for text in rule.do:
            yield Wording(VOICE, subject.find(VOICE, text, rule.line), f"The example of `{rule.id}`", text)
    yield from _playbook_lines(subject)
    for fact in subject.brand.facts:
        yield Wording(fact.file, fact.line, f"The fact `{fact.id}`", fact.text)
    for one in subject.precedents:
        if one.status == "accepted":
            line = subject.precedent_line(one.id)
            yield Wording(PRECEDENTS, line, f"The precedent `{one.id}`", one.reply, one.channel)


def _playbook_lines(subject: Subject) -> Iterator[Wording]:
    """Lines and holding replies in every language, each with its place in the file."""
    for intent, playbook in subject.brand.playbooks.items():
        texts: list[tuple[str, tuple[str | int, ...], str]] = []
        for a, act in enumerate(playbook.acts):
            texts += [("line", ("acts", a, "lines", n), text) for n, text in enumerate(act.lines)]
            for lang, said in act.lines_in.items():
                texts += [("line", ("acts", a, "lines_in", lang, n), text) for n, text in enumerate(said)]
        texts += [("holding reply", ("holding", n), text) for n, text in enumerate(playbook.holding)]
        for lang, said in playbook.holding_in.items():
            texts += [("holding reply", ("holding_in", lang, n), text) for n, text in enumerate(said)]
        for what, place, text in texts:
            yield Wording(PLAYBOOKS, subject.place(PLAYBOOKS, intent, *place), f"A {what} of `{intent}`", text)


def avoided_word(subject: Subject) -> Iterator[LintFinding]:
    """One of our own wordings uses a word that the guide avoids."""
    searches = [(rule, _search(rule.word)) for rule in subject.brand.voice.avoid]
    for file, line, what, text, _ in wordings(subject):
        flat = plain(text)
        for rule, search in searches:
            if search.search(flat):
                why = f" ({rule.why})" if rule.why else ""
                fix = f"Write `{rule.better}` or something else." if rule.better else "Write something else."
                yield LintFinding(
                    file, line, "avoided-word", "warn", f"{what} uses `{rule.word}`, which we avoid{why}.", fix
                )


def used_and_avoided(subject: Subject) -> Iterator[LintFinding]:
    """A word stands in both lists, or the better word is itself avoided."""
    voice = subject.brand.voice
    avoided = {plain(rule.word): rule for rule in voice.avoid}
    for rule in voice.use:
        other = avoided.get(plain(rule.word))
        if other:
            yield _contradiction(rule, f"`{rule.word}` is used here and avoided on line {other.line}.")
    for rule in voice.avoid:
        other = avoided.get(plain(rule.better)) if rule.better else None
        if other:
            yield _contradiction(rule, f"The better word `{rule.better}` is itself avoided on line {other.line}.")


def _contradiction(rule: WordRule, message: str) -> LintFinding:
    return LintFinding(VOICE, rule.line, "used-and-avoided", "error", message, "Keep one of the two.")


def _search(word: str) -> "regex.Pattern[str]":
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}]){regex.escape(plain(word))}(?![\p{{L}}\p{{N}}])")
