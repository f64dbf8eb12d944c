"""T6: does the reply repeat how the last ones opened, closed, or a long phrase of them?"""

from functools import cached_property, lru_cache

import regex

from copilot.checks.base import Finding
from copilot.checks.names import GREETINGS
from copilot.checks.rules import rules
from copilot.models import CheckContext, Span
from copilot.text import plain, sentences, words

_OPENING = 4
_PHRASE = 7
_GREETING = regex.compile(
    rf"\A(?:@\S+\s*[,:]?\s*)?(?:(?i:{GREETINGS})\b(?:\s+there)?"
    r"(?:\s+@?\p{Lu}[\p{L}\p{N}_.-]*)?\s*[,!:.–-]*\s*|\p{Lu}\p{Ll}+,\s+)?"
)
_SIGNATURE = regex.compile(r"\s*(?:[\^/*~|]|[-–—]\s?)\s?\p{L}{1,12}\s*\Z")


def _body(text: str) -> tuple[int, int]:
    """Where the reply starts after its greeting and ends before its signature."""
    start = _GREETING.match(text)
    end = _SIGNATURE.search(text)
    return (start.end() if start else 0), (end.start() if end else len(text))


class _Parts:
    """A reply as it is compared: opening, closing sentence and runs of seven words."""

    def __init__(self, text: str) -> None:
        start, end = _body(text)
        self.tokens = [
            Span(start=start + w.start, end=start + w.end, text=plain(w.text)) for w in words(text[start:end])
        ]
        low = [t.text for t in self.tokens]
        self.opening = tuple(low[:_OPENING]) if len(low) >= _OPENING else ()
        parts = sentences(text[start:end])
        last = parts[-1] if len(parts) > 1 else None
        self.closing_span = Span(start=start + last.start, end=start + last.end, text=last.text) if last else None
        self.closing = tuple(plain(w.text) for w in words(last.text)) if last else ()
        self.runs = {tuple(low[i : i + _PHRASE]): i for i in range(len(low) - _PHRASE + 1)}


@lru_cache(maxsize=512)
def _parts(text: str) -> _Parts:
    return _Parts(text)


def same_again(ctx: CheckContext) -> Finding | None:
    """The first repetition of a reply sent lately."""
    if not ctx.recent_replies:
        return None
    mine, exempt = _Parts(ctx.reply), _Exempt(ctx)
    for recent in ctx.recent_replies:
        other = _parts(recent)
        if mine.opening and mine.opening == other.opening and mine.opening not in exempt:
            return _finding("opens", ctx, mine.tokens[0].start, mine.tokens[_OPENING - 1].end)
        if (
            len(mine.closing) >= 3
            and mine.closing == other.closing
            and mine.closing not in exempt
            and mine.closing_span
        ):
            return _finding("closes", ctx, mine.closing_span.start, mine.closing_span.end)
        for run, at in mine.runs.items():
            if run in other.runs and run not in exempt:
                return _finding("repeats a phrase", ctx, mine.tokens[at].start, mine.tokens[at + _PHRASE - 1].end)
    return None


def _finding(how: str, ctx: CheckContext, start: int, end: int) -> Finding:
    span = Span(start=start, end=end, text=ctx.reply[start:end])
    like = "like one sent lately" if how != "repeats a phrase" else "of one sent lately"
    return Finding(f"It {how} {like}: “{span.text}”.", fix="Say it in words made for this person.", spans=(span,))


class _Exempt:
    """Wordings that have to be the same each time, disclosure and facts; gathered only when something repeats."""

    def __init__(self, ctx: CheckContext) -> None:
        self._brand = ctx.brand

    @cached_property
    def _lines(self) -> list[str]:
        books = self._brand.playbooks
        lines = [f.text for f in self._brand.facts]
        lines += [x for rule in rules() for x in rule.fix.values()]
        steps = [
            s for intent, book in books.items() for s in book.acts if intent == "bot_question" or s.act == "disclose"
        ]
        lines += [x for step in steps for said in (step.lines, *step.lines_in.values()) for x in said]
        return [_joined(x) for x in lines]

    def __contains__(self, run: tuple[str, ...]) -> bool:
        text = " " + " ".join(run) + " "
        return any(text in line for line in self._lines)


@lru_cache(maxsize=2048)
def _joined(text: str) -> str:
    return " " + " ".join(plain(w.text) for w in words(text)) + " "
