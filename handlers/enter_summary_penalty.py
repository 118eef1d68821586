"""登记简易程序处罚: it enters the register with its mark; statistics count it, the credit list does not (山东省社会信用条例 第十三条)."""

from dataclasses import replace

from handlers.days import today
from handlers.enter_penalty import penalty_of
from workflows.contracts import HandlerCall, HandlerResult, Text

DECISION = "当场行政处罚决定书"


def enter_summary_penalty(call: HandlerCall) -> HandlerResult:
    """Enter the penalty as one of the summary procedure; set `decision_number`, `penalty_decided_on` and `penalty_summary`."""
    entry = replace(penalty_of(call, DECISION), summary=True)
    known = {"decision_number": entry.number, "penalty_decided_on": today(call.now).isoformat(), "penalty_summary": True}
    return HandlerResult(
        facts=known, entries=(entry,), note=Text(f"当场处罚 {entry.number} 登记入库，不推送信用", f"{entry.number} entered; not pushed")
    )
