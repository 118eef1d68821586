"""One-click repairs: what was found is gone, nothing new is wrong, the rest of the file and the picture stay as they were."""

from __future__ import annotations

import difflib
import re
import time
from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.engine.test_check import FAULTS as COURSE
from tests.engine.test_check import KNOWN, PLAIN, changed, drawn
from tests.engine.test_check_events import PAIRS
from tests.engine.test_check_layout import FAULTS as PICTURES
from tests.engine.test_check_layout import STRAIGHT, edited, large, named, plain, put
from tests.engine.test_check_meaning import FAULTS as MEANING
from tests.factories.diagrams import bundle, diagram, form, pictured
from workflows.checks.check import check_files
from workflows.contracts import Finding
from workflows.engine.diagram import read_diagram
from workflows.picture.reading import read_drawing
from workflows.picture.redrawing import Sheet
from workflows.repairs.fixes import FIXES, fixed, offered

AGAIN = form(
    {
        "type": "radio",
        "key": "again",
        "label": "?",
        "values": [{"value": "yes", "label": "是"}, {"value": "no", "label": "否"}],
        "properties": {"en.yes": "Yes"},
    }
)
SPLIT = "start s\nuser a form=f\nuser b form=f\nuser c form=f\nxor m\nend e\ns > a\n{}\nb > m\nc > m\nm > e"
TOGETHER = "start s\nuser a form=f\nuser b form=f\nuser c form=f\nand m\nend e\ns > a\na > b\na > c\nb > m\nc > m\nm > e"
LOOSE_START = '<bpmn:userTask id="a" name="a" onecase:form="f">'


def retagged(kind: str, inside: str = "") -> dict[str, bytes]:
    """A straight road over a task of another kind."""
    files = pictured(drawn(STRAIGHT))
    content = re.sub(
        rb"<bpmn:userTask ([^>]*?)/?>(</bpmn:userTask>)?", rf"<bpmn:{kind} \1>{inside}</bpmn:{kind}>".encode(), files["p.bpmn"]
    )
    return {**files, "p.bpmn": content}


def lost(text: str, *gone: str) -> dict[str, bytes]:
    """The text's picture without some of its elements; their flows stay."""
    files = pictured(drawn(text))

    def take(root: etree._Element) -> None:
        for name in gone:
            for node in root.xpath("//*[@id=$name or @bpmnElement=$name or (local-name()='flowNodeRef' and text()=$name)]", name=name):
                node.getparent().remove(node)

    return edited(take, files)


BROKEN: dict[str, tuple[dict[str, bytes], str, str]] = {
    "conditions behind a task": (named(SPLIT.format('a > b : again == "yes"\na > c')), "condition_ignored", "f_a_b"),
    "conditions behind a task on every flow": (named(SPLIT.format('a > b : again == "yes"\na > c : again == "no"')), "several_outgoing", "a"),
    "a condition on the only flow of a task": (named('start s\nuser a form=f\nend e\ns > a\na > e : again == "yes"'), "condition_ignored", "f_a_e"),
    "a task that begins two others at the same time": (named(TOGETHER), "several_outgoing", "a"),
    "a default with a condition": (
        named('start s\nuser a form=f\nxor g default=f_g_e2\nend e1\nend e2\ns > a > g\ng > e1 : again == "no"\ng > e2 : again == "yes"'),
        "default_with_condition", "f_g_e2",
    ),
    "conditions on all ways of a gateway": (
        named('start s\nuser a form=f\nxor g default=none\nend e1\nend e2\ns > a > g\ng > e1 : again == "no"\ng > e2 : again == "yes"'), "no_default", "g",
    ),
    "two flows with a condition each between the same two": (
        named('start s\nuser a form=f\nxor g\nend e\nend f\ns > a > g\ng > e : again == "yes"\ng > e : again == "no"\ng > f'), "duplicate_flow", "f_g_e_1",
    ),
    "a flow that hangs behind a gateway": (
        changed('targetRef="f"', 'targetRef="nowhere"', named('start s\nuser a form=f\nxor g\nend e\nend f\ns > a > g\ng > e : again == "yes"\ng > f')),
        "dangling_flow", "f_g_f",
    ),
    "a flow that hangs behind a task": (changed('targetRef="e"', 'targetRef="nowhere"', named(STRAIGHT)), "dangling_flow", "f_a_e"),
    "no start": (lost("start s\nuser a form=f\nend e\na > e", "s"), "one_start", "p"),
    "no start in a subprocess": (lost("start s\nsub x {\nstart i\nuser a form=f\nend ie\na > ie\n}\nend e\ns > x > e", "i"), "one_start", "x"),
    "two starts of the same": (named("start s\nstart s2\nxor m\nuser a form=f\nend e\ns > m\ns2 > m\nm > a > e"), "one_start", "p"),
    "no end": (lost("start s\nuser a form=f\nend e\ns > a", "e"), "no_end", "p"),
    "an event on an edge that leads nowhere": (named(STRAIGHT + "\nboundary n on=a message=raid"), "leads_nowhere", "n"),
    "a road beside the main one that shares its end": (
        named("start s\nuser a form=f\nuser b form=f\nboundary n on=a message=raid cancel=false\nend e\ns > a > e\nn > b > e"), "road_beside_comes_back", "n",
    ),
    "an event beside that shares the main end": (
        named("start s\nuser a form=f\nboundary n on=a message=raid cancel=false\nend e\ns > a > e\nn > e"), "road_beside_comes_back", "n",
    ),
    "steps that are never reached": (named(STRAIGHT + "\nuser x form=f\nuser y form=f\nx > y > e"), "unreachable", "y"),
    "a task that stands in no lane but is drawn in one": (
        edited(lambda root: root.xpath("//*[local-name()='lane']")[0].remove(root.xpath("//*[local-name()='flowNodeRef' and text()='a']")[0])), "task_without_lane", "a",
    ),
    "an event that stands in no lane but is drawn in one": (
        edited(lambda root: root.xpath("//*[local-name()='lane']")[0].remove(root.xpath("//*[local-name()='flowNodeRef' and text()='c']")[0]),
               named("start s\nuser a form=f\ncatch c message=raid\nend e\ns > a > c > e")), "event_without_lane", "c",
    ),
    "a task in no lane of a file without a picture": (
        changed("<bpmn:flowNodeRef>a</bpmn:flowNodeRef>", "", drawn(STRAIGHT)), "task_without_lane", "a",
    ),
    "two parallel stages in one scope": (
        named("start s\nand o\nuser a form=f\nuser b form=f\nand j\nand q\nuser c form=f\nuser d form=f\nand k\nend e\n"
              "s > o > a > j > q > c > k > e\no > b > j\nq > d > k"), "parallel_block", "o",
    ),
    "a script": (retagged("scriptTask", "<bpmn:script>import os</bpmn:script>"), "unsupported_scriptTask", "a"),
    "a task that sends": (retagged("sendTask"), "unsupported_sendTask", "a"),
    "a task that receives": (retagged("receiveTask"), "unsupported_receiveTask", "a"),
    "a task by hand": (retagged("manualTask"), "unsupported_manualTask", "a"),
    "a task of no kind": (retagged("task"), "unsupported_task", "a"),
    "an event that marks a place": (retagged("intermediateThrowEvent"), "unsupported_intermediateThrowEvent", "a"),
    "a signal that is waited for": (
        changed('<bpmn:messageEventDefinition id="c_news" messageRef="message_raid"/>', '<bpmn:signalEventDefinition id="x"/>',
                named("start s\nuser a form=f\ncatch c message=raid\nend e\ns > a > c > e")), "unsupported_event", "c",
    ),
    "an option without a name": (pictured(drawn('start s\nuser a form=f\nxor g\nend e1\nend e2\ns > a > g\ng > e1 : again == "yes"\ng > e2', forms={"f": AGAIN})), "flow_unnamed", "f_g_e1"),
    "a default without a name": (pictured(drawn('start s\nuser a form=f\nxor g\nend e1\nend e2\ns > a > g\ng > e1 : again == "yes"\ng > e2', forms={"f": AGAIN})), "flow_unnamed", "f_g_e2"),
    "an event without a name": (changed('id="c" name="c"', 'id="c"', named("start s\nuser a form=f\ncatch c message=raid\nend e\ns > a > c > e")), "unnamed", "c"),
}  # fmt: skip
ALL: dict[str, tuple[dict[str, bytes], str, str]] = {
    **COURSE, **{name: row[:3] for name, row in PAIRS.items()}, **PICTURES, **MEANING, **BROKEN,
}  # fmt: skip
NEEDS = {"task_without_form"}
"""What the designer has to say next about a task that is now a person's."""
NOT_HERE = {"a process drawn twice"}
"""Which of two files is meant, the finding does not say."""


def errors(findings) -> set[tuple[str, str]]:
    return {(one.rule, one.element) for one in findings if one.severity == "error"}


@cache
def offers(name: str) -> tuple[Finding, ...]:
    """What the check finds in one of the broken files, with the repairs."""
    return offered(ALL[name][0], check_files(ALL[name][0], KNOWN))


def repaired(files: Mapping[str, bytes], finding: Finding) -> dict[str, bytes]:
    return {**files, finding.file: fixed(files, finding.file, finding.rule, finding.element)}


@pytest.mark.parametrize("name", BROKEN)
def test_what_can_be_repaired_is_offered_by_name_in_both_languages(name):
    files, rule, element = BROKEN[name]
    found = [one for one in offered(files, check_files(files, KNOWN)) if (one.rule, one.element) == (rule, element)]
    assert found, [(one.rule, one.element) for one in check_files(files, KNOWN)]
    assert all(one.fix and one.fix.zh and one.fix.en for one in found), found


@pytest.mark.parametrize("name", sorted(set(ALL) - NOT_HERE))
def test_a_repair_mends_what_was_found_makes_no_new_error_and_keeps_the_rest(name):
    files, findings = ALL[name][0], offers(name)
    for one in [one for one in findings if one.fix]:
        after = check_files(repaired(files, one), KNOWN)
        assert not [other for other in after if (other.rule, other.element) == (one.rule, one.element)], one
        assert {rule for rule, _ in errors(after) - errors(findings)} <= (NEEDS if one.rule.startswith("unsupported") else set()), one


@pytest.mark.parametrize("rule", FIXES)
def test_every_repair_is_offered_for_something_here(rule):
    fitting = [
        files for files, *_ in ALL.values() if any(one.rule == rule and one.fix for one in offered(files, check_files(files, KNOWN)))
    ]
    assert fitting


def test_what_has_no_repair_is_not_offered_and_is_refused():
    files = drawn("start s\nuser a form=missing\nend e\ns > a > e")
    found = next(one for one in offered(files, check_files(files, KNOWN)) if one.rule == "unknown_form")
    assert found.fix is None
    with pytest.raises(LookupError):
        fixed(files, "p.bpmn", "unknown_form", "a")
    with pytest.raises(LookupError):
        fixed(files, "p.bpmn", "no_default", "nobody")
    with pytest.raises(LookupError):
        fixed({"p.bpmn": b"<a"}, "p.bpmn", "no_default", "g")


def test_a_gateway_with_a_question_that_nobody_can_guess_is_left_to_the_designer():
    files = drawn("start s\nuser a form=f\nuser b form=f\nuser c form=f\nend e1\nend e2\ns > a > b > e1\na > c > e2")
    found = [one for one in offered(files, check_files(files, KNOWN)) if one.rule == "several_outgoing"]
    assert [one.fix for one in found] == [None]


def test_a_file_changes_only_where_it_is_repaired():
    files = changed("<bpmn:process ", "<!-- 程序 &amp; -->\n<bpmn:process ", plain())
    content = files["p.bpmn"].replace(b"><", b">\n<")
    broken = {**files, "p.bpmn": content.replace(b'id="e" name="e"', b'id="e"')}
    after = fixed(broken, "p.bpmn", "unnamed", "e").decode().splitlines()
    told = [
        line
        for line in difflib.unified_diff(broken["p.bpmn"].decode().splitlines(), after, n=0, lineterm="")
        if line[0] in "+-" and line[:3] not in {"+++", "---"}
    ]
    assert len([line for line in told if "结束" not in line and "<?xml" not in line and 'id="e"' not in line]) == 0, told


@pytest.mark.parametrize(
    "name",
    [
        "conditions behind a task",
        "a task that begins two others at the same time",
        "no start",
        "no end",
        "an event on an edge that leads nowhere",
    ],
)
def test_what_a_repair_adds_is_drawn_in_its_lane_and_upon_nothing(name):
    files, rule, element = BROKEN[name]
    content = fixed(files, "p.bpmn", rule, element)
    diagram_after, drawing = read_diagram(content), read_drawing(read_diagram(content).root)
    assert set(diagram_after.elements) <= set(drawing.shape_of)
    assert {flow.id for flow in diagram_after.flows} <= set(drawing.edge_of)
    bad = {
        "overlapping",
        "drawn_in_another_lane",
        "drawn_outside_lanes",
        "across_lanes",
        "flow_through_step",
        "not_drawn",
        "drawn_without_element",
    }
    assert not {one.rule for one in check_files({**files, "p.bpmn": content}, KNOWN)} & bad


def test_a_merged_pair_of_conditions_holds_when_either_held():
    files, rule, element = BROKEN["two flows with a condition each between the same two"]
    flows = read_diagram(fixed(files, "p.bpmn", rule, element)).outgoing("g")
    assert sorted(flow.condition for flow in flows) == ["", '(again == "yes") or (again == "no")']


def test_a_flow_is_called_by_the_option_of_the_form():
    files, rule, element = BROKEN["an option without a name"]
    flow = next(one for one in read_diagram(fixed(files, "p.bpmn", rule, element)).flows if one.id == element)
    assert (flow.name.zh, flow.name.en) == ("是", "Yes")


def test_a_step_moves_to_the_lane_in_which_it_is_drawn():
    files = edited(lambda root: put(root, "b", "a", 130, 0))
    lane = read_diagram(fixed(files, "p.bpmn", "drawn_in_another_lane", "b")).elements["b"].lane
    assert lane is not None
    assert lane.id == "first"


def test_a_script_that_becomes_a_persons_task_keeps_nothing_of_its_code():
    files, rule, element = BROKEN["a script"]
    assert b"import os" not in fixed(files, "p.bpmn", rule, element)


def test_flows_listed_in_their_elements_stay_in_step():
    """As editors write it: incoming and outgoing said once more within each element."""
    files = named(SPLIT.format('a > b : again == "yes"\na > c'))

    def listed(root: etree._Element) -> None:
        sheet = Sheet(root)
        for flow in root.iter("{*}sequenceFlow"):
            for kind, end in (("outgoing", "sourceRef"), ("incoming", "targetRef")):
                told = etree.Element(f"{{http://www.omg.org/spec/BPMN/20100524/MODEL}}{kind}")
                told.text = flow.get("id")
                sheet.node(flow.get(end)).insert(0, told)

    content = fixed(edited(listed, files), "p.bpmn", "condition_ignored", "f_a_b")
    root = etree.fromstring(content)
    for kind, end in (("outgoing", "sourceRef"), ("incoming", "targetRef")):
        told = {(node.getparent().get("id"), node.text) for node in root.iter(f"{{*}}{kind}")}
        assert told == {(flow.get(end), flow.get("id")) for flow in root.iter("{*}sequenceFlow")}


KINDS = ["user {} form=f", "xor {}", "and {}", "script {}", "service {} service=count", "end {}", "catch {} message=raid", "or {}"]


@st.composite
def scribbles(draw) -> dict[str, bytes]:
    """What somebody might leave half drawn: steps and flows anyhow, some with conditions."""
    count = draw(st.integers(1, 7))
    nodes = [f"n{number}" for number in range(count)]
    pairs = draw(st.lists(st.tuples(st.sampled_from(["s", *nodes]), st.sampled_from([*nodes, "e"])), max_size=11, unique=True))
    text = "\n".join(["start s", "end e", *(draw(st.sampled_from(KINDS)).format(name) for name in nodes)])
    for one, other in pairs:
        text += f"\n{one} > {other}" + draw(st.sampled_from(["", ' : again == "yes"']))
    half = draw(st.integers(0, count))
    lanes = {"first": " ".join(["s", *nodes[:half]]), "second": " ".join([*nodes[half:], "e"])}
    files = bundle("p", {"p": diagram("p", text, lanes=lanes)}, forms={**PLAIN, "f": AGAIN})
    return pictured(files) if draw(st.booleans()) else files


@given(scribbles())
@settings(max_examples=60, deadline=None)
def test_whatever_is_half_drawn_each_repair_offered_holds_what_it_promises(files):
    findings = offered(files, check_files(files, KNOWN))
    for one in [one for one in findings if one.fix]:
        after = check_files(repaired(files, one), KNOWN)
        assert not [other for other in after if (other.rule, other.element) == (one.rule, one.element)], one
        assert {rule for rule, _ in errors(after) - errors(findings)} <= NEEDS, one


@given(scribbles())
@settings(max_examples=40, deadline=None)
def test_clicking_one_button_after_another_comes_to_an_end(files):
    for _ in range(80):
        one = next((one for one in offered(files, check_files(files, KNOWN)) if one.fix), None)
        if one is None:
            return
        files = repaired(files, one)
    raise AssertionError("repairs without end")


def test_offering_repairs_for_a_large_diagram_takes_no_longer_than_two_seconds():
    files = {**large(300)}
    files["p.bpmn"] = files["p.bpmn"].replace(b' name="\xe6\x98\xaf"', b"")
    began = time.process_time()
    findings = offered(files, check_files(files, KNOWN))
    assert time.process_time() - began < 2
    assert any(one.fix for one in findings)
