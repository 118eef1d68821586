"""送达公安并抄送检察院: the transfer and its copy leave in one step, or neither does.

令310 第五条、第六条 (the police of the same level, the package of five); 高检会〔2006〕2号 第一条 and 鲁卫医监字〔2024〕1号 二（一）6
(copy to the procuratorate of the same level).
"""

from handlers.participation import agency, having, leading, same_level, tell
from workflows.contracts import AgencyRef, HandlerCall, HandlerResult, ParticipantChange, Text

PACKAGE = ("涉嫌犯罪案件移送书", "涉嫌犯罪案件情况调查报告", "涉案物品清单", "检验报告或鉴定结论", "其他有关涉嫌犯罪的材料")

EARLIER = (
    "filing", "reconsideration", "still_objects", "proc_opinion", "notice_result", "correction_result", "upper_result", "objection_outcome",
)  # fmt: skip
"""What the police and the procuratorate said to an earlier transfer of this case; it says nothing about this one."""


def transfer_and_copy(call: HandlerCall) -> HandlerResult:
    """Let the police and the procuratorate take part and send both their message; members hear that their part stays administrative.

    What came of an earlier transfer no longer counts: EARLIER is empty again and `transfer_referred` false. Raises LookupError when
    police or procuratorate of the level is missing: no copy, no transfer.
    """
    own = leading(call)
    police, procuratorate = _police(call, own), same_level(call, "PROC", own)
    if police is None or procuratorate is None:
        raise LookupError("机构目录中缺少同级公安机关或检察院，不能移送 / no police or procuratorate of this level in the directory")
    crime = str(call.facts.get("crime_name") or "")
    number = call.case_number
    sent = (
        *tell(
            [police.code], "transfer", Text(f"涉嫌犯罪案件移送：{number}", f"Criminal transfer: {number}"),
            Text(f"移送涉嫌{crime}一案及五项材料，请签收并依法审查。", f"Suspected crime: {crime}. The package of five is attached."), PACKAGE,
        ),
        *tell(
            [procuratorate.code], "transfer_copy", Text(f"抄送涉嫌犯罪案件移送书：{number}", f"Copy of a criminal transfer: {number}"),
            Text(f"涉嫌{crime}一案已移送同级公安机关，现抄送贵院。", f"The case ({crime}) went to the police; this is your copy."), PACKAGE[:1],
        ),
        *tell(
            call.facts.get("administrative_members") or [], "part_stays", Text(f"本单位部分仍作行政处理：{number}", f"Your part stays administrative: {number}"),
            Text("移送只及涉嫌犯罪的行为，你单位职责内的违法行为请继续依法处理。", "Only the suspected crime was transferred; go on with your part."),
        ),
    )  # fmt: skip
    joins = (
        *(ParticipantChange(code, "police", "改送其他公安机关", ends=True) for code in having(call, "police") if code != police.code),
        ParticipantChange(police.code, "police", "受移送"),
        ParticipantChange(procuratorate.code, "procuratorate", "移送案件抄送备查"),
    )
    return HandlerResult(
        facts={**dict.fromkeys(EARLIER), "transfer_referred": False},
        participants=joins,
        messages=sent,
        note=Text("移送公安机关并同步抄送检察院", "Handed to the police and copied to the procuratorate"),
    )


def _police(call: HandlerCall, own: AgencyRef) -> AgencyRef | None:
    chosen = call.facts.get("police_agency")
    return agency(call, str(chosen)) if chosen else same_level(call, "PSB", own)
