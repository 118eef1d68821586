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
from workflows.gates.information import determination, determined_first
from workflows.gates.investigation import MEASURE_ARTICLE, OFFICERS_ARTICLE, measure_approval, not_recused, two_officers
from workflows.gates.linked import linked_parties, notice_addressee, request_addressee
from workflows.gates.penalty import FINES, REVIEW_ARTICLE, legal_review, penalty_decision, penalty_locked, transfer_due
from workflows.gates.resistance import resume_investigation
from workflows.gates.reverse import reverse_decision
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
    "penalty_decision": penalty_decision,
    "legal_review": legal_review,
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
}
ARTICLES = {
    "transfer_decision": HEAD_ARTICLE,
    "two_officers": OFFICERS_ARTICLE,
    "legal_review": REVIEW_ARTICLE,
    "measure_approval": MEASURE_ARTICLE,
}
"""The article to quote when a role is refused at a gated task."""

__all__ = ["ARTICLES", "FINES", "GATES", "Attempt", "Colleague", "Gate", "not_recused", "penalty_locked", "transfer_due"]
