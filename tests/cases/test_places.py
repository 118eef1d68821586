"""The place decides who is proposed to lead, and how its clocks count; the same diagram runs everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.play import Play
from workflows.jurisdictions import load_jurisdiction
from workflows.rulebook import load_rulebook


def at(desk, key):
    """The same desk in another place."""
    here = load_jurisdiction(key)
    return replace(desk, place=here, rules=load_rulebook().of_place(here.clocks, here.holiday_counting.value))


@pytest.mark.parametrize(
    ("place", "matter", "lead"),
    [("demo", "drug_device", "MPA"), ("licheng", "drug_device", "AMR"), ("zibo", "drug_device", "HEALTH"), ("demo", "price", "AMR")],
)
def test_a_case_proposes_the_lead_of_its_place_with_that_places_clause(desk, people, place, matter, lead):
    case = Play.open(at(desk, place), people, matter=matter).reach("confirm_candidate")
    facts = case.facts()
    expected = load_jurisdiction(place).decided(
        "lead_agency", {"matter": matter}, {"lead_proposed": lead, "lead_clause": "", "members_proposed": []}
    )
    assert facts["lead_clause"] == expected["lead_clause"]
    candidate = {"MPA": "qinglan-mpa", "AMR": "qinglan-amr", "HEALTH": "qinglan-health"}[lead]
    assert case.page("confirm_candidate").data["lead_candidate"] == candidate


def test_a_case_runs_to_its_end_in_every_place(desk, people):
    for place in ("shanghai", "zhejiang"):
        case = Play.open(at(desk, place), people, classification="administrative").finish()
        assert case.status() == "closed", place
