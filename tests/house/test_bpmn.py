"""The data in `bpmn/` and the code agree, in both directions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

import handlers
from handlers import TABLE
from handlers.descriptions import ABOUT
from tests.factories.routing import files_of
from tests.factories.walks import NOW, Directory, agencies
from workflows import forms
from workflows.contracts import HandlerCall, ParticipantRef
from workflows.engine.bundle import Bundle, pack, read_bundle
from workflows.gates import GATES
from workflows.records import Bundle as BundleRow
from workflows.records import Version
from workflows.rulebook import load_rulebook, shipped, shipped_bundles
from workflows.trying.rehearsal import ANY_CASE
from workflows.vocabulary import ROLES
from workflows.working_days import UNITS

ROOT = Path(__file__).parents[2]
BUNDLES = {name: read_bundle(files_of(name)) for name in shipped_bundles()}


def elements() -> Iterator:
    for bundle in BUNDLES.values():
        for diagram in bundle.diagrams.values():
            yield from diagram.elements.values()


WITHOUT_ARTICLES = {"publicity.double", "psb.filing_verified", "psb.filing_complex", "reverse.internal"}
"""Rules whose source is a working requirement or an opinion without articles, or one whose articles have still to be read."""


def test_the_table_is_exactly_what_the_diagrams_call():
    assert {element.service for element in elements() if element.service} == set(TABLE)


def test_one_file_is_one_service_named_after_it():
    files = {place.stem for place in (ROOT / "handlers").glob("*.py")} - {"__init__", "participation", "days", "descriptions"}
    assert files == set(TABLE) == set(ABOUT)
    for key, service in TABLE.items():
        assert service.call.__module__ == f"handlers.{key}"
        assert service.name.zh, key
        assert service.name.en, key
        assert service.about.endswith("。"), key


def call_of(key: str, facts: dict) -> HandlerCall:
    by_code = {ref.code: ref for ref in agencies()}
    parts = (
        ("receiving", "qinglan-health"),
        ("lead", "qinglan-health"),
        ("member", "qinglan-amr"),
        ("source", "qinglan-hsa"),
        ("addressee", "qinglan-health"),
    )
    return HandlerCall(
        service=key, case_id=ANY_CASE, case_number="试", case_title="试", element="e", scope="", now=NOW, facts=facts,
        branches={"qinglan-amr": {"opinion": "object", "receipt": "rejected", "finding": "violation", "crime_signs": "yes"}},
        participants=tuple(ParticipantRef(by_code[code], capacity) for capacity, code in parts), registers=Directory(),
    )  # fmt: skip


FULL = {
    "campaign_departments": ["qinglan-health", "qinglan-amr"], "parts_due_before": "2026-03-05",
    "lead_candidate": "qinglan-amr", "members": ["qinglan-amr", "qinglan-mpa"], "targets": ["qinglan-amr"], "investigators": ["qinglan-amr"], "lead_proposed": "AMR",
    "members_proposed": ["HEALTH", "MPA"], "subject_name": "虚构", "crime_name": "非法行医罪", "transfer_decision": "approve", "filing": "filed", "source_agency": "qinglan-hsa",
    "notice_agency": "qinglan-amr", "request_agency": "qinglan-mpa",
    "ad_act_on": "2026-03-10", "ad_medium": "online", "ad_crime_signs": "yes", "ad_refusal_decision": "refuse", "ad_refusal_proposal": "revoke",
}  # fmt: skip


@pytest.mark.parametrize("key", TABLE)
def test_a_service_declares_exactly_the_facts_that_it_sets(key):
    assert set(TABLE[key].call(call_of(key, FULL)).facts) == set(TABLE[key].provides)


@pytest.mark.parametrize("key", TABLE)
def test_a_service_changes_nothing_of_what_it_is_given_and_answers_the_same_twice(key):
    import copy  # noqa: PLC0415

    facts = copy.deepcopy(FULL)
    first = TABLE[key].call(call_of(key, facts))
    assert facts == FULL
    assert TABLE[key].call(call_of(key, facts)) == first


@pytest.mark.parametrize("name", BUNDLES)
def test_file_names_are_the_names_that_diagrams_use(name):
    bundle = BUNDLES[name]
    assert {Path(path).stem for path in bundle.files if path.endswith(".bpmn")} == set(bundle.diagrams)
    used = {element.form for diagram in bundle.diagrams.values() for element in diagram.elements.values() if element.form}
    assert used == set(bundle.forms), "every form is used, every used form is there"
    decided = {element.decision for diagram in bundle.diagrams.values() for element in diagram.elements.values() if element.decision}
    assert decided == set(bundle.tables)


def test_every_gate_is_on_a_task():
    assert {element.gate for element in elements() if element.gate} == set(GATES)


def test_a_task_for_two_officers_has_the_gate_that_checks_them():
    for element in elements():
        assert (element.officers > 1) == (element.gate == "two_officers"), element.id


def test_every_clock_that_a_diagram_names_is_a_rule():
    named = {clock for element in elements() for clock in (element.clock, element.starts_clock, *element.ends) if clock}
    assert named <= set(load_rulebook().rules)
    assert named


@pytest.mark.parametrize("rule", load_rulebook().rules.values(), ids=lambda rule: rule.id)
def test_every_clock_has_its_article_its_unit_and_its_names(rule):
    assert rule.article.strip()
    assert rule.name.zh
    assert rule.name.en
    assert rule.unit in UNITS
    assert rule.length != 0
    assert 0 <= rule.warn <= abs(rule.length)
    assert rule.statutory != rule.setting, "either the law gives the number, or it is a setting"
    if rule.statutory and rule.id not in WITHOUT_ARTICLES:
        assert re.search(r"第.+条|〔\d{4}〕|\d+号", rule.article), f"{rule.article} names no article"


def test_no_rule_stands_twice():
    rows = yaml.safe_load((shipped() / "clocks.yaml").read_text(encoding="utf-8"))
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids))


def test_what_is_published_is_what_is_in_the_folders(desk):
    with desk.database.reading() as session:
        published = {row.process: row.digest for row in session.scalars(select(Version))}
        stored = set(session.scalars(select(BundleRow.digest)))
    assert published == {bundle.process: pack(files_of(name))[0] for name, bundle in BUNDLES.items()}
    assert stored == set(published.values())


def test_a_folder_that_holds_a_diagram_is_a_bundle():
    folders = {place.parent.name for place in (ROOT / "bpmn").glob("*/*.bpmn")}
    assert folders == set(shipped_bundles())


@pytest.mark.parametrize("name", BUNDLES)
def test_every_element_is_named_in_both_languages(name):
    from workflows.engine.diagram import FLOW_NODES  # noqa: PLC0415

    assert FLOW_NODES
    for diagram in BUNDLES[name].diagrams.values():
        for element in diagram.elements.values():
            assert element.name.zh, (diagram.process, element.id)
            assert element.name.en, (diagram.process, element.id)


def fields(bundle: Bundle) -> Iterator:
    for name, form in bundle.forms.items():
        for component in forms.inputs(form):
            yield name, component


@pytest.mark.parametrize("name", BUNDLES)
def test_every_field_and_every_option_is_worded_in_both_languages(name):
    for form, component in fields(BUNDLES[name]):
        words = component.get("properties") or {}
        assert component.get("label"), (form, component)
        assert isinstance(words.get("en"), str), (form, forms.key_of(component))
        assert words["en"], (form, forms.key_of(component))
        for value in component.get("values") or []:
            assert words.get(f"en.{value['value']}"), (form, forms.key_of(component), value)


@pytest.mark.parametrize("name", BUNDLES)
def test_a_fact_means_the_same_in_every_form(name):
    kinds: dict[str, set[str]] = {}
    for _, component in fields(BUNDLES[name]):
        kinds.setdefault(forms.key_of(component), set()).add(component["type"])
    assert {key: found for key, found in kinds.items() if len(found) > 1} == {}


def test_the_people_of_the_demonstration_have_known_roles_and_agencies():
    people = yaml.safe_load((shipped() / "jurisdictions/demo_people.yaml").read_text(encoding="utf-8"))["people"]
    codes = {ref.code for ref in agencies()}
    assert len({person["username"] for person in people}) == len(people)
    for person in people:
        assert set(person["roles"]) <= set(ROLES), person
        assert person["agency"] in codes, person


def test_no_handler_does_anything_that_cannot_be_undone():
    sources = "".join(Path(place).read_text(encoding="utf-8") for place in (ROOT / "handlers").glob("*.py"))
    assert not re.search(r"\b(open|requests|httpx|urllib|socket|smtplib|subprocess|sqlalchemy|datetime\.now|random)\b\s*[(.]", sources)
    assert handlers.TABLE is TABLE


def test_what_a_form_keeps_to_the_intake_is_cut_everywhere_else():
    from workflows.access import CONFIDENTIAL  # noqa: PLC0415

    kept = {key for bundle in BUNDLES.values() for form in bundle.forms.values() for key in forms.confidential(form)}
    assert kept <= CONFIDENTIAL
    assert kept
