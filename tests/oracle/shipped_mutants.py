"""Faults put into the bundles that ship."""

from __future__ import annotations

from tests.oracle.editing import attribute, both, condition, field, kind, out_of_lane, reroute, without, without_row
from tests.oracle.mutants import Mutant, Sign, files_of

NO_FINE, REVIEWED, ENTERED = "不得以罚代刑", "未经法制审核程序不得作出处罚决定", "处罚决定送达后登记入库"
COPIED, REFERRED, DECIDED = "移送必抄送检察机关", "移送其他机关的，同样抄送", "移送须经负责人审批"
ANSWERED, TRANSFERRED = "立案查办的，向线索来源反馈", "涉嫌犯罪的，移送或者由负责人说明理由不移送"


def rule(said: str, *elements: str) -> Sign:
    """A rule of `rules.yaml` is broken, at one of these steps."""
    return Sign("path_rule", elements, said)


def path(name: str, *elements: str, said: str = "") -> Sign:
    """What the oracle finds by itself."""
    return Sign(f"path_{name}", elements, said)


def transfer(fault: str, mutate, *, static: Sign | None = None, oracle: Sign | None = None) -> Mutant:
    return Mutant(fault, files_of("transfer"), mutate, static, oracle)


def penalty(fault: str, mutate, *, static: Sign | None = None, oracle: Sign | None = None) -> Mutant:
    return Mutant(fault, files_of("penalty"), mutate, static, oracle)


def joint(fault: str, mutate, *, static: Sign | None = None, oracle: Sign | None = None) -> Mutant:
    return Mutant(fault, files_of("joint_case"), mutate, static, oracle)


def whole(fault: str, mutate, *, static: Sign | None = None, oracle: Sign | None = None) -> Mutant:
    """A fault in the transfer, proved from the beginning of a penalty case, where only what a service gave has a part."""
    return Mutant(fault, files_of("penalty_case"), mutate, static, oracle)


def of(bundle: str, fault: str, mutate, *, static: Sign | None = None, oracle: Sign | None = None) -> Mutant:
    return Mutant(fault, files_of(bundle), mutate, static, oracle)


def plan(fault: str, mutate, *, static: Sign | None = None, oracle: Sign | None = None) -> Mutant:
    """A fault in the joint case's stage of the plan, which is proved as if it were the whole case."""
    return Mutant(fault, files_of("joint_case", "one_case_plan"), mutate, static, oracle)


TRANSFER = {
    "the gate of the head's decision is dropped and both its ways lead on": transfer(
        "a rule broken", both(attribute("criminal_transfer", "decide_transfer", gate=None), reroute("criminal_transfer", "flow_gw_transfer_merge_settle", "gw_receiver")),
        oracle=rule(DECIDED, "hand_over"),
    ),
    "the head's decision is read the wrong way round": transfer(
        "a rule broken", condition("criminal_transfer", "flow_gw_transfer_gw_receiver", 'transfer_decision != "approve"'), oracle=rule(DECIDED, "hand_over"),
    ),
    "the head's decision is passed by": transfer(
        "a stage passed by", reroute("criminal_transfer", "flow_verify_crime_decide_transfer", "gw_receiver"),
        static=Sign("unreachable", ("decide_transfer",)), oracle=rule(DECIDED, "hand_over"),
    ),
    "the package goes out by a service that sends no copy": transfer(
        "the copy to the procuratorate removed", attribute("criminal_transfer", "send", service="forward_to_police"), oracle=rule(COPIED),
    ),
    "nobody gave the procuratorate its part": whole(
        "wrong lane", attribute("criminal_transfer", "send", service="forward_to_police"), oracle=path("nobody", "receive_copy"),
    ),
    "the copy is received by the procuratorate above, which takes no part yet": whole(
        "wrong lane", attribute("transfer_receipt", "lane_proc", agency="upper_procuratorate"), oracle=path("nobody", "receive_copy"),
    ),
    "the package is received by an agency that assists, and none does": whole(
        "wrong lane", attribute("filing_review", "lane_officer", agency="assisting"), oracle=path("nobody", "receive_transfer"),
    ),
    "a copy is asked of the member where there is no branch": transfer(
        "member lane outside a branch", attribute("transfer_receipt", "lane_lead", agency="member"), oracle=path("nobody", "copy_penalty"),
    ),
    "a supplement is asked of the candidate, whom a transfer does not have": whole(
        "wrong lane", attribute("filing_review", "lane_lead", agency="candidate"), oracle=path("nobody", "supplement_package"),
    ),
    "declining does not stop the term of filing": transfer(
        "stopsClock dropped", attribute("filing_review", "decline_remit", stopsClock=None), oracle=path("open_clock", said="psb.filing "),
    ),
    "filing stops the first term only": transfer(
        "stopsClock dropped", attribute("filing_review", "decide_filing", stopsClock="psb.filing"), oracle=path("open_clock", said="psb.filing_supplemented"),
    ),
    "every review claims more time": transfer(
        "no end reached", condition("filing_review", "flow_gw_claim_record_claim", 'filing_review != "no such word"'), oracle=path("never_ends"),
    ),
    "what follows every claim of more time is not reached": transfer(
        "dead branch", condition("filing_review", "flow_gw_claim_record_claim", 'filing_review != "no such word"'), oracle=path("never_reached", "decide_filing"),
    ),
    "the roads before the settlement are joined": transfer(
        "deadlock", kind("criminal_transfer", "merge_settle", "parallelGateway"), static=Sign("parallel_block", ("merge_settle",)), oracle=path("waits_for_ever", "merge_settle"),
    ),
    "the roads of a branch are joined": transfer(
        "deadlock", kind("transfer_receipt", "merge_penalised", "parallelGateway"), static=Sign("parallel_block", ("split",)), oracle=path("waits_for_ever", "merge_penalised", "join"),
    ),
    "the split chooses one of three": transfer(
        "deadlock", both(kind("transfer_receipt", "split", "exclusiveGateway"), attribute("transfer_receipt", "split", default="flow_split_police_review"),
                         condition("transfer_receipt", "flow_split_receive_copy", "penalty_before_transfer"), condition("transfer_receipt", "flow_split_gw_penalised", "transfer_referred")),
        static=Sign("parallel_block", ("join",)), oracle=path("waits_for_ever", "join"),
    ),
    "the head can only refuse": transfer(
        "dead branch", condition("criminal_transfer", "flow_gw_transfer_gw_receiver", 'transfer_decision == "approved"'), oracle=path("never_reached", "prepare_package"),
    ),
    "a condition that contradicts the one before it": transfer(
        "dead branch", condition("criminal_transfer", "flow_gw_final_merge_filed", 'objection_outcome == "filed" and filing == "filed"'),
        oracle=path("never_reached", "flow_gw_final_merge_filed"),
    ),
    "two who sign at the same time write the same answer": transfer(
        "lost update", field("receive_copy", "copy_received_on", key="police_remit"), oracle=path("lost_update", "police_review", "receive_copy"),
    ),
    "the copy of the penalty is dated in the field of the other copy": transfer(
        "lost update", field("copy_penalty", "penalty_given_on", key="copy_received_on"), oracle=path("lost_update", "copy_penalty", "receive_copy"),
    ),
    "no default who receives": transfer(
        "missing default", attribute("criminal_transfer", "gw_receiver", default=None), static=Sign("no_default", ("gw_receiver",)),
    ),
    "the package is never sent": transfer(
        "the copy to the procuratorate removed", reroute("criminal_transfer", "flow_hand_over_send", "receipt"), static=Sign("unreachable", ("send",)), oracle=rule(COPIED),
    ),
    "a referral without the copy": transfer(
        "the copy to the procuratorate removed", reroute("criminal_transfer", "flow_refer_elsewhere_send_referral", "merge_back"),
        static=Sign("unreachable", ("send_referral",)), oracle=rule(REFERRED, "refer_elsewhere"),
    ),
    "a referral by another service": transfer(
        "the copy to the procuratorate removed", attribute("criminal_transfer", "send_referral", service="send_return"), oracle=rule(REFERRED, "refer_elsewhere"),
    ),
    "a service that there is none": transfer("unknown service", attribute("criminal_transfer", "settle", service="settle_it"), static=Sign("unknown_service", ("settle",))),
    "a task in no lane": transfer("task without lane", out_of_lane("criminal_transfer", "hand_over_items"), static=Sign("task_without_lane", ("hand_over_items",))),
    "a decision that is not asked for": transfer(
        "dead branch", field("decide_transfer", "transfer_decision", gone=True), static=Sign("condition_unknown_fact", ("flow_gw_transfer_gw_receiver",)),
    ),
    "the road back to the reception is gone": transfer(
        "dropped flow", without("filing_review", "flow_forward_merge_receive"), static=Sign("leads_nowhere", ("forward",)),
    ),
    "the police who decline are asked again for ever": transfer(
        "no end reached", both(reroute("filing_review", "flow_gw_jurisdiction_decline_remit", "forward_transfer"), without("filing_review", "decline_remit"), without("filing_review", "tell_declined"), without("filing_review", "end_declined"), without("filing_review", "flow_decline_remit_tell_declined"), without("filing_review", "flow_tell_declined_end_declined"), condition("filing_review", "flow_gw_jurisdiction_forward_transfer", 'police_remit != "no such word"')),
        oracle=path("never_ends"),
    ),
}  # fmt: skip
PENALTY = {
    "the gate of the decision is dropped": penalty(
        "fine allowed after hand-over", attribute("administrative_penalty", "decide_penalty", gate=None), oracle=rule(NO_FINE, "decide_penalty"),
    ),
    "another gate on the decision": penalty(
        "fine allowed after hand-over", attribute("administrative_penalty", "decide_penalty", gate="penalty_notice"), oracle=rule(NO_FINE, "decide_penalty"),
    ),
    "the review is prepared by another service": penalty(
        "a rule broken", attribute("penalty_review", "prepare_review", service="prepare_notice"), oracle=rule(REVIEWED, "decide_penalty"),
    ),
    "the review is passed by": penalty(
        "a stage passed by", reroute("administrative_penalty", "flow_merge_review_stage_review", "gw_review"),
        static=Sign("unreachable", ("stage_review",)), oracle=rule(REVIEWED, "decide_penalty"),
    ),
    "what is served is entered nowhere": penalty(
        "a rule broken", attribute("administrative_penalty", "enter_penalty", service="note_decision"), oracle=rule(ENTERED, "serve_decision"),
    ),
    "a decision does not end its term": penalty(
        "stopsClock dropped", attribute("administrative_penalty", "note_decision", stopsClock=None), oracle=path("open_clock", said="penalty.decide"),
    ),
    "a transfer does not end the term of the decision": penalty(
        "stopsClock dropped", attribute("administrative_penalty", "note_transfer_decision", stopsClock=None), oracle=path("open_clock", said="penalty.decide"),
    ),
    "a table has no row for what is punished without a hearing": penalty(
        "removed row", without_row("hearing_right", "false"), oracle=path("never_reached", "notify_party"),
    ),
    "a table has no row for what needs no review": penalty(
        "removed row", without_row("legal_review_needed", "false"), oracle=path("never_reached", "flow_gw_review_needed_merge_reviewed"),
    ),
    "the right to a hearing contradicts itself": penalty(
        "dead branch", condition("penalty_notice", "flow_gw_right_notify_hearing_right", "hearing_right and not hearing_right"),
        oracle=path("never_reached", "notify_hearing_right"),
    ),
    "the roads of the statement are joined": penalty(
        "deadlock", kind("penalty_notice", "merge_heard", "parallelGateway"), static=Sign("parallel_block", ("merge_heard",)), oracle=path("waits_for_ever", "merge_heard"),
    ),
}  # fmt: skip
JOINT = {
    "the source is not asked for": joint(
        "feedback stage bypassed", attribute("case_feedback", "collect", service="share_results"), oracle=rule(ANSWERED),
    ),
    "the feedback is passed by": joint(
        "feedback stage bypassed", reroute("joint_case", "flow_propose_supervision_stage_feedback", "end_closed"), static=Sign("unreachable", ("stage_feedback",)), oracle=rule(ANSWERED),
    ),
    "a crime goes the way of what is nothing": joint(
        "a rule broken", condition("joint_case", "flow_gw_classification_merge_feedback", 'classification in ["none", "crime"]'), oracle=rule(TRANSFERRED),
    ),
    "a case that is both is only punished": joint(
        "a rule broken", condition("case_handling", "flow_gw_crime_stage_transfer", 'classification == "crime"'), oracle=rule(TRANSFERRED),
    ),
    "a gate that there is none": joint("unknown gate", attribute("joint_case", "classify", gate="classifies"), static=Sign("unknown_gate", ("classify",))),
    "a stage that there is none": joint("unknown call", attribute("joint_case", "stage_links", calledElement="links"), static=Sign("unknown_call", ("stage_links",))),
    "no lead is proposed for touts": joint("removed row", without_row("lead_agency", '"PSB"'), oracle=path("stops", said="lead_agency")),
    "the plan is signed by the member where there is no branch": plan(
        "member lane outside a branch", attribute("one_case_plan", "lane_head", agency="member"), oracle=path("nobody", "decide_plan_need"),
    ),
    "a plan is returned for ever": plan(
        "no end reached", condition("one_case_plan", "flow_gw_signed_merge_revise", 'plan_decision != "no such word"'), oracle=path("never_ends"),
    ),
    "an objection is never heard": plan(
        "dead branch", condition("one_case_plan", "flow_gw_revise_merge_revise", 'objection_handling == "revise" and not plan_objected'),
        oracle=path("never_reached", "flow_gw_revise_merge_revise"),
    ),
    "no default whether a plan is needed": plan(
        "missing default", attribute("one_case_plan", "gw_plan_need", default=None), static=Sign("no_default", ("gw_plan_need",)),
    ),
}  # fmt: skip
OTHERS = {
    "the scene and the injury are written by both": of(
        "violent_resistance", "lost update", field("record_injury", "hospital", key="scene_measures"), oracle=path("lost_update"),
    ),
    "the call of the police names them to nobody": of(
        "violent_resistance", "wrong lane", attribute("resistance_response", "lane_police", agency="assisting"), oracle=path("nobody", "attend_scene"),
    ),
    "the term of the report outlives the case": of(
        "violent_resistance", "stopsClock dropped", attribute("resistance_response", "report_upward", stopsClock=None), oracle=path("open_clock", said="violence.report"),
    ),
    "a branch goes on without the other": of(
        "violent_resistance", "lack of synchronisation", kind("resistance_response", "join", "exclusiveGateway"), static=Sign("parallel_block", ("split",)),
    ),
    "an order that is satisfied is asked for again": of(
        "supervision", "no end reached", both(condition("supervision", "flow_gw_assessed_close_order", 'assessment == "satisfied" and reply_kind == "extension"'), condition("supervision", "flow_gw_next_refer", 'assessment == "no such word"')),
        oracle=path("never_ends"),
    ),
    "a report that closes leaves its term running": of(
        "campaign_report", "stopsClock dropped", attribute("campaign_report", "file_summary", stopsClock=None), oracle=path("open_clock", said="report.due"),
    ),
    "a statutory clock decides": plan(
        "a clock that decides", attribute("one_case_plan", "silence", clock="transfer.decide"), static=Sign("statutory_timer_decides", ("silence",)),
    ),
    "coverage has a gap": of("campaign_report", "removed row", without_row("coverage", "true"), oracle=path("stops", said="coverage")),
    "the exceptions of a publication have a gap": of(
        "publication", "removed row", without_row("publication_exception", '"withhold"'), oracle=path("never_reached", "approve_withholding"),
    ),
    "the road of the market regulator is the only one": of(
        "publication", "dead branch", condition("publication", "flow_gw_route_publish_amr", 'publication_route == "amr" or publication_route != "amr"'),
        oracle=path("never_reached", "publish_double"),
    ),
    "the upper procuratorate is asked before it has a part": whole(
        "wrong lane", attribute("filing_supervision", "escalate", service="send_demand"), oracle=path("nobody", "upper_review"),
    ),
}  # fmt: skip
SHIPPED_MUTANTS = {**TRANSFER, **PENALTY, **JOINT, **OTHERS}
