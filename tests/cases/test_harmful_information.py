"""虚假有害信息: nobody acts on a post before the competent department has determined it; then each item is dealt with and checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.play import Play
from tests.unit.test_gates import LAWFUL
from workflows import cases, gates
from workflows.errors import GateClosed, WrongAnswers

ITEMS = [{"item_kind": "post", "item_address": "https://example.invalid/1"}, {"item_kind": "account", "item_address": "虚构·神医"}]


@pytest.fixture
def information(desk, people):
    ref, _ = cases.open_case(desk, people["health.intake"], process="harmful_info", title="虚构·虚假信息", facts={})
    case = Play(desk, people, ref.id, {"harmful_items": ITEMS, "determiner_function": "AMR"})
    case.do("register_information", by="health.officer")
    return case


def test_the_department_asked_is_the_one_that_determines(information):
    task = information.task("determine")
    assert task.agency == "qinglan-amr"
    assert task.due_at is not None


def test_each_item_is_acted_on_once_it_is_determined_and_the_result_is_checked_and_answered(information):
    information.do("determine", determination="unlawful", determination_basis="广告法第四十六条")
    assert [(task.agency, task.scope) for task in information.waiting()] == [("qinglan-cac", "第1条"), ("qinglan-cac", "第2条")]
    information.do("dispose", "第1条", disposal_action="removed")
    information.do("dispose", "第2条", disposal_action="impossible")
    assert information.facts("amr.officer")["disposal_summary"] == ["第1条：已删除屏蔽", "第2条：无法处置"]
    information.do("check_disposal", disposal_check="again")
    assert [task.scope for task in information.waiting()] == ["第2条"], "only what is left goes round again"
    information.do("dispose", "第2条", disposal_action="account_closed")
    information.do("check_disposal", disposal_check="done")
    information.do("answer_information")
    assert information.elements() == []


def test_lawful_information_is_answered_without_anybody_acting_on_it(information):
    information.do("determine", determination="lawful")
    assert information.elements() == ["answer_information"]


def test_a_department_that_is_not_competent_sends_it_back(information):
    information.do("determine", determination="not_ours")
    assert information.elements() == ["register_information"]


def test_the_cyberspace_administration_sees_nothing_to_do_before_the_determination(information):
    assert [task.agency for task in information.waiting()] == ["qinglan-amr"]


@pytest.mark.parametrize("determination", [None, "lawful", "not_ours"])
def test_the_gate_stands_below_every_door(determination):
    gates.GATES["determined_first"](replace(LAWFUL, facts={"determination": "unlawful"}))
    with pytest.raises(GateClosed) as refused:
        gates.GATES["determined_first"](replace(LAWFUL, facts={"determination": determination}))
    assert "42号" in (refused.value.article or "")


def test_a_determination_names_its_law():
    gates.GATES["determination"](replace(LAWFUL, answers={"determination": "unlawful", "determination_basis": "广告法第四十六条"}))
    with pytest.raises(WrongAnswers):
        gates.GATES["determination"](replace(LAWFUL, answers={"determination": "unlawful", "determination_basis": " "}))
