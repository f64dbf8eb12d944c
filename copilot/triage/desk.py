"""A brand as triage needs it: its escalation topics as phrases, its name, and who decides what."""

from typing import NamedTuple

from copilot.models import Brand, EscalationTopic, Risk
from copilot.triage.lexicon import LANGUAGES, Element, Hit, Lexicon, load
from copilot.triage.signals import Signals
from copilot.triage.tokens import Sentence, fold, tokenize

_KEPT = 64
_KINDS: tuple[Risk, ...] = ("self_harm", "safety", "crisis", "legal", "press")
"""Risks that a topic may be about, gravest first."""
_NAME, _PRODUCT = "name", "product"
_SHARE = 3
"""A topic is about a risk when one in this many of its words says so."""
_desks: dict[str, "Desk"] = {}


class Touched(NamedTuple):
    """An escalation topic of the brand that a mention touches."""

    topic: EscalationTopic
    risk: Risk | None
    words: str
    """The mention's words that touch it."""


class Desk:
    """What is compiled once for a brand."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        self.languages = brand.languages or ("en",)
        self.kinds: tuple[Risk | None, ...] = tuple(kind_of(topic, self.languages) for topic in brand.escalate)
        self.handles = frozenset(fold(h.handle.lstrip("@")) for h in brand.handles)
        self._lexicon = Lexicon()
        for number, topic in enumerate(brand.escalate):
            for phrase in topic.words:
                self._add(str(number), phrase)
        self._add(_NAME, brand.name)
        for product in brand.products:
            for name in (product.name, *product.aliases):
                self._add(_PRODUCT, name)

    def _add(self, category: str, phrase: str) -> None:
        words = tokenize(phrase).words
        if words:
            self._lexicon.add_elements(category, [Element(words=forms(word)) for word in words])

    def touched(self, signals: Signals) -> list[Touched]:
        """Topics that the mention touches, leaving out idioms, in the brand's order."""
        hits = self._lexicon.find(signals.tokens.words, signals.ordinary)
        first: dict[int, Hit] = {}
        for hit in hits:
            if hit.category not in (_NAME, _PRODUCT) and self._meant(signals, hit, self.kinds[int(hit.category)]):
                first.setdefault(int(hit.category), hit)
        return [Touched(self.brand.escalate[n], self.kinds[n], signals.said(first[n])) for n in sorted(first)]

    def _meant(self, signals: Signals, hit: Hit, kind: Risk | None) -> bool:
        """No idiom, and a word of many meanings ("press") only where the mention as a whole means it."""
        if any(i.start <= hit.start and hit.end <= i.end for i in signals.lookalikes):
            return False
        many = hit.end - hit.start == 1 and any(a.start == hit.start for a in signals.hits.get("ambiguous", ()))
        return not (many and kind) or any(h.start < hit.end and hit.start < h.end for h in signals.hits.get(kind, ()))

    def named(self, signals: Signals, products: bool = True) -> bool:
        """Whether the mention says the brand's name, or that of a product."""
        wanted = (_NAME, _PRODUCT) if products else (_NAME,)
        return any(h.category in wanted for h in self._lexicon.find(signals.tokens.words, signals.tokens.sentences))

    def topic_for(self, risk: Risk) -> EscalationTopic | None:
        """The brand's topic about a risk, where it has one."""
        return next((t for t, kind in zip(self.brand.escalate, self.kinds, strict=True) if kind == risk), None)


def desk_for(brand: Brand) -> Desk:
    """The compiled brand; kept while the same brand object comes back."""
    desk = _desks.get(brand.id)
    if desk is None or desk.brand is not brand:
        if len(_desks) >= _KEPT:
            _desks.clear()
        desk = _desks[brand.id] = Desk(brand)
    return desk


def forms(word: str) -> frozenset[str]:
    """A word of a topic and its plain inflections: whoever lists "recall" means "recalls" too."""
    if len(word) < 4 or not word.isalpha() or word.endswith("s"):
        return frozenset((word,))
    more = [word + "s"]
    if word.endswith("y"):
        more.append(word[:-1] + "ies")
    return frozenset((word, *more))


def kind_of(topic: EscalationTopic, languages: tuple[str, ...]) -> Risk | None:
    """The risk a topic is about, judged by its own words."""
    votes: dict[Risk, int] = {}
    for phrase in topic.words:
        words = tokenize(phrase).words
        found = {
            hit.category
            for lang in dict.fromkeys((*languages, "en"))
            if lang in LANGUAGES
            for hit in load(lang).find(words, [Sentence(0, len(words))])
        }
        for risk in _KINDS:
            votes[risk] = votes.get(risk, 0) + (risk in found or f"{risk}_word" in found)
    best = max(_KINDS, key=lambda risk: votes.get(risk, 0))
    return best if votes.get(best, 0) * _SHARE >= len(topic.words) > 0 else None
