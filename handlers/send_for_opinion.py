"""送成员会签: a draft of the plan goes round; the moment is kept, so that an opinion on an earlier draft is not taken for one on this."""

from handlers.participation import PLAN
from workflows.contracts import HandlerCall, HandlerResult, Message, Text


def send_for_opinion(call: HandlerCall) -> HandlerResult:
    """Set `opinions_asked_at` and tell every member."""
    version = int(call.facts.get("plan_version") or 0) + 1
    name = call.registers.called("plan", PLAN)
    messages = tuple(
        Message(
            kind="plan_draft",
            to_agency=code,
            subject=Text(f"{name.zh}第 {version} 版征求会签：{call.case_number}", f"Draft of plan version {version}: {call.case_number}"),
            text=Text(
                "请在期限内提出会签意见；逾期未复的如实记录，不视为同意。", "Please answer in time; silence is recorded and is not consent."
            ),
        )
        for code in call.facts.get("members") or []
    )
    note = Text(f"{name.zh}第 {version} 版草案送会签", f"Draft of version {version} sent round")
    return HandlerResult(facts={"opinions_asked_at": call.now.isoformat()}, messages=messages, note=note)
