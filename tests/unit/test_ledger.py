"""What the ledger of a clock says: excluded time moves the due moment, and time is neither lost nor won."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows import ledger
from workflows.clock_rules import Rule
from workflows.contracts import Text
from workflows.ledger import Ledger
from workflows.rulebook import load_rulebook
from workflows.working_days import CHINA, Pause

RULES = load_rulebook()
UNITS = ("working_day", "calendar_day", "hour")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def rule(unit: str, length: int = 7) -> Rule:
    return Rule("x.y", Text("某"), "第一条", unit, length, 1, statutory=True)


def due(unit: str, length: int, start: str, *pauses: tuple[str, str]) -> str:
    known = Ledger(at(start), unit, length, tuple(Pause(at(since), at(until)) for since, until in pauses))
    found = ledger.due(RULES, rule(unit, length), known).at
    return found.strftime("%m-%d %H:%M") if unit == "hour" else found.strftime("%m-%d")


# Counted by hand. A pause excludes the days after the one on which it begins, up to and with the one on which it ends.
@pytest.mark.parametrize(
    ("unit", "length", "start", "pauses", "last"),
    [
        ("calendar_day", 30, "2026-03-02T10:00", [], "04-01"),
        ("calendar_day", 30, "2026-03-02T10:00", [("2026-03-10T09:00", "2026-03-20T17:00")], "04-11"),
        ("calendar_day", 30, "2026-03-02T10:00", [("2026-03-10T09:00", "2026-03-10T17:00")], "04-01"),
        ("calendar_day", 30, "2026-03-02T10:00", [("2026-03-10T09:00", "2026-03-12T09:00"), ("2026-03-12T09:00", "2026-03-15T09:00")], "04-06"),
        ("working_day", 7, "2026-04-27T10:00", [], "05-09"),
        ("working_day", 7, "2026-04-27T10:00", [("2026-04-28T09:00", "2026-05-06T09:00")], "05-13"),
        ("working_day", 3, "2026-04-29T10:00", [("2026-05-01T09:00", "2026-05-05T09:00")], "05-07"),
        ("hour", 24, "2026-03-02T10:00", [("2026-03-02T12:00", "2026-03-02T15:30")], "03-03 13:30"),
        ("month", 2, "2026-03-02T10:00", [("2026-03-10T09:00", "2026-03-20T09:00")], "05-12"),
    ],
)  # fmt: skip
def test_excluded_time_moves_the_due_moment(unit, length, start, pauses, last):
    assert due(unit, length, start, *pauses) == last


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Ledger, datetime]:
    """A clock with pauses one after the other, the last one perhaps still going on, and a moment after all of it."""
    moment = at("2025-02-03T09:00") + timedelta(hours=draw(st.integers(0, 8000)))
    start, pauses = moment, []
    gaps = st.integers(0, 24 * 12)
    for _ in range(draw(st.integers(0, 4))):
        since = moment + timedelta(hours=draw(gaps))
        moment = since + timedelta(hours=draw(gaps))
        pauses.append(Pause(since, moment))
    paused = draw(st.booleans()) and bool(pauses)
    known = Ledger(start, draw(st.sampled_from(UNITS)), draw(st.integers(1, 90)), tuple(pauses), moment if paused else None)
    return known, moment + timedelta(hours=draw(gaps))


@given(ledgers())
def test_elapsed_plus_excluded_time_is_the_time_that_passed(given_):
    known, now = given_
    whole = Ledger(known.started, known.unit, known.length)
    passed = ledger.elapsed(RULES.calendar, whole, now)
    assert ledger.elapsed(RULES.calendar, known, now) + ledger.excluded(RULES.calendar, known, now) == pytest.approx(passed)


@given(ledgers())
def test_at_the_due_moment_exactly_the_length_has_counted(given_):
    known, _ = given_
    ended = Ledger(known.started, known.unit, known.length, known.pauses)
    end = ledger.due(RULES, rule(known.unit), ended).at
    if all(pause.until <= end for pause in known.pauses):
        assert ledger.elapsed(RULES.calendar, ended, end) == pytest.approx(known.length)


@given(ledgers(), st.integers(0, 10))
def test_one_more_pause_never_makes_a_term_shorter(given_, days):
    known, now = given_
    longer = Ledger(known.started, known.unit, known.length, (*known.pauses, Pause(now, now + timedelta(days=days))))
    plain = Ledger(known.started, known.unit, known.length, known.pauses)
    assert ledger.due(RULES, rule(known.unit), longer).at >= ledger.due(RULES, rule(known.unit), plain).at
