"""`candor approve`, `candor outbox`, `candor send`: a person's yes, and what becomes of it."""

import time
from typing import Annotated, get_args

import typer

from copilot.cli.check import show
from copilot.cli.common import (
    AsOption,
    BrandOption,
    JsonOption,
    MaybeBrand,
    VersionOption,
    actor_of,
    cut,
    opened,
    out,
    out_json,
    say,
    text_in,
)
from copilot.errors import InputError
from copilot.models import Attestation, OutboxItem, OutboxState, Purpose


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("approve")(approve)
    app.command("outbox")(outbox)
    app.command("send")(send)


def approve(
    brand: BrandOption,
    mention: Annotated[str, typer.Option("--mention", help="Id of the mention that is answered.")],
    text: Annotated[str, typer.Option("--text", help="The final words, signature included; - reads standard input.")],
    person: AsOption = "",
    override: Annotated[list[str] | None, typer.Option("--override", help="CHECK=REASON for a warning.")] = None,
    attest: Annotated[
        list[str] | None, typer.Option("--attest", help="STATEMENT=HOW YOU KNOW, for a true one.")
    ] = None,
    purpose: Annotated[str, typer.Option("--purpose", help="answer, holding, closing or correction.")] = "answer",
    account: Annotated[str, typer.Option("--account", help="brand or personal.")] = "brand",
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="Log a deliberate review (recall, safety, health).")
    ] = False,
    version: VersionOption = 0,
    json: JsonOption = False,
) -> None:
    """Check exactly this text again and, when nothing holds it back, put it in the outbox."""
    if purpose not in get_args(Purpose) or account not in ("brand", "personal"):
        raise InputError(f"--purpose is one of {', '.join(get_args(Purpose))}; --account is brand or personal.")
    with opened() as copilot:
        desk = copilot.brand(brand)
        actor = actor_of(copilot, person)
        answer = desk.approve(
            mention,
            text_in(copilot, text, "The reply"),
            actor,
            overrides=_pairs(override or [], "--override CHECK=REASON"),
            attestations=[
                Attestation(text=said, by=actor.person, why=why)
                for said, why in _pairs(attest or [], "--attest STATEMENT=HOW").items()
            ],
            expected_version=version or None,
            purpose=purpose,  # pyright: ignore[reportArgumentType]
            account=account,  # pyright: ignore[reportArgumentType]
            deliberate_review=reviewed,
        )
        held = answer.outbox is None
        if json:
            item = answer.outbox
            out_json(
                {
                    "outbox_id": item.id if item else None,
                    "state": item.state if item else None,
                    "hold_until": item.hold_until if item else None,
                    "blocked": answer.blocked,
                    "needs_reason": answer.needs_reason,
                    "checks": answer.checks,
                }
            )
        elif answer.outbox is not None:
            out(f"Approved as {answer.outbox.id}; can be taken back until {answer.outbox.hold_until:%H:%M:%S %Z}.")
            out(f"Take back: candor case take-back {answer.outbox.id} --brand {brand} --as {actor.person}")
        else:
            show(answer.checks, json=False)
            if answer.needs_reason and not answer.blocked:
                wishes = " ".join(f'--override {id}="why"' for id in answer.needs_reason)
                out(f"Not approved: say why you send it although it warns: {wishes}")
            else:
                out("Not approved: fix what blocks first.")
    if held:
        raise typer.Exit(1)


def outbox(
    brand: MaybeBrand = "",
    state: Annotated[str, typer.Option("--state", help="queued, sent, failed, unknown, taken_back, …")] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Show it again whenever it changes, until Ctrl-C.")] = False,
    json: JsonOption = False,
) -> None:
    """Show the ledger of sends."""
    if state and state not in get_args(OutboxState):
        raise InputError(f"--state is one of {', '.join(get_args(OutboxState))}.")
    states: list[OutboxState] = [state] if state else []  # pyright: ignore[reportAssignmentType]
    with opened() as copilot:
        shown: list[dict[str, object]] | None = None
        while True:
            brands = [brand] if brand else copilot.ledger.brands()
            items = [row(item) for b in brands for item in copilot.ledger.brand(b).outbox(states)]
            if items != shown:
                shown = items
                _print(items, json)
            if not watch:
                return
            time.sleep(1)


def send(
    brand: MaybeBrand = "",
    json: JsonOption = False,
) -> None:
    """Send what is due; replies for channels without an API are shown, to copy and mark sent."""
    from copilot.sending import send_due

    with opened() as copilot:
        brands = [brand] if brand else copilot.ledger.brands()
        items = [i for b in brands for i in send_due(copilot.ledger.brand(b), copilot.channel, copilot.clock)]
    if json:
        out_json([row(item) for item in items])
        return
    for item in items:
        if item.state == "queued":
            out(f"Copy this to {item.reply.channel} (answers {item.reply.mention_id}):\n\n{item.reply.text}\n")
            out(f"Then: candor case mark-sent {item.id} --brand {item.reply.brand} --as {item.reply.approver.person}\n")
        else:
            out(f"{item.state}: {item.id} {item.url or ''} {item.last_error}")
    if not items:
        say("Nothing is due.")


def row(item: OutboxItem) -> dict[str, object]:
    """The contract's shape of an outbox item."""
    return {
        "outbox_id": item.id,
        "brand": item.reply.brand,
        "mention_id": item.reply.mention_id,
        "case_id": item.reply.case_id,
        "state": item.state,
        "channel": item.reply.channel,
        "text": item.reply.text,
        "approver": item.reply.approver.person,
        "hold_until": item.hold_until.isoformat(),
        "sent_at": item.sent_at.isoformat() if item.sent_at else None,
        "url": item.url,
        "attempts": item.attempts,
        "last_error": item.last_error,
    }


def _print(items: list[dict[str, object]], json: bool) -> None:
    if json:
        out_json(items)
        return
    for item in items:
        out(f"{item['state']!s:<10} {item['outbox_id']}  {item['mention_id']!s:<14} {cut(str(item['text']), 70)}")
    if not items:
        out("The outbox is empty. Approve a reply: candor approve --mention ID --text …")


def _pairs(wishes: list[str], form: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for wish in wishes:
        name, _, reason = wish.partition("=")
        if not name.strip() or not reason.strip():
            raise InputError(f"Write it as {form}; '{wish}' lacks a part.")
        pairs[name.strip()] = reason.strip()
    return pairs
