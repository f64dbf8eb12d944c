"""Is a reply supported by given evidence? Needs no brand: the evidence is all that is known."""

from collections.abc import Sequence
from datetime import UTC, datetime

from copilot.checks import honesty
from copilot.models import Brand, CheckContext, Fact, Frozen, Mention, Unit, VoiceGuide

_NOBODY = VoiceGuide(version="0", owner="nobody", rules=())
_CHECKS = ("H1", "H2", "H3")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Unsupported(Frozen):
    """A part of the reply that the evidence does not carry."""

    text: str
    reason: str


class Grounded(Frozen):
    """Whether evidence carries a reply."""

    supported: bool
    score: Unit
    """Lowest support of any sentence: 1 all carried, 0 something has nothing to stand on."""
    unsupported: tuple[Unsupported, ...] = ()


def grounded(evidence: Sequence[str], reply: str, message: str = "") -> Grounded:
    """Hold every claim of `reply` against `evidence`; `message` is what it answers, and may be echoed."""
    facts = tuple(Fact(id=f"f-{n}", text=text) for n, text in enumerate(evidence, start=1))
    brand = Brand(id="evidence", name="", voice=_NOBODY, facts=facts)
    mention = None
    if message:
        mention = Mention(id="m", brand=brand.id, channel="", author="", text=message, created_at=_EPOCH)
    context = CheckContext(reply=reply, brand=brand, now=_EPOCH, mention=mention)
    found: list[Unsupported] = []
    scores: list[float] = []
    for check in honesty.CHECKS:
        if check.id not in _CHECKS:
            continue
        result = check(context)
        if result.verdict in ("block", "error"):
            found += [Unsupported(text=s.text, reason=result.reason) for s in result.spans] or [
                Unsupported(text=reply, reason=result.reason)
            ]
        if result.score is not None:
            scores.append(result.score)
    return Grounded(supported=not found, score=min(scores, default=0.0 if found else 1.0), unsupported=tuple(found))
