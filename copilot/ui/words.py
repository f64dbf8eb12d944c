"""Our own words for what the code knows by a name: only these, and literal text, stand where markdown is rendered."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from copilot.models import QueueItem, Verdict

INTENTS: Mapping[str, str] = {
    "complaint": "Complaint",
    "question": "Question",
    "praise": "Praise",
    "mixed": "Praise and criticism",
    "suggestion": "Suggestion",
    "thanks": "Thanks",
    "bot_question": "Asks whether a bot answers",
    "legal": "Legal",
    "safety": "Safety",
    "press": "Press",
    "crisis": "Crisis",
    "chatter": "Chatter",
    "spam": "Spam",
}
STATES: Mapping[str, str] = {
    "open": "To answer",
    "drafted": "Drafted",
    "approved": "Approved, not out yet",
    "waiting": "Answered, waiting for them",
    "resolved": "Resolved",
    "escalated": "Escalated",
    "snoozed": "Snoozed",
    "no_reply": "No reply",
}
ACTIONS: Mapping[str, str] = {
    "reply": "needs an answer",
    "escalate": "needs somebody to decide",
    "ignore": "probably needs no answer",
}
CHANNELS: Mapping[str, str] = {
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "x": "X",
    "twitter": "X",
    "linkedin": "LinkedIn",
    "google_reviews": "Google reviews",
    "trustpilot": "Trustpilot",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "reddit": "Reddit",
    "threads": "Threads",
}
RISKS: Mapping[str, str] = {
    "legal": "legal",
    "safety": "safety",
    "self_harm": "somebody may be in danger",
    "press": "press",
    "minor": "a minor",
    "crisis": "crisis",
    "personal_data": "personal data in public",
    "asks_bot": "asks whether a bot answers",
    "instructions": "tries to instruct whoever drafts",
    "abuse": "abuse",
    "foreign_language": "a language the brand does not speak",
}
ROLES: Mapping[str, str] = {
    "viewer": "may read",
    "manager": "manager",
    "owner": "owner",
    "agency_lead": "agency lead",
}
RELATIONS: Mapping[str, str] = {
    "owner": "owner",
    "employee": "employee",
    "agency": "agency",
    "ambassador": "ambassador",
    "affiliate": "affiliate",
}
OUTBOX: Mapping[str, str] = {
    "queued": "Approved, to be posted",
    "leased": "About to be sent",
    "sending": "Being sent",
    "sent": "Sent",
    "failed": "Failed",
    "unknown": "Not known whether it left",
    "taken_back": "Taken back",
}
PURPOSES: Mapping[str, str] = {
    "answer": "an answer",
    "holding": "a holding reply",
    "closing": "a closing reply",
    "correction": "a correction",
}
KINDS: Mapping[str, str] = {"fact": "Fact", "precedent": "Precedent", "voice": "Voice rule", "thread": "Conversation"}
VERDICT_WORDS: Mapping[str, str] = {
    "pass": "fine",
    "info": "note",
    "warn": "say why",
    "block": "fix first",
    "escalate": "ask",
    "error": "check failed",
}
VERDICT_COLOURS: Mapping[Verdict, Literal["red", "orange", "blue", "green"]] = {
    "pass": "green",
    "info": "blue",
    "warn": "orange",
    "block": "red",
    "escalate": "orange",
    "error": "red",
}
VERDICT_ICONS: Mapping[str, str] = {
    "pass": ":material/check:",
    "info": ":material/info:",
    "warn": ":material/warning:",
    "block": ":material/block:",
    "escalate": ":material/supervisor_account:",
    "error": ":material/report:",
}
PRECEDENTS: Mapping[str, str] = {"candidate": "To decide", "accepted": "Accepted", "retired": "Retired"}
ORIGINS: Mapping[str, str] = {
    "abstained": "asked, and no fact answered it",
    "attested": "somebody vouched for it",
    "search": "searched for in vain",
}
EVENTS: Mapping[str, str] = {
    "draft": "drafted a reply",
    "approve": "approved a reply",
    "take_back": "took the reply back",
    "sent": "posted the reply",
    "resolve": "resolved it",
    "escalate": "escalated it",
    "return": "gave it back",
    "snooze": "snoozed it",
    "wake": "woke it",
    "no_reply": "decided on no reply",
    "reopen": "reopened it",
    "message": "new message",
    "import": "message came in",
    "note": "left a note",
    "assign": "assigned it",
    "attest": "vouched for something",
}
_SOON = timedelta(hours=20)


def channel(name: str) -> str:
    """The channel's usual name; one we do not know is not repeated."""
    return CHANNELS.get(name, "another channel")


def intent(item: QueueItem) -> str:
    """What the waiting message is."""
    return INTENTS.get(item.case.triage.intent, "Message") if item.case.triage else "Message"


def span(length: timedelta) -> str:
    """A length of time in its largest unit."""
    minutes = int(abs(length.total_seconds()) // 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"


def ago(moment: datetime, now: datetime) -> str:
    """How long ago."""
    return "just now" if (now - moment) < timedelta(minutes=1) else f"{span(now - moment)} ago"


def due(moment: datetime | None, now: datetime, zone: str) -> str:
    """Where a case stands against the brand's target, in words."""
    if moment is None:
        return "no target"
    if moment < now:
        return f"late by {span(now - moment)}"
    return f"due in {span(moment - now)}" if moment - now < _SOON else f"due {clock(moment, now, zone)}"


def clock(moment: datetime, now: datetime, zone: str) -> str:
    """A moment on the brand's own clock, as short as it is clear."""
    here, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    if here.date() == today.date():
        return f"{here:%H:%M}"
    return f"{here:%a %H:%M}" if abs((here.date() - today.date()).days) < 7 else f"{here:%d %b %Y, %H:%M}"


def numbers(some: Sequence[int]) -> str:
    """Numbers in a row."""
    return ", ".join(str(number) for number in some)


def plural(count: int, one: str, many: str) -> str:
    """A count with its noun."""
    return f"{count} {one if count == 1 else many}"
