"""When two values say the same, and when they answer the same question differently."""

from decimal import Decimal

from copilot.values.types import Value


def same(stated: Value, known: Value) -> bool:
    """Whether `known` (of a fact, or of the conversation) carries `stated` (of a reply)."""
    if stated.kind != known.kind:
        return _loosely(stated, known)
    match stated.kind:
        case "clock":
            return bool(stated.minutes & known.minutes) and not _other_end(stated, known)
        case "weekday":
            return stated.days <= known.days
        case "date":
            return all(a is None or b is None or a == b for a, b in zip(stated.date, known.date, strict=True))
        case "url":
            return stated.key == known.key or stated.key.startswith(known.key + "/")
        case "email" | "handle":
            return stated.key == known.key
        case _:
            return stated.amount == known.amount and (stated.unit == known.unit or not (stated.unit and known.unit))


def _other_end(a: Value, b: Value) -> bool:
    return bool(a.role and b.role and a.role != b.role)


_ELIDED = frozenset({"measure", "workdays", "duration", "count", "percent"})


def _loosely(stated: Value, known: Value) -> bool:
    """A bare number beside a value with a unit: "a full service takes five" carries "five working days"."""
    if {stated.kind, known.kind} <= _ELIDED and "count" in (stated.kind, known.kind):
        return _bare(stated) == _bare(known)
    if {stated.kind, known.kind} == {"date", "count"}:
        date, count = (stated, known) if stated.kind == "date" else (known, stated)
        return date.date[0] is not None and count.amount == date.date[0]
    return False


def _bare(value: Value) -> Decimal | None:
    return value.amount if value.number is None else value.number


def comparable(stated: Value, known: Value) -> bool:
    """Whether two different values of these kinds about one subject contradict each other."""
    if stated.kind in ("url", "email", "handle", "count") or stated.kind != known.kind:
        return {stated.kind, known.kind} == {"workdays", "duration"}
    if stated.kind == "clock":
        return not _other_end(stated, known)
    if stated.kind == "measure":
        return stated.unit == known.unit
    return True
