"""What a diagram may call: TABLE is the whole list, one file per service.

A handler gets a frozen call and returns a frozen result; it holds no session and does nothing that cannot be undone. What it wants
written or sent, it says in its result, and the step writes it.
"""

from handlers.appoint_lead import appoint_lead
from handlers.ask_determiner import ask_determiner
from handlers.check_ad_refusal import check_ad_refusal
from handlers.check_duplicates import check_duplicates
from handlers.close_out import close_out
from handlers.collect_disposals import collect_disposals
from handlers.collect_recipients import collect_recipients
from handlers.count_ads import count_ads
from handlers.enter_ad_refusal import enter_ad_refusal
from handlers.enter_ad_violation import enter_ad_violation
from handlers.invite_candidate import invite_candidate
from handlers.issue_plan import issue_plan
from handlers.list_information import list_information
from handlers.merge_findings import merge_findings
from handlers.nominate_lead import nominate_lead
from handlers.open_fund_cases import open_fund_cases
from handlers.refer_accountability import refer_accountability
from handlers.settle_transfer import settle_transfer
from handlers.share_results import share_results
from handlers.tally_opinions import tally_opinions
from handlers.tally_receipts import tally_receipts
from handlers.transfer_and_copy import transfer_and_copy
from workflows.contracts import Service, Text

TABLE: dict[str, Service] = {
    "check_duplicates": Service(check_duplicates, Text("查重与关联", "find duplicates and related cases"), frozenset({"related_cases"})),
    "tally_receipts": Service(tally_receipts, Text("汇总签收", "count the receipts"), frozenset({"receipts_rejected"})),
    "nominate_lead": Service(nominate_lead, Text("提名牵头机关", "nominate the lead"), frozenset({"lead_candidate", "members"})),
    "invite_candidate": Service(invite_candidate, Text("征询拟牵头机关", "ask the candidate"), frozenset()),
    "appoint_lead": Service(appoint_lead, Text("确定牵头机关", "appoint the lead"), frozenset({"members"})),
    "tally_opinions": Service(tally_opinions, Text("汇总成员意见", "count the opinions"), frozenset({"plan_objected", "opinions_summary"})),
    "issue_plan": Service(issue_plan, Text("印发方案", "issue the plan"), frozenset({"investigators", "plan_version"})),
    "merge_findings": Service(
        merge_findings, Text("汇总调查结果", "merge the findings"), frozenset({"findings_summary", "violation_found", "crime_signs_found"})
    ),
    "transfer_and_copy": Service(
        transfer_and_copy, Text("送达公安并抄送检察院", "hand over to the police, copy to the procuratorate"), frozenset()
    ),
    "settle_transfer": Service(settle_transfer, Text("登记移送结果", "settle the transfer"), frozenset({"transfer_outcome"})),
    "collect_recipients": Service(collect_recipients, Text("确定反馈对象", "collect whom to answer"), frozenset({"feedback_to"})),
    "refer_accountability": Service(refer_accountability, Text("建议追责问责", "propose accountability"), frozenset()),
    "ask_determiner": Service(ask_determiner, Text("送行业主管部门研判", "ask the competent department"), frozenset()),
    "list_information": Service(list_information, Text("逐条转送处置", "forward each item"), frozenset({"information_items"})),
    "collect_disposals": Service(collect_disposals, Text("汇总处置结果", "collect the results"), frozenset({"disposal_summary"})),
    "count_ads": Service(
        count_ads,
        Text("统计两年内违法次数", "count violations of two years"),
        frozenset({"ad_count_acts", "ad_count_decisions", "ad_earlier"}),
    ),
    "enter_ad_violation": Service(enter_ad_violation, Text("登记违法广告并通报", "enter and tell"), frozenset({"ad_refusal_due"})),
    "enter_ad_refusal": Service(enter_ad_refusal, Text("登记不予受理", "enter the refusal"), frozenset()),
    "check_ad_refusal": Service(check_ad_refusal, Text("核查限制登记", "look for a refusal"), frozenset({"ad_refused", "ad_refused_by"})),
    "open_fund_cases": Service(open_fund_cases, Text("分别移送与立案", "open what follows"), frozenset()),
    "share_results": Service(share_results, Text("通报运用结果", "share the results"), frozenset({"feedback_to"})),
    "close_out": Service(close_out, Text("归档并通知", "close out and tell everybody"), frozenset()),
}
