"""The demonstration's cases: invented clinics, what they are suspected of, how far each case has come and how quickly it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.working_days import CHINA


@dataclass(frozen=True)
class Scenario:
    """One case. It stops before `stop_at` (an element id), after `stop_after` steps, or runs to its end."""

    title: str
    answers: Mapping[str, Any]
    days_ago: int
    stop_at: str = ""
    stop_after: int = 10_000
    pace: float = 1.0
    """1: a step about every working day; larger is slower, so that clocks run out."""
    tags: tuple[str, ...] = field(default=())

    def stops(self, element: str, steps: int) -> bool:
        """Whether the case rests before this step."""
        return element == self.stop_at or steps >= self.stop_after


def _words(text: str) -> Any:
    return lambda page: text.format(agency=page.row.agency.name.zh, case=page.row.case.title)


def _day(page: Any) -> str:
    return str(page.row.opened_at.astimezone(CHINA).date())


def _moment(page: Any) -> str:
    return str(page.row.opened_at.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M"))


def _second(page: Any) -> str | None:
    options = page.data.get("officers") or []
    return options[0]["value"] if options else None


ANSWERS: dict[str, Any] = {
    "clue_source": "complaint",
    "subject_kind": None,
    "subject_address": "云海市青岚区虚构路 1 号（演示地址）",
    "found_on": _day,
    "clue_summary": _words("{case}：接到线索，反映该主体涉嫌违法，已作初步核对，需多部门联合查处。（演示数据）"),
    "reporter_name": "举报人（演示）",
    "reporter_phone": "000-0000-0000",
    "complaint_channel": "hotline",
    "reporter_wants_answer": "yes",
    "reply_channel": "hotline",
    "replied_on": _day,
    "reply_text": "您反映的问题已受理，由我局会同有关部门依法查办，结果将另行告知。（演示）",
    "triage": "host",
    "triage_reason": "涉及多个部门职责，由本单位主办。",
    "lead_answer": "accept",
    "candidate_reason": "按牵头规则表提名。",
    "plan_criteria": ["several_regulators", "broad_impact"],
    "criteria_reasons": "涉及卫生健康、市场监管等部门职责；线索经网络传播，影响面较广。（演示）",
    "plan_goal": "查清违法事实，依法处置，消除健康风险。",
    "plan_scope": "当事人及其供货、宣传、收费各环节。",
    "plan_steps": "一、固定证据；二、同步检查；三、汇总定性；四、依法处置；五、反馈公示。",
    "plan_start": _day,
    "opinion_text": "同意方案，按分工落实。",
    "visit_on": _day,
    "visit_place": "青岚区虚构路 1 号（演示）",
    "visit_tasks": "核对许可与人员资质，检查药品器械来源，调取收费与宣传资料。",
    "second_officer": _second,
    "no_conflict": True,
    "finding": "violation",
    "finding_text": _words("{agency}现场检查：未能出示有效许可，存在涉案物品，已制作笔录。（演示）"),
    "crime_signs": "no",
    "evidence": [
        {"evidence_name": "现场检查笔录", "evidence_kind": "record", "evidence_count": 1, "evidence_place": "案卷"},
        {
            "evidence_name": "涉案产品照片",
            "evidence_kind": "media",
            "evidence_count": 12,
            "evidence_place": "电子证据库",
            "evidence_digest": "0" * 64,
        },
    ],
    "report_facts": "经联合调查，当事人未取得许可从事相关活动，事实清楚，证据确凿。（演示）",
    "report_opinion": "建议依法处理。",
    "classification": "administrative",
    "classification_reason": "依据调查终结报告及证据。",
    "act_on": _day,
    "discovered_on": _day,
    "filing_grounds": "有初步证据证明当事人存在违法行为，属于本机关管辖，符合立案标准。（演示）",
    "case_filing_reason": "同意立案。",
    "act_findings": "违法事实清楚，证据确凿。（演示）",
    "penalty_facts": "当事人未取得许可开展诊疗活动。（演示）",
    "penalty_basis": "《基本医疗卫生与健康促进法》第九十九条第一款",
    "penalties": ["warning", "confiscate_goods"],
    "fine_amount": 0,
    "confiscated_amount": 0,
    "legal_opinion_text": "事实清楚、程序合法、适用法律正确，同意。",
    "discussion_record": "集体讨论一致同意。",
    "notice_served_on": _day,
    "discussion_members": "局长、副局长、法制机构负责人（演示）",
    "party_statement": "none",
    "penalty_decision": "impose",
    "penalties_decided": ["warning", "confiscate_goods"],
    "fine_decided": 0,
    "decision_reason": "违法事实成立，依法予以处罚。",
    "served_on": _day,
    "crime_name": "非法行医罪",
    "crime_facts": "无医师资格人员多次开展注射类医疗美容，造成就诊人员损害。（演示）",
    "transfer_decision": "approve",
    "transfer_reason": "涉嫌犯罪，依法移送。",
    "handed_over_at": _moment,
    "copy_received_on": _day,
    "psb_receipt_no": "演示回执 0001",
    "psb_received_on": _day,
    "material_complete": "yes",
    "filing": "filed",
    "filing_no": "演示立案 0001",
    "filing_reason": "有犯罪事实，需要追究刑事责任。",
    "objection_reason": "认为符合立案标准。",
    "reconsideration_reason": "经复议，决定立案。",
    "supervision_grounds": "不立案理由不能成立。",
    "proc_opinion_reason": "经审查，应当立案。",
    "filing_no_on_notice": "演示立案 0002",
    "items_handed_over_on": _day,
    "feedback_text": "案件已依法办理，现将结果反馈贵单位。",
    "publication": "publish",
    "publication_text": "行政处罚决定公示稿（已脱敏，演示）。",
    "closing_opinion": "各环节均已办结，同意结案。",
    "items_note": "涉案物品当场清点移交。",
    "prior_decisions": None,
    "filing_review_note": "材料齐全，提请决定是否立案。",
    "non_filing_received_on": _day,
    "reconsideration_requested_on": _day,
    "reconsideration_grounds": "认为有犯罪事实，应当立案。",
    "reconsideration_received_on": _day,
    "reconsideration_told_on": _day,
    "still_objects_reason": "复议决定认定事实不清。",
    "suggested_on": _day,
    "suggestion_received_on": _day,
    "reasons_demanded_on": _day,
    "reasons_demand": "请说明不予立案的事实和法律依据。",
    "reasons_demand_received_on": _day,
    "reasons_given": "认为情节显著轻微。",
    "filing_order_no": "演示通知立案 0001",
    "filing_order_served_on": _day,
    "investigation_unit": "刑事侦查大队（演示）",
    "criminal_case_no": "演示刑案 0001",
    "criminal_filed_on": _day,
    "criminal_progress_on": _day,
    "criminal_progress_note": "侦查终结，移送审查起诉。（演示）",
    "prosecution_on": _day,
    "prosecution_no": "演示起诉 0001",
    "judgment_no": "演示刑初 0001",
    "judgment_received_on": _day,
}

ACTS = {
    "illegal_practice": "illegal_practice",
    "licence_scope": "institution_scope",
    "medical_ad": "false_ad",
    "drug_device": "unlicensed_drug_source",
    "fund_fraud": "fund_fraud",
}
"""The act that a penalty is for, by the matter of the case."""
CRIME = {"classification": "both", "crime_signs": "yes"}
MEMBERS_SMALL = {"members": ["qinglan-amr"]}
MEMBERS_STORY = {"members": ["qinglan-amr", "qinglan-mpa", "qinglan-psb", "qinglan-cac"]}


def _case(subject: str, what: str, matter: str, days_ago: int, **more: Any) -> Scenario:
    placing = {key: more.pop(key) for key in ("stop_at", "stop_after", "pace", "tags") if key in more}
    answers = {"subject_name": f"虚构·{subject}", "matter": matter, "penalty_act": ACTS.get(matter, "other_act"), **MEMBERS_SMALL, **more}
    return Scenario(title=f"虚构·{subject}{what}", answers=answers, days_ago=days_ago, **placing)


SCENARIOS: tuple[Scenario, ...] = (
    _case("云朵医疗美容工作室", "无证行医及使用未注册器械案", "illegal_practice", 62, pace=0.45, tags=("story",), **CRIME, **MEMBERS_STORY),
    _case("晨露医美会所", "非医师行医案", "illegal_practice", 55, pace=0.5),
    _case("蓝鲸口腔诊所", "超范围诊疗案", "licence_scope", 50, pace=0.5, members=["qinglan-amr", "qinglan-hsa"]),
    _case("星河中医馆", "虚假医疗广告案", "medical_ad", 48, pace=0.6, members=["qinglan-health", "qinglan-cac"]),
    _case("青柠体检中心", "虚构诊疗骗保案", "fund_fraud", 47, pace=0.6, members=["qinglan-health", "qinglan-psb"], **CRIME),
    _case("半夏诊所", "无证行医案", "illegal_practice", 45, pace=0.5, classification="none"),
    _case("白鹭门诊部", "出租承包科室案", "licence_scope", 18, pace=0.7, stop_at="close_case"),
    _case(
        "松果儿科诊所", "使用过期器械案", "drug_device", 18, pace=0.7, stop_at="serve_decision", members=["qinglan-health", "qinglan-amr"]
    ),
    _case("银杏医疗美容门诊部", "非医师行医案", "illegal_practice", 21, pace=0.8, stop_at="decide_transfer", **CRIME),
    _case("紫藤皮肤管理中心", "非法注射案", "illegal_practice", 12, pace=0.8, stop_at="hand_over", **CRIME),
    _case(
        "桂花康复医院",
        "串换项目骗保案",
        "fund_fraud",
        26,
        pace=0.8,
        stop_at="decide_filing",
        members=["qinglan-health", "qinglan-psb"],
        **CRIME,
    ),
    _case("石榴美容院", "非法行医案", "illegal_practice", 17, pace=0.7, stop_at="choose_objection", filing="not_filed", **CRIME),
    _case(
        "茉莉诊所",
        "非医师行医案",
        "illegal_practice",
        25,
        pace=0.7,
        stop_at="review_non_filing",
        filing="not_filed",
        objection="supervise",
        **CRIME,
    ),
    _case("海棠药店", "网售处方药案", "drug_device", 18, pace=0.8, stop_at="decide_penalty", members=["qinglan-amr", "qinglan-cac"]),
    _case("凌霄医美咨询公司", "违法广告案", "medical_ad", 21, pace=0.8, stop_at="notify_party", members=["qinglan-health", "qinglan-cac"]),
    _case(
        "木槿诊所",
        "无证放射诊疗案",
        "illegal_practice",
        12,
        pace=0.8,
        stop_at="collective_discussion",
        penalty_act="unlicensed_institution",
        penalties=["suspend_business", "fine"],
        hearing_request="waived",
        fine_amount=120000,
    ),
    _case(
        "芦苇医疗美容诊所",
        "假药案",
        "drug_device",
        25,
        pace=0.8,
        stop_at="legal_review",
        case_complexity="several_relations",
        members=["qinglan-health", "qinglan-psb"],
    ),
    _case("丁香门诊部", "过度诊疗案", "licence_scope", 15, pace=0.8, stop_at="propose_penalty"),
    _case("云杉护理院", "骗保案", "fund_fraud", 12, pace=0.8, stop_at="classify", members=["qinglan-health", "qinglan-psb"]),
    _case("铃兰口腔门诊部", "无证种植牙案", "illegal_practice", 12, pace=0.9, stop_at="write_report"),
    _case("百合美容会所", "水光针案", "illegal_practice", 15, pace=0.9, stop_at="record_findings"),
    _case("芍药眼科诊所", "违规验配案", "licence_scope", 10, pace=0.9, stop_at="record_findings"),
    _case("蔷薇月子会所", "非法产后治疗案", "illegal_practice", 6, pace=0.9, stop_at="prepare_visit"),
    _case("栀子养生馆", "针灸行医案", "illegal_practice", 9, pace=0.9, stop_at="prepare_visit"),
    _case("杜鹃直播带货", "虚假疗效宣传案", "harmful_info", 5, pace=0.9, stop_at="give_opinion", members=["qinglan-health", "qinglan-amr"]),
    _case("文竹诊所", "号贩子倒号案", "touts", 11, pace=0.9, stop_at="give_opinion", members=["qinglan-health", "qinglan-cac"]),
    _case("翠竹检验所", "出具虚假报告案", "licence_scope", 12, pace=1.0, stop_at="sign_plan"),
    _case("雪松医院", "医疗废物处置案", "medical_waste", 5, pace=1.0, stop_at="draft_plan", members=["qinglan-health"]),
    _case("水杉诊所", "非医师行医案", "illegal_practice", 4, pace=1.0, stop_at="draft_plan"),
    _case("合欢医美平台", "平台广告案", "medical_ad", 8, pace=1.0, stop_at="answer_lead", members=["qinglan-health", "qinglan-cac"]),
    _case(
        "连翘大药房",
        "超范围经营案",
        "drug_device",
        11,
        pace=1.0,
        stop_at="designate",
        lead_answer="decline",
        lead_answer_reason="主要线索不属本机关职责。",
        negotiation="failed",
        negotiation_record="协商两次，未能达成一致。",
    ),
    _case(
        "忍冬诊所",
        "无证行医案",
        "illegal_practice",
        4,
        pace=1.0,
        stop_at="negotiate",
        lead_answer="decline",
        lead_answer_reason="请核实主责部门。",
    ),
    _case("凤仙花美甲店", "注射填充案", "illegal_practice", 2, pace=1.0, stop_at="confirm_candidate"),
    _case("金盏花减肥中心", "处方药减肥案", "drug_device", 3, pace=1.0, stop_at="answer_lead"),
    _case("薄荷诊所", "线索转办案", "touts", 5, pace=1.0, stop_at="sign_receipt", triage="forward", targets=["qinglan-psb"]),
    _case(
        "迷迭香医美",
        "线索分办案",
        "medical_ad",
        1,
        pace=1.0,
        stop_at="sign_receipt",
        triage="split",
        targets=["qinglan-amr", "qinglan-cac"],
    ),
    _case("薰衣草门诊部", "举报线索", "illegal_practice", 4, pace=1.0, stop_at="triage"),
    _case("向日葵诊所", "网格巡查线索", "illegal_practice", 3, pace=1.0, stop_at="triage", clue_source="grid"),
    _case("蒲公英护理站", "舆情线索", "licence_scope", 2, pace=1.0, stop_at="triage", clue_source="opinion"),
    _case("满天星诊所", "风险预警线索", "illegal_practice", 1, pace=0.4, stop_at="register_clue", clue_source="risk"),
    _case("勿忘我医美", "部门移送线索", "drug_device", 1, pace=0.3, stop_at="register_clue", clue_source="agency"),
)
