"""One branch for each item of a list: all at once, each with facts of its own; a list that is none is refused."""

from __future__ import annotations

import pytest

from tests.engine.models import FORMS, SERVICES
from tests.factories.diagrams import bundle, diagram
from tests.factories.walks import Walk
from workflows.contracts import HandlerResult
from workflows.engine.bundle import read_bundle
from workflows.engine.elements import EngineError

TEXT = "start s\nservice list service=items\nuser a form=plain *items\nuser z form=plain\nend e\ns > list > a > z > e"


IN_TURN = TEXT.replace("*items", "**items")


def walk(items, text=TEXT, *, saving=False, **called) -> Walk:
    services = {**SERVICES, "items": lambda call: HandlerResult(facts={"items": items})}
    files = {"main": diagram("main", text), **{name: diagram(name, inner) for name, inner in called.items()}}
    return Walk(read_bundle(bundle("main", files, forms=FORMS)), services, saving=saving)


def test_every_item_has_its_branch_and_the_join_waits_for_all():
    case = walk(["x", "y"])
    assert case.waits() == [("main", "a", "x"), ("main", "a", "y")]
    case.answer(1, {"plain": "of y"})
    assert case.waits() == [("main", "a", "x")]
    case.answer(0, {"plain": "of x"})
    assert case.waits() == [("main", "z", "")]


def test_what_one_branch_says_no_other_branch_and_not_the_case_knows():
    case = walk(["x", "y"])
    case.answer(0, {"plain": "of x"})
    assert case.facts.view("x")["plain"] == "of x"
    assert "plain" not in case.facts.view("y")
    assert "plain" not in case.facts.view("")


@pytest.mark.parametrize("saving", [False, True])
def test_branches_in_turn_come_one_after_the_other_each_with_its_own_facts(saving):
    case = walk(["x", "y", "z"], IN_TURN, saving=saving)
    for item in "xyz":
        assert case.waits() == [("main", "a", item)]
        case.answer(0, {"plain": f"of {item}"})
    assert case.waits() == [("main", "z", "")]
    assert [case.facts.view(item)["plain"] for item in "xyz"] == ["of x", "of y", "of z"]
    assert "plain" not in case.facts.view("")
    case.answer(0, {})
    assert case.running.closed


@pytest.mark.parametrize("saving", [False, True])
def test_branches_in_turn_keep_to_the_list_that_they_began_with(saving):
    case = walk(["x", "y"], IN_TURN, saving=saving)
    case.facts.set("", {"items": ["later"]})
    case.answer(0, {})
    assert case.waits() == [("main", "a", "y")]
    case.answer(0, {})
    assert case.waits() == [("main", "z", "")]


@pytest.mark.parametrize("stars", ["*", "**"])
@pytest.mark.parametrize("saving", [False, True])
def test_a_process_called_for_each_item_within_another_works_in_the_inner_branch(stars, saving):
    inner = f"start s\nservice list service=many\ncall two =two {stars}inner\nend e\ns > list > two > e"
    text = TEXT.replace("user a form=plain *items", "call a =one *items")
    case = walk(["p"], text, saving=saving, one=inner, two="start s\nuser c form=plain\nend e\ns > c > e")
    case.answer(0, {"plain": "of p/x"})
    assert case.facts.view("p/x")["plain"] == "of p/x"
    assert case.waits()[-1] == ("two", "c", "p/y")


@pytest.mark.parametrize("text", [TEXT, IN_TURN])
def test_a_list_without_items_has_no_branch(text):
    assert walk([], text).waits() == [("main", "z", "")]


@pytest.mark.parametrize("text", [TEXT, IN_TURN])
@pytest.mark.parametrize("items", [None, "xy", {"x": 1}, ["x", "x"], 3])
def test_what_is_no_list_of_different_items_is_an_error(items, text):
    with pytest.raises(EngineError, match="list without repetitions"):
        walk(items, text)


def test_a_task_that_does_not_wait_is_not_completed():
    case = walk(["x"])
    token = case.people()[0]
    case.running.complete(token.id)
    with pytest.raises(EngineError, match="does not wait"):
        case.running.complete(token.id)


def test_the_thousandth_round_of_a_loop_is_as_small_as_the_second():
    """SpiffWorkflow finds no task any more that is 1,000 levels deep, and says nothing; what is done is not kept."""
    text = 'start s\nxor back\nuser a form=again\nxor g\nend e\ns > back > a > g\ng > back : again == "yes"\ng > e'
    case = Walk(read_bundle(bundle("main", {"main": diagram("main", text)}, forms=FORMS)), SERVICES, saving=True)
    case.answer(0, {"again": "yes"})
    second = len(case.running.save())
    for _ in range(1_200):
        case.answer(0, {"again": "yes"})
    assert case.waits() == [("main", "a", "")]
    assert len(case.running.save()) <= second + 10
    assert case.running.times_done("main", "a") == 1_201
    case.answer(0, {"again": "no"})
    assert case.running.closed
