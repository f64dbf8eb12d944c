"""brand.yaml → everything about a brand except its voice, playbooks and facts."""

import re
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo, available_timezones

from copilot.brand.fields import Fields
from copilot.brand.hours import read_hours
from copilot.brand.languages import read_language
from copilot.brand.people import CHANNEL, Unique, read_handles, read_people
from copilot.brand.policy import read_checks, read_commitments, read_escalations, read_links
from copilot.brand.report import Report, closest, shown
from copilot.brand.values import Value
from copilot.models import ChannelRules, EmojiPolicy, Product, ReplyTargets, SignaturePolicy
from copilot.text import emoji

Policy = Literal["never", "optional", "required"]
Measure = Literal["graphemes", "codepoints"]
POLICIES: tuple[Policy, ...] = get_args(Policy)
UNITS: tuple[Measure, ...] = get_args(Measure)
MOST_MINUTES = 60 * 24 * 60
"""Sixty days: nobody who waits longer was answered."""
_OTHER_ZONES = ("localtime", "posixrules", "Factory")

_EXAMPLES = {
    "name": "Harbor Coffee",
    "about": "Two small coffee bars and a roastery.",
    "currency": "EUR",
    "languages": "[en, de]",
    "timezone": "Europe/Berlin",
    "hours": '{mon: ["08:00-18:00"]}',
    "products": "[{name: Flat White, aliases: [flattie]}]",
    "handles": "[{channel: bluesky, handle: harborcoffee.example}]",
    "people": "[{id: jm, name: Jo Marsh, initials: JM, relation: owner}]",
    "signature": '{policy: required, style: "^{initials}"}',
    "emoji": '{max: 1, allowed: ["☕"]}',
    "channels": "{bluesky: {limit: 300}}",
    "targets": "{urgent: 30, normal: 240, praise: 1440}",
    "escalate": "[{id: allergy, words: [anaphylaxis], to: jm, why: somebody could be hurt}]",
    "commitments": "[{kind: replacement, roles: [owner], up_to: 20}]",
    "links": "[harborcoffee.example]",
    "checks": "{T5: block}",
}
_PRODUCT = {"name": "Flat White", "aliases": "[flattie]"}
_SIGNATURE = {"policy": "required", "style": '"^{initials}"'}
_EMOJI = {"max": "1", "allowed": '["☕"]'}
_CHANNEL = {"limit": "300", "unit": "graphemes", "private_messages": "true"}
_TARGETS = {"urgent": "30", "normal": "240", "praise": "1440"}


def read_profile(value: Value, report: Report) -> dict[str, Any]:
    """The fields of `Brand` that brand.yaml gives, by name."""
    fields = Fields(value, report, _EXAMPLES, what="brand.yaml", required=("name",))
    people = read_people(fields.items("people"), report)
    ids = [person.id for person in people]
    return {
        "name": fields.text("name"),
        "about": fields.text("about"),
        "currency": _currency(fields),
        "languages": _languages(fields),
        "timezone": _timezone(fields),
        "hours": read_hours(fields.group("hours"), report),
        "products": _products(fields),
        "handles": read_handles(fields.items("handles"), ids, report),
        "people": people,
        "signature": _signature(fields),
        "emoji": _emoji(fields),
        "channels": _channels(fields.group("channels"), report),
        "targets": _targets(fields),
        "escalate": read_escalations(fields.items("escalate"), ids, report),
        "commitments": read_commitments(fields.items("commitments"), report),
        "links": read_links(fields),
        "checks": read_checks(fields.group("checks"), report),
    }


def _currency(fields: Fields) -> str:
    text = fields.text("currency", "EUR")
    if not re.fullmatch(r"[A-Z]{3}", text):
        fields.wrong("currency", f"cannot be {shown(text)}.", "Write its three-letter code, for example `EUR`.")
    return text


def _languages(fields: Fields) -> tuple[str, ...]:
    languages = fields.lined_texts("languages")
    seen = Unique("The language")
    for text, line in languages:
        read_language(text, line, fields.report)
        seen.check(text, line, fields.report)
    if fields.has("languages") and not fields.items("languages"):
        fields.wrong("languages", "names no language.")
    return tuple(text for text, _ in languages) or ("en",)


def _timezone(fields: Fields) -> str:
    text = fields.text("timezone", "UTC")
    try:
        ZoneInfo(text)
        known = text not in _OTHER_ZONES
    except (KeyError, ValueError, OSError):
        known = False
    if not known:
        near = closest(text, available_timezones())
        wish = near or "Europe/Berlin"
        fields.wrong("timezone", f"cannot be {shown(text)}.", f"Write an IANA name, for example `{wish}`.")
    return text


def _products(fields: Fields) -> tuple[Product, ...]:
    seen = Unique("The product")
    out: list[Product] = []
    for value in fields.items("products"):
        one = Fields(value, fields.report, _PRODUCT, what="A product", required=("name",))
        out.append(Product(name=one.text("name"), aliases=one.texts("aliases")))
        seen.check(out[-1].name, one.line_of("name"), fields.report, key=out[-1].name.casefold())
    return tuple(out)


def _signature(fields: Fields) -> SignaturePolicy:
    value = fields.group("signature")
    if value is None:
        return SignaturePolicy()
    one = Fields(value, fields.report, _SIGNATURE, what="The signature")
    style = one.text("style", "^{initials}")
    names: list[str] = re.findall(r"\{([^{}]*)\}", style)
    if len(names) != 1 or names[0] not in ("initials", "name") or style.count("{") + style.count("}") != 2:
        fix = "Use `{initials}` or `{name}` once, for example `^{initials}`."
        one.wrong("style", f"cannot be {shown(style)}.", fix)
    return SignaturePolicy(policy=one.choice("policy", POLICIES, "optional"), style=style)


def _emoji(fields: Fields) -> EmojiPolicy:
    value = fields.group("emoji")
    if value is None:
        return EmojiPolicy()
    one = Fields(value, fields.report, _EMOJI, what="The emoji policy")
    for text, line in one.lined_texts("allowed"):
        if [span.text for span in emoji(text)] != [text]:
            fields.report.add(line, f"{shown(text)} is not one emoji.", 'Write one a place: `allowed: ["☕", "🌱"]`.')
    return EmojiPolicy(max=one.integer("max", 0, low=0, high=20), allowed=one.texts("allowed"))


def _channels(value: Value | None, report: Report) -> dict[str, ChannelRules]:
    channels: dict[str, ChannelRules] = {}
    for entry in value.entries if value else ():
        if not CHANNEL.fullmatch(entry.key):
            report.add(entry.line, f"{shown(entry.key)} cannot be a channel.", "Write it in lower case: `bluesky`.")
        one = Fields(entry.value, report, _CHANNEL, what=f"The channel {shown(entry.key)}", required=("limit",))
        channels[entry.key] = ChannelRules(
            limit=one.integer("limit", 1, low=20, high=100_000),
            unit=one.choice("unit", UNITS, "graphemes"),
            private_messages=one.flag("private_messages", True),
        )
    return channels


def _targets(fields: Fields) -> ReplyTargets:
    value = fields.group("targets")
    if value is None:
        return ReplyTargets()
    one = Fields(value, fields.report, _TARGETS, what="The targets")
    standard = ReplyTargets()
    return ReplyTargets(
        urgent=one.integer("urgent", standard.urgent, low=1, high=MOST_MINUTES),
        normal=one.integer("normal", standard.normal, low=1, high=MOST_MINUTES),
        praise=one.integer("praise", standard.praise, low=1, high=MOST_MINUTES),
    )
