"""The law as gates (design §6): what must hold before a task may be completed, whichever door the completion comes through.

A diagram names a gate on a task (`onecase:gate`); the gate looks at the case and either lets the completion pass or raises an
error that quotes the article. One file for each part of the law.
"""

from collections.abc import Callable

from workflows.gates.advertising import ad_review
from workflows.gates.attempt import Attempt, Colleague
from workflows.gates.classification import classification
from workflows.gates.closing import closing
from workflows.gates.clue import reporter_masked, triage_choice
from workflows.gates.execution import penalty_demand_over, penalty_enforcement, penalty_payment
from workflows.gates.hearing import CHAIR_ARTICLE, hearing_arranged, hearing_chaired, hearing_notified, hearing_request
from workflows.gates.information import determination, determined_first
from workflows.gates.investigation import MEASURE_ARTICLE, OFFICERS_ARTICLE, measure_approval, not_recused, two_officers
from workflows.gates.linked import linked_parties, notice_addressee, request_addressee
from workflows.gates.penalty import (
    FINES,
    REVIEW_ARTICLE,
    fine_barred,
    legal_review,
    penalty_decision,
    penalty_filing,
    penalty_notice,
    penalty_proposal,
    penalty_recheck,
    penalty_service,
    transfer_due,
)
from workflows.gates.publication import credit_repair, publication_targets, publication_text
from workflows.gates.reporting import partial_report, report_part, report_period, report_table
from workflows.gates.resistance import resume_investigation
from workflows.gates.reverse import reverse_decision
from workflows.gates.summary import summary_penalty
from workflows.gates.transfer import (
    HEAD_ARTICLE,
    police_forwarding,
    transfer_decision,
    transfer_package,
    transfer_receipt,
    transfer_supplement,
)

Gate = Callable[[Attempt], None]

GATES: dict[str, Gate] = {
    "ad_review": ad_review,
    "two_officers": two_officers,
    "transfer_decision": transfer_decision,
    "transfer_package": transfer_package,
    "transfer_receipt": transfer_receipt,
    "transfer_supplement": transfer_supplement,
    "police_forwarding": police_forwarding,
    "reverse_decision": reverse_decision,
    "resume_investigation": resume_investigation,
    "penalty_filing": penalty_filing,
    "penalty_proposal": penalty_proposal,
    "penalty_notice": penalty_notice,
    "penalty_recheck": penalty_recheck,
    "penalty_decision": penalty_decision,
    "penalty_service": penalty_service,
    "legal_review": legal_review,
    "hearing_request": hearing_request,
    "hearing_arranged": hearing_arranged,
    "hearing_notified": hearing_notified,
    "hearing_chaired": hearing_chaired,
    "penalty_payment": penalty_payment,
    "penalty_demand_over": penalty_demand_over,
    "penalty_enforcement": penalty_enforcement,
    "summary_penalty": summary_penalty,
    "publication_text": publication_text,
    "publication_targets": publication_targets,
    "credit_repair": credit_repair,
    "closing": closing,
    "reporter_masked": reporter_masked,
    "triage_choice": triage_choice,
    "measure_approval": measure_approval,
    "linked_parties": linked_parties,
    "notice_addressee": notice_addressee,
    "request_addressee": request_addressee,
    "classification": classification,
    "determination": determination,
    "determined_first": determined_first,
    "report_period": report_period,
    "report_part": report_part,
    "report_table": report_table,
    "partial_report": partial_report,
}
ENSURED = {
    "penalty_decision": (
        'not (penalty_decision == "impose" and penalties_decided is not None and "fine" in penalties_decided and classification in ["crime", "both"]'
        ' and transfer_outcome not in ["rejected", "not_filed"] and not criminal_outcome)'
    ),
}
"""What holds whenever a step has passed the gate, as a condition over facts: the path oracle takes no road that the gate closes."""
ARTICLES = {
    "transfer_decision": HEAD_ARTICLE,
    "two_officers": OFFICERS_ARTICLE,
    "legal_review": REVIEW_ARTICLE,
    "hearing_chaired": CHAIR_ARTICLE,
    "measure_approval": MEASURE_ARTICLE,
}
"""The article to quote when a role is refused at a gated task."""

__all__ = ["ARTICLES", "ENSURED", "FINES", "GATES", "Attempt", "Colleague", "Gate", "fine_barred", "not_recused", "transfer_due"]
