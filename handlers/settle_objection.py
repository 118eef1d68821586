"""登记异议结果并告知: whether reconsideration or supervision brought the filing (令310 第九条、第十条)."""

from handlers.participation import leading, tell
from workflows.contracts import HandlerCall, HandlerResult, Text


def settle_objection(call: HandlerCall) -> HandlerResult:
    """Set `objection_outcome` (`filed` or `not_filed`) and tell the agency, with the procuratorate's reasons."""
    facts = call.facts
    reconsidered = facts.get("objection") == "reconsider" and facts.get("reconsideration") == "file"
    asked = facts.get("objection") == "supervise" or facts.get("still_objects") == "yes"
    supervised = asked and facts.get("proc_opinion") == "notify_file" and "filed" in {
        facts.get("notice_result"), facts.get("correction_result"), facts.get("upper_result"),
    }  # fmt: skip
    filed = facts.get("objection") != "accept" and (reconsidered or supervised)
    reason = str(facts.get("proc_opinion_reason") or facts.get("reconsideration_reason") or facts.get("objection_reason") or "")
    word = (
        ("公安机关立案", "The police have filed")
        if filed
        else ("最终未立案，依法作行政处理", "Not filed in the end; handled administratively")
    )
    text = Text(f"{word[0]}。{reason}", f"{word[1]}. {reason}")
    subject = Text(f"不予立案异议办结：{call.case_number}", f"Objection settled: {call.case_number}")
    return HandlerResult(
        facts={"objection_outcome": "filed" if filed else "not_filed"},
        messages=tell([leading(call).code], "objection_settled", subject, text),
        note=text,
    )
