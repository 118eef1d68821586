"""What the law leaves to the place in a penalty: the larger sums, and for how long a bad record is disclosed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.routing import files_of
from workflows.engine.bundle import read_bundle
from workflows.jurisdiction import CREDIT_TABLE, SUMS_TABLE, Setting
from workflows.jurisdictions import load_jurisdiction

TABLES = read_bundle(files_of("penalty_case")).tables
SUMS = ("hearing_sum_person", "hearing_sum_entity", "discussion_sum")


def decided(place, table, facts):
    return place.decided(table, facts, TABLES[table].decide(facts))


@pytest.mark.parametrize("place", ["shandong", "shanghai", "zhejiang", "demo"])
def test_every_place_says_that_its_larger_sums_are_still_to_be_confirmed(place):
    settings = load_jurisdiction(place).settings
    assert all(settings[name].to_be_confirmed for name in SUMS)


@pytest.mark.parametrize(("kind", "sum_of_place"), [("person", 2_000), ("institution", 30_000), (None, 30_000)])
def test_a_places_own_sums_decide_who_has_a_right_to_a_hearing(kind, sum_of_place):
    here = load_jurisdiction("shandong")
    own = {"hearing_sum_person": Setting(2_000, "本地规定"), "hearing_sum_entity": Setting(30_000, "本地规定")}
    place = replace(here, settings={**here.settings, **own})
    known = decided(place, SUMS_TABLE, {"subject_kind": kind})
    assert (known["hearing_fine_from"], known["discussion_fine_from"]) == (sum_of_place, 100_000)
    told = {"penalties": ["fine"], "confiscated_amount": 0, **known}
    assert TABLES["hearing_right"].decide({**told, "fine_amount": sum_of_place})["hearing_right"] is True
    assert TABLES["hearing_right"].decide({**told, "fine_amount": sum_of_place - 1})["hearing_right"] is False


def test_a_place_without_sums_of_its_own_keeps_those_of_the_table():
    here = load_jurisdiction("shandong")
    place = replace(here, settings={name: row for name, row in here.settings.items() if name not in SUMS})
    assert decided(place, SUMS_TABLE, {"subject_kind": "person"})["hearing_fine_from"] == 5_000


def test_a_bad_record_is_disclosed_for_the_years_of_the_place():
    here = load_jurisdiction("shandong")
    place = replace(here, settings={**here.settings, "credit_years": Setting(3, "本地规定")})
    facts = {"credit_matter": "push", "credit_conduct": "ordinary", "subject_kind": "company"}
    assert decided(here, CREDIT_TABLE, facts)["credit_months"] == 60
    assert decided(place, CREDIT_TABLE, facts)["credit_months"] == 36
    assert decided(place, CREDIT_TABLE, {**facts, "subject_kind": "person"})["credit_months"] == 0
