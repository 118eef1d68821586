"""What is too much or too long is refused before anything reads it, and what lies within the limits is not."""

from __future__ import annotations

import re

import pytest

from tests.engine.test_check import KNOWN, STRAIGHT, changed, drawn
from tests.factories.diagrams import bundle, diagram, form, table
from workflows.checks import limits, sizes
from workflows.checks.check import check_files

LOOP = "start s\nuser a form=f\nxor g\nxor h\nend e\ns > a > g > h\nh > g : n == n\nh > e"
RESTING = "start s\nxor g\nuser a form=f\nxor h\nend e\ns > g > a > h\nh > g : n == n\nh > e"
PLAYED = b"name: x\nsteps:\n" + b"  - {do: a}\n" * 500


def named(name: str) -> dict[str, bytes]:
    return changed('name="a"', f'name="{name}"')


def flows(count: int) -> dict[str, bytes]:
    more = "".join(f'<bpmn:sequenceFlow id="m{number}" sourceRef="s" targetRef="a"/>' for number in range(count))
    return changed("</bpmn:process>", f"{more}</bpmn:process>")


def forms(count: int) -> dict[str, bytes]:
    return drawn(STRAIGHT, forms={"f": form("n"), **{f"g{number}": form(*(f"k{one}" for one in range(150))) for number in range(count)}})


def calls(count: int) -> dict[str, bytes]:
    names = [f"{'p' * 40}{number:02}" for number in range(count)]
    roads = {
        name: diagram(name, f"start s\ncall {name}_c ={after}\nend e\ns > {name}_c > e" if after else f"start s\nuser {name}_a form=f\nend e\ns > {name}_a > e")
        for name, after in zip(names, [*names[1:], ""], strict=True)
    }  # fmt: skip
    return bundle(names[0], roads, forms={"f": form("n")})


def table_of(tests: int) -> dict[str, bytes]:
    files = drawn(STRAIGHT, tables={"t": table("t", "n", "out", {f'"{number}"': '"x"' for number in range(300)})})
    return {**files, "tables/t.tests.yaml": b"- {name: n, given: {n: '1'}, then: {out: x}}\n" * tests}


FAULTS: dict[str, tuple[dict[str, bytes], str, str]] = {
    "more files than a bundle has": ({**drawn(STRAIGHT), **{f"forms/g{number}.form": form("n") for number in range(200)}}, "bundle_too_large", ""),
    "more bytes than a bundle has": ({**drawn(STRAIGHT), **{f"d{number}.docx": b" " * 2_000_000 for number in range(5)}}, "bundle_too_large", ""),
    "more form than anybody fills in": (forms(100), "forms_too_large", ""),
    "more YAML than anybody writes": ({**drawn(STRAIGHT), **{f"x{number}.yaml": b"#" * 100_000 for number in range(3)}}, "yaml_too_large", ""),
    "more flows than anybody can follow": (flows(1_001), "too_many_flows", ""),
    "more XML than a diagram has": (changed("</bpmn:process>", f"{'<x/>' * 20_001}</bpmn:process>"), "too_many_elements", ""),
    "an encoding that nobody uses": (changed('encoding="UTF-8"', 'encoding="KOI8-R"'), "encoding", ""),
    "an attribute without end": (named("名" * 2_001), "value_too_long", "a"),
    "more tests than are run": (table_of(250), "tables_too_large", ""),
    "more scenario than is played": ({**drawn(STRAIGHT), "scenarios/x.yaml": PLAYED}, "scenario_too_large", ""),
    "a list in a scenario without end": (
        {**drawn(STRAIGHT), "scenarios/x.yaml": b"name: x\nsteps: []\nfacts: {l: [" + b"x, " * 201 + b"]}"}, "scenario_too_large", "",
    ),
    "an id that no table holds": (drawn(f"start s\nuser {'a' * 61} form=f\nend e\ns > {'a' * 61} > e"), "id_too_long", "a" * 60),
    "a name that no table holds": (named("名" * 101), "name_too_long", "a"),
    "a document whose name no table holds": (drawn(STRAIGHT.replace("form=f", f"form=f documents={'文' * 101}")), "name_too_long", "a"),
    "a name that turns round": (named("同意\u202e绝拒"), "misleading_name", "a"),
    "three officers": (drawn(STRAIGHT.replace("form=f", "form=f officers=3")), "officers", "a"),
    "a fact whose name no table holds": (drawn(STRAIGHT, forms={"f": form("n", "k" * 61)}), "fact_too_long", "k" * 60),
    "calls within each other that no table holds": (calls(8), "calls_too_deep", "p" * 40 + "00"),
    "gateways in a ring": (drawn(LOOP), "loop_without_rest", "g"),
    "a script of another engine": (changed("<bpmn:process", '<bpmn:process xmlns:c="urn:c" c:expression="x"'), "foreign_code", "p"),
    "an element of another engine": (
        changed('onecase:form="f">', 'onecase:form="f"><bpmn:extensionElements><c:preScript xmlns:c="urn:c"/></bpmn:extensionElements>'), "foreign_code", "a",
    ),
}  # fmt: skip
FITTING: dict[str, tuple[dict[str, bytes], str]] = {
    "200 files": ({**drawn(STRAIGHT), **{f"forms/g{number}.form": form("n") for number in range(190)}}, "bundle_too_large"),
    "an id of 60 characters": (drawn(f"start s\nuser {'a' * 60} form=f\nend e\ns > {'a' * 60} > e"), "id_too_long"),
    "a name of 100 characters": (named("名" * 100), "name_too_long"),
    "a name on two lines": (named("甲&#10;乙"), "misleading_name"),
    "two officers": (drawn(STRAIGHT.replace("form=f", "form=f officers=2")), "officers"),
    "a loop in which somebody is asked": (drawn(RESTING), "loop_without_rest"),
    "calls three deep": (calls(4), "calls_too_deep"),
    "900 flows": (flows(900), "too_many_flows"),
    "a test of each row": (table_of(100), "tables_too_large"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_too_much_is_named_with_its_rule_its_element_and_in_both_languages(fault):
    files, rule, element = FAULTS[fault]
    found = [one for one in check_files(files, KNOWN) if (one.rule, one.element, one.severity) == (rule, element, "error")]
    assert found, [(one.rule, one.element) for one in check_files(files, KNOWN)]
    assert re.search(r"[\u4e00-\u9fff]", found[0].message)
    assert found[0].message_en
    assert len(found[0].message) < 400


@pytest.mark.parametrize("case", FITTING)
def test_what_fits_is_not_refused_for_its_size(case):
    files, rule = FITTING[case]
    assert rule not in {one.rule for one in check_files(files, KNOWN)}


def test_the_figures_are_those_of_the_columns():
    from workflows.records import Fact, Task  # noqa: PLC0415 - only here

    columns = Task.__table__.columns
    assert (columns.element.type.length, columns.process.type.length) == (sizes.LONGEST_ID, sizes.LONGEST_ID)
    assert (columns.name.type.length, columns.name_en.type.length, columns.via.type.length) == (
        sizes.LONGEST_NAME, sizes.LONGEST_NAME_EN, sizes.LONGEST_WAY,
    )  # fmt: skip
    assert Fact.__table__.columns.name.type.length == sizes.LONGEST_ID
    assert limits.TOTAL_LIMIT > limits.FILE_LIMIT
