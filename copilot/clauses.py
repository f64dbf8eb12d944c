"""Which language a text is in, and the clauses its sentences are made of."""

import re
from dataclasses import dataclass
from functools import lru_cache

from copilot.text import sentences


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON = {
    "en": _words(
        """the a an and or of to in is are was we you your our it that this for with not on at be have has do
        does can will what how when i my from by if so but there thank thanks sorry please yes no don't it's
        we're that's hello hi"""
    ),
    "de": _words(
        """der die das und oder ein eine einen ist sind war wir ihr du euch dir dich mir mich uns unser unsere
        nicht kein keine auch auf aus bei mit von zu zum zur für im in am ich es sie wie was wann wo haben hat
        hast habt kann danke bitte ja nein dass noch nur schon wenn den dem des gibt"""
    ),
    "fr": _words(
        """le la les un une des du de et ou est sont nous vous votre vos notre nos pas ne que qui pour avec dans
        sur au aux ce cette il elle je merci bonjour oui non très bien c'est d'un à plus en"""
    ),
    "es": _words("el la los las un una y o es son nos su que por para con en no gracias hola muy está del al lo se"),
    "id": _words("yang dan di ke dari ini itu kami anda untuk tidak ada dengan terima kasih akan bisa sudah ya"),
    "pt": _words("o a os as um uma e é são que por para com em não obrigado olá muito está do da no na se você"),
    "nl": _words("de het een en is zijn wij je u van op te niet dat voor met aan er om ook als bij dank goed"),
    "it": _words("il lo la i gli le un una e è sono che per con non di da in grazie ciao molto del della si"),
}
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_UMLAUT = re.compile(r"[äöüß]", re.IGNORECASE)


@lru_cache(maxsize=4096)
def language(text: str, default: str = "en") -> str:
    """The language of a short text, by its commonest words; `default` where nothing speaks clearly."""
    words = [w.lower().replace("’", "'") for w in _TOKEN.findall(text)]
    if not words:
        return default
    hits = {lang: sum(w in common for w in words) for lang, common in _COMMON.items()}
    if _UMLAUT.search(text):
        hits["de"] += 1
    best = max(hits.values())
    leaders = [lang for lang, n in hits.items() if n == best]
    if best == 0 or default in leaders:
        return default
    if hits.get(default, 0) >= best - 1 and best < 3 and len(words) < 12 and leaders[0] not in ("en", "de", "fr"):
        return default
    return leaders[0]


@dataclass(frozen=True)
class Clause:
    """A piece of a sentence that can be true or false by itself."""

    start: int
    end: int
    text: str
    sentence: int
    """Index of its sentence in the text."""
    opens: bool
    """Whether it opens its sentence; one that does not may borrow the subject of the clause before."""
    question: bool
    """Whether its sentence ends with a question mark."""


_SUBJECT = (
    r"we|you|it|they|he|she|i|the|our|your|my|that|this|these|those|there|all|every|each|an?|no(?=\s+\w)|not|only|just|both|neither|nothing|"
    r"none|everyone|nobody|what|it's|we're|we've|we'll|i'll|i'm|i've|that's|they're|there's|you'll|you're|here|please|"
    r"wir|ihr|du|sie|er|es|ich|der|die|das|dem|den|unser\w*|dein\w*|euer|eure\w*|ein|eine|kein\w*|nur|auch|nicht|man|alle|bitte|"
    r"nous|vous|il|elle|ils|le|la|les|ce|c['’]est|un|une"
)
_JOINT = (
    r"and|but|so|because|since|which|who|where|while|or|yet|as|though|although|"
    r"und|aber|sondern|denn|weil|also|oder|doch|während|obwohl|"
    r"et|mais|car|parce|donc|qui|où"
)
_VERB = (
    r"is|are|was|were|can|can't|cannot|has|have|had|takes|costs?|contains?|comes|will|won't|it's|they're|includes|holds|opens|closes|"
    r"does|don't|doesn't|starts|ends|fits|weighs|lasts|works|goes|needs|sells|serves|offers|makes|bakes|uses|stays|reaches|pours|arrives|"
    r"ist|sind|kann|kannst|können|hat|haben|kostet|kosten|dauert|enthält|gibt|wird|werden|kommt|kommen|war|"
    r"est|sont|peut|coûte|contient"
)
_PRONOUN = (
    r"we|you|it|they|he|she|i|we're|we've|we'll|i'll|i'm|i've|it's|they're|you'll|the|our|your|that|there|"
    r"wir|ihr|du|sie|er|es|ich|nous|vous|il|elle|ce"
)
_FROM = r"from|on|until|von|ab|bis|am|de"
_CUT = re.compile(
    rf"(?<=\bno\.)\s+(?=(?-i:[A-ZÄÖÜ]))|\s*[;:](?=\s)\s*|\s+[–—-]\s+|\s*—\s*|\s*[()]\s*|"
    rf",\s+(?=(?:{_JOINT})\b)|,\s+(?=(?:{_SUBJECT})\b)|"
    rf"\s+(?=(?:but|because|although|aber|weil|obwohl|sondern|mais|parce que)\s)|"
    rf"\s+(?=(?:and|und|et|so)\s+(?:{_PRONOUN}|{_VERB})\b)|\s+(?=(?:and|und|et)\s+(?:{_FROM})\b)|"
    r",\s+(?=(?:\S+\s+){1,4}(?:nicht|not)\b[.!]?\s*$)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"(?:and|und|et)\s+(?!(?:{_PRONOUN}|{_VERB})\b)|(?:and|und|et)\s+(?:the|our|your|that)\b", re.IGNORECASE
)
_FINITE = re.compile(
    rf"\b(?:{_VERB}|am|did|had|may|must|should|would|could|might|[a-zäöü]+ed|go|got|get|come|came|make|made|take|took|know|see|"
    r"think|want|like|love|need|hope|bin|habt|hast|hatte|hatten|macht|machen|geht|gehen|muss|müssen|soll|sollte|avons|avez|ont|a|"
    r"était)\b|['’](?:re|ve|ll|s|m|d)\b",
    re.IGNORECASE,
)
"""A verb before the joint: what follows "and the …" is a clause of its own, and not the end of a list."""
_LEAD = re.compile(rf"^(?:(?:{_JOINT}|and|und|et)\b,?\s+)+", re.IGNORECASE)


def has_verb(text: str) -> bool:
    """Whether an English, German or French text holds a common finite verb: without one it states nothing."""
    return _FINITE.search(text) is not None or _BY_SOMEBODY.match(text) is not None


_BY_SOMEBODY = re.compile(r"(?:\w+ )?(?:we|you|they|i|it|he|she|wir|ihr|du|ich|nous|vous)\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:the|our|both|of|der|die|das|dem|den|beide\w*|unser\w*|le|la|les)\b", re.IGNORECASE)


def _goes_on(piece: str, after: str) -> bool:
    """As in "Batteries of the Holm [and the Prahm are …]": a list that goes on, and no clause yet."""
    if any(c.isdigit() for c in after) or not _LISTED.match(after):
        return False
    return _NAMED.search(piece) is not None and _FINITE.search(piece) is None


@lru_cache(maxsize=2048)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of `text`, with places in it; leading joints ("and", "but") are left out."""
    out: list[Clause] = []
    for index, sentence in enumerate(sentences(text)):
        question = sentence.text.rstrip("\"”’') ").endswith("?")
        at = 0
        pieces: list[tuple[int, int]] = []
        for cut in _CUT.finditer(sentence.text):
            if _goes_on(sentence.text[at : cut.start()], sentence.text[cut.end() :]):
                continue
            pieces.append((at, cut.start()))
            at = cut.end()
        pieces.append((at, len(sentence.text)))
        first = True
        for start, end in pieces:
            piece = sentence.text[start:end]
            lead = _LEAD.match(piece)
            start += lead.end() if lead and not first else 0
            body = sentence.text[start:end]
            if not _TOKEN.search(body) and not any(c.isdigit() for c in body):
                continue
            start += len(body) - len(body.lstrip())
            body = body.strip()
            begin = sentence.start + start
            out.append(Clause(begin, begin + len(body), body, index, first, question))
            first = False
    return tuple(out)
