"""计算加处罚款: three per cent of the fine a day after the time to pay, never more than the fine (行政处罚法 第七十二条).

The days of a reconsideration or lawsuit do not count (第七十三条第三款); a deferral moves the last day (第六十六条).
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from handlers.days import day_of, today
from workflows.contracts import HandlerCall, HandlerResult, Text

DAILY_RATE = Decimal("0.03")
DAYS_TO_PAY = 15
"""Calendar days from receipt (行政处罚法 第六十七条第三款)."""
CENT = Decimal("0.01")


def compute_surcharge(call: HandlerCall) -> HandlerResult:
    """Set `surcharge` (yuan) and `surcharge_days` as of the day of payment, or of today where nothing was paid."""
    facts = call.facts
    served = day_of(facts.get("served_on"))
    until = (day_of(facts.get("paid_on")) if facts.get("payment_state") == "paid" else None) or today(call.now)
    last = day_of(facts.get("deferred_until")) or (served + timedelta(days=DAYS_TO_PAY) if served else until)
    days = days_late(last, until, day_of(facts.get("contest_from")), day_of(facts.get("contest_until")))
    amount = surcharge(Decimal(str(facts.get("fine_decided") or 0)), days)
    return HandlerResult(
        facts={"surcharge": float(amount), "surcharge_days": days},
        note=Text(f"逾期 {days} 日，可加处罚款 {amount:,} 元", f"{days} days late; a surcharge of {amount:,} yuan may be added")
        if days
        else None,
    )


def days_late(last: date, until: date, contested: date | None = None, settled: date | None = None) -> int:
    """Days after `last` up to `until`, without those of a remedy from `contested` to `settled` (to `until` where it still runs)."""
    late = max((until - last).days, 0)
    if contested is None:
        return late
    first, end = max(last + timedelta(days=1), contested), min(until, settled or until)
    return late - max((end - first).days + 1, 0)


def surcharge(fine: Decimal, days: int) -> Decimal:
    """Yuan; at most the fine itself."""
    return min(fine * DAILY_RATE * days, fine).quantize(CENT, ROUND_HALF_UP)
