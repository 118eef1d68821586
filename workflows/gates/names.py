"""What each gate is called where a designer chooses one, and the article that it keeps; empty where it rests on the procedure itself."""

from __future__ import annotations

from workflows.contracts import Text
from workflows.gates.advertising import REFUSAL_ARTICLE
from workflows.gates.classification import THRESHOLD_ARTICLE
from workflows.gates.hearing import CHAIR_ARTICLE
from workflows.gates.information import DETERMINATION_ARTICLE
from workflows.gates.investigation import MEASURE_ARTICLE, OFFICERS_ARTICLE
from workflows.gates.penalty import REVIEW_ARTICLE, TRANSFER_ARTICLE
from workflows.gates.reporting import REPORT_ARTICLE
from workflows.gates.reverse import LIMITATION_ARTICLE
from workflows.gates.summary import ARTICLE as SUMMARY_ARTICLE
from workflows.gates.transfer import HEAD_ARTICLE, PACKAGE_ARTICLE

HEARING_NOTICE = "《行政处罚法》第六十四条第二项"
NAMES: dict[str, tuple[Text, str]] = {
    "ad_review": (Text("广告审查：限制期内不受理", "ad review: no application while it is refused"), REFUSAL_ARTICLE),
    "two_officers": (Text("两名持证执法人员", "two certified officers"), OFFICERS_ARTICLE),
    "transfer_decision": (Text("移送由正职负责人决定", "the head decides a transfer"), HEAD_ARTICLE),
    "transfer_package": (Text("移送材料五件齐全", "the package of five is complete"), PACKAGE_ARTICLE),
    "transfer_receipt": (Text("移送回执时间属实", "the receipt is dated truly"), "《行政执法机关移送涉嫌犯罪案件的规定》第七条"),
    "transfer_supplement": (Text("补充材料不透露举报人", "what is supplemented names no reporter"), ""),
    "police_forwarding": (Text("转送其他公安机关", "forwarded to another police organ"), "《行政执法机关移送涉嫌犯罪案件的规定》第七条"),
    "reverse_decision": (Text("反向衔接：超过追责期限不罚", "reverse transfer: nothing after the limitation"), LIMITATION_ARTICLE),
    "resume_investigation": (
        Text("公安保护现场后恢复调查", "back to the scene under police protection"),
        "鲁卫医监字〔2024〕1号 二（一）6",
    ),
    "penalty_filing": (Text("立案：追责期限内", "filing within the limitation"), LIMITATION_ARTICLE),
    "penalty_proposal": (Text("处罚建议：罚则幅度以内", "a proposal within the tariff"), ""),
    "penalty_notice": (Text("处罚告知：外籍当事人配翻译", "notice: an interpreter for a foreigner"), "《行政处罚法》第八十四条"),
    "penalty_recheck": (Text("复核：不得因申辩加重", "recheck: not heavier for speaking"), "《行政处罚法》第四十五条第二款"),
    "penalty_decision": (Text("处罚决定：不得以罚代刑", "decision: no fine instead of prosecution"), TRANSFER_ARTICLE),
    "penalty_service": (Text("电子送达须经同意", "electronic service with consent"), "《行政处罚法》第六十一条第二款"),
    "legal_review": (Text("法制审核人未参与调查", "the legal reviewer did not investigate"), REVIEW_ARTICLE),
    "hearing_request": (Text("听证申请期满或书面放弃", "the time to ask for a hearing is over"), "《行政处罚法》第六十四条第一项"),
    "hearing_arranged": (Text("听证安排：提前七个工作日", "a hearing seven working days ahead"), HEARING_NOTICE),
    "hearing_notified": (Text("听证通知：提前七个工作日送达", "the notice seven working days before"), HEARING_NOTICE),
    "hearing_chaired": (Text("听证主持人未参与调查", "the chair did not investigate"), CHAIR_ARTICLE),
    "penalty_payment": (Text("缴款：足额或逾期", "payment: in full, or overdue"), "《行政处罚法》第六十六条、第六十七条"),
    "penalty_demand_over": (Text("催告满十个工作日", "ten working days after the demand"), "《行政强制法》第五十四条"),
    "penalty_enforcement": (Text("申请强制执行：复议诉讼期满", "enforcement when remedies are over"), "《行政强制法》第五十三条"),
    "summary_penalty": (Text("简易程序的适用范围", "what the summary procedure is for"), SUMMARY_ARTICLE),
    "publication_text": (Text("公示文本不含个人隐私", "the published text shows no private data"), "《行政处罚法》第四十八条"),
    "publication_targets": (Text("公示平台齐全", "published on every platform that is due"), "淄政办发〔2020〕8号 三（三）"),
    "credit_repair": (Text("信用修复：履行完毕之后", "credit repair after fulfilment"), ""),
    "closing": (Text("结案：各分支与督办均已办结", "closing when every branch has closed"), TRANSFER_ARTICLE),
    "reporter_masked": (Text("举报人身份保密", "the reporter's identity is kept"), "浙卫发函〔2022〕42号 五（二）"),
    "triage_choice": (Text("分办去向合法", "where a clue may go"), "《行政处罚法》第二十五条"),
    "measure_approval": (Text("证据措施由他人批准", "another approves a measure on evidence"), MEASURE_ARTICLE),
    "linked_parties": (Text("关联当事人写明姓名与管辖", "linked parties are named"), ""),
    "notice_addressee": (Text("通报对象是其他单位", "a notice goes to another agency"), ""),
    "request_addressee": (Text("协助请求发往其他机关", "assistance is asked of another agency"), "《行政处罚法》第二十六条"),
    "classification": (Text("案件定性：达到入罪标准须移送", "classification: over the threshold it is transferred"), THRESHOLD_ARTICLE),
    "determination": (Text("研判意见写明法律依据", "a determination names its law"), DETERMINATION_ARTICLE),
    "determined_first": (Text("先研判、后处置网络信息", "determined before it is acted on"), DETERMINATION_ARTICLE),
    "report_period": (Text("报表周期：各部门先于本级报送", "the departments report before their city"), REPORT_ARTICLE),
    "report_part": (Text("部门报表自洽", "a department's part agrees with itself"), REPORT_ARTICLE),
    "report_table": (Text("汇总报表自洽、差异有说明", "the table agrees, or says why not"), REPORT_ARTICLE),
    "partial_report": (Text("缺报汇总须有理由", "a report with parts missing has a reason"), REPORT_ARTICLE),
}
