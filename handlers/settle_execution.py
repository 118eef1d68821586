"""登记执行结果: what the re-check found; what was not corrected becomes a clue again (淄政办发〔2020〕8号 三（六）)."""

from handlers.participation import leading
from workflows.contracts import HandlerCall, HandlerResult, Message, Text


def settle_execution(call: HandlerCall) -> HandlerResult:
    """Set `penalty_executed`; tell the agency to register a clue where the act was not corrected."""
    if call.facts.get("correction") != "not_corrected":
        return HandlerResult(facts={"penalty_executed": True}, note=Text("处罚执行完毕，违法行为已改正", "Executed; the act is corrected"))
    clue = Message(
        kind="not_corrected",
        to_agency=leading(call).code,
        subject=Text(f"复查未改正：{call.case_number}", f"Not corrected: {call.case_number}"),
        text=Text(
            "处罚后复查发现违法行为未改正或者再次发生，请登记线索依法处理；构成非法行医两次处罚后再犯的，应当移送公安机关。",
            "The re-check found the act not corrected, or repeated. Register it as a clue; a third illegal practice is for the police.",
        ),
    )
    return HandlerResult(
        facts={"penalty_executed": True}, messages=(clue,), note=Text("复查发现未改正，转为线索", "Not corrected: a clue again")
    )
