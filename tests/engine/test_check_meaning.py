"""What a bundle carries and nothing uses, what it asks and nobody can answer: each rule named by a faulty bundle, each with a twin."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from tests.engine.test_check import KNOWN, PLAIN, drawn
from tests.engine.test_check_layout import LANES, STRAIGHT, TEXT, named, plain
from tests.factories.diagrams import form, pictured
from workflows.checks.check import check_files

CHOICE = {"type": "radio", "key": "n", "label": "n"}


def news(names: Iterable[str], awaited: str) -> dict[str, bytes]:
    """Messages m0, m1 … with these names, and an event that waits for one of them."""
    files = pictured(drawn("start s\nuser a form=f\ncatch c message=m\nend e\ns > a > c > e"))
    told = "".join(f'<bpmn:message id="m{number}" name="{name}"/>' for number, name in enumerate(names)).encode()
    return {
        **files,
        "p.bpmn": re.sub(rb"<bpmn:message [^>]*/>", told, files["p.bpmn"]).replace(
            b'messageRef="message_m"', f'messageRef="{awaited}"'.encode()
        ),
    }


FAULTS: dict[str, tuple[dict[str, bytes], str, str]] = {
    "a step in two lanes": (named(TEXT, lanes={"first": "s a g b", "second": "b c m e"}), "in_two_lanes", "b"),
    "a lane without work": (named(TEXT, lanes={**LANES, "third": ""}), "empty_lane", "third"),
    "two messages that are called alike": (news(["来", "来"], "m0"), "message_twice", "m1"),
    "a message that nobody waits for": (news(["来", "去"], "m0"), "unused_message", "m1"),
    "a form that no step uses": (named(TEXT, lanes=LANES, forms={**PLAIN, "left": form("n")}), "unused_form", "left"),
    "a table that no step uses": ({**plain(), "tables/t.dmn": b"<a/>"}, "unused_dmn", "t"),
    "a form that asks nothing": (named(STRAIGHT, forms={"f": form({"type": "text", "text": "x"})}), "form_without_input", "f"),
    "a field that offers nothing": (named(STRAIGHT, forms={"f": form({**CHOICE, "valuesKey": "nobody"})}), "unknown_options", "nobody"),
}  # fmt: skip
ERRORS = {"in_two_lanes", "unknown_options"}
TWINS: dict[str, dict[str, bytes]] = {
    "one message and its event": news(["来"], "m0"),
    "a field that offers the agencies": named(STRAIGHT, forms={"f": form({**CHOICE, "valuesKey": "agencies"})}),
    "two lanes with work in each, a form that is used": plain(),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_rule_its_element_and_in_both_languages(fault):
    files, rule, element = FAULTS[fault]
    found = [one for one in check_files(files, KNOWN) if (one.rule, one.element) == (rule, element)]
    assert found, [(one.rule, one.element) for one in check_files(files, KNOWN)]
    assert {one.severity for one in found} == {"error" if rule in ERRORS else "warning"}
    for one in found:
        assert re.search(r"[\u4e00-\u9fff]", one.message), one
        assert re.search(r"[A-Za-z]{3}", one.message_en), one


@pytest.mark.parametrize("twin", TWINS)
def test_its_twin_is_left_in_peace(twin):
    assert check_files(TWINS[twin], KNOWN) == ()
