"""Who speaks, and is it plain? The rules stand in data/disclosure.toml; D14 (signatures) is code of its own.

An engineering reading of the sources named in each rule; not legal advice.
"""

from copilot.checks.base import Check, Finding, check
from copilot.checks.rules import judge
from copilot.checks.signature import judge_signature
from copilot.models import CheckContext


@check(
    "D1",
    version=1,
    severity="block",
    title="Employee on a personal account",
    rule="Who works for the brand and speaks well of it from their own account says so in the reply. (16 CFR 255.5(a))",
)
def d1(ctx: CheckContext) -> Finding | None:
    """Owner or employee, personal account, favourable: the relation must stand in the text."""
    return judge("D1", ctx)


@check(
    "D2",
    version=1,
    severity="block",
    title="Agency on a personal account",
    rule="Agency staff who answer from their own account say the brand is their client. (16 CFR 255.5(a); PRSA Code)",
)
def d2(ctx: CheckContext) -> Finding | None:
    """An agency never passes for a stranger."""
    return judge("D2", ctx)


@check(
    "D3",
    version=1,
    severity="info",
    title="Agency on the brand's account",
    rule="On the brand's account its name in the handle says enough. (CAP Code section 2; 16 CFR 255.0)",
)
def d3(ctx: CheckContext) -> Finding | None:
    """Tells, and asks for nothing."""
    return judge("D3", ctx)


@check(
    "D4",
    version=1,
    severity="block",
    title="Posing as a customer",
    rule="Nobody who speaks for the brand poses as a customer. (16 CFR 465.2; UCPD Annex I; DMCC Act Sch. 20)",
)
def d4(ctx: CheckContext) -> Finding | None:
    """Invented customers and denied relations."""
    return judge("D4", ctx)


@check(
    "D5",
    version=1,
    severity="block",
    title="Reward for a review",
    rule="A reward for a review never hangs on what it says, and reviewers are told to mention it. (16 CFR 465.4)",
)
def d5(ctx: CheckContext) -> Finding | None:
    """Bought reviews."""
    return judge("D5", ctx)


@check(
    "D6",
    version=1,
    severity="block",
    title="Paid or gifted voice",
    rule="Paid and gifted voices say “Ad” or “Paid partner of …” first. (16 CFR 255.5; CAP Code section 2)",
)
def d6(ctx: CheckContext) -> Finding | None:
    """The label stands at the start."""
    return judge("D6", ctx)


@check(
    "D7",
    version=1,
    severity="block",
    title="Pressure on a critic",
    rule="Criticism is answered without threats and without pressure to remove or change it. (16 CFR 465.7)",
)
def d7(ctx: CheckContext) -> Finding | None:
    """Review suppression."""
    return judge("D7", ctx)


@check(
    "D8",
    version=1,
    severity="block",
    title="Insider testimonial",
    rule="A testimonial by somebody inside the business says that they are. (16 CFR 465.5)",
)
def d8(ctx: CheckContext) -> Finding | None:
    """Recommendations and quotes from one's own people."""
    return judge("D8", ctx)


@check(
    "D9",
    version=1,
    severity="block",
    title="Approved by a person",
    rule="Nothing is sent that no person approved. (AI Act Article 50(1); California BPC 17940-17941)",
)
def d9(ctx: CheckContext) -> Finding | None:
    """Kept by construction: only `pipeline.approve` makes a sendable reply."""
    return Finding("Enforced by approval and outbox: without a person's approval nothing can be sent.", severity="pass")


@check(
    "D10",
    version=1,
    severity="info",
    title="Drafted with AI",
    rule="Drafted by software, approved by a person: no label; a line in the profile. (California BPC 17940)",
)
def d10(ctx: CheckContext) -> Finding | None:
    """Advice for the profile, not for the reply."""
    return judge("D10", ctx)


@check(
    "D11",
    version=1,
    severity="block",
    title="Public-interest matter",
    rule="AI-drafted text on recalls, health or elections: a label or a logged review. (AI Act Article 50(4))",
)
def d11(ctx: CheckContext) -> Finding | None:
    """Label or deliberate review."""
    return judge("D11", ctx)


@check(
    "D12",
    version=1,
    severity="block",
    title="Provenance stored",
    rule="Where a generated text came from is stored with it. (AI Act Article 50(2))",
)
def d12(ctx: CheckContext) -> Finding | None:
    """Kept by construction: a draft cannot be stored without its provenance."""
    return Finding("Enforced when a draft is stored: model, prompt and evidence are kept with it.", severity="pass")


@check(
    "D13",
    version=1,
    severity="block",
    title="“Are you a bot?”",
    rule="Asked if a bot answers: a person approves and sends, software helps. (AI Act Article 50(1))",
)
def d13(ctx: CheckContext) -> Finding | None:
    """Denial and evasion; whether a longer answer evades is a judge's question."""
    return judge("D13", ctx)


@check(
    "D14",
    version=1,
    severity="block",
    title="Signature",
    rule="Only the approver signs, with their own registered initials.",
)
def d14(ctx: CheckContext) -> Finding | None:
    """Somebody else's initials, invented ones, a missing or an unwanted signature."""
    return judge_signature(ctx)


@check(
    "D15",
    version=1,
    severity="block",
    title="Factual, price or policy claim",
    rule="Claims are judged by H1, H2 and H3; misleading ones are unfair practices. (UCPD Articles 6-7; DMCC Act 2024)",
)
def d15(ctx: CheckContext) -> Finding | None:
    """A signpost: evidence is the matter of H1-H3."""
    return Finding("Claims are held against the facts by H1, H2 and H3.", severity="pass")


@check(
    "D16",
    version=1,
    severity="block",
    title="Hidden commercial intent",
    rule="That a reply is meant to sell is said, not hidden behind a tip or a code. (DMCC Act 2024; UCPD Article 7(2))",
)
def d16(ctx: CheckContext) -> Finding | None:
    """Codes and links that pay, and the brand praising itself as a stranger."""
    return judge("D16", ctx)


CHECKS: tuple[Check, ...] = (d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11, d12, d13, d14, d15, d16)
"""In the order of docs/checks.md."""
