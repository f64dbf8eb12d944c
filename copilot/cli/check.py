"""`candor check`: what a reply would be told, before anyone meets it."""

import json as jsonlib
from pathlib import Path
from typing import Annotated, Any

import typer

from copilot.bootstrap import Copilot
from copilot.cli import batch
from copilot.cli.common import AsOption, JsonOption, opened, out, out_json, shown, text_in
from copilot.errors import InputError
from copilot.models import Brand, CheckResult, Mention

_SIGNS = {"pass": "ok", "info": "info", "warn": "WARN", "block": "BLOCK", "escalate": "ESCALATE", "error": "ERROR"}
Results = tuple[CheckResult, ...]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check)


def check(
    brand: Annotated[str, typer.Option("--brand", help="Brand; without one, only groundedness is judged.")] = "",
    reply: Annotated[str, typer.Option("--reply", help="The reply; - reads standard input.")] = "",
    text: Annotated[str, typer.Option("--text", help="What it answers.")] = "",
    person: AsOption = "",
    channel: Annotated[str, typer.Option("--channel", help="Where it would be posted.")] = "bluesky",
    account: Annotated[str, typer.Option("--account", help="brand or personal.")] = "brand",
    evidence: Annotated[Path | None, typer.Option("--evidence-file", help="JSONL with text, one a line.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="JSONL: id, reply, and text, as or evidence.")] = None,
    target: Annotated[Path | None, typer.Option("--out", help="Where the JSONL answer goes.")] = None,
    json: JsonOption = False,
) -> None:
    """Check a reply that a person wrote, against a brand or against given evidence."""
    if account not in ("brand", "personal"):
        raise InputError(f"--account is brand or personal, not '{account}'.")
    with opened() as copilot:
        if not brand:
            _groundedness(copilot, reply, text, evidence, file, target, json)
            return
        known = copilot.files_of(brand)
        if file is not None:
            failed = batch.run(file, target, lambda row: _row(copilot, known, row, person, channel, account))
            raise typer.Exit(2 if failed else 0)
        if not reply:
            raise InputError("Give --reply TEXT, or --file IN.jsonl.")
        words = text_in(copilot, reply, "The reply")
        results = _results(copilot, known, words, text, person or copilot.settings.person, channel, account)
    show(results, json)
    if is_blocked(results):
        raise typer.Exit(1)


def is_blocked(results: Results) -> bool:
    """Whether something holds the reply back."""
    return any(r.verdict in ("block", "error") for r in results)


def show(results: Results, json: bool) -> None:
    """Print findings, the worst first."""
    if json:
        out_json({"blocked": is_blocked(results), "checks": results})
        return
    found = [r for r in results if r.verdict not in ("pass", "info")]
    for r in sorted(found, key=lambda r: list(_SIGNS).index(r.verdict), reverse=True):
        where = "; ".join(f"“{shown(s.text)}”" for s in r.spans[:3])
        out(f"{_SIGNS[r.verdict]:<8} {r.check:<4} {r.reason}" + (f"  [{where}]" if where else ""))
        if r.fix:
            out(f"{'':<13} → {r.fix}")
    if not found:
        out("Nothing to object to.")


def _results(copilot: Copilot, brand: Brand, reply: str, text: str, person: str, channel: str, account: str) -> Results:
    from copilot.checks import run_checks
    from copilot.pipeline import check_context

    now = copilot.clock()
    speaker = brand.person(person) if person else None
    if person and speaker is None:
        names = ", ".join(p.id for p in brand.people) or "nobody"
        raise InputError(f"'{person}' is not among the people of '{brand.id}'. There: {names}.")
    mention = None
    if text:
        mention = Mention(
            id="text", brand=brand.id, channel=channel, author="customer", text=text, created_at=now, thread="text"
        )
    context = check_context(brand, reply, now, mention=mention, speaker=speaker)
    return run_checks(context.model_copy(update={"channel": channel, "account": account}))


def _row(copilot: Copilot, brand: Brand, row: batch.Row, person: str, channel: str, account: str) -> dict[str, Any]:
    speaker = str(row.get("as") or person or copilot.settings.person)
    where = str(row.get("channel") or channel)
    reply = batch.field(row, "reply")
    results = _results(copilot, brand, reply, str(row.get("text") or ""), speaker, where, account)
    return {"blocked": is_blocked(results), "checks": [r.model_dump(mode="json") for r in results]}


def _groundedness(
    copilot: Copilot, reply: str, text: str, evidence: Path | None, file: Path | None, target: Path | None, json: bool
) -> None:
    from copilot.checks.grounded import grounded

    if file is not None:
        batch.run(file, target, lambda row: grounded(_evidence(row), batch.field(row, "reply"), _message(row)))
        return
    if not reply or evidence is None:
        raise InputError("Give --brand B, or --evidence-file E.jsonl with --reply TEXT, or --file IN.jsonl.")
    answer = grounded(_evidence_file(evidence), text_in(copilot, reply, "The reply"), text)
    if json:
        out_json({"id": None, **answer.model_dump(mode="json")})
    else:
        out(f"{'supported' if answer.supported else 'not supported'} (score {answer.score:.2f})")
        for part in answer.unsupported:
            out(f"  “{shown(part.text)}”: {part.reason}")
    if not answer.supported:
        raise typer.Exit(1)


def _message(row: batch.Row) -> str:
    return str(row.get("message") or "")


def _evidence(row: batch.Row) -> list[str]:
    value = row.get("evidence")
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise ValueError("the field 'evidence' is missing; it is a list of texts")
    return [str(v.get("text", "")) if isinstance(v, dict) else str(v) for v in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType, reportUnknownMemberType]


def _evidence_file(path: Path) -> list[str]:
    texts: list[str] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                value = jsonlib.loads(line)
            except ValueError as error:
                raise InputError(f'{path}:{number}: not JSON ({error}). Fix: {{"text": "…"}} on one line.') from None
            texts += _evidence({"evidence": [value]})
    return texts
