"""What people say: mentions, their threads, and what triage decided about them."""

from typing import Literal, get_args

from copilot.models.base import Frozen, Instant, Unit

Action = Literal["reply", "escalate", "ignore"]
Sentiment = Literal["negative", "neutral", "positive", "mixed"]
Intent = Literal[
    "complaint",  # something went wrong for them
    "question",  # they want to know something
    "praise",  # they like something
    "mixed",  # praise and criticism in one message
    "suggestion",  # an idea or a wish, nothing went wrong
    "thanks",  # closes a conversation
    "bot_question",  # asks whether a person or software answers
    "legal",  # threatens or takes legal steps
    "safety",  # somebody was or could be hurt
    "press",  # a journalist or researcher
    "crisis",  # self-harm, or many people about one alarming thing
    "chatter",  # names the brand, expects no answer
    "spam",  # advertising, scams, gibberish
]
INTENTS: tuple[Intent, ...] = get_args(Intent)
Risk = Literal[
    "legal",
    "safety",
    "self_harm",
    "press",
    "minor",
    "crisis",
    "personal_data",  # they posted personal data in public
    "asks_bot",
    "instructions",  # the text tries to instruct whoever drafts
    "abuse",
    "foreign_language",  # a language the brand does not speak
]


class Mention(Frozen):
    """One public message to or about a brand, or the brand's own earlier post in the thread."""

    id: str
    """Unique within the brand; made from channel, author, time and text when the source has none."""
    brand: str
    channel: str
    author: str
    """Handle without a leading @."""
    text: str
    created_at: Instant
    thread: str = ""
    """Id of the conversation; the mention's own id when it opened one."""
    in_reply_to: str | None = None
    url: str | None = None
    lang: str | None = None
    """ISO 639-1 code, None when not known."""
    from_brand: bool = False
    """True for the brand's own posts, which give context and are never answered."""
    has_media: bool = False
    """An image or video hangs on it, which nobody here has seen."""


class Thread(Frozen):
    """A conversation, oldest message first."""

    id: str
    mentions: tuple[Mention, ...]


class TriageDecision(Frozen):
    """What should happen to a mention, decided without a model."""

    action: Action
    intent: Intent
    sentiment: Sentiment
    urgency: Unit
    """0 can wait for ever, 1 needs a person now; orders the inbox."""
    risks: tuple[Risk, ...] = ()
    reason: str
    """One line in a community manager's words: why this action, why this urgency."""
    lang: str | None = None
    """Language of the mention, ISO 639-1, when it could be told."""
    escalate_to: str | None = None
    """Person id named by the brand for this topic."""
    topic: str | None = None
    """Id of the brand's escalation topic that fired."""
