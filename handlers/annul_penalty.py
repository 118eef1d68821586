"""登记处罚撤销并通知撤回公示: the decision no longer stands (行政处罚法 第四十八条第二款: withdrawn from publication in three days)."""

from handlers.participation import leading
from workflows.contracts import HandlerCall, HandlerResult, Message, PenaltyStatus, Text

REASON = "处罚决定被变更、撤销、确认违法或者无效"


def annul_penalty(call: HandlerCall) -> HandlerResult:
    """Mark the penalty (this decision, or each of the agency in the case) annulled in the register; tell the agency to withdraw what it published and what it pushed."""
    number = call.facts.get("decision_number")
    rows = [row for row in call.registers.penalties_in_case() if number in (None, row.number) and row.authority == leading(call).name.zh]
    told = Message(
        kind="penalty_annulled",
        to_agency=leading(call).code,
        subject=Text(f"处罚决定已撤销：{call.case_number}", f"Penalty annulled: {call.case_number}"),
        text=Text(
            "请在三个工作日内撤回已公开的处罚决定信息并说明理由（行政处罚法第四十八条第二款），同时报送信用信息归集机构。",
            "Withdraw what was published within three working days and say why (art. 48(2)); report it to the credit platform as well.",
        ),
    )
    return HandlerResult(
        facts={"penalty_annulled": True},
        entries=tuple(PenaltyStatus(row.id, "annulled", REASON) for row in rows),
        messages=(told,),
        note=Text(
            "处罚决定不再有效，通知撤回公示与信用信息", "The decision no longer stands; publication and credit entries are to be withdrawn"
        ),
    )
