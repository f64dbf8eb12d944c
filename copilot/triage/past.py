"""What came before a mention in its conversation."""

import re
from typing import NamedTuple

from copilot.models import Mention, Thread

_ASKS = re.compile(
    r"\?|\b(?:please|dm|send us|let us know|tell us|bitte|schick\w*|merci de|veuillez|envoy\w+|por favor|env[ií]\w+"
    r"|mohon|tolong)\b",
    re.IGNORECASE,
)


class Past(NamedTuple):
    """The conversation up to a mention, as far as it changes what should happen."""

    answered: bool = False
    """The brand has already written in it."""
    brand_spoke_last: bool = False
    brand_asked: bool = False
    """The brand's last message asks them something or for something."""
    unanswered: int = 0
    """How many messages of this author stand before this one without an answer."""
    opening: Mention | None = None
    """The author's first message, or else the first message of any customer."""
    root: Mention | None = None
    """The first message of all, the brand's own posts included."""
    in_conversation: bool = False
    """It answers somebody, even where the other messages are not at hand."""


def look_back(mention: Mention, thread: Thread | None) -> Past:
    """Read a thread up to, and without, `mention`."""
    if thread is None:
        return Past(in_conversation=mention.in_reply_to is not None)
    before = [m for m in thread.mentions if m.id != mention.id and m.created_at <= mention.created_at]
    if not before:
        return Past(in_conversation=mention.in_reply_to is not None)
    unanswered = 0
    for one in reversed(before):
        if one.from_brand:
            break
        unanswered += one.author == mention.author
    brand = [m for m in before if m.from_brand]
    customers = [m for m in before if not m.from_brand]
    own = [m for m in customers if m.author == mention.author]
    return Past(
        answered=bool(brand),
        brand_spoke_last=before[-1].from_brand,
        brand_asked=bool(brand) and _ASKS.search(brand[-1].text) is not None,
        unanswered=unanswered,
        opening=next(iter(own or customers), None),
        root=before[0],
        in_conversation=True,
    )
