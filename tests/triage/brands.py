"""Two made-up brands to triage for, and a way to say a mention in one line."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from copilot.models import Brand, EscalationTopic, Handle, Mention, Person, Product, Thread, VoiceGuide

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_VOICE = VoiceGuide(version="1", owner="jm", rules=())

KETTLE = Brand(
    id="copper-kettle",
    name="Copper Kettle",
    languages=("en", "de"),
    handles=(Handle(channel="bluesky", handle="copperkettle"),),
    products=(Product(name="Night Owl"), Product(name="flat white")),
    people=(
        Person(id="jm", name="Jo Marsh", initials="JM", relation="owner"),
        Person(id="ri", name="Rita Ilves", initials="RI", relation="employee"),
    ),
    escalate=(
        EscalationTopic(
            id="injury", words=("injury", "injured", "hurt", "burned", "cut my"), to="jm", why="Health comes first."
        ),
        EscalationTopic(
            id="allergy", words=("allergic reaction", "anaphylaxis"), to="jm", why="Health.", public_interest=True
        ),
        EscalationTopic(
            id="legal", words=("lawyer", "solicitor", "sue", "court", "Anwalt"), to="jm", why="Jo answers."
        ),
        EscalationTopic(
            id="press", words=("journalist", "reporter", "press"), to="ri", why="Rita speaks to the press."
        ),
        EscalationTopic(
            id="wages", words=("strike", "wages", "unpaid overtime"), to="jm", why="Jo signs the contracts."
        ),
    ),
    voice=_VOICE,
)
RELAY = Brand(
    id="relay-parcel",
    name="Relay",
    languages=("en", "fr", "es"),
    handles=(Handle(channel="bluesky", handle="relayparcel"),),
    people=(Person(id="ob", name="Otto Brenner", initials="OB", relation="owner"),),
    escalate=(
        EscalationTopic(id="lithium", words=("lithium", "battery fire"), to="ob", why="Fire."),
        EscalationTopic(id="customs", words=("customs", "douane", "aduana"), to="ob", why="Otto knows the forms."),
    ),
    voice=_VOICE,
)
BRANDS = {brand.id: brand for brand in (KETTLE, RELAY)}


def said(text: str, brand: Brand = KETTLE, **more: Any) -> Mention:
    """A mention by somebody, just now."""
    fields: dict[str, Any] = {"id": "m-1", "channel": "bluesky", "author": "somebody", "created_at": NOW}
    return Mention(brand=brand.id, text=text, **(fields | more))


def talk(brand: Brand, before: Sequence[tuple[bool, str]], text: str) -> tuple[Mention, Thread]:
    """A conversation (from the brand?, text) and the message that waits at its end."""
    messages = [
        said(
            line,
            brand,
            id=f"t-{n}",
            thread="t-0",
            author=brand.handles[0].handle if ours else "somebody",
            from_brand=ours,
            created_at=NOW - timedelta(hours=len(before) - n),
        )
        for n, (ours, line) in enumerate(before)
    ]
    last = said(text, brand, id="t-last", thread="t-0", in_reply_to=messages[-1].id)
    return last, Thread(id="t-0", mentions=(*messages, last))
