"""送达公安并抄送检察院: the transfer and its copy leave in one step, or neither does.

令310 第六条 (the package of five); 高检会〔2006〕2号 第一条 and 鲁卫医监字〔2024〕1号 二（一）6 (copy to the procuratorate of the same level).
"""

from handlers.participation import with_function
from workflows.contracts import HandlerCall, HandlerResult, Message, ParticipantChange, Text

PACKAGE = ("涉嫌犯罪案件移送书", "涉嫌犯罪案件情况调查报告", "涉案物品清单", "检验报告或鉴定结论", "其他有关涉嫌犯罪的材料")


def transfer_and_copy(call: HandlerCall) -> HandlerResult:
    """Let the police and the procuratorate take part and send both their message. Raises LookupError when either has no agency here."""
    police, procuratorate = with_function(call, "PSB"), with_function(call, "PROC")
    if police is None or procuratorate is None:
        raise LookupError("机构目录中缺少同级公安机关或检察院，不能移送 / no police or procuratorate of this level in the directory")
    crime = str(call.facts.get("crime_name") or "")
    sent = (
        Message(
            kind="transfer",
            to_agency=police,
            subject=Text(f"涉嫌犯罪案件移送：{call.case_number}", f"Criminal transfer: {call.case_number}"),
            text=Text(f"移送涉嫌{crime}一案及五项材料，请签收并依法审查。", f"Suspected crime: {crime}. The package of five is attached."),
            documents=PACKAGE,
        ),
        Message(
            kind="transfer_copy",
            to_agency=procuratorate,
            subject=Text(f"抄送涉嫌犯罪案件移送书：{call.case_number}", f"Copy of a criminal transfer: {call.case_number}"),
            text=Text(f"涉嫌{crime}一案已移送同级公安机关，现抄送贵院。", f"The case ({crime}) went to the police; this is your copy."),
            documents=PACKAGE[:1],
        ),
    )
    joins = (
        ParticipantChange(police, "police", "受移送"),
        ParticipantChange(procuratorate, "procuratorate", "移送案件抄送备查"),
    )
    return HandlerResult(
        participants=joins, messages=sent, note=Text("移送公安机关并同步抄送检察院", "Handed to the police and copied to the procuratorate")
    )
