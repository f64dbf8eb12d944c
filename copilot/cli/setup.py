"""Set-up and upkeep: doctor, model files, knowledge, brands."""

from typing import Annotated

import typer

from copilot.cli.common import AsOption, BrandOption, JsonOption, MaybeBrand, actor_of, opened, out, out_json, say
from copilot.errors import InputError

models = typer.Typer(help="Embedded model files.", no_args_is_help=True, rich_markup_mode=None)
brands = typer.Typer(help="Brands: samples, pause, resume.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add commands and groups."""
    app.command("doctor")(doctor)
    app.add_typer(models, name="model")
    app.command("ingest")(ingest)
    app.command("lint")(lint)
    app.add_typer(brands, name="brand")


def doctor(json: JsonOption = False) -> None:
    """Look at versions, models, stores and knowledge; name what mends each problem."""
    from copilot.doctor import examine

    with opened() as copilot:
        found = examine(copilot)
    if json:
        out_json({"checks": found})
    else:
        for h in found:
            out(f"{'ok ' if h.ok else 'NO '} {h.name}: {h.detail}")
            if not h.ok:
                out(f"     → {h.fix}")
    if not all(h.ok for h in found):
        raise typer.Exit(1)


@models.command("list")
def list_models(json: JsonOption = False) -> None:
    """List model files, and whether they are here."""
    with opened() as copilot:
        found = copilot.models.list()
    if json:
        out_json([m._asdict() if hasattr(m, "_asdict") else m for m in found])
        return
    for m in found:
        out(f"{'here' if m.present else 'missing':<8} {m.name:<20} {m.size / 1e6:8.1f} MB  {m.licence:<11} {m.path}")


@models.command("pull")
def pull(
    name: Annotated[str, typer.Argument(help="Which model; all of them when left out.")] = "", json: JsonOption = False
) -> None:
    """Fetch and verify model files; goes on where it stopped."""
    from copilot.cli.progress import shown_progress

    with opened() as copilot:
        found = copilot.models.pull(name or None, shown_progress())
    if json:
        out_json(found)
        return
    for p in found:
        out(f"ok {p.name}: {p.path} ({p.source})")


def ingest(
    brand: MaybeBrand = "",
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build the index from nothing.")] = False,
    json: JsonOption = False,
) -> None:
    """Read knowledge/ into ledger and index; only what changed."""
    with opened() as copilot:
        names = [brand] if brand else copilot.brand_ids()
        done = [copilot.ingest(name, rebuild=rebuild) for name in names]
    if json:
        out_json(done[0] if brand else done)
        return
    for d in done:
        out(
            f"{d.brand}: {d.voice} voice rules, {d.facts} facts, {d.precedents} precedents; "
            f"{d.changed} changed ({d.seconds:.2f} s)"
        )
    if not done:
        out("There is no brand yet. See docs/writing-a-voice-guide.md")


def lint(brand: MaybeBrand = "", json: JsonOption = False) -> None:
    """Look for mistakes in voice guide, facts, playbooks and brand.yaml."""
    from copilot.ingest import lint_files

    with opened() as copilot:
        today = copilot.clock().date()
        names = [brand] if brand else copilot.brand_ids()
        found = {name: lint_files(copilot.knowledge_dir, name, today) for name in names}
    findings = [f for rows in found.values() for f in rows]
    if json:
        out_json({"findings": findings})
    else:
        for name, rows in found.items():
            for f in rows:
                out(f"{name}/{f.file}:{f.line}: {f.severity} {f.rule}: {f.message} Fix: {f.fix}")
            if not rows:
                out(f"{name}: nothing found.")
    if any(f.severity == "error" for f in findings):
        raise typer.Exit(2)


@brands.command("samples")
def samples(json: JsonOption = False) -> None:
    """Load the sample brands and their mentions; safe to repeat."""
    from copilot.samples import load_samples

    with opened() as copilot:
        found = load_samples(copilot)
    if json:
        out_json(found)
        return
    for row in found:
        out(f"{row.brand}: {row.new} new mentions, {row.duplicate} there already; owner {row.owner}")


@brands.command("pause")
def pause(
    brand: BrandOption,
    why: Annotated[str, typer.Option("--why", help="Everyone who is stopped by it reads this.")],
    person: AsOption = "",
) -> None:
    """Stop approving and sending for a brand."""
    from copilot import people

    with opened() as copilot:
        people.pause(copilot.ledger.brand(brand), why, actor_of(copilot, person), copilot.clock())
    say(f"'{brand}' is paused. Go on with: candor brand resume --brand {brand}")


@brands.command("resume")
def resume(brand: BrandOption, person: AsOption = "") -> None:
    """Go on after a pause."""
    from copilot import people

    with opened() as copilot:
        people.resume(copilot.ledger.brand(brand), actor_of(copilot, person), copilot.clock())
    say(f"'{brand}' goes on.")


@brands.command("list")
def list_brands(json: JsonOption = False) -> None:
    """List brands."""
    with opened() as copilot:
        names = copilot.brand_ids()
    if json:
        out_json(names)
        return
    for name in names:
        out(name)
    if not names:
        raise InputError("There is no brand yet. See docs/writing-a-voice-guide.md")
