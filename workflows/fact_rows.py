"""Facts and documents of a case as rows that a person reads: labels for names, words for codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import forms
from workflows.choices import labels_for
from workflows.contracts import Text
from workflows.directory import Directory
from workflows.engine.bundle import Bundle
from workflows.records import Case, Fact, Task
from workflows.views import FactRow

SERVICE_FACTS = {
    "lead_clause": Text("牵头依据", "Basis of the lead"),
    "major_clause": Text("重大案件依据", "Basis of the discussion"),
    "findings_summary": Text("各单位调查结果", "Findings of the agencies"),
    "related_cases": Text("关联案件", "Related cases"),
    "plan_version": Text("方案版本", "Version of the plan"),
    "ad_count_acts": Text("两年内违法次数（按行为）", "Violations in two years, by acts"),
    "ad_count_decisions": Text("两年内违法次数（按决定）", "Violations in two years, by decisions"),
    "ad_refused_by": Text("限制登记", "Refusal in force"),
    "ad_earlier": Text("此前违法广告", "Earlier advertisements"),
    "disposal_summary": Text("各条处置结果", "Results by item"),
    "duplicate_notice": Text("查重与关联结果", "Duplicates and links"),
    "related_subjects": Text("关联主体登记", "Registered subjects"),
    "lead_load": Text("在办牵头案件", "Cases led now"),
    "first_to_file": Text("立案先后", "Who filed first"),
    "plan_clause": Text("一案一策提示与依据", "Proposal on the plan"),
    "countersign_table": Text("会签情况", "Countersignatures"),
    "evidence_items": Text("证据编号与封存", "Evidence, numbered and sealed"),
    "evidence_register": Text("证据目录", "Register of evidence"),
    "link_graph": Text("关联关系", "Links"),
    "prior_penalty_list": Text("计入的既往处罚", "Earlier penalties that count"),
    "prior_effective_count": Text("计入的处罚次数", "How many count"),
    "threshold_clause": Text("入罪标准比对", "Comparison with the threshold"),
    "supervision_modes": Text("后续监管方式提示", "Supervision modes proposed"),
    "recused_officers": Text("已回避人员", "Recused officers"),
    "order_text": Text("督办要求", "What the order demands"),
}
"""Facts that no form asks for and a person should still see."""

PERSONS = frozenset({"officers", "chair_options", "agency_officers"})
"""Option lists whose values are usernames."""


def fact_rows(
    session: Session, people: Directory, bundle: Bundle, case: Case, *, hidden: frozenset[str], branch: str | None = None
) -> tuple[FactRow, ...]:
    """The facts of a case with their provenance, in the order of the steps; those in `hidden` are cut.

    With a `branch`, the whole case's facts and those of this branch only.
    """
    query = select(Fact, Task).outerjoin(Task, Task.id == Fact.task).where(Fact.case == case.id)
    if branch is not None:
        query = query.where(Fact.scope.in_(["", branch]))
    found = [(fact, task) for fact, task in session.execute(query) if fact.name not in hidden]
    names = people.names([fact.officer for fact, _ in found])
    components = components_of(bundle)
    zh, en = _labels(session, people, case, components, ((fact.name, fact.value) for fact, _ in found))
    order = {key: number for number, key in enumerate(components)}
    rows = [
        FactRow(
            name=fact.name,
            label=label_of(_asked(bundle, task, fact.name) or components.get(fact.name), fact.name),
            scope=fact.scope,
            value=fact.value,
            value_text=words_of(components.get(fact.name), fact.value, zh, en),
            group=Text(task.name, task.name_en) if task is not None else Text("系统生成", "Set by the system"),
            task_id=task.id if task is not None else None,
            by=names.get(fact.officer) if fact.officer else None,
            at=fact.at,
        )
        for fact, task in found
        if fact.name in components or fact.name in SERVICE_FACTS
    ]
    return tuple(sorted(rows, key=lambda row: (row.at, row.scope, order.get(row.name, 0))))


def pairs(session: Session, people: Directory, bundle: Bundle, case: Case, answers: Mapping[str, Any]) -> tuple[tuple[Text, Text], ...]:
    """(label, value) pairs of one step's answers, in the order of its form."""
    components = components_of(bundle)
    zh, en = option_labels(session, people, case, components, answers)
    return tuple(
        (label_of(components.get(name), name), words_of(components.get(name), value, zh, en))
        for name, value in answers.items()
        if value not in (None, "", []) and name in components
    )


def components_of(bundle: Bundle) -> dict[str, Mapping[str, Any]]:
    """The fields of every form of the bundle by the name of their fact."""
    return {forms.key_of(component): component for form in bundle.forms.values() for component in forms.inputs(form)}


def option_labels(
    session: Session, people: Directory, case: Case, components: Mapping[str, Mapping[str, Any]], facts: Mapping[str, Any]
) -> tuple[forms.Options, forms.Options]:
    """The options that the values in `facts` may name, in Chinese and in English."""
    return _labels(session, people, case, components, facts.items())


def _labels(
    session: Session, people: Directory, case: Case, components: Mapping[str, Mapping[str, Any]], facts: Iterable[tuple[str, Any]]
) -> tuple[forms.Options, forms.Options]:
    named = [str(value) for name, value in facts if components.get(name, {}).get("valuesKey") in PERSONS]
    zh = labels_for(session, people, case, named)
    return zh, forms.localised_options(zh, "en")


def _asked(bundle: Bundle, task: Task | None, name: str) -> Mapping[str, Any] | None:
    """The field of this very step: forms may word the same fact differently."""
    element = bundle.diagrams[task.process].elements.get(task.element) if task is not None and task.process in bundle.diagrams else None
    form = bundle.forms.get(element.form, {}) if element is not None and element.form else {}
    return next((component for component in forms.inputs(form) if forms.key_of(component) == name), None)


def label_of(component: Mapping[str, Any] | None, name: str) -> Text:
    """What a fact is called: the label of its field, or the word for what a service sets."""
    if component is None:
        return SERVICE_FACTS.get(name, Text(name))
    return Text(str(component.get("label", name)), str((component.get("properties") or {}).get("en", "")))


def words_of(component: Mapping[str, Any] | None, value: Any, zh: forms.Options, en: forms.Options) -> Text:
    """A value in words, in both languages."""
    if component is None:
        plain = "、".join(str(item) for item in value) if isinstance(value, list) else str(value)
        return Text(plain, plain)
    return Text(forms.shown(component, value, zh), forms.shown(component, value, en, "en"))
