"""A brand, and pairs of a bad and a good reply from JSONL, for the disclosure, privacy and tone tests.

A row: `id`, `bad`, `good`, and what both share: `mention`, `author`, `speaker`, `account`, `authorship`, `channel`,
`sentiment`, `intent`, `risks`, `recent`, `prompt`, `deliberate_review`, `brand` (a variant below). `bad_with` and
`good_with` change that for one of the two.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from copilot.checks import CHECKS, run_checks
from copilot.models import (
    Brand,
    ChannelRules,
    CheckContext,
    EmojiPolicy,
    EscalationTopic,
    Fact,
    Handle,
    Mention,
    Person,
    Product,
    SignaturePolicy,
    TriageDecision,
    VoiceGuide,
    VoiceRule,
    WordRule,
)

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
HERE = Path(__file__).parent
OURS = {id for id in CHECKS if id[0] in "DTP"}

PEOPLE = (
    Person(id="aq", name="Ada Quill", initials="AQ", relation="owner", title="founder"),
    Person(id="bo", name="Ben Osei", initials="BO", relation="employee", title="baker"),
    Person(id="ml", name="Mara Lind", initials="ML", relation="agency", organisation="Studio Fen"),
    Person(id="rv", name="Rio Vance", initials="RV", relation="ambassador"),
    Person(id="st", name="Sam Tate", initials="ST", relation="affiliate"),
)
AVOID = (
    WordRule(word="guys", better="everyone", why="some of our regulars are not"),
    WordRule(word="journey", why="nobody is on a journey with us"),
    WordRule(word="no problem", better="gladly"),
    WordRule(word="reach out", better="write"),
    WordRule(word="utilize", better="use"),
)
RULES = (
    VoiceRule(id="v-we", text="Say we, never the company.", check="first-person-plural"),
    VoiceRule(id="v-name", text="Greet people by their name.", check="greets-by-name"),
    VoiceRule(id="v-sign", text="Sign with your initials.", check="signs"),
    VoiceRule(id="v-short", text="Three sentences.", check="max-sentences=3"),
    VoiceRule(id="v-calm", text="No exclamation marks.", check="no-exclamation"),
    VoiceRule(id="v-plain", text="No emoji.", check="no-emoji"),
    VoiceRule(id="v-ask", text="Ask one thing.", check="asks-at-most=1"),
    VoiceRule(id="v-end", text="Do not end with a question.", check="ends-without-question"),
    VoiceRule(id="v-quotes", text="Straight quotes.", check="plain-quotes"),
    VoiceRule(id="v-own", text="Own mistakes plainly, before any reason."),
)
LARCH = Brand(
    id="larch-bakery",
    name="Larch Bakery",
    about="A bakery on Mill Lane.",
    languages=("en", "de", "fr"),
    products=(
        Product(name="Sourdough"),
        Product(name="Rye Loaf", aliases=("rye",)),
        Product(name="Cinnamon Knot", aliases=("knot",)),
    ),
    handles=(
        Handle(channel="bluesky", handle="larchbakery.example"),
        Handle(channel="instagram", handle="ada.bakes", account="personal", person="aq"),
    ),
    people=PEOPLE,
    signature=SignaturePolicy(policy="optional"),
    emoji=EmojiPolicy(max=1, allowed=("🍞",)),
    channels={"bluesky": ChannelRules(limit=300), "mastodon": ChannelRules(limit=500)},
    escalate=(
        EscalationTopic(
            id="recall",
            words=("recall", "product recall", "rückruf", "rappel"),
            to="aq",
            why="Recalls are Ada's.",
            public_interest=True,
        ),
        EscalationTopic(id="allergy", words=("allergic reaction", "anaphylaxis"), to="aq", why="Allergies are Ada's."),
    ),
    links=("larchbakery.example", "help.oven.example/care"),
    facts=(
        Fact(id="f-contact", text="You can write to us at hello@larchbakery.example or call +44 20 7946 0123."),
        Fact(id="f-place", text="Our shop is at 12 Mill Lane."),
    ),
    voice=VoiceGuide(version="1", owner="aq", rules=RULES[-1:], avoid=AVOID),
)
VARIANTS: dict[str, Brand] = {
    "": LARCH,
    "required": LARCH.model_copy(update={"signature": SignaturePolicy(policy="required")}),
    "never": LARCH.model_copy(update={"signature": SignaturePolicy(policy="never")}),
    "rules": LARCH.model_copy(update={"voice": LARCH.voice.model_copy(update={"rules": RULES})}),
}


def context(reply: str, **row: Any) -> CheckContext:
    """The context of one side of a pair."""
    brand = VARIANTS[row.get("brand", "")]
    channel = row.get("channel", "bluesky")
    mention = None
    if text := row.get("mention"):
        mention = Mention(
            id="m1",
            brand=brand.id,
            channel=channel,
            author=row.get("author", ""),
            text=text,
            created_at=NOW,
            thread="m1",
        )
    triage = None
    if "sentiment" in row or "intent" in row:
        triage = TriageDecision(
            action="reply",
            intent=row.get("intent", "question"),
            sentiment=row.get("sentiment", "neutral"),
            urgency=0.5,
            risks=tuple(row["risks"].split(",")) if row.get("risks") else (),
            reason="test",
        )
    return CheckContext(
        reply=reply,
        brand=brand,
        now=NOW,
        mention=mention,
        triage=triage,
        speaker=brand.person(row.get("speaker", "")),
        account=row.get("account", "brand"),
        channel=channel,
        authorship=row.get("authorship", "human"),
        recent_replies=tuple(row.get("recent", ())),
        prompt=row.get("prompt", ""),
        deliberate_review=row.get("deliberate_review", False),
    )


def rows(folder: str) -> list[dict[str, Any]]:
    """Every pair of a folder, with the check's id added."""
    found: list[dict[str, Any]] = []
    for file in sorted((HERE / f"pairs_{folder}").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            found.append({"check": file.stem.split("_")[0], **json.loads(line)})
    return found


def sides(row: dict[str, Any]) -> tuple[CheckContext, CheckContext]:
    """The bad and the good context of a pair."""
    shared = {k: v for k, v in row.items() if k not in ("id", "bad", "good", "check", "bad_with", "good_with")}
    return (
        context(row["bad"], **{**shared, **row.get("bad_with", {})}),
        context(row["good"], **{**shared, **row.get("good_with", {})}),
    )


def problems(row: dict[str, Any]) -> list[str]:
    """What is wrong with how the checks judge this pair; empty when both sides are judged as written."""
    bad, good = sides(row)
    check = CHECKS[row["check"]]
    told = check(bad)
    found: list[str] = []
    if told.verdict not in ({"info"} if check.severity == "info" else {"warn", "block", "escalate"}):
        found.append(f"{check.id} is {told.verdict} on the bad reply ({told.reason})")
    elif not told.reason:
        found.append(f"{check.id} gives no reason")
    allowed = {"pass"} if check.severity == "info" else {"pass", "info"}
    judged = check(good)
    if judged.verdict not in allowed:
        found.append(f"{check.id} is {judged.verdict} on the good reply ({judged.reason})")
    others = () if row.get("others") else run_checks(good, only=OURS - {check.id})
    found += [
        f"{r.check} is {r.verdict} on the good reply ({r.reason})" for r in others if r.verdict in ("block", "error")
    ]
    for context, result in ((bad, told), (good, judged)):
        text = context.mention.text if check.id == "P5" and context.mention else context.reply
        found += [f"span {s} is not in the text" for s in result.spans if text[s.start : s.end] != s.text]
    return found
