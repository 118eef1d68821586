"""登记移送结果: what came of the transfer: filed, not filed in the end, referred, or rejected by the head (令310 第五条、第八至十条)."""

from workflows.contracts import HandlerCall, HandlerResult, Text

TRANSFER_OUTCOMES = {
    "filed": Text("公安机关已立案", "The police have filed"),
    "not_filed": Text("最终未立案，退回行政处理", "Not filed in the end; back to the agency"),
    "referred": Text("已移送其他有关机关", "Referred to another organ"),
    "rejected": Text("负责人决定不移送，理由已记录", "The head decided against a transfer, with reasons on record"),
}


def settle_transfer(call: HandlerCall) -> HandlerResult:
    """Set `transfer_outcome` from what the head, the police and the procuratorate decided."""
    facts = call.facts
    filed = facts.get("filing") == "filed" or facts.get("objection_outcome") == "filed"
    outcome = "filed" if filed else "not_filed"
    if facts.get("transfer_decision") != "approve":
        outcome = "rejected"
    elif facts.get("transfer_referred"):
        outcome = "referred"
    return HandlerResult(facts={"transfer_outcome": outcome}, note=TRANSFER_OUTCOMES[outcome])
