"""The contract of the command line: names, exit codes, JSON, and errors that say what to do."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HARBOR = ("--brand", "harbor-coffee")
MENTION = {"id": "x-1", "author": "dana", "text": "Is there oat milk at the Market shop?", "when": "2026-02-01T10:00Z"}
GOOD = "No, our Market shop has no oat milk; our Pier and Roastery shops do. ^JM"


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> str:
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps(MENTION) + "\n")
    assert run("import", str(file), *HARBOR, "--map", "created_at=when", "--channel", "bluesky").code == 0
    return "x-1"


def overrides(run: Run, text: str) -> list[str]:
    found = run("check", *HARBOR, "--as", "jm", "--text", MENTION["text"], "--reply", text, "--json").json["checks"]
    return [a for c in found if c["verdict"] == "warn" for a in ("--override", f"{c['check']}=meant so")]


def test_from_a_mention_to_a_precedent(run: Run, imported: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOR_HOLD_SECONDS", "0")
    drafted = run("draft", *HARBOR, "--mention", imported, "--json").json
    assert drafted["draft"]["text"] and drafted["draft"]["sentences"][0]["evidence_ids"]
    approved = run("approve", *HARBOR, "--mention", imported, "--text", GOOD, *overrides(run, GOOD), "--json")
    assert approved.code == 0, approved
    assert GOOD in run("send", *HARBOR).out
    sent = run("case", "mark-sent", imported, *HARBOR, "--json").json
    assert (sent["outbox_state"], sent["state"]) == ("sent", "waiting")
    resolved = run("case", "resolve", imported, *HARBOR, "--outcome", "answered", "--json").json
    accepted = run("precedents", "accept", resolved["precedent_id"], *HARBOR, "--json").json
    assert accepted["status"] == "accepted"


def test_a_blocked_reply_is_exit_1(run: Run, imported: str) -> None:
    bad = "Oat milk is €0.50 extra at our Market shop. ^JM"
    checked = run("check", *HARBOR, "--as", "jm", "--text", MENTION["text"], "--reply", bad, "--json")
    assert checked.code == 1 and checked.json["blocked"]
    refused = run("approve", *HARBOR, "--mention", imported, "--text", bad, "--json")
    assert refused.code == 1 and refused.json["outbox_id"] is None
    assert run("outbox", *HARBOR, "--json").json == []


def test_a_good_reply_is_exit_0(run: Run) -> None:
    assert run("check", *HARBOR, "--as", "jm", "--text", MENTION["text"], "--reply", GOOD).code == 0


def test_taking_back(run: Run, imported: str) -> None:
    run("approve", *HARBOR, "--mention", imported, "--text", GOOD, *overrides(run, GOOD))
    back = run("case", "take-back", imported, *HARBOR, "--json").json
    assert (back["outbox_state"], back["state"]) == ("taken_back", "drafted")


def test_importing_twice_takes_each_row_once(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("nr,body\n1,Your buns are great\n2,\n3,Where is my parcel?\n")
    wishes = ("--map", "id=nr", "--map", "text=body", "--json")
    first = run("import", str(file), *HARBOR, *wishes).json
    assert (first["read"], first["new"], first["duplicate"]) == (3, 2, 0)
    assert first["rejected"] == [{"line": 3, "reason": "there is no text in 'body'"}]
    assert run("import", str(file), *HARBOR, *wishes).json["duplicate"] == 2


def test_a_wrong_column_names_those_there_are(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("nr,body\n1,hello\n")
    ran = run("import", str(file), *HARBOR, "--map", "text=txt")
    assert ran.code == 2 and "'txt'" in ran.err and "nr, body" in ran.err and "in.csv:1" in ran.err


def test_triage_gives_the_contract(run: Run) -> None:
    ran = run("triage", *HARBOR, "--text", "there was glass in my coffee and I cut my lip", "--json").json
    assert {"action", "intent", "sentiment", "urgency", "risks", "reason"} <= set(ran)
    assert ran["action"] == "escalate" and "safety" in ran["risks"]


def test_a_batch_keeps_order_and_a_failed_row_is_a_row(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "a", "text": "hello there"}\n{"id": "b"}\nnot json\n{"id": "d", "text": "thanks!"}\n')
    assert run("triage", *HARBOR, "--file", str(source), "--out", str(target)).code == 0
    rows = [json.loads(line) for line in target.read_text().splitlines()]
    assert [r["id"] for r in rows] == ["a", "b", None, "d"]
    assert "error" in rows[1] and "line 3" in rows[2]["error"] and "action" in rows[3]


def test_groundedness_needs_no_brand(run: Run, tmp_path: Path) -> None:
    evidence = tmp_path / "e.jsonl"
    evidence.write_text('{"text": "The museum opens at 9:00 on weekdays."}\n')
    good = run("check", "--evidence-file", str(evidence), "--reply", "The museum opens at 9:00 on weekdays.", "--json")
    bad = run("check", "--evidence-file", str(evidence), "--reply", "The museum opens at 7:00 on weekdays.", "--json")
    assert (good.code, good.json["supported"]) == (0, True)
    assert (bad.code, bad.json["supported"]) == (1, False) and bad.json["unsupported"]


def test_an_unknown_brand_says_which_there_are(run: Run) -> None:
    ran = run("inbox", "--brand", "harbour-cofee")
    assert ran.code == 2 and "harbor-coffee" in ran.err and "Traceback" not in ran.err


def test_who_acts_has_to_be_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CANDOR_PERSON")
    ran = run("case", "note", "hc-001", "hello", *HARBOR)
    assert ran.code == 2 and "--as" in ran.err


def test_a_bad_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOR_PORT", "many")
    ran = run("brand", "list")
    assert ran.code == 2 and "CANDOR_PORT" in ran.err


def test_the_inbox_is_in_order_and_says_why(run: Run) -> None:
    rows = run("inbox", *HARBOR, "--json").json
    assert rows and all(r["reason"] for r in rows)
    assert {"mention_id", "action", "urgency", "age_s", "target_s", "reason", "text"} <= set(rows[0])
    assert "ignore" not in [r["action"] for r in rows[:10]]


def test_ingest_again_changes_nothing(run: Run) -> None:
    assert run("ingest", *HARBOR, "--json").json["changed"] == 0


def test_doctor_names_the_mend(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CANDOR_MODEL_DIR", str(tmp_path / "nowhere"))
    ran = run("doctor", "--json")
    models = next(c for c in ran.json["checks"] if c["name"] == "model files")
    assert ran.code == 1 and not models["ok"] and models["fix"] == "candor model pull"


def test_a_broken_file_is_named_with_its_line_and_the_last_good_version_serves(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from tests.conftest import ROOT

    knowledge = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", knowledge)
    monkeypatch.setenv("CANDOR_KNOWLEDGE_DIR", str(knowledge))
    page = knowledge / "harbor-coffee" / "playbooks.yaml"
    page.write_text("compliant:\n  acts: []\n")
    refused = run("ingest", *HARBOR)
    assert refused.code == 2 and "playbooks.yaml:1" in refused.err and "complaint" in refused.err
    served = run("retrieve", *HARBOR, "--text", "oat milk", "--json")
    assert served.code == 0 and served.json and "last good version" in served.err
    assert run("lint", *HARBOR).code == 2


def test_pausing_stops_approval(run: Run, imported: str) -> None:
    run("brand", "pause", *HARBOR, "--why", "recall")
    ran = run("approve", *HARBOR, "--mention", imported, "--text", GOOD)
    assert ran.code == 1 and "recall" in ran.err
    assert run("brand", "resume", *HARBOR).code == 0
