"""Every outcome of every gateway of every shipped process, on the real engine with the real handlers: all of them end.

Each process is walked alone through every answer that routes it, in every order of those who are waited for at once; its stages,
which are walked alone too, by the answers that give their exits. No state is stuck, from every state an end can be reached, and
together the walks go over every element and every flow of every diagram, those behind news and timer events included. Other clocks
are no part of these walks because they never move a case (`test_clock_runs_out`).
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.engine.models import YES_NO, model
from tests.factories.diagrams import bundle as bundle_of_files
from tests.factories.diagrams import diagram, form
from tests.factories.exploring import explore
from tests.factories.routing import elements_and_flows
from tests.factories.shipped import LEAD, bundle, walk_of
from tests.factories.walks import Walk
from workflows.engine.bundle import read_bundle
from workflows.rulebook import shipped_bundles

MAX_STATES = 20_000
SUMS = {"hearing_fine_from": 50_000, "hearing_confiscation_from": 50_000, "discussion_fine_from": 100_000}
EITHER = {
    "case_handling": tuple({"classification": chosen} for chosen in ("administrative", "crime", "both")),
    "lead_designation": ({}, {"triage": "dispute"}),
    "prior_penalty_check": ({}, {"matter": "medical_ad"}),
    "seizure": ({}, {"seizure_urgency": "urgent"}),
    "transfer_receipt": ({"penalty_before_transfer": True}, {"penalty_before_transfer": False}),
    "resistance_response": ({"injured": "yes"}, {"injured": "no"}),
    "administrative_penalty": ({}, {"findings_summary": ["联合调查结果"]}),
    "penalty_notice": tuple({**SUMS, "handling": "punish", "penalties": kinds} for kinds in (["warning"], ["revoke_licence"])),
    "penalty_review": tuple(
        {**SUMS, "handling": "punish", "penalties": kinds, "case_complexity": nature}
        for kinds in (["warning"], ["revoke_licence"])
        for nature in ("ordinary", "public_interest")
    ),
    "penalty_execution": ({"fine_decided": 0}, {"fine_decided": 20_000, "served_on": "2026-01-05"}),
}
"""Processes whose road is decided by what an earlier stage left: each of these is a beginning."""
PENALTY = {
    "subject_kind": ["institution"], "case_complexity": ["ordinary", "public_interest"], "penalties": [["warning"]], "fine_amount": [0],
    "party_statement": ["none"], "objection": ["accept"], "material_complete": ["yes"],
}  # fmt: skip
ONE_PENALTY = {
    **PENALTY, "case_filing": ["file", "not_file"], "case_complexity": ["ordinary"], "handling": ["punish", "no_penalty"],
    "legal_opinion": ["pass"], "penalty_decision": ["impose", "exempt"], "police_remit": ["own"], "filing_review": ["ready"],
    "objection": ["accept", "reconsider"], "still_objects": ["no"],
}  # fmt: skip
PUBLISHED = {
    "publication_matter": ["publish"], "publication_opinion": ["agree"], "publication_approval": ["approve"], "subject_kind": ["institution"],
    "publicity_grade": ["ordinary"], "exception_ground": ["none"], "credit_matter": ["push"], "credit_conduct": ["ordinary"],
    "payment_state": ["paid"],
}  # fmt: skip
CLUE = {
    "clue_source": ["routine_check"], "matter": ["illegal_practice"], "reporter_wants_answer": ["yes"], "receipt": ["accepted"],
    "confirmed_hits": [[]], "region_query": ["no"], "practitioner_qualification": ["unknown"], "lead_answer": ["accept"],
    "subject_specialty": ["general"], "past_violation": ["none"], "risk_level": ["ordinary"], "harm_consequence": ["none"],
}  # fmt: skip
PLAN = {"plan_need": ["plan"], "opinion": ["agree"], "objection_handling": ["overrule"], "plan_decision": ["approve"]}
VISIT = {
    "conflict_reported": ["none"], "visit_outcome": ["done"], "recusal_applied": ["no"], "further_collection": ["none"],
    "finding": ["violation"], "crime_signs": ["yes"],
}  # fmt: skip
STAGED = {
    "administrative_penalty": PENALTY,
    "case_handling": ONE_PENALTY,
    "joint_case": {**CLUE, **PLAN, **VISIT, "links_found": ["none"], **ONE_PENALTY, "penalty_given": ["no"], **PUBLISHED},
    "joint_investigation": VISIT,
    "penalty_aftermath": {
        "subject_kind": ["institution"],
        "publicity_grade": ["ordinary"],
        "exception_ground": ["none", "public_interest"],
    },
    "penalty_case": {**PENALTY, "case_complexity": ["ordinary"], **PUBLISHED, "exception_ground": ["none", "public_interest"]},
    "publication": {"subject_kind": ["institution"], "publicity_grade": ["ordinary"]},
    "reverse_transfer": ONE_PENALTY,
}
"""Processes whose stages are walked alone as well: here each stage by the answers that give its exits."""

LEADS = {"publication": ("qinglan-health", "qinglan-amr")}
"""Processes whose road depends on the function of the lead."""
WITH_EVENTS = (
    "an event gateway in a loop",
    "an event gateway in a parallel block in a loop",
    "tasks in turn, with events, in a loop with other items each round",
    "subprocesses within subprocesses that hear the same news",
    "roads beside the main one, with gateways that several tokens stand on",
)


PROCESSES = [(name, process) for name in shipped_bundles() for process in bundle(name).diagrams if "/" not in bundle(name).sources[process]]


@pytest.mark.parametrize(("name", "process"), PROCESSES, ids=[process for _, process in PROCESSES])
def test_every_path_ends_and_together_they_go_over_every_element_and_flow(name, process):
    everything = {pair for pair in elements_and_flows(bundle(name)) if pair[0] == process}
    places = set()
    for before, lead in product(EITHER.get(process, ({},)), LEADS.get(process, (LEAD,))):
        found = explore(walk_of(name, process, before, lead=lead), MAX_STATES, usual=STAGED.get(process))
        assert found.dead_ends == []
        assert found.endless == []
        assert found.ends > 0
        places |= found.places
    assert everything - places == set(), "no path goes here"


@pytest.mark.parametrize("name", WITH_EVENTS)
def test_the_walk_goes_over_news_and_timers(name):
    found = explore(model(name).walk(), MAX_STATES)
    assert found.dead_ends == []
    assert found.endless == []
    assert found.ends > 0
    assert set(elements_and_flows(model(name).bundle)) - found.places == set()


def small(text: str) -> Walk:
    files = bundle_of_files("p", {"p": diagram("p", text)}, forms={"f": form({"key": "again", **YES_NO})})
    return Walk(read_bundle(files), {})


def test_a_diagram_without_an_end_would_be_found():
    """The walk itself can fail: a condition that nothing satisfies leaves only the loop, and no path of it ends."""
    ends = "start s\nxor m\nuser a form=f\nxor g\nend e\ns > m > a > g\ng > e : {condition}\ng > m"
    assert explore(small(ends.format(condition='again == "never"')), MAX_STATES).ends == 0
    assert explore(small(ends.format(condition='again == "no"')), MAX_STATES).ends > 0


def test_a_loop_beside_a_road_to_the_end_would_be_found():
    """Some walks end, others go round for ever: what is answered in the loop never leads out of it."""
    text = 'start s\nuser a form=f\nxor g\nxor m\nuser b form=f\nend e\ns > a > g\ng > m : again == "yes"\ng > e\nm > b\nb > m'
    found = explore(small(text), MAX_STATES)
    assert found.ends > 0
    assert found.endless


def test_a_parallel_block_that_waits_for_a_road_not_taken_would_be_found():
    """A join behind a choice waits for ever for the road that was not chosen; the walk says that nobody is waited for."""
    text = (
        "start s\nand split\nuser a form=f\nxor g\nand join\nend e\nend other\ns > split > a > join > e\n"
        'split > g\ng > join : again == "yes"\ng > other'
    )
    assert explore(small(text), MAX_STATES).dead_ends
