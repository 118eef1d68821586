"""逐条转送处置: each post, account or site becomes a branch for the cyberspace administration."""

from handlers.participation import with_function
from workflows.contracts import HandlerCall, HandlerResult, Message, ParticipantChange, Text


def list_information(call: HandlerCall) -> HandlerResult:
    """Set `information_items` (`item 1`, …): those registered, or on a further round those that could not be dealt with."""
    registered = [f"第{number}条" for number in range(1, len(call.facts.get("harmful_items") or [None]) + 1)]
    left = [item for item in registered if call.branches.get(item, {}).get("disposal_action") == "impossible"]
    items = left or registered
    cac = with_function(call, "CAC")
    if cac is None:
        raise LookupError("机构目录中缺少网信部门，不能转送处置 / no cyberspace administration in the directory")
    message = Message(
        kind="disposal_asked",
        to_agency=cac,
        subject=Text(f"转送处置：{call.case_number}", f"To be acted on: {call.case_number}"),
        text=Text(f"经研判属违法违规信息，共 {len(items)} 条，请处置。", f"{len(items)} items were determined to be unlawful; please act."),
        documents=("研判定性意见",),
    )
    return HandlerResult(
        facts={"information_items": items},
        participants=(ParticipantChange(cac, "member", "处置违法违规信息"),),
        messages=(message,),
        note=Text(f"转送 {len(items)} 条", f"{len(items)} items forwarded"),
    )
