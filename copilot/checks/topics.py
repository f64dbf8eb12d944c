"""Escalation topics of a mention: the brand's own first, then those that every brand has (P5)."""

from dataclasses import dataclass
from functools import lru_cache

import regex

from copilot.checks.phrases import find, spans
from copilot.models import CheckContext, Span


@dataclass(frozen=True)
class Topic:
    """Why a person has to decide, and who."""

    why: str
    to: str
    """Person id; empty when the brand names nobody."""
    spans: tuple[Span, ...] = ()


_GENERAL = {
    "self_harm": ("self-harm", "Somebody may harm themselves."),
    "injury": ("safety", "Somebody was or could be hurt."),
    "legal_threat": ("legal", "This threatens or takes legal steps."),
    "press": ("press", "A journalist or researcher is asking."),
    "minor": ("minor", "A child is writing or concerned."),
}


def topic_of(ctx: CheckContext) -> Topic | None:
    """The topic that makes this mention a matter for a named person."""
    if ctx.mention is None:
        return None
    text = ctx.mention.text
    for topic in ctx.brand.escalate:
        if spans := named(topic.words, text):
            return Topic(topic.why or f"{topic.id} is a matter for a named person.", topic.to, spans)
        if ctx.triage and ctx.triage.topic == topic.id:
            return Topic(topic.why, topic.to)
    return _general(ctx, text)


@lru_cache(maxsize=512)
def _any_of(phrases: tuple[str, ...]) -> "regex.Pattern[str]":
    parts = "|".join(regex.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases if phrase)
    return regex.compile(rf"(?<!\w)(?:{parts or chr(0)})(?!\w)", regex.IGNORECASE)


def named(phrases: tuple[str, ...], text: str) -> tuple[Span, ...]:
    """Where one of these words or phrases stands in `text`, whole and without regard to case."""
    return spans(text, (m.span() for m in _any_of(phrases).finditer(text)))


def _general(ctx: CheckContext, text: str) -> Topic | None:
    risks = set(ctx.triage.risks) if ctx.triage else set[str]()
    intent = ctx.triage.intent if ctx.triage else ""
    to = (ctx.triage.escalate_to if ctx.triage else None) or _owner(ctx)
    for key, (risk, why) in _GENERAL.items():
        spans = find("privacy", key, text)
        if spans or risk in risks or intent == risk:
            return Topic(why, to, spans)
    if intent == "crisis" or "crisis" in risks:
        return Topic("Many people, or something alarming.", to)
    return None


def _owner(ctx: CheckContext) -> str:
    return next((p.id for p in ctx.brand.people if p.relation == "owner"), "")
