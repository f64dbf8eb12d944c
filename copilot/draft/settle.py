"""Make a draft pass: every sentence that a check refuses is asked for anew, then composed, then left out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copilot.draft import prompt
from copilot.draft.ask import Asker
from copilot.draft.compose import composed_act
from copilot.draft.plan import Plan
from copilot.draft.prompt import Messages
from copilot.draft.request import Checker, DraftRequest, SentenceWritten
from copilot.draft.sign import signature
from copilot.errors import ModelError
from copilot.models import CheckResult, Sentence

_ROUNDS = 8


class Placed(NamedTuple):
    """A sentence of a draft in the making."""

    sentence: Sentence | None
    """None when it was left out."""
    tries: int = 0
    """0 as written, 1 asked for anew, 2 composed, 3 left out."""


class Settler:
    """Works on one draft until nothing blocks; `sentences` is the outcome and `results` what the checks say of it."""

    def __init__(self, request: DraftRequest, plan: Plan, check: Checker, system: str, approach: str) -> None:
        """Judge with `check`, as `request` would be sent; `approach` names this way of answering."""
        self._request = request
        self._plan = plan
        self._check = check
        self._signature = signature(request.brand, request.speaker)
        self.approach = approach
        self._system = system
        self._placed: list[Placed] = []
        self.results: tuple[CheckResult, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What stands now."""
        return tuple(p.sentence for p in self._placed if p.sentence is not None)

    @property
    def refused(self) -> tuple[CheckResult, ...]:
        """What still blocks."""
        return tuple(r for r in self.results if r.verdict in ("block", "error"))

    @property
    def objections(self) -> int:
        """How many findings a person would have to give a reason for."""
        return sum(r.verdict == "warn" for r in self.results)

    def settle(self, sentences: Sequence[Sentence], asker: Asker | None, asked: Messages) -> Iterator[SentenceWritten]:
        """Replace what blocks, at most a few rounds; yields every replacement."""
        self._placed = [Placed(s) for s in sentences]
        for _ in range(_ROUNDS):
            self._judge()
            if not self.refused:
                return
            index, finding = self._worst()
            if index is None:
                return
            yield self._replace(index, finding, asker, asked)
        self._judge()

    def _judge(self) -> None:
        text = " ".join(part for part in (*(s.text for s in self.sentences), self._signature) if part)
        self.results = self._check(self._request.context(text, prompt=self._system)) if self.sentences else ()

    def _worst(self) -> tuple[int | None, CheckResult]:
        """The sentence the first refusal points at; the one least tried where it points at none."""
        finding = self.refused[0]
        spans = self._spans()
        for span in finding.spans:
            for index, (start, end) in spans.items():
                if start <= span.start < end:
                    return index, finding
        open_ones = [(self._placed[i].tries, i) for i in spans]
        return (min(open_ones)[1] if open_ones else None), finding

    def _spans(self) -> dict[int, tuple[int, int]]:
        out: dict[int, tuple[int, int]] = {}
        at = 0
        for index, placed in enumerate(self._placed):
            if placed.sentence is not None:
                out[index] = (at, at + len(placed.sentence.text))
                at += len(placed.sentence.text) + 1
        return out

    def _replace(self, index: int, finding: CheckResult, asker: Asker | None, asked: Messages) -> SentenceWritten:
        placed = self._placed[index]
        bad = placed.sentence
        assert bad is not None
        sentence: Sentence | None = None
        tries = placed.tries + 1
        if tries == 1:
            sentence = self._anew(bad, finding, asker, asked)
            tries = 1 if sentence else 2
        if tries == 2 and sentence is None:
            sentence = self._composed(bad)
            tries = 2 if sentence else 3
        self._placed[index] = Placed(sentence, tries)
        shown = sentence or Sentence(text="", act=bad.act)
        return SentenceWritten(index=index, sentence=shown, findings=(finding,))

    def _anew(self, bad: Sentence, finding: CheckResult, asker: Asker | None, asked: Messages) -> Sentence | None:
        if asker is None:
            return None
        wish = f"{finding.reason} {finding.fix}".strip()
        follow = prompt.repair(self._request, self._plan, self.sentences, bad, wish)
        try:
            answer = asker.json([*asked, *follow], prompt.sentence_schema(), max_tokens=90)
        except ModelError:
            return None
        text = str(answer.get("text", "")).strip()
        return bad.model_copy(update={"text": text}) if text and text != bad.text else None

    def _composed(self, bad: Sentence) -> Sentence | None:
        step = next((s for s in self._plan.acts if s.act == bad.act), None)
        if step is None:
            return None
        others = {s.text for s in self.sentences}
        used = {id for s in self.sentences if s is not bad for id in s.evidence_ids}
        new = composed_act(self._plan, step, self._request.mention.id, self._request.recent_replies, used)
        return new if new is not None and new.text not in others else None
