"""The place decides who is proposed to lead, and how its clocks count; the same diagram runs everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.play import Play
from workflows import cases
from workflows.errors import NotFound
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


def test_a_place_without_a_process_neither_offers_nor_opens_it(desk, people):
    elsewhere = replace(desk, place=replace(desk.place, processes={**desk.place.processes, "joint_case": False}))
    assert "joint_case" in {row.key for row in cases.startable(desk, people["health.intake"])}
    assert "joint_case" not in {row.key for row in cases.startable(elsewhere, people["health.intake"])}
    with pytest.raises(NotFound):
        Play.open(elsewhere, people)
    assert Play.open(desk, people).elements() == ["register_clue"]


@pytest.mark.parametrize(("where", "runs"), [("shandong", True), ("demo", True), ("shanghai", False)])
def test_a_clock_of_another_place_does_not_start(desk, people, where, runs):
    rules = {**desk.rules.rules, "clue.register": replace(desk.rules.rules["clue.register"], jurisdictions=("shandong",))}
    here = replace(desk, place=load_jurisdiction(where), rules=replace(desk.rules, rules=rules))
    assert (Play.open(here, people).task("register_clue").due_at is not None) is runs


def test_a_case_runs_to_its_end_in_every_place(desk, people):
    for place in ("shanghai", "zhejiang"):
        case = Play.open(at(desk, place), people, classification="administrative").finish()
        assert case.status() == "closed", place
