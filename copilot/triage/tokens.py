"""A mention as words, signs and sentences: read once, before any rule looks at it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

_PARTS = re.compile(
    r"""(?P<url>https?://\S+|www\.\S+|\b[a-z0-9][a-z0-9\-]{0,62}(?:\.[a-z0-9\-]{1,62}){0,3}
          \.(?:com|org|net|io|me|gg|xyz|ly|shop|info|example)\b(?:/\S*)?)
      |(?P<handle>@\w[\w.\-]*(?:@\w[\w.\-]*)?)
      |(?P<tag>\#\w+)
      |(?P<word>\d+/\d+|[^\W_]+(?:['’`´][^\W_]+)*)
      |(?P<face>(?<![\w])[:;=][''’]?-?[)(dDpPoO/|*3]+(?!\w)|</?3|\^\^)
      |(?P<stop>[.!?…。！？؟]+|\n+)
      |(?P<soft>[,;:()–—]+|\s-+\s)
      |(?P<sign>[$€£¥])
      |(?P<emoji>[\u2600-\u27bf\u2b50\U0001f300-\U0001faff](?:\u200d[\u2600-\u27bf\U0001f300-\U0001faff])*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![@\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,62}(?:\.[\w\-]{1,62})+")
_UNSEEN = re.compile(
    r"[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\U000e0000-\U000e007f\ud800-\udfff]"
)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_TONE = re.compile(r"[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_LONG = re.compile(r"([^\W\d_])\1\1+")
_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_]+")
_TELLING = re.compile(
    r"worst|terrible|horrible|awful|fail(?:ed|s)?|bad|poor|hate|sucks?|never|not(?=happy|cool|ok|good|impressed|fun|worth)"
    r"|no(?=good|customer|service|more)|boycott|disappoint(?:ed|ing)|unhappy|angry|sick|joke|scam|ripoff|love|best"
    r"|great|awesome|amazing|thank(?:s|you)?|happy|good|cool|impressed|customer|service|support|ever|fun|worth|again|loyal|fan"
    r"|[a-z]+?(?=worst|terrible|horrible|awful|fail|bad|hate|suck|never|love|best|great|awesome|thank|$)|[^\W_]+"
)
_ELISION = re.compile(r"(?:[ldjnscmt]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w{2})")
_LINKS = re.compile(r"(?<![\w.])@\w+|https?://\S+")
_LOUD = 12
_APOSTROPHES = str.maketrans({"’": "'", "`": "'", "´": "'"})


@lru_cache(maxsize=32768)
def fold(word: str) -> str:
    """A word as it is looked up: case folded, straight apostrophe, without accents."""
    low = word.casefold().translate(_APOSTROPHES)
    if low.isascii():
        return low
    return "".join(c for c in unicodedata.normalize("NFD", low) if not unicodedata.combining(c))


def split_elision(word: str) -> tuple[str, ...]:
    """``l'avocat`` is two words; ``don't`` is one."""
    match = _ELISION.match(word)
    return (word[: match.end()], word[match.end() :]) if match else (word,)


@dataclass(slots=True)
class Sentence:
    """A run of tokens up to a full stop; `end` is exclusive."""

    start: int
    end: int
    mark: str = ""
    """The signs that close it, for example ``?!``."""


@dataclass(slots=True)
class Tokens:
    """A mention, taken apart. `words`, `starts`, `ends` and `clauses` run in parallel."""

    text: str
    """Cleaned of hidden and control characters; what quotes are cut from."""
    words: list[str] = field(default_factory=list[str])
    starts: list[int] = field(default_factory=list[int])
    ends: list[int] = field(default_factory=list[int])
    clauses: list[int] = field(default_factory=list[int])
    """Number of the clause that each word stands in; commas and full stops part them."""
    sentences: list[Sentence] = field(default_factory=list[Sentence])
    handles: list[str] = field(default_factory=list[str])
    leading_handles: int = 0
    trailing_handles: int = 0
    urls: int = 0
    mails: int = 0
    tags: int = 0
    emoji: int = 0
    plain_words: int = 0
    """Words with letters in them, hashtags left out."""
    numbers: int = 0
    """Words with digits in them."""
    loud: bool = False
    """Mostly capitals."""
    stretched: bool = False
    """Somewhere a letter is drawn out, as in ``soooo``."""

    def body(self) -> str:
        """The text from its first word on: without the handles it is addressed to."""
        return self.said(0, len(self.words)) if self.words else self.text

    def unlinked(self) -> str:
        """The text without handles and addresses of pages, which are full of digits."""
        return _LINKS.sub(" ", self.text) if self.handles or self.urls else self.text

    def said(self, start: int, end: int) -> str:
        """The mention's own words from token `start` up to `end`."""
        return self.text[self.starts[start] : self.ends[end - 1]]


def _humps(tag: str) -> Iterator[re.Match[str]]:
    """The words of a hashtag: by capitals, or by telling words in small letters run together."""
    pattern = _TELLING if tag[1:].islower() and len(tag) > 7 else _HUMP
    return pattern.finditer(tag, 1)


def clean(text: str) -> str:
    """Without hidden, control and half characters; styled letters become plain ones."""
    if not text.isascii():
        text = _UNSEEN.sub("", text)
        text = unicodedata.normalize("NFKC", text)
        text = _UNSEEN.sub("", text)
    return _CONTROL.sub(" ", text.replace("\r", "\n"))


def tokenize(raw: str) -> Tokens:
    """Take a text apart. Linear in its length."""
    text = clean(raw)
    out = Tokens(text)
    reader = _Reader(out)
    mails = [m.span() for m in _MAIL.finditer(text)] if "@" in text else []
    out.mails = len(mails)
    for match in _PARTS.finditer(text):
        start, end = match.span()
        if mails and any(a <= start < b for a, b in mails):
            continue
        kind = match.lastgroup
        if kind == "word":
            reader.word(match.group(), start, end)
        elif kind == "soft":
            reader.clause += 1
        elif kind == "stop":
            reader.close(match.group())
        else:
            reader.sign(kind or "", match.group(), start, end)
    reader.close("")
    capitals = sum(map(str.isupper, text))
    out.loud = capitals > _LOUD and capitals > 2 * sum(map(str.islower, text))
    return out


class _Reader:
    """Adds parts to `Tokens`, keeping count of sentences and clauses."""

    def __init__(self, out: Tokens) -> None:
        self.out = out
        self.first = 0
        self.clause = 0
        self.stretchable = _LONG.search(out.text) is not None

    def word(self, part: str, start: int, end: int) -> None:
        """A run of letters or digits."""
        out = self.out
        if part.isalpha():
            out.plain_words += 1
        elif part.isdigit():
            out.numbers += 1
        else:
            out.plain_words += 1
            out.numbers += any(map(str.isdigit, part))
        word = fold(part) or part
        if self.stretchable and _LONG.search(word) and not word.isdigit():
            out.stretched = True
            word = _LONG.sub(r"\1\1\1", word)
        if "'" in word:
            word, start = self._elided(word, start, end)
        self._add(word, start, end)

    def _elided(self, word: str, start: int, end: int) -> tuple[str, int]:
        """Add the ``l'`` of ``l'avocat``; what is left and where it starts."""
        *before, rest = split_elision(word)
        for piece in before:
            cut = min(start + len(piece), end)
            self._add(piece, start, cut)
            start = cut
        return rest, start

    def sign(self, kind: str, part: str, start: int, end: int) -> None:
        """Anything that is no word and no punctuation."""
        out = self.out
        if kind == "handle":
            if not out.words:
                out.leading_handles += 1
            out.trailing_handles += 1
            out.handles.append(part[1:].rstrip(".-").casefold())
        elif kind == "url":
            out.urls += 1
        elif kind == "tag":
            out.tags += 1
            before = out.plain_words
            for hump in _humps(part):
                self.word(hump.group(), start + hump.start(), start + hump.end())
            out.plain_words = before
        elif kind == "emoji":
            if bare := _TONE.sub("", part):
                out.emoji += 1
                self._add(bare, start, end)
        else:
            self._add(part.casefold(), start, end)

    def _add(self, word: str, start: int, end: int) -> None:
        out = self.out
        out.words.append(word)
        out.starts.append(start)
        out.ends.append(end)
        out.clauses.append(self.clause)
        out.trailing_handles = 0

    def close(self, mark: str) -> None:
        """End of a sentence."""
        out = self.out
        if len(out.words) > self.first:
            out.sentences.append(Sentence(self.first, len(out.words), mark))
            self.first = len(out.words)
        elif out.sentences:
            out.sentences[-1].mark += mark
        self.clause += 1
