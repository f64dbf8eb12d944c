"""Lint: what loads and yet should be looked at. A rule is one function; add it to `RULES`."""

from collections.abc import Mapping, Sequence
from datetime import date

from copilot.brand.linting import facts, policy, voice, words
from copilot.brand.linting.base import LintFinding, LintRule, LintSeverity, Subject
from copilot.models import Brand, Precedent

RULES: tuple[LintRule, ...] = (
    words.avoided_word,
    words.used_and_avoided,
    voice.unenforced_rule,
    voice.contradicting_checks,
    voice.wording_breaks_check,
    voice.intent_without_playbook,
    voice.too_long_for_channel,
    facts.expiring_fact,
    facts.precedent_with_expired_fact,
    facts.dated_in_words,
    facts.shape_of_fact,
    facts.hidden_characters,
    policy.commitment_without_people,
    policy.closed_all_week,
    policy.unknown_channel,
    policy.targets_out_of_order,
    policy.check_without_effect,
)
"""Every rule; the order does not matter."""

__all__ = ["RULES", "LintFinding", "LintRule", "LintSeverity", "Subject", "lint"]

_ORDER: tuple[LintSeverity, ...] = ("error", "warn", "info")


def lint(brand: Brand, files: Mapping[str, str], precedents: Sequence[Precedent], *, today: date) -> list[LintFinding]:
    """Every finding of every rule, the gravest first, then by file and line. `today` is the brand's own day."""
    subject = Subject(brand, files, precedents, today)
    found = {finding for rule in RULES for finding in rule(subject)}
    return sorted(found, key=lambda one: (_ORDER.index(one.severity), one.file, one.line, one.rule, one.message))
