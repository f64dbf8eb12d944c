"""The seam for measuring support by evidence alone."""

import pytest

from copilot.checks.support import support_score
from copilot.models import Evidence

FACTS = (
    Evidence(id="f1", kind="fact", text="The Pier shop is open from 8:00 to 16:00 on Sundays."),
    Evidence(id="f2", kind="fact", text="Oat milk costs nothing extra."),
)


def test_a_statement_that_stands_there_scores_one() -> None:
    support = support_score("Oat milk costs nothing extra.", FACTS)
    assert (support.score, support.best_id, support.missing) == (1.0, "f2", ())


def test_what_nothing_says_scores_zero() -> None:
    support = support_score("Parking is behind the house.", FACTS)
    assert support.score == 0.0
    assert support.best_id is None
    assert "parking" in support.missing


def test_a_contradiction_scores_zero() -> None:
    assert support_score("The Pier shop is closed on Sundays.", FACTS).score == 0.0


@pytest.mark.parametrize(("text", "least", "most"), [
    ("On Sundays the Pier shop opens at 8:00.", 0.9, 1.0),
    ("On Sundays the Pier shop opens at 9:00.", 0.0, 0.6),
])  # fmt: skip
def test_values_count(text: str, least: float, most: float) -> None:
    assert least <= support_score(text, FACTS).score <= most


def test_the_weakest_clause_counts() -> None:
    assert support_score("Oat milk costs nothing extra, and parking is behind the house.", FACTS).score < 0.5


def test_only_facts_carry() -> None:
    rule = Evidence(id="p", kind="precedent", text="Parking is behind the house.")
    assert support_score("Parking is behind the house.", (rule,)).score == 0.0


def test_talk_needs_no_support() -> None:
    assert support_score("Thank you so much!", FACTS).score == 1.0
