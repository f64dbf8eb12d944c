"""The rules of the guide: which no check can hold, which contradict each other, and examples that break them."""

from collections.abc import Callable, Iterator

from copilot.brand.files import BRAND, PLAYBOOKS, VOICE
from copilot.brand.linting.base import LintFinding, Subject
from copilot.brand.linting.words import wordings
from copilot.models import INTENTS
from copilot.text import emoji, length

_NEED_NONE = ("spam", "chatter")


def unenforced_rule(subject: Subject) -> Iterator[LintFinding]:
    """A rule without example and without check: neither a drafter nor the code can follow it."""
    for rule in subject.brand.voice.rules:
        if not (rule.do or rule.dont or rule.check):
            yield LintFinding(
                VOICE,
                rule.line,
                "unenforced-rule",
                "info",
                f"`{rule.id}` has no example and no check, so nothing can hold a reply against it.",
                'Add `- Do: "…"` or `- Don\'t: "…"` under it, or a `check=` to its id.',
            )


def contradicting_checks(subject: Subject) -> Iterator[LintFinding]:
    """The same check stands twice, or a rule asks for what brand.yaml forbids."""
    brand = subject.brand
    first: dict[str, str] = {}
    for rule in brand.voice.rules:
        name = rule.check.partition("=")[0]
        if not name:
            continue
        message = ""
        if name in first:
            message = f"`{rule.id}` and `{first[name]}` both set `{name}`."
        elif name == "signs" and brand.signature.policy == "never":
            line = subject.place(BRAND, "signature", "policy")
            message = f"`{rule.id}` wants a signature, which brand.yaml:{line} never allows."
        elif name == "no-emoji" and brand.emoji.max > 0:
            line = subject.place(BRAND, "emoji", "max")
            message = f"`{rule.id}` wants no emoji, and brand.yaml:{line} allows {brand.emoji.max}."
        if message:
            yield LintFinding(VOICE, rule.line, "contradiction", "error", message, "Keep one of the two.")
        first.setdefault(name, rule.id)


_BREAKS: dict[str, Callable[[str], bool]] = {
    "no-exclamation": lambda text: "!" in text,
    "no-emoji": lambda text: bool(emoji(text)),
    "plain-quotes": lambda text: any(mark in text for mark in "“”„‘’«»"),
}


def wording_breaks_check(subject: Subject) -> Iterator[LintFinding]:
    """One of our own wordings breaks a rule that the code checks."""
    wanted = {rule.check: rule.id for rule in subject.brand.voice.rules if rule.check in _BREAKS}
    for file, line, what, text, _ in wordings(subject):
        for check, rule_id in wanted.items():
            if _BREAKS[check](text):
                message = f"{what} breaks `{rule_id}` (`{check}`)."
                yield LintFinding(file, line, "wording-breaks-check", "warn", message, "Reword it.")


def intent_without_playbook(subject: Subject) -> Iterator[LintFinding]:
    """Intents that are answered by the built-in playbook."""
    missing = [intent for intent in INTENTS if intent not in subject.brand.playbooks and intent not in _NEED_NONE]
    if missing:
        message = f"No playbook for {', '.join(missing)}: the built-in one answers them, in nobody's voice."
        yield LintFinding(
            PLAYBOOKS, 0, "intent-without-playbook", "info", message, f"Add `{missing[0]}:` with its acts."
        )


def too_long_for_channel(subject: Subject) -> Iterator[LintFinding]:
    """A wording that alone is longer than the channel it was sent on allows, or than the shortest channel."""
    channels = subject.brand.channels
    if not channels:
        return
    shortest = min(channels, key=lambda name: (channels[name].limit, name))
    for file, line, what, text, channel in wordings(subject):
        name = channel or shortest
        rules = channels.get(name)
        size = length(text, rules.unit) if rules else 0
        if rules and size > rules.limit:
            message = f"{what} has {size} characters; {name} allows {rules.limit}."
            yield LintFinding(file, line, "too-long", "info", message, "Shorten it, if it is meant for that channel.")
