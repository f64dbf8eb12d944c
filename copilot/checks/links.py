"""Links in a reply, also those that try not to look like one, and whether the brand's allow-list covers them."""

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import regex

from copilot.models import Span

_SAFE_TLD = (
    "com|net|org|info|biz|app|shop|store|site|online|xyz|top|club|link|click|live|news|blog|page|web|website|cloud|"
    "tech|space|dev|edu|gov|mil|int|example|test|invalid|localhost|io|co|ly|gl|gg|tv|cc|ws|ru|cn|tk|ml|ga|cf|eu|de|fr|"
    "ch|uk|nl|es|se|dk|cz|jp|kr|br|ca|au|nz|ie|fi|pt|gr|hu|ro|bg|hr|sk|si|lt|lv|ee|lu|ua|mx|ar|cl|za|ng|ke|id|ph|vn|"
    "th|sg|hk|tw|asia|social|market|"
    "money|cash|bank|pay|support|help|center|zone|world|today|email|group|company|services|agency|studio|digital|media|"
    "bike|coffee|cafe|restaurant|bar|pub|food|pizza|health|win|bid|loan|download|stream|zip|mov|gle|ai|gy|sh"
)
_WORD_TLD = "it|is|no|so|at|be|in|my|me|am|to|us|as|do|by|la|et|en|im|pl|vu|nu|mu|tm|st"
_HOST = r"(?:[\w\u00a1-\uffff-]{1,63}[.。．｡]){1,20}"
_FIND = regex.compile(
    rf"""
      (?P<scheme>\b(?:h\s?[tx]\s?[tx]\s?p\s?s?|f\s?t\s?p)\s?:\s?(?:/\s?/|\\\s?\\)\s?[^\s<>"“”]+
        |\b(?:javascript|data|file|vbscript|mailto):[^\s<>"“”]+)
    | (?P<www>\bwww\s?[.。．]\s?[\w.-]+[^\s<>"“”]*)
    | (?P<ip>(?<![\w.])\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?::\d+)?(?:/[^\s<>"]*)?(?![\w.]))
    | (?P<bare>(?<![\w@.+/-]){_HOST}(?:xn--[\w-]+|(?i:{_SAFE_TLD})(?:\.(?:uk|au|nz|br|jp|za|com|example))?)
        (?![\w-]|[.][\w])(?:[:/?\#@\\][^\s<>"“”]*)?)
    | (?P<wordish>(?<![\w@.+/-])(?:[a-z0-9-]{{1,63}}\.){{1,20}}(?:{_WORD_TLD})(?:/[^\s<>"“”]+))
    | (?P<wordhost>(?<![\w@.+/-])(?:(?=[a-z]{{0,62}}[0-9-])[a-z0-9-]{{1,63}}\.)(?:{_WORD_TLD})(?![\w.-]))
    | (?P<spelled>(?<![\w-])[\w-]{{1,63}}(?:\s?[\[({{]\s?(?:dot|punkt|point|\.)\s?[\])}}]\s?[\w-]+)+(?:/\S*)?)
    | (?P<said>\b(?!(?:the|a|this|that|each|every|one|red|blue|green|big|small|connect|polka|on|our)\b)
        (?<![\w-])[\w-]{{1,63}}\sdot\s(?:com|net|org|info|io|co|de|fr|shop|app|example|test|xyz|uk|eu)\b(?:\s(?:slash\s\w+|dot\s\w+))?)
    | (?P<spaced>(?<![\w@-])[\w-]{{2,63}}\s?\.\s(?:com|net|org|info|xyz|shop|app|io)\b(?=\s*(?:/|$|[.,!?)]))
        |(?<![\w@-])[\w-]{{2,63}}\s\.\s?(?:com|net|org|info|xyz|shop|app|io|de|fr)\b)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_IMAGE = regex.compile(
    r"!\[[^\]]*\]\([^)]*\)|<\s*(?:img|svg|picture|video|iframe|object|embed|script|a|link|style)\b[^>]*>|data:image/",
    regex.IGNORECASE,
)
_PICTURE = regex.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp|avif|heic)(?:[?#]|$)", regex.IGNORECASE)
_FILE = regex.compile(r"(?:^|/)[\w-]+\.(?:py|js|md|txt|pdf|html?)$", regex.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """Something that is, or may become, a link."""

    span: Span
    odd: str = ""
    """Why it may not stand here whatever the allow-list says; empty for a plainly written link."""


_ODD = {"spelled": "it is spelled out to hide that it is a link", "said": "it is spelled out to hide that it is a link",
        "spaced": "it has spaces in it to hide that it is a link", "ip": "it is a bare network address"}  # fmt: skip


@lru_cache(maxsize=512)
def links(text: str) -> tuple[Link, ...]:
    """Every link in `text`, in order."""
    out: list[Link] = []
    for match in _FIND.finditer(text):
        kind, found = match.lastgroup or "", match.group()
        found = found.rstrip(".,;:!?)]}'\"’*_…") or found
        if kind == "ip" and not _is_ip(found):
            continue
        if kind == "bare" and (_FILE.search(found) or _looks_like_sentence(text, match.start(), found)):
            continue
        span = Span(start=match.start(), end=match.start() + len(found), text=found)
        out.append(Link(span, _ODD.get(kind, "") or _odd(found)))
    return tuple(out)


def _is_ip(text: str) -> bool:
    return all(int(part) < 256 for part in regex.split(r"[:/]", text)[0].split("."))


def _looks_like_sentence(text: str, start: int, found: str) -> bool:
    """`fresh.It` is a missing space; a host is written in one case, without a capital after the dot."""
    labels = found.split("/")[0].split(".")
    capital = labels[-1][:1].isupper() and not found.split("/")[0].isupper()
    return len(labels) == 2 and capital and "/" not in found


def _odd(found: str) -> str:
    scheme = regex.match(r"\s*([a-z]\s?[a-z]\s?[a-z]\s?[a-z]*\s?[a-z]*)\s?:", found, regex.IGNORECASE)
    name = "".join(scheme.group(1).split()).lower() if scheme and "://" in found.replace(" ", "") else ""
    if name in ("hxxp", "hxxps", "hxtp", "htxp") or (name and " " in found):
        return "it is written so that it does not look like a link"
    if regex.match(r"(?i)(?:javascript|data|file|vbscript):", found):
        return "it runs code instead of opening a page"
    if "\\" in found:
        return "it has a backslash in it"
    return ""


def images(text: str) -> list[Span]:
    """Embedded images and other HTML."""
    found = [Span(start=m.start(), end=m.end(), text=m.group()) for m in _IMAGE.finditer(text)]
    return found + [
        link.span for link in links(text) if _PICTURE.search(link.span.text) and not _inside(link.span, found)
    ]


def _inside(span: Span, others: list[Span]) -> bool:
    return any(o.start <= span.start and span.end <= o.end for o in others)


def allowed(link: str, allow_list: tuple[str, ...]) -> bool:
    """Whether the allow-list covers `link`: the host exactly (``www.`` aside), and the path prefix."""
    try:
        parsed = urlsplit(link if "://" in link else f"https://{link}")
        host, port, user = (parsed.hostname or "").lower(), parsed.port, parsed.username
    except ValueError:
        return False
    if (
        parsed.scheme not in ("http", "https")
        or user is not None
        or "@" in parsed.netloc
        or port not in (None, 80, 443)
    ):
        return False
    if not host.isascii() or "xn--" in host:
        return False
    return any(_covers(entry, host.rstrip("."), parsed.path) for entry in allow_list)


def _covers(entry: str, host: str, path: str) -> bool:
    allowed_host, _, prefix = entry.lower().removeprefix("https://").removeprefix("http://").partition("/")
    if host != allowed_host and host != f"www.{allowed_host}":
        return False
    prefix = "/" + prefix.strip("/")
    real = posixpath.normpath("/" + unquote(unquote(path)).lower().lstrip("/"))
    return prefix == "/" or real == prefix or real.startswith(prefix + "/")
