"""What a diagram may call: TABLE is the whole list, one file per service.

A handler gets a frozen call and returns a frozen result; what it wants written or sent, the step writes and sends.
"""

from handlers.address_notice import address_notice
from handlers.address_request import address_request
from handlers.alert_police import alert_police
from handlers.annul_penalty import annul_penalty
from handlers.apply_recusal import apply_recusal
from handlers.appoint_lead import appoint_lead
from handlers.ask_departments import ask_departments
from handlers.ask_determiner import ask_determiner
from handlers.assess_execution import assess_execution
from handlers.assign_directly import assign_directly
from handlers.assume_lead import assume_lead
from handlers.check_ad_refusal import check_ad_refusal
from handlers.check_duplicates import check_duplicates
from handlers.check_filing import check_filing
from handlers.close_out import close_out
from handlers.collect_disposals import collect_disposals
from handlers.collect_recipients import collect_recipients
from handlers.collect_signers import collect_signers
from handlers.compare_filings import compare_filings
from handlers.compute_surcharge import compute_surcharge
from handlers.count_ads import count_ads
from handlers.count_prior_penalties import count_prior_penalties
from handlers.descriptions import described
from handlers.enter_ad_refusal import enter_ad_refusal
from handlers.enter_ad_violation import enter_ad_violation
from handlers.enter_penalty import enter_penalty
from handlers.enter_summary_penalty import enter_summary_penalty
from handlers.escalate_to_upper_procuratorate import escalate_to_upper_procuratorate
from handlers.forward_to_police import forward_to_police
from handlers.invite_candidate import invite_candidate
from handlers.issue_plan import issue_plan
from handlers.list_information import list_information
from handlers.list_missing import list_missing
from handlers.look_up_penalties import look_up_penalties
from handlers.measure_limitation import measure_limitation
from handlers.merge_findings import merge_findings
from handlers.merge_parts import merge_parts
from handlers.name_part import name_part
from handlers.nominate_lead import nominate_lead
from handlers.note_credit import note_credit
from handlers.note_decision import note_decision
from handlers.note_hearing import note_hearing
from handlers.note_progress import note_progress
from handlers.note_publication import note_publication
from handlers.note_transfer_decision import note_transfer_decision
from handlers.notify_declined import notify_declined
from handlers.notify_filing import notify_filing
from handlers.number_evidence import number_evidence
from handlers.open_criminal_followup import open_criminal_followup
from handlers.open_file import open_file
from handlers.open_fund_cases import open_fund_cases
from handlers.open_linked import open_linked
from handlers.open_obstruction_case import open_obstruction_case
from handlers.order_measures import order_measures
from handlers.prepare_notice import prepare_notice
from handlers.prepare_package import prepare_package
from handlers.prepare_review import prepare_review
from handlers.record_extension_claim import record_extension_claim
from handlers.refer_accountability import refer_accountability
from handlers.report_resumption import report_resumption
from handlers.return_assistance import return_assistance
from handlers.send_assistance_request import send_assistance_request
from handlers.send_demand import send_demand
from handlers.send_filing_order import send_filing_order
from handlers.send_for_opinion import send_for_opinion
from handlers.send_referral import send_referral
from handlers.send_referral_slip import send_referral_slip
from handlers.send_return import send_return
from handlers.send_reverse_reply import send_reverse_reply
from handlers.settle_criminal import settle_criminal
from handlers.settle_execution import settle_execution
from handlers.settle_objection import settle_objection
from handlers.settle_transfer import TRANSFER_OUTCOMES, settle_transfer
from handlers.share_results import share_results
from handlers.stamp_opinion import stamp_opinion
from handlers.suspect_crime import SUSPECTED, suspect_crime
from handlers.take_alone import take_alone
from handlers.take_charge import take_charge
from handlers.tally_opinions import tally_opinions
from handlers.tally_receipts import tally_receipts
from handlers.tally_signatures import tally_signatures
from handlers.tell_obstruction import tell_obstruction
from handlers.tell_stay import tell_stay
from handlers.transfer_and_copy import EARLIER, transfer_and_copy
from workflows.contracts import Service, Text

TABLE: dict[str, Service] = {
    "check_duplicates": Service(
        check_duplicates,
        Text("查重与关联", "find duplicates and related cases"),
        frozenset({"related_cases", "related_subjects", "duplicate_notice", "reporter_to_answer"}),
        joins=frozenset({"source"}),
    ),
    "send_referral_slip": Service(send_referral_slip, Text("制发分办转办单", "send the referral")),
    "tally_receipts": Service(
        tally_receipts, Text("汇总签收", "count the receipts"), frozenset({"receipts_rejected"}), joins=frozenset({"receiver"})
    ),
    "nominate_lead": Service(
        nominate_lead, Text("提名牵头机关", "nominate the lead"), frozenset({"lead_candidate", "members", "lead_load"})
    ),
    "invite_candidate": Service(invite_candidate, Text("征询拟牵头机关", "ask the candidate"), joins=frozenset({"candidate"})),
    "appoint_lead": Service(
        appoint_lead, Text("确定牵头机关", "appoint the lead"), frozenset({"members"}), joins=frozenset({"lead", "member"})
    ),
    "tally_opinions": Service(
        tally_opinions,
        Text("汇总成员意见", "count the opinions"),
        frozenset({"plan_objected", "opinions_summary", "silent_members", "countersign_table"}),
    ),
    "issue_plan": Service(
        issue_plan, Text("印发方案", "issue the plan"), frozenset({"investigators", "plan_version"}), joins=frozenset({"member"})
    ),
    "merge_findings": Service(
        merge_findings,
        Text("汇总调查结果", "merge the findings"),
        frozenset({"findings_summary", "violation_found", "crime_signs_found", "evidence_register", "recused_officers"}),
    ),
    "collect_recipients": Service(
        collect_recipients, Text("确定反馈对象", "collect whom to answer"), frozenset({"feedback_to"}), joins=frozenset({"recipient"})
    ),
    "refer_accountability": Service(refer_accountability, Text("建议追责问责", "propose accountability")),
    "ask_determiner": Service(ask_determiner, Text("送行业主管部门研判", "ask the competent department"), joins=frozenset({"lead"})),
    "list_information": Service(
        list_information, Text("逐条转送处置", "forward each item"), frozenset({"information_items"}), joins=frozenset({"member"})
    ),
    "collect_disposals": Service(collect_disposals, Text("汇总处置结果", "collect the results"), frozenset({"disposal_summary"})),
    "count_ads": Service(
        count_ads,
        Text("统计两年内违法次数", "count violations of two years"),
        frozenset({"ad_count_acts", "ad_count_decisions", "ad_earlier"}),
    ),
    "enter_ad_violation": Service(
        enter_ad_violation, Text("登记违法广告并通报", "enter and tell"), frozenset({"ad_refusal_due"}), joins=frozenset({"member"})
    ),
    "enter_ad_refusal": Service(enter_ad_refusal, Text("登记不予受理", "enter the refusal")),
    "check_ad_refusal": Service(check_ad_refusal, Text("核查限制登记", "look for a refusal"), frozenset({"ad_refused", "ad_refused_by"})),
    "open_fund_cases": Service(open_fund_cases, Text("分别移送与立案", "open what follows")),
    "share_results": Service(
        share_results, Text("通报运用结果", "share the results"), frozenset({"feedback_to"}), joins=frozenset({"recipient"})
    ),
    # reporting on a special action
    "ask_departments": Service(
        ask_departments,
        Text("通知各部门报送", "ask the departments"),
        frozenset({"report_departments", "departments_to_correct"}),
        joins=frozenset({"superior", "member"}),
    ),
    "name_part": Service(name_part, Text("确定填报内容", "name what to fill in"), frozenset({"part_function"})),
    "list_missing": Service(list_missing, Text("列出缺报部门", "list who is missing"), frozenset({"parts_missing", "missing_names"})),
    "merge_parts": Service(
        merge_parts,
        Text("汇总各部门数据", "merge the parts"),
        frozenset(
            {"summed_rows", "report_rows", "parts_missing", "parts_summary", "coverage_hospital", "coverage_nursing", "coverage_others"}
        ),
    ),
    "close_out": Service(close_out, Text("归档并通知", "close out and tell everybody")),
    # 行刑衔接: transfer, objection, follow-up, reverse transfer, violent resistance
    "assume_lead": Service(assume_lead, Text("确定办案机关", "who handles it"), joins=frozenset({"lead"})),
    "prepare_package": Service(
        prepare_package,
        Text("备齐移送材料", "prepare the package"),
        frozenset({"prior_decisions", "penalty_before_transfer", "penalty_given_on"}),
    ),
    "transfer_and_copy": Service(
        transfer_and_copy,
        Text("送达公安并抄送检察院", "hand over to the police, copy to the procuratorate"),
        frozenset({*EARLIER, "transfer_referred"}),
        values={**dict.fromkeys(EARLIER, (None,)), "transfer_referred": (False,)},
        joins=frozenset({"police", "procuratorate"}),
    ),
    "forward_to_police": Service(
        forward_to_police, Text("转送有管辖权的公安机关", "forward to the competent police"), joins=frozenset({"police"})
    ),
    "notify_declined": Service(notify_declined, Text("告知不属公安机关管辖", "say that it is not for the police")),
    "record_extension_claim": Service(
        record_extension_claim, Text("登记主张延长", "record that more time is claimed"), frozenset({"extension_claimed_days"})
    ),
    "notify_filing": Service(notify_filing, Text("通知立案决定", "tell the decision on filing")),
    "send_referral": Service(
        send_referral,
        Text("移送其他有关机关", "refer to another organ"),
        frozenset({"transfer_referred"}),
        joins=frozenset({"procuratorate"}),
    ),
    "send_demand": Service(send_demand, Text("要求说明不立案理由", "demand the reasons")),
    "send_filing_order": Service(send_filing_order, Text("送达通知立案书", "serve the order to file")),
    "escalate_to_upper_procuratorate": Service(
        escalate_to_upper_procuratorate, Text("报上一级检察院", "to the procuratorate above"), joins=frozenset({"upper_procuratorate"})
    ),
    "settle_objection": Service(
        settle_objection,
        Text("登记异议结果", "settle the objection"),
        frozenset({"objection_outcome"}),
        values={"objection_outcome": ("filed", "not_filed")},
    ),
    "settle_transfer": Service(
        settle_transfer,
        Text("登记移送结果", "settle the transfer"),
        frozenset({"transfer_outcome"}),
        values={"transfer_outcome": tuple(TRANSFER_OUTCOMES)},
    ),
    "open_criminal_followup": Service(open_criminal_followup, Text("另案跟踪刑事办理", "follow the criminal case as a case of its own")),
    "note_progress": Service(note_progress, Text("通报刑事办理进展", "tell the progress")),
    "send_assistance_request": Service(
        send_assistance_request, Text("送达协助函", "send the request for assistance"), joins=frozenset({"assisting"})
    ),
    "return_assistance": Service(return_assistance, Text("回复协助请求", "answer the request")),
    "settle_criminal": Service(
        settle_criminal, Text("登记刑事结果", "settle the criminal case"), frozenset({"criminal_outcome", "court_fine_imposed"})
    ),
    "measure_limitation": Service(
        measure_limitation, Text("计算处罚时效", "measure the limitation"), frozenset({"two_years_passed", "five_years_passed"})
    ),
    "send_return": Service(send_return, Text("退回移送机关", "send it back")),
    "send_reverse_reply": Service(send_reverse_reply, Text("回复处理结果", "reply on the result")),
    "alert_police": Service(alert_police, Text("通知公安和上级", "tell police and superior"), joins=frozenset({"police", "superior"})),
    "open_obstruction_case": Service(open_obstruction_case, Text("另案办理抗法行为", "a case of the obstruction")),
    "report_resumption": Service(report_resumption, Text("告知恢复调查", "tell that the investigation goes on")),
    "tell_stay": Service(tell_stay, Text("告知停留居留处理结果", "tell what became of the stay")),
    "tell_obstruction": Service(tell_obstruction, Text("告知抗法行为处理结果", "tell what became of the obstruction")),
    # ---------- penalties
    "check_filing": Service(
        check_filing,
        Text("核查追责时效与已有调查", "check limitation and what was investigated"),
        frozenset({"limitation_state", "limitation_ends_on", "investigated"}),
    ),
    "open_file": Service(open_file, Text("登记立案", "open the file"), frozenset({"case_filed_on"})),
    "suspect_crime": Service(
        suspect_crime,
        Text("登记涉嫌犯罪并锁定罚款", "note the suspicion, lock the fine"),
        frozenset(SUSPECTED),
        values={fact: (value,) for fact, value in SUSPECTED.items()},
    ),
    "prepare_notice": Service(
        prepare_notice,
        Text("拟定告知内容", "draw up the notice"),
        frozenset({"penalties_notified", "fine_notified", "party_statement", "hearing_request", "hearing_held", "chair_recusal"}),
    ),
    "note_hearing": Service(note_hearing, Text("登记听证结果", "note the hearing"), frozenset({"hearing_held"})),
    "prepare_review": Service(
        prepare_review,
        Text("调集案卷", "call up the file"),
        frozenset({"legal_opinion", "discussion_result"}),
        values={"legal_opinion": (None,), "discussion_result": (None,)},
    ),
    "note_decision": Service(note_decision, Text("登记决定", "note the decision"), frozenset({"penalty_decided_on"})),
    "note_transfer_decision": Service(note_transfer_decision, Text("登记移送决定", "note the decision to transfer")),
    "enter_penalty": Service(enter_penalty, Text("登记处罚台账", "enter the penalty in the register"), frozenset({"decision_number"})),
    "take_charge": Service(take_charge, Text("立案机关主办", "the filing agency takes charge"), joins=frozenset({"lead", "member"})),
    "assess_execution": Service(
        assess_execution,
        Text("核定应缴数额", "what is to be paid"),
        frozenset({"money_total", "money_due", "payment_state", "performance", "deferred_until"}),
    ),
    "compute_surcharge": Service(
        compute_surcharge, Text("计算加处罚款", "compute the surcharge"), frozenset({"surcharge", "surcharge_days"})
    ),
    "settle_execution": Service(settle_execution, Text("登记执行结果", "note the execution"), frozenset({"penalty_executed"})),
    "annul_penalty": Service(
        annul_penalty, Text("登记处罚撤销", "note the annulment"), frozenset({"penalty_annulled"}), values={"penalty_annulled": (True,)}
    ),
    "enter_summary_penalty": Service(
        enter_summary_penalty,
        Text("登记简易程序处罚", "enter a summary penalty"),
        frozenset({"decision_number", "penalty_decided_on", "penalty_summary"}),
    ),
    "collect_signers": Service(
        collect_signers, Text("确定会签单位", "who signs the publication"), frozenset({"publication_signers", "publication_route"})
    ),
    "tally_signatures": Service(tally_signatures, Text("汇总会签意见", "count the signatures"), frozenset({"publication_objected"})),
    "note_publication": Service(note_publication, Text("登记公示", "note the publication"), frozenset({"publicity_until"})),
    "note_credit": Service(note_credit, Text("登记信用推送", "note the push"), frozenset({"credit_until"})),
    # plan: clue, lead, plan, investigation, linked cases, earlier penalties
    "look_up_penalties": Service(
        look_up_penalties, Text("检索既往处罚", "search earlier penalties"), frozenset({"penalty_hits", "hits_to_confirm"})
    ),
    "count_prior_penalties": Service(
        count_prior_penalties,
        Text("统计计入的处罚", "count the penalties that count"),
        frozenset({"prior_effective_count", "prior_penalty_list", "prior_copies_missing"}),
    ),
    "compare_filings": Service(compare_filings, Text("比对立案先后", "compare the filings"), frozenset({"known_filings", "first_to_file"})),
    "send_for_opinion": Service(send_for_opinion, Text("送成员会签", "send for opinions"), frozenset({"opinions_asked_at"})),
    "stamp_opinion": Service(stamp_opinion, Text("注明会签时间", "note the time of the opinion"), frozenset({"opinion_given_at"})),
    "assign_directly": Service(assign_directly, Text("直接分工", "divide the work directly"), frozenset({"investigators"})),
    "take_alone": Service(take_alone, Text("自行查处", "handle alone"), frozenset({"members", "investigators"}), joins=frozenset({"lead"})),
    "apply_recusal": Service(apply_recusal, Text("登记回避", "enter a recusal"), frozenset({"recused_officers"})),
    "number_evidence": Service(number_evidence, Text("证据编号登记", "number the evidence"), frozenset({"evidence_items"})),
    "order_measures": Service(order_measures, Text("发起证据措施", "start measures on evidence")),
    "open_linked": Service(open_linked, Text("立另案、发通报", "open linked cases"), frozenset({"link_graph"})),
    "address_notice": Service(address_notice, Text("送达线索通报函", "deliver a notice"), joins=frozenset({"addressee"})),
    "address_request": Service(address_request, Text("送达协查函", "deliver a request"), joins=frozenset({"addressee"})),
}
TABLE |= described(TABLE)
