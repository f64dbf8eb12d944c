"""brand.yaml: promises nobody may make, hours that never come, channels nobody set up."""

from collections.abc import Iterator

from copilot.brand.files import BRAND
from copilot.brand.linting.base import LintFinding, Subject
from copilot.brand.policy import CHECK_SEVERITIES


def commitment_without_people(subject: Subject) -> Iterator[LintFinding]:
    """A commitment for relations that nobody has. A brand without people is one to check against, and is left alone."""
    relations = {person.relation for person in subject.brand.people}
    for n, commitment in enumerate(subject.brand.commitments):
        if relations and not relations.intersection(commitment.roles):
            yield LintFinding(
                BRAND,
                subject.place(BRAND, "commitments", n),
                "commitment-without-people",
                "warn",
                f"`{commitment.kind}` is for {', '.join(commitment.roles)}, and nobody here is that.",
                f"Add one of {', '.join(sorted(relations))} to `roles`, or remove the commitment.",
            )


def closed_all_week(subject: Subject) -> Iterator[LintFinding]:
    """Hours are given, and none of them is open."""
    hours = subject.brand.hours
    if hours and not any(hours.values()):
        message = "Every day is closed, so reply targets are counted as if somebody always answered."
        yield LintFinding(
            BRAND, subject.place(BRAND, "hours"), "closed-all-week", "warn", message, "Write when somebody answers."
        )


def unknown_channel(subject: Subject) -> Iterator[LintFinding]:
    """A person's channel that the brand does not have; a handle on a channel without a length limit."""
    brand = subject.brand
    known = {*brand.channels, *(handle.channel for handle in brand.handles)}
    for n, person in enumerate(brand.people):
        for channel in person.channels:
            if channel not in known:
                line = subject.place(BRAND, "people", n, "channels")
                message = f"`{person.id}` answers on `{channel}`, where the brand has no account."
                fix = f"Write one of {', '.join(sorted(known)) or 'the channels under `channels`'}, or add a handle."
                yield LintFinding(BRAND, line, "unknown-channel", "warn", message, fix)
    for n, handle in enumerate(brand.handles):
        if handle.channel not in brand.channels:
            line = subject.place(BRAND, "handles", n)
            message = f"`{handle.channel}` has a handle and no length limit."
            fix = f"Add `{handle.channel}: {{limit: …}}` to `channels`."
            yield LintFinding(BRAND, line, "channel-without-limit", "info", message, fix)


def targets_out_of_order(subject: Subject) -> Iterator[LintFinding]:
    """Something urgent may wait longer than something that is not."""
    targets = subject.brand.targets
    if targets.urgent > targets.normal:
        message = f"Urgent mentions may wait {targets.urgent} minutes, normal ones only {targets.normal}."
        line = subject.place(BRAND, "targets")
        yield LintFinding(BRAND, line, "targets-out-of-order", "warn", message, "Exchange the two.")


def check_without_effect(subject: Subject) -> Iterator[LintFinding]:
    """A severity that the check has by itself."""
    for check, severity in subject.brand.checks.items():
        if CHECK_SEVERITIES.get(check) == severity:
            line = subject.place(BRAND, "checks", check)
            message = f"{check} is `{severity}` by itself."
            yield LintFinding(BRAND, line, "check-without-effect", "info", message, "Remove the line.")
