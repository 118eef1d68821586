"""A case may be transferred twice (the legal reviewer finds another crime): the second outcome is its own (令310 第八至十条)."""

from __future__ import annotations

import pytest

from handlers import TABLE
from tests.factories.routing import files_of
from tests.factories.walks import Walk
from workflows.engine.bundle import read_bundle
from workflows.facts import Facts

REFERRED = {"transfer_referred": True, "transfer_outcome": "referred"}
SUPERVISED = {
    "filing": "not_filed", "objection": "supervise", "proc_opinion": "notify_file", "notice_result": "filed",
    "objection_outcome": "filed", "transfer_outcome": "filed",
}  # fmt: skip
TO_THE_POLICE = {
    "verify_crime": {"transfer_receiver": "police", "penalty_given": "no"},
    "decide_transfer": {"transfer_decision": "approve"},
    "receive_transfer": {"police_remit": "own", "material_complete": "yes"},
    "review_filing": {"filing_review": "ready"},
    "choose_objection": {"objection": "supervise"},
    "review_non_filing": {"proc_opinion": "notify_file"},
    "record_correction": {"correction_result": "ignored"},
    "upper_review": {"upper_result": "not_filed"},
}


def outcome_of(answers, earlier):
    """What a transfer comes to that is answered so, in a case that knows `earlier`; nobody answers to an order to file."""
    walk = Walk.of(
        read_bundle(files_of("transfer")),
        {key: service.call for key, service in TABLE.items()},
        takes_part={"receiving": "qinglan-health", "lead": "qinglan-health"},
        facts=Facts({"": dict(earlier)}),
    )
    while not walk.running.closed:
        if ("filing_supervision", "file_on_notice", "") in walk.waits():
            walk.move(len(walk.people()), {})
        else:
            walk.answer(0, {**TO_THE_POLICE, **answers}.get(walk.people()[0].element.id, {}))
    return walk.known()[""]["transfer_outcome"]


@pytest.mark.parametrize("earlier", [{}, REFERRED, SUPERVISED], ids=["first", "referred before", "ordered before"])
@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"decide_filing": {"filing": "filed"}}, "filed"),
        ({"decide_filing": {"filing": "not_filed"}, "choose_objection": {"objection": "accept"}}, "not_filed"),
        ({"decide_filing": {"filing": "not_filed"}}, "not_filed"),
        ({"receive_transfer": {"police_remit": "not_police"}}, "referred"),
        ({"verify_crime": {"transfer_receiver": "supervisory"}}, "referred"),
        ({"decide_transfer": {"transfer_decision": "reject"}}, "rejected"),
    ],
    ids=["filed", "accepted", "order ignored", "not for the police", "supervisory organ", "rejected"],
)
def test_what_comes_of_a_transfer_does_not_depend_on_an_earlier_one(answers, outcome, earlier):
    assert outcome_of(answers, earlier) == outcome
