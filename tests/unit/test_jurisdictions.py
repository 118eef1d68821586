"""Each place as its document has it: who leads what, what it calls things, its settings; a wrong file is refused by file and key."""

from __future__ import annotations

import re

import pytest
import yaml

from tests.factories.routing import files_of
from workflows.clock_rules import NO_ROLL, ROLL
from workflows.contracts import Text
from workflows.engine.bundle import read_bundle
from workflows.functions import FUNCTION_NAMES
from workflows.jurisdiction import LEAD_TABLE
from workflows.jurisdictions import (
    SETTINGS,
    JurisdictionError,
    load_jurisdiction,
    read_jurisdiction,
    shipped_jurisdictions,
)
from workflows.matters import MATTERS
from workflows.rulebook import load_rulebook, shipped_bundles

TABLE = read_bundle(files_of("joint_case")).tables[LEAD_TABLE]
PLACES = shipped_jurisdictions()
PLAN = Text("联合执法方案", "joint enforcement plan")
HEALTH, AMR, MPA, HSA, CAC, PSB, ECO, APPR, RTV, COMM = "HEALTH", "AMR", "MPA", "HSA", "CAC", "PSB", "ECO", "APPR", "RTV", "COMM"

# The responsibility rows of the seed documents that are about an enforceable matter, apart from the files: place, clause → matter, lead.
ROWS = [
    # 山东 (鲁卫医监字〔2024〕1号)
    ("shandong", "SD-1.4", "audit_lead", HEALTH), ("shandong", "SD-2.1", "licence_scope", HEALTH), ("shandong", "SD-2.2", "illegal_practice", HEALTH),
    ("shandong", "SD-2.3", "medical_ad", AMR), ("shandong", "SD-2.3", "harmful_info", CAC), ("shandong", "SD-2.4", "touts", PSB),
    # 上海 (沪卫监督〔2024〕37号)
    ("shanghai", "SH-6", "random_inspection", HEALTH), ("shanghai", "SH-7", "licence_scope", HEALTH), ("shanghai", "SH-8", "illegal_practice", HEALTH),
    ("shanghai", "SH-9", "medical_ad", AMR), ("shanghai", "SH-9", "harmful_info", CAC), ("shanghai", "SH-10", "touts", PSB),
    ("shanghai", "SH-10", "internet_care", HEALTH), ("shanghai", "SH-7", "fund_fraud", HSA),
    # 淄博 (淄政办发〔2020〕8号): the first named leads, or 分别负责
    ("zibo", "ZB-1.1", "corruption", HEALTH), ("zibo", "ZB-2.1", "licensing", APPR), ("zibo", "ZB-2.2", "institution_class", HEALTH),
    ("zibo", "ZB-2.3", "staff_licence", HEALTH), ("zibo", "ZB-2.3", "licence_scope", HEALTH), ("zibo", "ZB-2.4", "drug_device", HEALTH),
    ("zibo", "ZB-2.5", "care_quality", HEALTH), ("zibo", "ZB-2.6", "institution_operation", HEALTH), ("zibo", "ZB-2.7", "fund_fraud", HSA),
    ("zibo", "ZB-2.8", "illegal_practice", HEALTH), ("zibo", "ZB-2.8", "medical_ad", AMR), ("zibo", "ZB-2.8", "touts", PSB),
    ("zibo", "ZB-2.8", "harmful_info", CAC), ("zibo", "ZB-2.8", "unfair_competition", AMR), ("zibo", "ZB-2.9", "public_health", HEALTH),
    ("zibo", "ZB-2.10", "health_industry", HEALTH), ("zibo", "ZB-3.2", "random_inspection", HEALTH),
    # 历城 (济历城卫健发〔2022〕20号)
    ("licheng", "LC-3", "illegal_practice", HEALTH), ("licheng", "LC annex 3", "touts", PSB), ("licheng", "LC annex 3", "licensing", APPR),
    ("licheng", "LC annex 3", "price", AMR), ("licheng", "LC annex 3", "unfair_competition", AMR), ("licheng", "LC annex 3", "drug_device", AMR),
    ("licheng", "LC annex 3", "medical_waste", ECO), ("licheng", "LC annex 3", "radiation", ECO), ("licheng", "LC annex 3", "fund_fraud", HSA),
    ("licheng", "LC annex 3", "licence_scope", HEALTH), ("licheng", "LC annex 3", "random_inspection", HEALTH),
    ("licheng", "LC annex 3", "care_quality", HEALTH),
    # 浙江 (浙卫发函〔2022〕42号, 附件1)
    ("zhejiang", "ZJ annex 1", "illegal_practice", HEALTH), ("zhejiang", "ZJ annex 1", "licence_scope", HEALTH),
    ("zhejiang", "ZJ annex 1", "staff_licence", HEALTH), ("zhejiang", "ZJ annex 1", "harmful_info", CAC), ("zhejiang", "ZJ annex 1", "site_filing", COMM),
    ("zhejiang", "ZJ annex 1", "medical_ad", AMR), ("zhejiang", "ZJ annex 1", "unfair_competition", AMR), ("zhejiang", "ZJ annex 1", "price", AMR),
    ("zhejiang", "ZJ annex 1", "broadcast_ad", RTV), ("zhejiang", "ZJ-3", "fund_fraud", HSA), ("zhejiang", "ZJ annex 1", "drug_device", MPA),
]  # fmt: skip
# 分别负责: each of these leads its own part, in the order of the document.
EACH = {
    ("zibo", "fund_fraud"): ["HSA", "CBIRC"],
    ("zibo", "licensing"): ["HEALTH", "NDRC", "SCI", "APPR", "CIVIL", "ECO", "AMR"],
    ("zibo", "institution_class"): ["HEALTH", "CIVIL", "FIN", "AUDIT", "AMR"],
    ("zibo", "institution_operation"): ["HEALTH", "FIN", "AUDIT"],
    ("zibo", "illegal_practice"): ["HEALTH", "PUBL", "CAC", "POLI", "PSB", "JUST", "HRSS", "COMMERCE", "CULT", "AMR", "HSA", "CBIRC"],
}
# Duties that are about no single matter.
DUTIES = [
    ("shandong", "consultation", HEALTH), ("shanghai", "consultation", HEALTH), ("shanghai", "random_inspection", HEALTH),
    ("licheng", "random_inspection", HEALTH), ("zibo", "random_inspection", HEALTH), ("zibo", "grid", HEALTH),
    ("zibo", "government_inspection", HEALTH), ("zibo", "district_supervision", HEALTH), ("shanghai", "district_supervision", "SUPERIOR"),
]  # fmt: skip


def proposed(place: str, matter: str) -> dict:
    return load_jurisdiction(place).decided(LEAD_TABLE, {"matter": matter}, TABLE.decide({"matter": matter}))


@pytest.mark.parametrize(("place", "clause", "matter", "lead"), ROWS, ids=str)
def test_every_responsibility_row_of_the_seeds_proposes_its_lead_with_its_clause(place, clause, matter, lead):
    decided = proposed(place, matter)
    assert decided["lead_proposed"] == lead
    row = load_jurisdiction(place).leads[matter]
    assert row.source == clause
    assert decided["lead_clause"] == row.clause
    assert lead not in decided["members_proposed"]


@pytest.mark.parametrize(("place", "matter"), EACH)
def test_who_each_leads_its_own_part_takes_part(place, matter):
    row, decided = load_jurisdiction(place).leads[matter], proposed(place, matter)
    assert list(row.each) == EACH[(place, matter)]
    assert {decided["lead_proposed"], *decided["members_proposed"]} >= set(row.each)
    assert decided["lead_proposed"] in row.each


def test_where_nothing_else_is_said_the_first_named_of_those_comes_first():
    written = {"key": "x", "name": "某市", "name_en": "X", "level": "city", "source": "文", "source_en": "s"}
    leads = [{"matter": "fund_fraud", "each": ["CBIRC", "HSA"], "source": "X-1", "clause": "条"}]
    assert read_jurisdiction({**written, "leads": leads}, "x.yaml").leads["fund_fraud"].lead == "CBIRC"


@pytest.mark.parametrize(("place", "duty", "lead"), DUTIES)
def test_a_duty_that_is_about_no_matter_has_its_lead(place, duty, lead):
    assert load_jurisdiction(place).leads_duty(duty, by_matter="PSB").lead == lead


@pytest.mark.parametrize("place", ["shandong", "shanghai", "zibo", "licheng", "demo"])
@pytest.mark.parametrize("matter", ["medical_ad", "fund_fraud", "touts", "illegal_practice"])
def test_a_complex_case_is_led_by_who_leads_the_matter_of_its_main_clue(place, matter):
    by_matter = proposed(place, matter)["lead_proposed"]
    assert load_jurisdiction(place).leads_duty("complex_case", by_matter).lead == by_matter


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("matter", MATTERS)
def test_in_every_place_every_matter_has_a_lead_and_a_clause(place, matter):
    decided = proposed(place, matter)
    assert decided["lead_proposed"] in FUNCTION_NAMES
    assert decided["lead_clause"]
    assert decided["lead_proposed"] not in decided["members_proposed"]
    assert len(set(decided["members_proposed"])) == len(decided["members_proposed"])


def test_the_table_and_the_names_know_the_same_matters():
    assert {rule.tests[0].strip('"') for rule in TABLE.rules} == set(MATTERS)


def test_a_district_whose_market_regulation_carries_drug_administration_never_proposes_that():
    for matter in MATTERS:
        decided = proposed("licheng", matter)
        assert "MPA" not in (decided["lead_proposed"], *decided["members_proposed"]), matter
    assert proposed("zhejiang", "drug_device")["lead_proposed"] == "MPA"


def test_what_the_shandong_opinion_does_not_name_is_to_be_confirmed_there_and_quotes_no_other_provinces_paper():
    for matter in ("fund_fraud", "drug_device", "price", "broadcast_ad"):
        assert load_jurisdiction("shandong").leads[matter].to_be_confirmed
    for matter in MATTERS:
        row = load_jurisdiction("shandong").leads.get(matter)
        assert row is None or row.clause.startswith("鲁卫医监字"), matter


@pytest.mark.parametrize(
    ("place", "plan"),
    [("shandong", "一案一策联合执法方案"), ("shanghai", "一案一方案联合执法方案"), ("demo", "一案一策联合执法方案"), ("zibo", PLAN.zh), ("licheng", PLAN.zh), ("zhejiang", PLAN.zh)],
)  # fmt: skip
def test_each_place_calls_the_plan_as_its_document_does(place, plan):
    assert load_jurisdiction(place).called("plan", PLAN).zh == plan


@pytest.mark.parametrize(
    ("place", "setting", "value"),
    [
        ("shanghai", "training_hours", 60), ("shandong", "training_hours", None), ("zhejiang", "training_hours", None),
        ("shandong", "consultations_per_year", 1), ("shanghai", "consultations_per_year", 1), ("zibo", "consultations_per_year", 1),
        ("shandong", "credit_objection_days", 3), ("shandong", "credit_objection_days_assisted", 7), ("shanghai", "credit_objection_days", 5),
        ("zhejiang", "credit_objection_days", 5), ("shandong", "credit_years", 5), ("shanghai", "credit_years", 5), ("zhejiang", "credit_years", 5),
        ("shandong", "ad_violations", 3), ("zibo", "grid_levels", ["city", "district", "town", "village"]), ("shandong", "grid_levels", None),
        ("demo", "credit_objection_days", 3), ("demo", "consultations_per_year", 1), ("licheng", "ad_violations", 3),
    ],
)  # fmt: skip
def test_settings_are_those_of_the_place_or_of_the_one_it_rests_on(place, setting, value):
    assert load_jurisdiction(place).value(setting) == value


def test_licheng_has_three_kinds_of_meetings_and_zibo_publishes_enterprises_in_two_places():
    assert [meeting["kind"] for meeting in load_jurisdiction("licheng").value("meetings")] == [
        "consultation",
        "joint_meeting",
        "negotiation",
    ]
    assert len(load_jurisdiction("zibo").value("publication_targets")) == 2


@pytest.mark.parametrize(("place", "days"), [("shandong", 3), ("shanghai", 5), ("zhejiang", 5), ("zibo", 3), ("demo", 3)])
def test_the_objections_clock_has_the_places_length(place, days):
    here = load_jurisdiction(place)
    rules = load_rulebook().of_place(here.clocks, here.holiday_counting.value)
    assert rules.rules["credit.objection"].length == days
    assert load_rulebook().rules["credit.objection"].length == 3, "the rulebook of the release stays as it is"


@pytest.mark.parametrize(
    ("place", "rule", "applies"),
    [
        ("shandong", "credit.annulment", True), ("zibo", "credit.annulment", True), ("demo", "credit.annulment", True),
        ("shanghai", "credit.annulment", False), ("shanghai", "credit.sh_provider", True), ("demo", "credit.sh_provider", False),
        ("zhejiang", "credit.zj_objection", True), ("zhejiang", "penalty.decide", True),
    ],
)  # fmt: skip
def test_a_clock_of_one_place_does_not_apply_in_another(place, rule, applies):
    assert load_jurisdiction(place).has_clock(load_rulebook().rules[rule]) is applies


@pytest.mark.parametrize("place", PLACES)
def test_on_holidays_every_place_takes_the_stricter_reading_until_it_decides_otherwise_and_says_so(place):
    counting = load_jurisdiction(place).holiday_counting
    assert counting.value == NO_ROLL
    assert counting.to_be_confirmed


@pytest.mark.parametrize("place", PLACES)
def test_every_process_that_a_place_names_ships(place):
    assert set(load_jurisdiction(place).processes) <= set(shipped_bundles())


@pytest.mark.parametrize("place", [place for place in PLACES if place != "demo"])
def test_the_agencies_of_a_place_are_those_of_its_document(place):
    counts = {"shandong": 9, "shanghai": 14, "licheng": 6, "zhejiang": 8}
    agencies = load_jurisdiction(place).agencies
    if place in counts:
        assert sum(agency.part == "issuer" for agency in agencies) == counts[place]
    assert all(agency.name.zh and agency.name.en for agency in agencies)


def test_no_place_names_a_person_or_a_telephone():
    for place in PLACES:
        text = yaml.safe_dump(dict(load_jurisdiction(place).written), allow_unicode=True)
        assert not re.search(r"\d{7,}", text), place


def test_every_setting_has_a_name_in_both_languages():
    assert all(name.zh and name.en for name in SETTINGS.values())


PLAIN = {"key": "x", "name": "某市", "name_en": "X", "level": "city", "source": "文", "source_en": "s"}
AGENCY = {"code": "a", "function": "HEALTH", "level": "city", "name": "某", "name_en": "A"}
LEAD = {"matter": "price", "lead": "AMR", "source": "X-1", "clause": "条"}


def test_a_plain_file_is_read():
    here = read_jurisdiction(
        {**PLAIN, "agencies": [AGENCY], "leads": [LEAD], "holiday_counting": {"value": ROLL, "source": "文"}}, "x.yaml"
    )
    assert here.agencies[0].part == "member"
    assert here.leads["price"].lead == "AMR"
    assert here.holiday_counting.value == ROLL


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"level": "planet"}, "level"), ({"name_en": ""}, "name_en"), ({"colour": "red"}, "colour"), ({"source": None}, "source"),
        ({"agencies": {}}, "agencies"), ({"agencies": [{**AGENCY, "function": "KING"}]}, r"agencies\[0\].function"),
        ({"agencies": [AGENCY, AGENCY]}, "twice"), ({"agencies": [{**AGENCY, "parent": "b"}]}, "parent"),
        ({"leads": [{**LEAD, "matter": "weather"}]}, r"leads\[0\].matter"), ({"leads": [{**LEAD, "lead": "BY_MATTER"}]}, r"leads\[0\].lead"),
        ({"leads": [{**LEAD, "clause": ""}]}, r"leads\[0\].clause"), ({"leads": [LEAD, LEAD]}, "twice"),
        ({"leads": [{**LEAD, "members": ["KING"]}]}, r"leads\[0\].members"), ({"duties": [{**LEAD, "duty": "sleep"}]}, r"duties\[0\].duty"),
        ({"settings": {"mood": {"value": 1, "source": "s"}}}, "settings.mood"), ({"settings": {"training_hours": {"source": "s"}}}, "training_hours"),
        ({"settings": {"training_hours": {"value": 60}}}, "training_hours.source"), ({"clocks": {"no.rule": {}}}, "no.rule"),
        ({"clocks": {"credit.objection": {"length": "5"}}}, "length"), ({"clocks": {"credit.objection": {"unit": "hour"}}}, "unit"),
        ({"holiday_counting": {"value": "maybe", "source": "s"}}, "holiday_counting"), ({"carries": {"MPA": "KING"}}, "carries"),
        ({"terms": {"plan": {"zh": "某"}}}, "terms.plan.source"), ({"based_on": "nowhere"}, "nowhere"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_by_file_and_key_in_both_languages(changed, key):
    with pytest.raises(JurisdictionError, match=key) as refused:
        read_jurisdiction({**PLAIN, **changed}, "x.yaml")
    assert "x.yaml" in refused.value.zh or "based_on" in changed
    assert refused.value.en


@pytest.mark.parametrize("content", [None, [], "text", 5])
def test_what_is_no_mapping_is_no_jurisdiction(content):
    with pytest.raises(JurisdictionError, match=r"x\.yaml"):
        read_jurisdiction(content, "x.yaml")


def test_an_unknown_place_is_refused_with_the_ones_there_are():
    with pytest.raises(JurisdictionError, match="shanghai"):
        load_jurisdiction("atlantis")


def test_a_city_may_bring_a_file_of_its_own(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(yaml.safe_dump({**PLAIN, "based_on": "shandong", "agencies": [AGENCY]}, allow_unicode=True), encoding="utf-8")
    here = load_jurisdiction(str(file))
    assert here.based_on == ("shandong",)
    assert here.value("credit_objection_days") == 3


@pytest.mark.parametrize("place", PLACES)
def test_nobody_is_shown_the_bare_id_of_a_clause_and_every_source_has_its_english(place):
    here = load_jurisdiction(place)
    rows = (*here.leads.values(), *here.duties.values(), *here.settings.values(), here.holiday_counting)
    for source in {row.source for row in rows}:
        shown = here.cited(source)
        assert not re.search(r"\b(SD|SH|ZB|LC|ZJ)[ -]", shown.zh), source
        assert not re.search(r"[\u4e00-\u9fff]", shown.en), source


def test_a_source_that_no_clause_names_is_shown_as_it_is_cited_and_several_stand_one_after_the_other():
    here = load_jurisdiction("licheng")
    assert here.cited("某办法 第三条") == Text("某办法 第三条", "某办法 第三条")
    assert here.cited("LC-3、LC-9").en == "Licheng plan, 2(4): joint checks and meetings; Licheng plan, 3(8): joint patrols of the streets"


def test_a_clause_without_its_english_is_refused_by_its_name():
    written = {"key": "x", "name": "某市", "name_en": "X", "level": "city", "source": "文", "source_en": "s"}
    assert read_jurisdiction({**written, "clauses": {"X-1": {"en": "Part 1"}}}, "x.yaml").cited("X-1") == Text("X-1", "Part 1")
    with pytest.raises(JurisdictionError, match=r"clauses\.X-1"):
        read_jurisdiction({**written, "clauses": {"X-1": {"zh": "一"}}}, "x.yaml")
