"""Which values of a fact are tried: as many as the expressions of a bundle can tell apart."""

from __future__ import annotations

import pytest

from tests.engine.models import YES_NO
from tests.factories.diagrams import bundle, diagram, form, table
from workflows.engine.bundle import read_bundle
from workflows.oracle.domains import BRANCHES, OTHER, Domains

REQUIRED = {"validate": {"required": True}}
OPTIONS = [{"value": value, "label": value} for value in ("a", "b", "c", "d")]


def domains(condition: str, *fields, tables=None, expressions=(), repeated: str = "") -> Domains:
    words = f"start s\nuser t form=f {repeated}\nxor g\nend e\nend e2\ns > t > g\ng > e : {condition}\ng > e2"
    return Domains(read_bundle(bundle("p", {"p": diagram("p", words)}, forms={"f": form(*fields)}, tables=tables)), expressions)


def select(**more) -> dict:
    return {"type": "select", "key": "f", "label": "f", "values": OPTIONS, **more}


def number(**more) -> dict:
    return {"type": "number", "key": "f", "label": "f", **more}


def many(**more) -> dict:
    return {"type": "checklist", "key": "f", "label": "f", "values": OPTIONS, **more}


ANSWERED = {
    "an option that is compared, and one for all others": ('f == "b"', select(**REQUIRED), ("b", "a")),
    "nothing, where it may be left out": ('f == "b"', select(), ("b", "a", None)),
    "no option that the form does not offer": ('f == "z"', select(**REQUIRED), ("a",)),
    "a number below, at and above": ("f >= 10", number(**REQUIRED), (9, 10, 11)),
    "a text that is compared, and another": ('f == "b"', {"type": "textfield", "key": "f", "label": "f", **REQUIRED}, ("b", OTHER)),
    "a box that must be ticked": ("f", {"type": "checkbox", "key": "f", "label": "f", **REQUIRED}, (True,)),
    "a box that may be ticked": ("f", {"type": "checkbox", "key": "f", "label": "f"}, (True, False)),
    "every set of the words that are looked for, and one of others": ('"a" in f and "b" in f', many(**REQUIRED), (["a"], ["b"], ["a", "b"], ["c"])),
    "none of a list that may be left out": ('"a" in f', many(), ([], ["a"], ["b"])),
    "rows or no rows": ("len(f) > 0", {"type": "dynamiclist", "path": "f", "label": "f", "components": []}, ([], [{}])),
}  # fmt: skip


@pytest.mark.parametrize("case", ANSWERED)
def test_a_field_is_answered_by(case):
    condition, component, values = ANSWERED[case]
    assert domains(condition, component).answers(component) == values


SAID = {
    "true or false, where nothing is compared": ("f", (True, False)),
    "the words that are compared, and another": ('f == "x" or f == "y"', ("x", "y", OTHER)),
    "numbers around what is compared": ("f > 5", (4, 5, 6)),
    "lists of what is looked for": ('"x" in f', ([], ["x"])),
    "no item or two, where the length is asked for": ("len(f) > 0", ([], list(BRANCHES))),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_a_service_says(case):
    condition, values = SAID[case]
    assert domains(condition, "f").anything("f") == values


def test_only_facts_that_something_looks_at_route():
    assert domains('f == "a"', "f", "g").routing == {"f"}


def test_rules_and_tables_look_at_facts_too():
    colours = {"t": table("t", "h", "out", {'"x"': '"y"'})}
    assert domains('f == "a"', "f", "g", "h", tables=colours, expressions=["g > 3"]).routing == {"f", "g", "h"}


def test_what_decides_whether_a_field_that_routes_is_asked_for_routes_too():
    hidden = {**YES_NO, "key": "f", "conditional": {"hide": '=g = "no"'}}
    found = domains('f == "yes"', hidden, {**YES_NO, "key": "g"})
    assert found.routing == {"f", "g"}
    assert found.hides == {"f": '=g = "no"'}


def test_more_words_than_a_few_are_tried_alone_and_together():
    found = domains('"a" in f or "b" in f or "c" in f or "d" in f', "f").anything("f")
    assert found == ([], ["a"], ["b"], ["c"], ["d"], ["a", "b", "c", "d"])


def test_a_stage_runs_over_no_item_or_over_two():
    assert domains("g", "g", "items", repeated="*items").anything("items") == ([], list(BRANCHES))
