"""Labelled mentions, written before the rules: how often triage decides as their author did."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from copilot.models import INTENTS, TriageDecision
from copilot.triage import triage
from tests.triage.brands import BRANDS, NOW, said, talk

HERE = Path(__file__).parent
FLOORS = {
    "cases.jsonl": {"action": 0.99, "intent": 0.98, "sentiment": 0.98, "risks": 0.98},
    "second_cases.jsonl": {"action": 0.97, "intent": 0.93, "sentiment": 0.93, "risks": 0.97},
    "third_cases.jsonl": {"action": 0.97, "intent": 0.93, "sentiment": 0.93, "risks": 0.97},
    "fourth_cases.jsonl": {"action": 0.97, "intent": 0.92, "sentiment": 0.93, "risks": 0.97},
}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def decide(row: dict[str, Any]) -> TriageDecision:
    brand = BRANDS[row["brand"]]
    if "thread" not in row:
        return triage(said(row["text"], brand), brand, None, NOW)
    mention, thread = talk(brand, [(m["from_brand"], m["text"]) for m in row["thread"]], row["text"])
    return triage(mention, brand, thread, NOW)


def right(row: dict[str, Any], decision: TriageDecision) -> dict[str, bool]:
    return {
        "action": decision.action in row["action"],
        "intent": decision.intent in row["intent"],
        "sentiment": decision.sentiment in row["sentiment"],
        "risks": set(decision.risks) == set(row["risks"]),
    }


@pytest.mark.parametrize("name", FLOORS)
def test_labelled_mentions_are_decided_as_their_author_did(name: str) -> None:
    cases = rows(name)
    hits: Counter[str] = Counter()
    wrong: list[str] = []
    for row in cases:
        decision = decide(row)
        verdict = right(row, decision)
        hits.update(part for part, ok in verdict.items() if ok)
        wrong += [
            f"{row['id']} {part}: {row['text'][:60]} → {decision.reason}" for part, ok in verdict.items() if not ok
        ]
    for part, floor in FLOORS[name].items():
        assert hits[part] / len(cases) >= floor, f"{part}: {hits[part]} of {len(cases)}\n" + "\n".join(wrong)


def test_no_mention_labelled_as_dangerous_is_left_to_a_draft() -> None:
    grave = {"self_harm", "safety", "legal", "crisis", "minor", "press"}
    missed = [
        row["text"]
        for name in FLOORS
        for row in rows(name)
        if grave & set(row["risks"]) and decide(row).action != "escalate"
    ]
    assert missed == []


def test_no_ordinary_mention_cries_wolf() -> None:
    alarmed = [
        f"{row['text']} → {decide(row).reason}"
        for name in FLOORS
        for row in rows(name)
        if "escalate" not in row["action"] and decide(row).action == "escalate"
    ]
    assert alarmed == []


def test_the_cases_cover_every_intent_and_risk_a_dozen_times() -> None:
    cases = rows("cases.jsonl")
    assert len(cases) >= 250
    intents = Counter(row["intent"][0] for row in cases)
    risks = Counter(risk for row in cases for risk in row["risks"])
    assert {intent: intents[intent] for intent in INTENTS if intents[intent] < 12} == {}
    assert len(risks) == 11
    assert min(risks.values()) >= 12


def test_every_decision_quotes_the_mention_or_says_why_it_cannot() -> None:
    for row in rows("cases.jsonl"):
        reason = decide(row).reason
        assert '"' in reason or "personal data" in reason, (row["text"], reason)
