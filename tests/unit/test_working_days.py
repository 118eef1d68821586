"""Terms are counted as the law counts them: the first day does not count, holidays and 调休 are the State Council's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rulebook import load_rulebook
from workflows.working_days import CHINA, due

CALENDAR = load_rulebook().calendar
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
COUNTS = st.integers(0, 60)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def day_of(start: str, length: int, unit: str) -> str:
    found = due(CALENDAR, at(start), length, unit).at
    assert unit == "hour" or (found.hour, found.minute, found.second) == (23, 59, 59)
    return found.date().isoformat()


# Counted by hand on the published calendars of 2025 and 2026.
WORKING = [
    ("2025-01-24T10:00", 1, "2025-01-26"),  # Friday; the Sunday after is worked (调休)
    ("2025-01-27T10:00", 1, "2025-02-05"),  # the last day before Spring Festival
    ("2025-01-27T10:00", 4, "2025-02-08"),  # 5, 6, 7 February, and Saturday the 8th is worked
    ("2025-04-03T10:00", 1, "2025-04-07"),  # Qingming, then the weekend
    ("2025-04-25T10:00", 1, "2025-04-27"),  # a Sunday that is worked
    ("2025-04-30T10:00", 7, "2025-05-14"),  # 6, 7, 8, 9, 12, 13, 14 May
    ("2025-05-30T10:00", 1, "2025-06-03"),  # Dragon Boat Festival
    ("2025-09-30T10:00", 1, "2025-10-09"),  # National Day and Mid-Autumn
    ("2025-09-30T10:00", 3, "2025-10-11"),  # 9, 10, and Saturday the 11th is worked
    ("2025-12-31T10:00", 1, "2026-01-04"),  # 1 to 3 January off, Sunday the 4th is worked
    ("2026-02-13T17:00", 1, "2026-02-14"),  # a Saturday that is worked
    ("2026-02-14T10:00", 1, "2026-02-24"),  # the nine days of Spring Festival
    ("2026-02-14T10:00", 5, "2026-02-28"),  # 24, 25, 26, 27, and Saturday the 28th is worked
    ("2026-04-03T10:00", 1, "2026-04-07"),
    ("2026-04-29T10:00", 7, "2026-05-12"),  # 30 April; 6, 7, 8 May; Saturday the 9th is worked; 11, 12
    ("2026-05-01T10:00", 2, "2026-05-07"),  # begun on a holiday
    ("2026-06-18T10:00", 1, "2026-06-22"),
    ("2026-09-18T10:00", 1, "2026-09-20"),  # a Sunday that is worked
    ("2026-09-24T10:00", 3, "2026-09-30"),  # 28, 29, 30 September
    ("2026-09-30T10:00", 3, "2026-10-10"),  # 8, 9, and Saturday the 10th is worked
    ("2026-03-02T09:00", 0, "2026-03-02"),
]


@pytest.mark.parametrize(("start", "length", "last"), WORKING)
def test_working_days_end_with_the_last_day_in_china(start, length, last):
    assert day_of(start, length, "working_day") == last


@pytest.mark.parametrize(
    ("start", "length", "last"),
    [("2026-03-10T10:00", -7, "2026-02-28"), ("2026-05-08T10:00", -3, "2026-04-30"), ("2026-02-25T10:00", -2, "2026-02-14")],
)
def test_so_many_days_before_is_counted_backwards(start, length, last):
    assert day_of(start, length, "working_day") == last


@pytest.mark.parametrize(
    ("start", "length", "unit", "last"),
    [
        ("2026-04-03T10:00", 3, "calendar_day", "2026-04-06"),  # over Qingming: nothing is added
        ("2026-02-14T23:59", 90, "calendar_day", "2026-05-15"),
        ("2026-01-31T10:00", 1, "month", "2026-02-28"),
        ("2024-01-31T10:00", 1, "month", "2024-02-29"),
        ("2026-10-31T10:00", 4, "month", "2027-02-28"),
        ("2025-12-15T10:00", 2, "month", "2026-02-15"),
        ("2024-02-29T10:00", 1, "year", "2025-02-28"),
    ],
)
def test_calendar_units(start, length, unit, last):
    assert day_of(start, length, unit) == last


def test_hours_end_to_the_second_over_any_night():
    assert due(CALENDAR, at("2026-04-30T16:30:15"), 24, "hour").at == at("2026-05-01T16:30:15")


def test_the_first_day_is_the_day_in_china_wherever_the_start_was_written_down():
    in_utc = datetime(2026, 3, 2, 17, 0, tzinfo=ZoneInfo("UTC"))  # already Tuesday the 3rd in China
    assert due(CALENDAR, in_utc, 1, "working_day").at.date() == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("start", "length", "provisional"), [("2026-12-28T10:00", 3, False), ("2026-12-28T10:00", 5, True), ("2027-03-01T10:00", 1, True)]
)
def test_a_term_that_reaches_beyond_the_published_years_says_so(start, length, provisional):
    assert due(CALENDAR, at(start), length, "working_day").provisional is provisional


def test_only_working_days_depend_on_a_published_year():
    assert not any(due(CALENDAR, at("2029-03-01T10:00"), 5, unit).provisional for unit in ("calendar_day", "hour", "month", "year"))


@pytest.mark.parametrize(("start", "unit"), [(datetime(2026, 3, 2, 9), "working_day"), (at("2026-03-02T09:00"), "week")])  # noqa: DTZ001
def test_a_start_without_an_offset_and_an_unknown_unit_are_refused(start, unit):
    with pytest.raises(ValueError, match=r"offset|unknown unit"):
        due(CALENDAR, start, 1, unit)


@given(DAYS, COUNTS)
def test_counting_back_from_the_end_gives_the_last_working_day_up_to_the_start(day, count):
    end = CALENDAR.add_working_days(day, count)
    last_worked = day if CALENDAR.is_working(day) else CALENDAR.add_working_days(day, -1)
    assert CALENDAR.add_working_days(end, -count) == (last_worked if count else day)


@given(DAYS, COUNTS)
def test_one_more_day_ends_later_and_on_a_working_day(day, count):
    end, later = CALENDAR.add_working_days(day, count), CALENDAR.add_working_days(day, count + 1)
    assert later > end
    assert CALENDAR.is_working(later)
    assert not any(CALENDAR.is_working(end + timedelta(days=n)) for n in range(1, (later - end).days))


@given(DAYS, st.integers(0, 30), COUNTS, st.sampled_from(["working_day", "calendar_day", "hour", "month"]))
def test_who_starts_later_never_ends_earlier(day, days, length, unit):
    first = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)
    assert due(CALENDAR, first, length, unit).at <= due(CALENDAR, first + timedelta(days=days), length, unit).at


def test_the_light_turns_yellow_before_the_end_and_never_before_the_start():
    rules = load_rulebook()
    start = at("2026-04-29T10:00")
    for rule in rules.rules.values():
        if rule.length > 0:
            assert start <= rules.warn_at(rule, start) <= rules.due(rule, start).at, rule.id
