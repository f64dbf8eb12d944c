"""A brand as it is known: identity, people, policies, voice, playbooks and dated facts."""

from datetime import date, time
from decimal import Decimal
from typing import Literal

from pydantic import Field

from copilot.models.base import Frozen
from copilot.models.conversation import Intent

Relation = Literal["owner", "employee", "agency", "ambassador", "affiliate"]
"""What ties a speaker to the brand; it decides what must be disclosed. It grants no rights."""
Account = Literal["brand", "personal"]
CommitmentKind = Literal[
    "refund",
    "replacement",
    "discount",
    "voucher",
    "repair",
    "free_item",
    "callback",
    "investigate",
    "deadline",
    "visit",
]
Severity = Literal["info", "warn", "block"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Person(Frozen):
    """Somebody who may speak for the brand. Rights come from the ledger, never from here."""

    id: str
    name: str
    initials: str
    """As they sign, unique in the brand, for example ``JM``."""
    relation: Relation
    title: str = ""
    organisation: str = ""
    """The agency's name, where `relation` is ``agency``."""
    channels: tuple[str, ...] = ()
    """Channels they may answer on; empty means all of the brand's."""


class Handle(Frozen):
    """An account that speaks for the brand on one channel."""

    channel: str
    handle: str
    account: Account = "brand"
    person: str | None = None
    """Whose personal account it is, for ``account: personal``."""


class Product(Frozen):
    """Something the brand sells, and the other names people use for it."""

    name: str
    aliases: tuple[str, ...] = ()


class Hours(Frozen):
    """When somebody answers, in the brand's time zone."""

    opens: time
    closes: time


class ChannelRules(Frozen):
    """What a channel allows."""

    limit: int
    unit: Literal["graphemes", "codepoints"] = "graphemes"
    private_messages: bool = True


class SignaturePolicy(Frozen):
    """Whether replies are signed, and how."""

    policy: Literal["never", "optional", "required"] = "optional"
    style: str = "^{initials}"
    """Template with ``{initials}`` or ``{name}``."""


class EmojiPolicy(Frozen):
    """How many emoji a reply may hold, and which."""

    max: int = 0
    allowed: tuple[str, ...] = ()
    """Empty means any, up to `max`."""


class ReplyTargets(Frozen):
    """Minutes of open hours within which a mention should be answered."""

    urgent: int = 30
    normal: int = 240
    praise: int = 1440


class EscalationTopic(Frozen):
    """A topic that a named person decides about."""

    id: str
    words: tuple[str, ...]
    """Words or phrases that mean this topic, matched without case on whole words."""
    to: str
    """Person id."""
    why: str
    public_interest: bool = False
    """Recall, safety, health, election: rule D11 applies."""


class Commitment(Frozen):
    """A promise the brand allows in replies, by whom and up to what."""

    kind: CommitmentKind
    roles: tuple[Relation, ...]
    """Relations that may make it."""
    up_to: Decimal | None = None
    """Highest amount in the brand's currency; None means no amount may be named."""
    within_days: int | None = None
    """Longest time that may be promised."""
    note: str = ""


class WordRule(Frozen):
    """A word the guide avoids or prefers."""

    word: str
    better: str = ""
    why: str = ""
    line: int = 0


class VoiceRule(Frozen):
    """One rule of the voice guide."""

    id: str
    text: str
    do: tuple[str, ...] = ()
    dont: tuple[str, ...] = ()
    section: str = ""
    check: str = ""
    """Name of a positive rule the code can check (T9), with an optional ``=value``; empty for judgement."""
    line: int = 0


class VoiceGuide(Frozen):
    """voice.md as data."""

    version: str
    owner: str
    we_are: tuple[str, ...] = ()
    we_are_not: tuple[str, ...] = ()
    rules: tuple[VoiceRule, ...]
    use: tuple[WordRule, ...] = ()
    avoid: tuple[WordRule, ...] = ()


class ActStep(Frozen):
    """One act of a playbook: what this part of the reply does."""

    act: str
    """``acknowledge``, ``own``, ``answer``, ``next_step``, ``return``, ``thank``, ``invite``, …"""
    guide: str
    """What to do here, in a sentence."""
    lines: tuple[str, ...] = ()
    """Wordings that are true of this brand in every such case; the composed fallback uses them."""
    lines_in: dict[str, tuple[str, ...]] = Field(default_factory=dict[str, tuple[str, ...]])
    """The same in other languages, by ISO 639-1 code; `lines` are in the brand's first."""
    optional: bool = False


class Playbook(Frozen):
    """How one intent is answered."""

    intent: Intent
    acts: tuple[ActStep, ...]
    public: str = ""
    """What may be said in public."""
    private: str = ""
    """What moves to a private message."""
    hand_over: str = ""
    """When to give it to somebody else."""
    holding: tuple[str, ...] = ()
    """Replies that promise nothing but that a person looks at it; for escalations and missing knowledge."""
    holding_in: dict[str, tuple[str, ...]] = Field(default_factory=dict[str, tuple[str, ...]])
    """The same in other languages, by ISO 639-1 code."""

    def wordings(self) -> tuple[str, ...]:
        """Everything this playbook may say word for word, in every language."""
        own = [line for step in self.acts for lines in (step.lines, *step.lines_in.values()) for line in lines]
        return (*own, *(line for lines in (self.holding, *self.holding_in.values()) for line in lines))


class Fact(Frozen):
    """One dated statement, written so that a customer could read it."""

    id: str
    text: str
    valid_from: date | None = None
    valid_until: date | None = None
    """The last valid day, in the brand's time zone."""
    source: str = ""
    file: str = ""
    line: int = 0

    def valid_on(self, day: date) -> bool:
        """Whether the fact holds on `day` (brand's time zone)."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class Brand(Frozen):
    """Everything a check or a draft needs to know about one brand."""

    id: str
    name: str
    about: str = ""
    """One or two sentences."""
    currency: str = "EUR"
    languages: tuple[str, ...] = ("en",)
    timezone: str = "UTC"
    hours: dict[Day, tuple[Hours, ...]] = Field(default_factory=dict[Day, tuple[Hours, ...]])
    products: tuple[Product, ...] = ()
    handles: tuple[Handle, ...] = ()
    people: tuple[Person, ...] = ()
    signature: SignaturePolicy = SignaturePolicy()
    emoji: EmojiPolicy = EmojiPolicy()
    channels: dict[str, ChannelRules] = Field(default_factory=dict)
    targets: ReplyTargets = ReplyTargets()
    escalate: tuple[EscalationTopic, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    links: tuple[str, ...] = ()
    """Hosts (``example.com``) or whole prefixes (``example.com/help``) a reply may link to."""
    checks: dict[str, Severity] = Field(default_factory=dict)
    """Severities that this brand tightens, by check id."""
    voice: VoiceGuide
    playbooks: dict[Intent, Playbook] = Field(default_factory=dict[Intent, Playbook])
    facts: tuple[Fact, ...] = ()
    sha: str = ""
    """SHA-256 over the files this was read from."""

    def person(self, person_id: str) -> Person | None:
        """The person with this id, or None."""
        return next((p for p in self.people if p.id == person_id), None)
