"""The picture and the habits of drawing: each rule named by a faulty diagram, each with a twin that it leaves in peace."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.engine.test_check import KNOWN, PLAIN, changed, drawn
from tests.factories.diagrams import bundle, diagram, pictured
from workflows.checks import layout
from workflows.checks.check import check_files
from workflows.picture.reading import BPMNDI, DC, DI, Box, read_drawing
from workflows.picture.writing import write_box, write_points

TEXT = """
start s
user a form=f
xor g
user b form=f
user c form=f
xor m
end e
s > a > g
g > b : again == "yes"
b > m
g > c > m
m > e
"""
LANES = {"first": "s a g", "second": "b c m e"}


def plain() -> dict[str, bytes]:
    """Two lanes, all in order, every flow with a name."""
    files = pictured(drawn(TEXT, lanes=LANES))
    return {**files, "p.bpmn": files["p.bpmn"].replace(b"<bpmn:sequenceFlow ", b'<bpmn:sequenceFlow name="\xe6\x98\xaf" ')}


def edited(change: Callable[[etree._Element], object], files: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """The files with the diagram's tree changed."""
    files = files or plain()
    root = etree.fromstring(files["p.bpmn"])
    change(root)
    return {**files, "p.bpmn": etree.tostring(root)}


def part(root: etree._Element, element: str) -> etree._Element:
    """What draws an element."""
    return root.xpath("//*[@bpmnElement=$name]", name=element)[0]


def put(root: etree._Element, element: str, over: str, dx: float = 0, dy: float = 0) -> None:
    """Draw an element where another is, or beside it."""
    drawing = read_drawing(root)
    own, other = drawing.shape_of[element].box, drawing.shape_of[over].box
    write_box(part(root, element), Box(other.x + dx, other.y + dy, own.width, own.height))


def bend(root: etree._Element, flow: str, *stops: str) -> None:
    """Draw a flow as one line through the middles of these elements."""
    drawing = read_drawing(root)
    write_points(part(root, flow), [drawing.shape_of[stop].box.centre for stop in stops])


def without(root: etree._Element, element: str) -> None:
    """Draw an element no more."""
    node = part(root, element)
    node.getparent().remove(node)


def crossed(root: etree._Element) -> None:
    """Two flows that cross in the open."""
    for flow, points in (("f_s_a", [(2000, 2000), (2100, 2100)]), ("f_m_e", [(2000, 2100), (2100, 2000)])):
        write_points(part(root, flow), points)


def upon(root: etree._Element) -> None:
    """Two flows on one line."""
    for flow, points in (("f_s_a", [(2000, 2000), (2100, 2000)]), ("f_m_e", [(2050, 2001), (2150, 2001)])):
        write_points(part(root, flow), points)


def named(text: str, **more) -> dict[str, bytes]:
    """A picture of the text, every flow with a name."""
    files = pictured(drawn(text, **more))
    return {**files, "p.bpmn": files["p.bpmn"].replace(b"<bpmn:sequenceFlow ", b'<bpmn:sequenceFlow name="\xe6\x98\xaf" ')}


STRAIGHT = "start s\nuser a form=f\nend e\ns > a > e"
ANNOTATION = '<bpmn:textAnnotation id="note"><bpmn:text>法条</bpmn:text></bpmn:textAnnotation></bpmn:process>'


def noted(over: str, dx: float = 0, dy: float = 0) -> dict[str, bytes]:
    """A text annotation drawn over an element, or beside it."""

    def write(root: etree._Element) -> None:
        plane = root.find(f".//{BPMNDI}BPMNPlane")
        shape = etree.SubElement(plane, f"{BPMNDI}BPMNShape", id="note_di", bpmnElement="note")
        etree.SubElement(shape, f"{DC}Bounds", x="0", y="0", width="100", height="50")
        put(root, "note", over, dx, dy)

    return edited(write, changed("</bpmn:process>", ANNOTATION, plain()))


FAULTS: dict[str, tuple[dict[str, bytes], str, str]] = {
    "no picture": (drawn(STRAIGHT), "no_picture", "p"),
    "a step that is not drawn": (edited(lambda root: without(root, "b")), "not_drawn", "b"),
    "a flow that is not drawn": (edited(lambda root: without(root, "f_g_b")), "not_drawn", "f_g_b"),
    "a flow with bends that are no points": (edited(lambda root: part(root, "f_g_b")[0].set("x", "nan")), "not_drawn", "f_g_b"),
    "a step without a size": (edited(lambda root: part(root, "b")[0].set("width", "0")), "not_drawn", "b"),
    "a shape of nothing": (edited(lambda root: part(root, "b").set("bpmnElement", "ghost")), "drawn_without_element", "ghost"),
    "a step upon another": (edited(lambda root: put(root, "b", "c", 10, 10)), "overlapping", "b"),
    "flows that cross": (edited(crossed), "crossing_flows", "f_m_e"),
    "flows on one line": (edited(upon), "flows_upon_each_other", "f_m_e"),
    "a flow through a step": (edited(lambda root: bend(root, "f_s_a", "s", "b", "a")), "flow_through_step", "f_s_a"),
    "a note upon a step": (noted("b", 5, 5), "note_in_the_way", "note"),
    "a step in another lane": (edited(lambda root: put(root, "b", "a", 0, 0)), "drawn_in_another_lane", "b"),
    "a step that the file puts in no lane": (
        edited(lambda root: root.xpath("//*[local-name()='flowNodeRef' and text()='g']")[0].set("x", "") or root.xpath("//*[local-name()='lane']")[0].remove(root.xpath("//*[local-name()='flowNodeRef' and text()='g']")[0])),
        "drawn_in_another_lane", "g",
    ),
    "a step outside the pool": (edited(lambda root: put(root, "b", "e", 3000)), "drawn_outside_lanes", "b"),
    "a step across two lanes": (edited(lambda root: put(root, "b", "second", 400, -30)), "across_lanes", "b"),
    "lanes upon each other": (edited(lambda root: put(root, "second", "first", 0, 100)), "lanes_overlap", "second"),
    "more bends than anybody draws": (
        edited(lambda root: write_points(part(root, "f_s_a"), [(number, number % 7) for number in range(layout.MAX_SEGMENTS + 2)])), "too_many_bends", "p",
    ),
    "roads that meet in a task": (named(TEXT.replace("c > m", "c > b").replace("g > c", "g > c")), "fake_join", "b"),
    "a gateway with nothing to decide": (named("start s\nuser a form=f\nxor g\nend e\ns > a > g > e"), "superfluous_gateway", "g"),
    "a gateway that joins and splits": (
        named('start s\nuser a form=f\nxor g\nuser b form=f\nend e\ns > a > g\ng > b : again == "yes"\nb > g\ng > e'), "joins_and_splits", "g",
    ),
    "a flow drawn twice": (named('start s\nuser a form=f\nxor g\nend e\ns > a > g\ng > e : again == "yes"\ng > e'), "duplicate_flow", "f_g_e_1"),
    "a start without a name": (changed('id="s" name="s"', 'id="s"', plain()), "unnamed", "s"),
    "an end without a name": (changed('id="e" name="e"', 'id="e" name=" "', plain()), "unnamed", "e"),
    "an answer without a name": (pictured(drawn(TEXT, lanes=LANES)), "flow_unnamed", "f_g_c"),
}  # fmt: skip
ERRORS = {"drawn_in_another_lane", "drawn_outside_lanes"}
TWINS: dict[str, dict[str, bytes]] = {
    "two lanes in order": plain(),
    "a note beside everything": noted("second", 600, 5000),
    "flows that meet at their target": edited(lambda root: (bend(root, "f_b_m", "b", "m"), bend(root, "f_c_m", "c", "m"))[0]),
    "a subprocess, its content and an event on its edge": named(
        "start s\nsub x {\nstart i\nuser a form=f\nend ie\ni > a > ie\n}\nboundary n on=x message=raid\nend e\nend e2\ns > x > e\nn > e2"
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_rule_its_element_and_in_both_languages(fault):
    files, rule, element = FAULTS[fault]
    every = check_files(files, KNOWN)
    found = [one for one in every if (one.rule, one.element) == (rule, element)]
    assert found, [(one.rule, one.element) for one in every]
    assert {one.severity for one in found} == {"error" if rule in ERRORS else "warning"}
    for one in found:
        assert re.search(r"[\u4e00-\u9fff]", one.message), one
        assert re.search(r"[A-Za-z]{3}", one.message_en), one


@pytest.mark.parametrize("twin", TWINS)
def test_its_twin_is_left_in_peace(twin):
    assert check_files(TWINS[twin], KNOWN) == ()


def test_only_a_lie_about_who_does_it_forbids_publishing():
    said = {(one.rule, one.severity) for files, *_ in FAULTS.values() for one in check_files(files, KNOWN)}
    asked = {rule for _, rule, _ in FAULTS.values()}
    assert {rule for rule, severity in said if severity == "error" and rule in asked} == ERRORS


def large(steps: int) -> dict[str, bytes]:
    """Half tasks, half gateways: each gateway leads back to the beginning, on to the next task or to the end."""
    half = steps // 2
    nodes = "start s\nend e\nxor again\n" + "".join(f"user t{number} form=f\nxor g{number}\n" for number in range(half))
    flows = "s > again > t0\n" + "".join(
        f't{number} > g{number}\ng{number} > again : again == "x"\ng{number} > {f"t{number + 1}" if number < half - 1 else "e"}\n'
        for number in range(half)
    )
    return named(nodes + flows)


def test_300_elements_are_checked_within_two_seconds():
    files = large(300)
    began = time.process_time()
    rules = {one.rule for one in check_files(files, KNOWN)}
    assert time.process_time() - began < 2
    assert rules <= {"crossing_flows"}, "what the program draws lies nowhere upon anything"


def test_as_many_bends_as_are_compared_are_checked_within_two_seconds():
    """The worst case of the sweep: every straight part reaches over the whole width."""

    def zigzag(root: etree._Element) -> None:
        for flow in ("f_s_a", "f_m_e"):
            count = layout.MAX_SEGMENTS // 2 - 20
            write_points(part(root, flow), [(0 if number % 2 else 5000, number * 3) for number in range(count)])

    files = edited(zigzag)
    began = time.process_time()
    assert "crossing_flows" in {one.rule for one in check_files(files, KNOWN)}
    assert time.process_time() - began < 2


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_numbers_of_any_kind_in_a_picture_are_findings_and_no_failure(data):
    numbers = st.floats() | st.integers(-(10**30), 10**30) | st.sampled_from(["", "NaN", "1e999", "-1e308", "１２", "x", "0x10"])

    def spoil(root: etree._Element) -> None:
        places = [*root.iter(f"{DC}Bounds"), *root.iter(f"{DI}waypoint")]
        for place in data.draw(st.lists(st.sampled_from(places), max_size=6)):
            place.set(data.draw(st.sampled_from(["x", "y", "width", "height"])), str(data.draw(numbers)))

    for one in check_files(edited(spoil), KNOWN):
        assert one.message


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_is_drawn_by_the_program_has_no_finding_but_crossings(data):
    count = data.draw(st.integers(1, 9))
    nodes = [f"n{number}" for number in range(count)]
    kinds = [data.draw(st.sampled_from(["user {} form=f", "xor {}"])) for _ in nodes]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)), max_size=14, unique=True))
    text = "start s\nend e\n" + "\n".join(kind.format(name) for kind, name in zip(kinds, nodes, strict=True))
    text += f"\ns > {nodes[0]}\n{nodes[-1]} > e\n" + "\n".join(f"{one} > {other}" for one, other in pairs if one != other)
    half = data.draw(st.integers(0, count))
    lanes = {"first": " ".join(["s", *nodes[:half]]), "second": " ".join([*nodes[half:], "e"])}
    rules = {rule.__name__ for rule in layout.RULES}
    files = bundle("p", {"p": diagram("p", text, lanes=lanes)}, forms=PLAIN)
    found = {one.rule for one in check_files(pictured(files), KNOWN)}
    assert rules
    assert not found & {"overlapping", "flows_upon_each_other", "flow_through_step", "across_lanes", "lanes_overlap", *ERRORS}
