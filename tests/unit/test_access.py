"""Which verbs an officer has on a task, and which roles exclude each other."""

from __future__ import annotations

from uuid import UUID

import pytest

from workflows import access
from workflows.contracts import AgencyRef, Text
from workflows.directory import may_act_as
from workflows.errors import NotAllowed
from workflows.records import Case, Task
from workflows.views import Officer
from workflows.vocabulary import CASE_ROLES, EXCLUSIVE_ROLES, ROLES

HEALTH = AgencyRef("qinglan-health", "HEALTH", "district", Text("卫健局", "Health"))
AMR = AgencyRef("qinglan-amr", "AMR", "district", Text("市监局", "AMR"))


def officer(*roles, agency=HEALTH, number=1):
    return Officer(UUID(int=number), f"o{number}", "甲", agency, frozenset(roles))


def task(role="officer", assignee=None, state="open"):
    return Task(agency=HEALTH.code, role=role, assignee=assignee, state=state)


@pytest.mark.parametrize(("role", "roles", "may"), [
    ("officer", {"officer"}, True), ("officer", {"intake"}, False), ("head", {"head"}, True), ("head", {"presiding"}, True),
    ("head", {"deputy"}, False), ("head", {"officer"}, False), ("deputy", {"head"}, False), ("legal", {"head", "legal"}, True), ("officer", set(), False),
])  # fmt: skip
def test_who_may_act_in_a_role(role, roles, may):
    assert may_act_as(frozenset(roles), role) is may


@pytest.mark.parametrize(("who", "on", "allowed"), [
    (officer("officer"), task(), True),
    (officer("officer", agency=AMR), task(), False),
    (officer("legal"), task(), False),
    (officer("deputy"), task(role="head"), False),
    (officer("presiding"), task(role="head"), True),
])  # fmt: skip
def test_an_open_task_is_worked_on_by_its_agency_and_role(who, on, allowed):
    if allowed:
        access.may_work_on(who, on)
    else:
        with pytest.raises(NotAllowed):
            access.may_work_on(who, on)


def test_the_verbs_follow_the_state_of_the_task():
    me = officer("officer")
    assert access.actions(me, task())[0] == ("claim", "complete", "save", "transfer", "comment")
    assert access.actions(me, task(assignee=me.id))[0] == ("complete", "save", "unclaim", "transfer", "comment")
    assert access.actions(me, task(assignee=UUID(int=9)))[0] == ("comment",)
    assert access.actions(me, task(state="completed"))[0] == ("comment",)
    assert access.actions(me, task(state="cancelled"))[0] == ("comment",)
    assert "urge" in access.actions(officer("head"), task())[0]


def test_a_verb_that_is_missing_has_its_reason():
    verbs, reasons = access.actions(officer("deputy"), task(role="head"), "transfer_decision")
    assert "complete" not in verbs
    assert "第五条" in reasons["complete"].zh


def test_only_the_intake_of_the_receiving_agency_reads_who_reported():
    case = Case(agency=HEALTH.code)
    assert access.hides(officer("intake"), case) == frozenset()
    assert access.hides(officer("officer"), case) == access.CONFIDENTIAL
    assert access.hides(officer("intake", agency=AMR), case) == access.CONFIDENTIAL


def test_administrators_work_on_no_case():
    for role in EXCLUSIVE_ROLES | {"designer"}:
        assert not access.works_on_cases(officer(role)), role
    for role in CASE_ROLES:
        assert access.works_on_cases(officer(role)), role
    assert CASE_ROLES | EXCLUSIVE_ROLES | {"designer"} == set(ROLES)


def test_a_refusal_names_the_roles_that_are_wanted():
    with pytest.raises(NotAllowed, match="administrator") as refusal:
        access.require(officer("officer"), "admin", "security")
    assert "系统管理员" in refusal.value.zh
    access.require(officer("admin"), "admin", "security")
