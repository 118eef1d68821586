"""Training hours: a ledger for each officer, summed by year, kept by somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.factories.registers import registers_of
from workflows import history, training
from workflows.errors import NotAllowed, NotFound, WrongAnswers
from workflows.jurisdictions import load_jurisdiction

GOOD = {"on": date(2026, 2, 3), "hours": "7.5", "topic": "行政处罚法", "provider": "虚构·培训中心"}


def record(desk, officer, username="health.officer", **changed):
    return training.record(desk, officer, username, **{**GOOD, **changed})


@pytest.mark.both_databases
def test_hours_are_summed_by_calendar_year(desk, people, play):
    head = people["health.head"]
    record(desk, head)
    record(desk, head, on=date(2026, 1, 1), hours="8")
    record(desk, head, on=date(2025, 12, 31), hours="24")
    mine = training.ledger(desk, people["health.officer"], "health.officer")
    assert (mine.hours, mine.year, len(mine.lines)) == (Decimal("15.5"), 2026, 2)
    assert training.ledger(desk, head, "health.officer", year=2025).hours == 24
    with registers_of(desk, play().case) as found:
        assert found.qualification("health.officer").hours_this_year == Decimal("15.5")
    assert history.verify(desk) == ()


@pytest.mark.both_databases
def test_a_wrong_line_is_withdrawn_with_its_reason_and_stays_readable(desk, people):
    head = people["health.head"]
    line = record(desk, head)
    training.withdraw(desk, head, line, "重复登记")
    training.withdraw(desk, head, line, "第二次")
    [kept] = training.ledger(desk, head, "health.officer").lines
    assert kept.withdrawn_reason == "重复登记"
    assert training.ledger(desk, head, "health.officer").hours == 0


def test_the_figure_of_the_place_is_compared_where_there_is_one(desk, people):
    head, shanghai = people["health.head"], replace(desk, place=load_jurisdiction("shanghai"))
    for day in (1, 2, 3):
        record(desk, head, on=date(2026, 2, day), hours="18")
    assert training.ledger(desk, head, "health.officer").required is None, "Shandong sets none"
    short = training.ledger(shanghai, head, "health.officer")
    assert (short.required, short.short) == (60, True)
    record(desk, head, hours="6")
    assert training.ledger(shanghai, head, "health.officer").short is False


@pytest.mark.parametrize(("wrong", "field"), [
    ({"on": None}, "on"), ({"on": date(2026, 3, 3)}, "on"), ({"on": date(1999, 1, 1)}, "on"), ({"hours": "0"}, "hours"), ({"hours": "24.5"}, "hours"),
    ({"hours": "NaN"}, "hours"), ({"hours": "一"}, "hours"), ({"hours": "1.25"}, "hours"), ({"topic": ""}, "topic"), ({"provider": "长" * 201}, "provider"),
])  # fmt: skip
def test_what_cannot_be_right_is_refused_by_its_field(desk, people, wrong, field):
    with pytest.raises(WrongAnswers) as refusal:
        record(desk, people["health.head"], **wrong)
    assert list(refusal.value.fields) == [field]
    assert training.ledger(desk, people["health.head"], "health.officer").lines == ()


def test_a_withdrawal_needs_a_reason(desk, people):
    line = record(desk, people["health.head"])
    with pytest.raises(WrongAnswers):
        training.withdraw(desk, people["health.head"], line, " ")
    assert training.ledger(desk, people["health.head"], "health.officer").hours == Decimal("7.5")


@pytest.mark.parametrize(
    ("username", "may"), [("health.head", True), ("supervisor", True), ("admin", True), ("amr.head", False), ("health.officer2", False)]
)
def test_hours_are_kept_by_heads_supervisors_and_administrators_of_the_agency_or_above(desk, people, username, may):
    if may:
        record(desk, people[username])
        assert training.ledger(desk, people[username], "health.officer").hours == Decimal("7.5")
        assert "health.officer" in {one.username for one in training.list_ledgers(desk, people[username], limit=100).items}
        return
    with pytest.raises((NotFound, NotAllowed)):
        record(desk, people[username])
    with pytest.raises(NotFound):
        training.ledger(desk, people[username], "health.officer")


def test_nobody_records_the_own_hours_and_everybody_reads_them(desk, people):
    with pytest.raises(NotAllowed, match="own hours"):
        record(desk, people["health.head"], "health.head")
    record(desk, people["supervisor"], "health.head")
    assert training.ledger(desk, people["health.head"], "health.head").hours == Decimal("7.5")


def test_the_list_goes_on_page_by_page(desk, people):
    seen, cursor = [], None
    while True:
        page = training.list_ledgers(desk, people["supervisor"], cursor=cursor, limit=5)
        seen += [one.username for one in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == page.total
    assert [one.username for one in training.list_ledgers(desk, people["supervisor"], q="卫乙").items] == ["health.officer"]
