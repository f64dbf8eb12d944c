"""Values: found in every form, compared in one."""

from decimal import Decimal

import pytest

from copilot.values import Value, comparable, same, values


def one(text: str, kind: str) -> Value:
    (found,) = [value for value in values(text) if value.kind == kind]
    return found


@pytest.mark.parametrize("text", ["€4.20", "4,20 €", "4.20 EUR", "EUR 4,20", "4,20 Euro", "€ 4.20"])
def test_one_price(text: str) -> None:
    found = one(text, "money")
    assert (found.amount, found.unit) == (Decimal("4.2"), "EUR")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("€1,490", 1490),
        ("1.490 €", 1490),
        ("1,200.50 €", Decimal("1200.5")),
        ("20 cents", Decimal("0.2")),
        ("£9", 9),
        ("59,- €", 59),
    ],
)
def test_amounts(text: str, amount: Decimal | int) -> None:
    assert one(text, "money").amount == amount


@pytest.mark.parametrize(
    ("a", "b"),
    [("8 am", "8:00"), ("08:00 Uhr", "8 Uhr"), ("2 pm", "14:00"), ("half past eight", "8:30"), ("halb neun", "8:30")],
)
def test_one_time(a: str, b: str) -> None:
    assert same(one(a, "clock"), one(b, "clock"))


def test_a_range_has_a_start_and_an_end() -> None:
    start, end = values("from 8 to 4")
    assert (start.role, end.role) == ("start", "end")
    assert end.minutes == {16 * 60}
    assert not same(one("opens at 16:00", "clock"), end)


@pytest.mark.parametrize(("a", "b", "equal"), [
    ("two weeks", "14 days", True), ("24 hours", "one day", True), ("a fortnight", "14 days", True),
    ("a month", "30 days", False), ("thirty days", "30 days", True), ("12 months", "a year", True),
    ("zwei Wochen", "14 Tage", True),
])  # fmt: skip
def test_durations(a: str, b: str, equal: bool) -> None:
    assert same(one(a, "duration"), one(b, "duration")) is equal


def test_working_days_are_no_days() -> None:
    stated, known = one("5 working days", "workdays"), one("5 days", "duration")
    assert not same(stated, known)
    assert comparable(stated, known)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri 8-18", {0, 1, 2, 3, 4}),
        ("Tuesday to Saturday", {1, 2, 3, 4, 5}),
        ("dienstags bis samstags", {1, 2, 3, 4, 5}),
        ("every day", set(range(7))),
        ("on weekdays", {0, 1, 2, 3, 4}),
        ("am Wochenende", {5, 6}),
        ("le dimanche", {6}),
    ],
)
def test_weekdays(text: str, days: set[int]) -> None:
    assert one(text, "weekday").days == days


def test_a_part_of_the_week_is_stated_by_the_whole() -> None:
    assert same(one("Sunday", "weekday"), one("every day", "weekday"))
    assert not same(one("every day", "weekday"), one("Sunday", "weekday"))


def test_today_and_tomorrow_are_weekdays_where_today_is_known() -> None:
    assert [v.days for v in values("open today and tomorrow", 6)] == [{6}, {0}]
    assert values("open today") == ()


@pytest.mark.parametrize("text", ["24 December", "December 24th", "24.12.", "24. Dezember", "2026-12-24"])
def test_one_date(text: str) -> None:
    assert same(one(text, "date"), one("24 December 2026", "date"))


@pytest.mark.parametrize(("a", "b"), [("9.8 kg", "9800 g"), ("90 km", "90000 m"), ("5 mm", "0,5 cm")])
def test_one_measure(a: str, b: str) -> None:
    assert same(one(a, "measure"), one(b, "measure"))


def test_a_range_is_two_values() -> None:
    assert [v.amount for v in values("3 to 5 euros")] == [3, 5]
    assert {v.number for v in values("two to three weeks")} == {2, 3}


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("see harbor.example/contact.", "url", "harbor.example/contact"),
        ("https://Harbor.example/", "url", "harbor.example"),
        ("mail hello@harbor.example", "email", "hello@harbor.example"),
        ("ask @foo.bar", "handle", "foo.bar"),
    ],
)
def test_addresses(text: str, kind: str, key: str) -> None:
    assert one(text, kind).key == key


@pytest.mark.parametrize(
    "text", ["z.B. so", "e.g. this", "thanks.Great", "p.m.", "no.", "one of us", "two of them", "That's on us."]
)
def test_what_is_no_value(text: str) -> None:
    assert values(text) == ()


def test_a_page_of_a_known_site_is_known() -> None:
    assert same(one("harbor.example/a/b", "url"), one("harbor.example", "url"))
    assert not same(one("notharbor.example", "url"), one("harbor.example", "url"))


def test_places_are_places_in_the_text() -> None:
    text = "From Mon-Fri, 8 am to 6 pm, for €4.20 or 10 %."
    for value in values(text):
        assert text[value.start : value.end] == value.text
