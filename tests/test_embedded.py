"""The real embedded model, a few short runs: it answers from a fact, and no more than its facts."""

from collections.abc import Callable

import pytest

from copilot.bootstrap import Copilot
from copilot.models import Draft

pytestmark = [pytest.mark.model, pytest.mark.xdist_group("model")]


def drafted(open_copilot: Callable[..., Copilot], text: str) -> Draft:
    copilot = open_copilot(model="embedded", model_timeout=600, embedded_idle=30)
    done = copilot.brand("harbor-coffee").draft(text, "jm")
    assert not [c for c in done.checks if c.verdict in ("block", "error")]
    return done.draft


def test_a_question_is_answered_from_its_fact(open_copilot: Callable[..., Copilot]) -> None:
    draft = drafted(open_copilot, "is there oat milk at the market shop?")
    assert draft.provenance.model == "embedded:qwen2.5-coder-1.5b"
    assert "f-market-no-oat" in draft.provenance.evidence_ids
    assert "oat milk" in draft.text and draft.text.endswith("^JM")


def test_the_same_seed_gives_the_same_draft(open_copilot: Callable[..., Copilot]) -> None:
    text = "the new ethiopian is lovely, thank you"
    assert drafted(open_copilot, text).text == drafted(open_copilot, text).text
