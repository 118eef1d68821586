"""The demonstration's cases: invented clinics, what they are suspected of, how far each case has come and how quickly it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from web.demo_answers import once
from web.demo_matters import MATTERS
from web.demo_procedures import CHALLENGED, REPORT, SEIZURE


@dataclass(frozen=True)
class Scenario:
    """One case. It stops before `stop_at` (an element id) as soon as `stop_after` steps are done, or runs to its end."""

    title: str
    answers: Mapping[str, Any]
    days_ago: int
    stop_at: str = ""
    stop_after: int = 0
    pace: float = 1.0
    """1: a step about every working day; larger is slower, so that clocks run out."""
    tags: tuple[str, ...] = field(default=())
    process: str = "joint_case"
    opener: str = "health.intake"
    beside: str = ""
    """A process that the officer opens under the case on coming to `beside_at`; from then on its tasks go before the case's own."""
    beside_at: str = ""

    def stops(self, element: str, steps: int) -> bool:
        """Whether the case rests before this step."""
        return element == self.stop_at and steps >= self.stop_after


CRIME = {"classification": "both", "crime_signs": "yes", "penalties": ["warning"], "fine_amount": 0, "counted_amount": 0}
"""What is suspected as a crime as well: no fine, a transfer."""
CLEAN = {
    "finding": "none",
    "classification": "none",
    "finding_text": "现场检查未见诊疗活动和药品器械，场所已空置；房东证实承租人上月搬离。已制作笔录并拍照。（演示）",
    "report_facts": "经联合调查，举报所称场所已空置，未发现诊疗活动的证据，周边商户和房东陈述一致。（演示）",
    "report_opinion": "未发现违法行为，建议结案，并将该地址列入网格巡查重点。",
    "classification_reason": "现有证据不能证明存在违法行为。",
    "feedback_text": "经联合调查未发现违法行为，现予反馈；该地址已列入巡查重点，发现新线索请及时通报。（演示）",
}
"""Nothing was found."""
NOT_FILED = {"filing": "not_filed", "filing_no": "演示不立 0001", "filing_reason": "损害后果与操作行为之间的因果关系尚未查明，暂不予立案。"}
LINKS = {
    "links_found": "found",
    "linked_parties": [
        {
            "link_name": "虚构·远方医疗器械商行", "link_code": "91990000MADEM0005Y", "link_role": "supplier", "link_matter": "drug_device",
            "link_jurisdiction": "agency", "link_agency": "qinglan-mpa",
            "link_facts": "向本案当事人供应未注册的注射针和填充剂，转账记录、快递单复印件随附。（演示）",
        },
        {
            "link_name": "虚构·合欢医美平台", "link_code": "91990000MADEM0003Q", "link_role": "platform", "link_matter": "medical_ad",
            "link_jurisdiction": "agency", "link_agency": "qinglan-amr",
            "link_facts": "为本案当事人发布未经审查的医疗广告，页面截图和投放订单随附。（演示）",
        },
    ],
}  # fmt: skip
"""One case, several investigations: who supplied it, and who advertised."""
STORY = {
    "further_collection": once("interview", agency="qinglan-health"),
    "reporter_answer_due": "yes",
    "items_note": "注射针 46 支、填充剂 12 盒当场清点移交。（演示）",
}
MEMBERS_SMALL = {"members": ["qinglan-amr"]}
MEMBERS_STORY = {"members": ["qinglan-amr", "qinglan-mpa", "qinglan-psb", "qinglan-cac"]}
INSURANCE = {"members": ["qinglan-health", "qinglan-psb"]}


def _case(subject: str, what: str, matter: str, days_ago: int, **more: Any) -> Scenario:
    placing = {key: more.pop(key) for key in ("stop_at", "pace", "tags", "beside", "beside_at") if key in more}
    answers = {"subject_name": f"虚构·{subject}", "matter": matter, **MATTERS[matter], **MEMBERS_SMALL, **more}
    if answers["subject_kind"] == "company":
        answers["publication_targets"] = ["credit_china", "enterprise_system", "own_site"]
    decided = {"penalties_decided": answers.get("penalties", ["warning"]), "fine_decided": answers.get("fine_amount", 0)}
    return Scenario(
        title=f"虚构·{subject}{what}",
        answers={**decided, "paid_amount": decided["fine_decided"], **answers},
        days_ago=days_ago,
        **placing,
    )


SCENARIOS: tuple[Scenario, ...] = (
    _case(
        "云朵医疗美容工作室",
        "无证行医及使用未注册器械案",
        "illegal_practice",
        62,
        pace=0.45,
        tags=("story",),
        **CRIME,
        **MEMBERS_STORY,
        **LINKS,
        **STORY,
    ),
    _case("晨露医美会所", "非医师行医案", "illegal_practice", 55, pace=0.5),
    _case("蓝鲸口腔诊所", "超范围诊疗案", "licence_scope", 50, pace=0.5, members=["qinglan-amr", "qinglan-hsa"]),
    _case("星河中医馆", "虚假医疗广告案", "medical_ad", 52, pace=0.6, members=["qinglan-health", "qinglan-cac"]),
    _case("青柠体检中心", "虚构诊疗骗保案", "fund_fraud", 60, pace=0.6, **INSURANCE, **CRIME),
    _case("半夏诊所", "无证行医案", "illegal_practice", 45, pace=0.5, **CLEAN),
    _case(
        "白鹭门诊部",
        "出租承包科室案",
        "licence_scope",
        40,
        pace=0.7,
        stop_at="close_case",
        penalty_act="department_leasing",
        clue_summary="反映该门诊部将皮肤科整体承包给外部公司经营，医护人员和收费均由承包方管理。（演示）",
        penalty_facts="当事人将皮肤科对外承包经营，收取承包费。（演示）",
        penalty_basis="《基本医疗卫生与健康促进法》第一百条：没收违法所得，并处违法所得二倍以上十倍以下的罚款。",
    ),
    _case(
        "松果儿科诊所", "无证渠道购药案", "drug_device", 24, pace=0.7, stop_at="serve_decision", members=["qinglan-health", "qinglan-amr"]
    ),
    _case("银杏医疗美容门诊部", "非医师行医案", "illegal_practice", 24, pace=0.8, stop_at="decide_transfer", **CRIME),
    _case("紫藤皮肤管理中心", "非法注射案", "illegal_practice", 21, pace=0.8, stop_at="hand_over", **CRIME),
    _case(
        "桂花康复医院",
        "串换项目骗保案",
        "fund_fraud",
        33,
        pace=0.8,
        stop_at="decide_filing",
        **INSURANCE,
        **CRIME,
    ),
    _case("石榴美容院", "非法行医案", "illegal_practice", 24, pace=0.7, stop_at="choose_objection", **NOT_FILED, **CRIME),
    _case(
        "茉莉诊所",
        "非医师行医案",
        "illegal_practice",
        38,
        pace=0.7,
        stop_at="review_non_filing",
        **NOT_FILED,
        objection="supervise",
        **CRIME,
    ),
    _case("海棠药店", "无票购进药品案", "drug_device", 33, pace=0.8, stop_at="decide_penalty", members=["qinglan-amr", "qinglan-cac"]),
    _case("凌霄医美咨询公司", "违法广告案", "medical_ad", 25, pace=0.8, stop_at="notify_party", members=["qinglan-health", "qinglan-cac"]),
    _case(
        "木槿诊所",
        "无证放射诊疗案",
        "illegal_practice",
        32,
        pace=0.8,
        stop_at="collective_discussion",
        penalty_act="unlicensed_institution",
        clue_summary="反映该处未取得执业许可，擅自购置 X 射线机为患者拍片并收费，未见防护设施。（演示）",
        penalty_facts="当事人未取得医疗机构执业许可，擅自开展放射诊疗活动。（演示）",
        penalties=["suspend_business", "fine"],
        fine_amount=120000,
        penalty_basis="《基本医疗卫生与健康促进法》第九十九条第一款：没收违法所得和药品、医疗器械，并处违法所得五倍以上二十倍以下的罚款。",
    ),
    _case(
        "芦苇医疗美容诊所",
        "假药案",
        "drug_device",
        36,
        pace=0.8,
        stop_at="legal_review",
        case_complexity="several_relations",
        **INSURANCE,
    ),
    _case(
        "玉兰医疗美容诊所",
        "非医师行医听证案",
        "illegal_practice",
        25,
        pace=0.7,
        stop_at="open_hearing",
        subject_kind="institution",
        penalties=["confiscate_goods", "fine"],
        fine_amount=68000,
        hearing_request="made",
    ),
    _case("山茶口腔诊所", "超范围种植案", "licence_scope", 30, pace=0.7, stop_at="sign_publication"),
    _case("紫薇康复诊所", "超范围康复案", "licence_scope", 36, pace=0.7, stop_at="push_credit"),
    _case("石竹皮肤诊所", "非医师行医案", "illegal_practice", 48, pace=0.7, stop_at="record_payment"),
    _case("丁香门诊部", "过度诊疗案", "licence_scope", 23, pace=0.8, stop_at="propose_penalty"),
    _case("云杉护理院", "骗保案", "fund_fraud", 23, pace=0.8, stop_at="classify", **INSURANCE),
    _case("铃兰口腔门诊部", "无证种植牙案", "illegal_practice", 22, pace=0.9, stop_at="write_report", subject_specialty="dental"),
    _case("百合美容会所", "水光针案", "illegal_practice", 17, pace=0.9, stop_at="record_findings"),
    _case("芍药眼科诊所", "违规验配案", "licence_scope", 17, pace=0.9, stop_at="identify_links"),
    _case("蔷薇月子会所", "非法产后治疗案", "illegal_practice", 14, pace=0.9, stop_at="prepare_visit"),
    _case("栀子养生馆", "针灸行医案", "illegal_practice", 17, pace=0.9, stop_at="prepare_visit"),
    _case(
        "月桂美容会所",
        "非法注射案",
        "illegal_practice",
        15,
        pace=0.7,
        stop_at="handle_seizure",
        beside="evidence_measure",
        **SEIZURE,
        beside_at="record_findings",
    ),
    _case("木棉中医诊所", "超范围正骨案", "licence_scope", 13, pace=0.9, stop_at="decide_recusal", **CHALLENGED),
    Scenario(
        title="虚构·青岚区医疗乱象专项行动阶段报告",
        answers=REPORT,
        days_ago=9,
        pace=0.8,
        process="campaign_report",
        opener="health.officer",
        stop_at="fill_part",
        stop_after=3,
    ),
    _case(
        "杜鹃直播带货", "虚假疗效宣传案", "harmful_info", 10, pace=0.9, stop_at="give_opinion", members=["qinglan-health", "qinglan-amr"]
    ),
    _case("文竹诊所", "号贩子倒号案", "touts", 14, pace=0.9, stop_at="give_opinion", members=["qinglan-health", "qinglan-cac"]),
    _case("翠竹检验所", "出具虚假报告案", "licence_scope", 16, pace=1.0, stop_at="sign_plan"),
    _case("雪松医院", "医疗废物处置案", "medical_waste", 11, pace=1.0, stop_at="draft_plan", members=["qinglan-health"]),
    _case("水杉诊所", "非医师行医案", "illegal_practice", 10, pace=1.0, stop_at="draft_plan"),
    _case("合欢医美平台", "平台广告案", "medical_ad", 10, pace=1.0, stop_at="answer_lead", members=["qinglan-health", "qinglan-cac"]),
    _case(
        "连翘大药房",
        "超范围经营案",
        "drug_device",
        14,
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
        8,
        pace=1.0,
        stop_at="negotiate",
        lead_answer="decline",
        lead_answer_reason="请核实主责部门。",
    ),
    _case("凤仙花美甲店", "注射填充案", "illegal_practice", 6, pace=1.0, stop_at="confirm_candidate"),
    _case("金盏花减肥中心", "处方药减肥案", "drug_device", 8, pace=1.0, stop_at="answer_lead"),
    _case("薄荷诊所", "线索转办案", "touts", 7, pace=1.0, stop_at="sign_receipt", triage="forward", targets=["qinglan-psb"]),
    _case(
        "迷迭香医美",
        "线索分办案",
        "medical_ad",
        5,
        pace=1.0,
        stop_at="sign_receipt",
        triage="split",
        targets=["qinglan-amr", "qinglan-cac"],
    ),
    _case("薰衣草门诊部", "举报线索", "illegal_practice", 4, pace=1.0, stop_at="triage"),
    _case("向日葵诊所", "网格巡查线索", "illegal_practice", 3, pace=1.0, stop_at="triage", clue_source="grid"),
    _case("蒲公英护理站", "舆情线索", "licence_scope", 3, pace=1.0, stop_at="triage", clue_source="opinion"),
    _case("满天星诊所", "风险预警线索", "illegal_practice", 1, pace=0.4, stop_at="register_clue", clue_source="risk"),
    _case(
        "勿忘我医美", "部门移送线索", "drug_device", 1, pace=0.3, stop_at="register_clue", clue_source="agency", source_agency="qinglan-mpa"
    ),
)
