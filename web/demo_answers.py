"""What the demonstration's people answer. An answer is a value, or a callable that makes it from the task's page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from web.demo_matters import DUTIES, FINDINGS, OPINIONS, RESULT_USES
from workflows.views import TaskPage
from workflows.working_days import CHINA

Answer = Callable[[TaskPage], Any]


def _opened(page: TaskPage) -> datetime:
    return page.row.opened_at.astimezone(CHINA)


def words(text: str) -> Answer:
    """`text` with the agency's name and the case's title."""
    return lambda page: text.format(agency=page.row.agency.name.zh, case=page.row.case.title)


def days(count: int) -> Answer:
    """The day that many days after (before: negative) the task was opened."""
    return lambda page: (_opened(page) + timedelta(days=count)).date().isoformat()


def by_function(texts: Mapping[str, Any], otherwise: Any) -> Answer:
    """The answer of the function of the agency whose task it is."""
    return lambda page: texts.get(page.row.agency.function, otherwise)


def moment(page: TaskPage) -> str:
    """When the task was opened, as a form writes a time."""
    return _opened(page).strftime("%Y-%m-%dT%H:%M")


def _second(page: TaskPage) -> str | None:
    options = page.data.get("officers") or []
    return options[0]["value"] if options else None


def _division(page: TaskPage) -> list[dict[str, str]]:
    members = [page.row.agency.code, *(page.data.get("members") or [])]
    return [{"agency": code, "duty": DUTIES.get(code.rpartition("-")[2].upper(), "按职责参加检查并移交线索。")} for code in members]


def once(first: str, then: str = "none", *, agency: str, at: str = "record_findings") -> Answer:
    """`first` when this agency does the task `at`, else `then`."""
    return lambda page: first if page.row.element == at and page.row.agency.code == agency else then


today = days(0)
CLUE: dict[str, Any] = {
    "clue_source": "complaint",
    "complaint_channel": "hotline",
    "hotline_number": "YH12345-演示",
    "reporter_name": "举报人（演示）",
    "reporter_phone": "000-0000-0000",
    "reporter_wants_answer": "yes",
    "subject_address": "云海市青岚区虚构路 1 号（演示地址）",
    "found_on": today,
    "reply_channel": "hotline",
    "replied_on": today,
    "reply_text": "您反映的问题已受理，由我局会同有关部门依法查办，结果将另行告知。（演示）",
    "triage": "host",
    "triage_reason": "线索具体、可查，涉及多个部门职责，由本单位主办。",
    "region_query": "no",
    "prior_decision": "below",
    "prior_reason": "经逐条核实，登记簿中没有可以计入的有效处罚。",
    "receipt_note": "已接收，按职责办理并反馈结果。",
}
PLAN: dict[str, Any] = {
    "lead_answer": "accept",
    "lead_answer_reason": "属本机关主要职责，同意牵头。",
    "candidate_reason": "按牵头规则表提名，成员单位与事项清单一致。",
    "plan_criteria": ["several_regulators", "broad_impact"],
    "criteria_reasons": "涉及多个监管部门：许可、药械、收费、宣传分属不同部门职责。社会影响广：线索经网络传播，顾客人数较多。",
    "plan_need": "plan",
    "plan_need_reason": "符合制定方案的情形，联合检查需要统一时间和取证分工。",
    "plan_division": _division,
    "plan_steps": "一、先行保全网络和收费数据；二、各成员单位同日同步进场；三、汇总证据，三日内会商定性；四、依法处置、移送；五、反馈、公示与结果运用。",
    "plan_start": days(3),
    "plan_end": days(33),
    "plan_evidence": "证据由各单位自行编号入册，需移交的当面清点、双方签字；电子数据计算校验值。",
    "plan_safety": "现场遇阻挠的，固定证据并通知公安机关；发现就诊人员不适的，先行救治。",
    "plan_publicity": "查处期间不对外发布，由牵头单位统一口径。",
    "plan_basis": "《行政处罚法》第二十二条至第二十六条；鲁卫医监字〔2024〕1号 二（一）。",
    "opinion": "agree",
    "opinion_text": by_function(OPINIONS, "同意方案，按分工落实。"),
    "silence_handling": "proceed",
    "silence_reason": "已电话和系统各催办一次，期满未复；不影响分工，继续签发程序并如实记录。",
    "plan_decision_reason": "同意，请各单位按分工和时间节点落实。",
}
INVESTIGATION: dict[str, Any] = {
    "visit_on": today,
    "visit_place": "青岚区虚构路 1 号（演示）",
    "visit_tasks": "核对许可与人员资质，检查药品器械来源，调取收费与宣传资料。",
    "second_officer": _second,
    "conflict_reported": "none",
    "no_conflict": True,
    "finding": "violation",
    "finding_text": by_function(FINDINGS, "按分工完成现场检查，已制作笔录。（演示）"),
    "crime_signs": "no",
    "camera_record": "执法记录仪-演示-01",
    "party_signature": "signed",
    "evidence": [
        {
            "evidence_name": "现场检查笔录", "evidence_kind": "record", "evidence_count": 1,
            "evidence_custodian": "承办人", "evidence_place": "案卷",
        },
        {
            "evidence_name": "现场照片", "evidence_kind": "media", "evidence_count": 12, "evidence_custodian": "承办人",
            "evidence_place": "电子证据库", "evidence_digest": hashlib.sha256("现场照片（演示）".encode()).hexdigest(),
        },
    ],
    "interviewee": "当事人负责人（演示）",
    "interview_at": moment,
    "interviewee_kind": "party",
    "rights_told": True,
    "interview_text": "承认自行学习操作手法，未取得医师资格；产品由网络聊天群内的供货人寄送，每次收费数百元。（演示）",
    "further_collection": "none",
    "links_found": "none",
    "classification": "administrative",
    "classification_reason": "违法事实有检查笔录、询问笔录和实物证据相互印证，依据调查终结报告定性。",
}  # fmt: skip
PENALTY: dict[str, Any] = {
    "act_on": days(-45),
    "discovered_on": days(-28),
    "filing_grounds": "有初步证据证明当事人存在违法行为，属于本机关管辖，在追责时效内，符合立案标准。（演示）",
    "case_filing": "file",
    "case_filing_reason": "同意立案，由原调查人员承办。",
    "handling": "punish",
    "case_complexity": "ordinary",
    "penalties": ["warning"],
    "fine_amount": 0,
    "legal_opinion": "pass",
    "legal_opinion_text": "主体、事实、证据、程序、法律适用和裁量均无不当，审核通过。",
    "notice_served_on": today,
    "party_statement": "none",
    "hearing_request": "waived",
    "discussion_result": "agree",
    "discussion_members": "局长、副局长、法制机构负责人（演示）",
    "discussion_record": "承办人汇报案情和裁量依据，与会人员逐一发表意见，一致同意拟处罚意见。（演示）",
    "penalty_decision": "impose",
    "decision_reason": "违法事实清楚，证据确凿，程序合法，裁量适当。",
    "service_manner": "direct",
    "served_on": today,
    "payment_state": "paid",
    "paid_on": today,
    "payment_receipt": "演示缴款书 0001",
    "rechecked_on": today,
    "correction": "corrected",
    "recheck_text": "复查时场所已停止相关活动，招牌和网页宣传已撤除，未发现继续违法。（演示）",
    "hearing_date": days(16),
    "hearing_place": "青岚区卫生健康局三楼会议室，上午九时三十分（演示）",
    "hearing_public": "public",
    "hearing_notified_on": today,
    "hearing_notice_text": "已向当事人直接送达听证通知书，并在本机关公告栏公告。（演示）",
}
TRANSFER: dict[str, Any] = {
    "transfer_receiver": "police",
    "penalty_given": "no",
    "transfer_decision": "approve",
    "transfer_reason": "有证据证明涉嫌犯罪，符合移送条件，依法移送。",
    "police_agency": "qinglan-psb",
    "package_note": "证据目录、光盘一张、鉴定意见复印件随卷。（演示）",
    "handed_over_at": moment,
    "penalty_copy_no": "演示罚字 0001",
    "penalty_given_on": today,
    "penalty_copied_on": today,
    "penalty_copy_note": "移送前已作出的处罚决定书一份。",
    "copy_received_on": today,
    "psb_receipt_no": "演示回执 0001",
    "psb_received_on": today,
    "police_remit": "own",
    "material_complete": "yes",
    "filing_review": "ready",
    "filing_review_note": "材料齐全，提请决定是否立案。",
    "filing": "filed",
    "filing_no": "演示立案 0001",
    "filing_reason": "有犯罪事实，需要追究刑事责任。",
    "items_handed_over_on": today,
    "items_received_by": "经办民警",
    "items_note": "涉案物品当场清点移交。",
    "non_filing_received_on": today,
    "objection_reason": "现有证据足以证明犯罪事实，符合立案标准。",
    "supervision_grounds": "不立案理由不能成立：鉴定意见已证明损害后果。",
    "suggested_on": today,
    "suggestion_received_on": today,
    "reasons_demanded_on": today,
    "reasons_demand": "请说明不予立案的事实和法律依据。",
    "reasons_demand_received_on": today,
    "reasons_given": "认为损害后果与操作行为之间的因果关系尚待查明。",
    "proc_opinion_reason": "经审查，应当立案。",
    "investigation_unit": "刑事侦查大队（演示）",
    "criminal_case_no": "演示刑案 0001",
    "criminal_filed_on": today,
    "criminal_progress": "prosecution",
    "criminal_progress_on": today,
    "criminal_progress_note": "侦查终结，移送审查起诉。（演示）",
    "prosecution": "prosecuted",
    "prosecution_on": today,
    "prosecution_no": "演示起诉 0001",
    "judgment_no": "演示刑初 0001",
    "judgment_received_on": today,
    "judgment_result": "fined",
    "penalty_after_judgment": "no",
}
ENDING: dict[str, Any] = {
    "publication_matter": "publish",
    "exception_ground": "none",
    "publicity_grade": "ordinary",
    "publication_opinion": "agree",
    "publication_approval": "approve",
    "publication_approval_text": "已脱敏，同意发布。",
    "publication_targets": ["credit_china", "own_site"],
    "published_on": today,
    "publication_reference": "演示公示 0001",
    "credit_matter": "push",
    "credit_conduct": "ordinary",
    "credit_platform": "云海市公共信用信息平台（演示）",
    "credit_pushed_on": today,
    "credit_sanctions": "列入重点监管对象，一年内不得参加评优评先。",
    "feedback_text": words("「{case}」已依法办结：违法行为已制止，处理结果和证据目录随函附送，请结合职责运用结果。（演示）"),
    "result_uses": ["verification", "honours"],
    "typical_case": "no",
    "reporter_answer_due": "no",
    "reporter_answer_on": today,
    "reporter_answer_text": "您反映的问题经多部门联合查处，已依法作出处理并公示。感谢您的监督。（演示）",
    "feedback_receipt": "received",
    "result_use_text": by_function(RESULT_USES, "已收到，纳入本单位日常监管。"),
    "closing_opinion": "各环节均已办结，处理结果已反馈、公示，案卷齐备，同意结案。",
    "notice_receipt_note": "已签收，属本机关职责，立即核查。",
    "notice_answer": "经核查已对该主体立案，结果将随结案材料抄送贵单位。（演示）",
    "notice_result": "filed",
    "notice_result_number": "演示立案 0003",
    "links_decision_reason": "同意分别通报，线索与证据一并移送。",
}
ANSWERS: dict[str, Any] = {**CLUE, **PLAN, **INVESTIGATION, **PENALTY, **TRANSFER, **ENDING}
"""By key of the form's field, whatever the case is about; what the matter or the scenario says goes before."""
