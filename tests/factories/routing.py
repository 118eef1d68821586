"""Which answers decide where a case goes: found in the diagrams, the tables and the handlers, so no list of them can grow old."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import handlers
from tests.factories.reading import read_by
from workflows import forms
from workflows.engine.bundle import Bundle
from workflows.engine.diagram import Element
from workflows.engine.expressions import names
from workflows.rulebook import read_bundle as read_folder
from workflows.rulebook import shipped

NUMBERS = {"fine_amount": [0, 100_000], "hospital_total": [0], "nursing_total": [0], "others_total": [500], "others_covered": [249, 250]}
"""Numbers that a table compares: one value on each side."""
COUNTED = {
    "hit_authority": "虚构市卫生健康委员会", "hit_number": "虚卫罚〔2023〕1号", "hit_function": "HEALTH", "hit_act": "illegal_practice",
    "hit_decided_on": "2023-05-04", "hit_status": "effective", "hit_source": "other_region", "hit_identity": "confirmed", "hit_copy": True,
}  # fmt: skip
LISTS = {
    "penalties": [["warning"], ["revoke_licence"], ["suspend_business"]],
    "confirmed_hits": [[], [COUNTED]],
    "linked_parties": [
        [{"link_name": "虚构供货商", "link_role": "supplier", "link_matter": "drug_device", "link_jurisdiction": "outside"}]
    ],
}
DAYS = {"application_on": ["2026-03-02", "2026-06-01"], "ad_act_on": ["2026-03-02"], "ad_decided_on": ["2026-03-02"]}
"""Days that a service looks at; on the second one of an application the registers of the walks know a refusal."""
AGENCIES = {
    "campaign_departments": [["qinglan-health", "qinglan-psb"]],
    "departments_to_correct": [["qinglan-psb"]],
    "part_function": ["HEALTH"],
    "targets": [["qinglan-psb", "qinglan-cac"]],
    "members": [["qinglan-amr", "qinglan-mpa"]],
    "lead_candidate": ["qinglan-health"],
    "notice_agency": ["qinglan-mpa"],
    "request_agency": ["qinglan-mpa"],
}


def files_of(name: str) -> dict[str, bytes]:
    """The files of a shipped bundle."""
    return read_folder(shipped() / name, beside=shipped())


@cache
def routing_facts(bundle: Bundle) -> frozenset[str]:
    """Every fact that a condition, a decision table or a handler reads."""
    conditions = {
        name for diagram in bundle.diagrams.values() for flow in diagram.flows if flow.condition for name in names(flow.condition)
    }
    tables = {name for table in bundle.tables.values() for expression in table.inputs for name in names(expression)}
    served = {fact for service in handlers.TABLE for fact in read_by(service)}
    return frozenset(conditions | tables | served)


@cache
def outcomes(bundle: Bundle, element: Element) -> list[dict[str, Any]]:
    """Every combination of routing answers that the form of `element` allows."""
    routing = routing_facts(bundle)
    fields = list(forms.inputs(bundle.forms[element.form]))
    choices: list[tuple[str, list[Any]]] = []
    for component in fields:
        key = forms.key_of(component)
        if key in routing and (values := _values(key, component)):
            choices.append((key, values))
    found = []
    for combination in itertools.product(*(values for _, values in choices)):
        answers = dict(zip((key for key, _ in choices), combination, strict=True))
        shown = {forms.key_of(component) for component in fields if not forms.hidden(component, answers)}
        kept = {key: value for key, value in answers.items() if key in shown}
        if kept not in found:
            found.append(kept)
    return found


def _values(key: str, component: Mapping[str, Any]) -> list[Any]:
    for known in (NUMBERS, LISTS, DAYS, AGENCIES):
        if key in known:
            return known[key]
    if component["type"] in forms.CHOICES and component.get("values"):
        return [choice["value"] for choice in component["values"]]
    return []


def elements_and_flows(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """(process, id) of every element and every flow of every diagram."""
    for process, diagram in bundle.diagrams.items():
        for element in diagram.elements:
            yield process, element
        for flow in diagram.flows:
            yield process, flow.id
