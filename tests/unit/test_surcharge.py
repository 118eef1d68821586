"""The surcharge of 行政处罚法 art. 72: three per cent a day, never more than the fine, and not while a remedy runs (art. 73)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.compute_surcharge import days_late, surcharge

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
YUAN = st.decimals(Decimal(1), Decimal(10**7), places=2)


@given(YUAN, st.integers(0, 4000))
def test_it_never_exceeds_the_fine_and_never_shrinks_with_time(fine, days):
    assert Decimal(0) <= surcharge(fine, days) <= surcharge(fine, days + 1) <= fine
    assert surcharge(fine, 34) == fine


@given(DAYS, DAYS, DAYS, DAYS)
def test_days_of_a_remedy_are_never_counted_and_nothing_is_counted_twice(last, until, contested, settled):
    counted = days_late(last, until, contested, settled)
    assert 0 <= counted <= days_late(last, until)
    days = [last + timedelta(days=number + 1) for number in range(max((until - last).days, 0))]
    assert counted == sum(not contested <= day <= settled for day in days)


@given(DAYS, DAYS, DAYS)
def test_a_remedy_that_still_runs_stops_it_altogether(last, until, contested):
    assert days_late(last, until, contested) == days_late(last, min(until, contested - timedelta(days=1)))


@pytest.mark.parametrize(("days", "yuan"), [(0, "0.00"), (1, "300.00"), (33, "9900.00"), (34, "10000.00"), (1000, "10000.00")])
def test_ten_thousand_yuan(days, yuan):
    assert str(surcharge(Decimal(10_000), days)) == yuan
