"""Whatever is uploaded, the check answers with findings: it never falls over, and never takes long."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.test_check import KNOWN, STRAIGHT, drawn
from tests.factories.diagrams import diagram
from tests.factories.routing import files_of
from workflows.checks.check import check_files
from workflows.engine.bundle import read_bundle

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from(["select", "group", "dynamiclist", "textfield", "type", "components", "key"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["type", "key", "path", "components", "conditional", "hide", "validate", "values", "properties", "id"]), inner, max_size=5
    ),
    max_leaves=25,
)  # fmt: skip


@given(JSON)
@settings(max_examples=120)
def test_any_json_as_a_form(thing):
    files = {**drawn(STRAIGHT), "forms/g.form": json.dumps({"components": thing}).encode(), "forms/h.form": json.dumps(thing).encode()}
    for finding in check_files(files, KNOWN):
        assert finding.message


@given(st.data())
@settings(max_examples=80)
def test_a_shipped_bundle_with_bytes_cut_out_and_changed(data):
    files = dict(files_of("supervision"))
    path = data.draw(st.sampled_from(sorted(files)))
    content = bytearray(files[path])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=6))
    files[path] = bytes(content)
    findings = check_files(files, KNOWN)
    if not any(finding.severity == "error" for finding in findings):
        read_bundle(files)  # what the check accepts can be read


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"- a\n- b",
        b"just words",
        b"process: [",
        b"process: {a: 1}\nname: x",
        b"\xff\xfe",
        b"process: p\nname: [1]\noptions: 5\nstarters: 7",
    ],
)
def test_any_manifest(manifest):
    findings = check_files({**drawn(STRAIGHT), "bundle.yaml": manifest}, KNOWN)
    assert "manifest" in {finding.rule for finding in findings}


def test_a_chain_of_calls_is_checked_in_no_time():
    names = [f"p{number}" for number in range(40)]
    bodies = {
        name: diagram(name, "start s\n" + "".join(f"call c{at} ={other}\n" for at, other in enumerate(names[number + 1 : number + 4])) + "end e\n"
                      + " > ".join(["s", *(f"c{at}" for at in range(len(names[number + 1 : number + 4]))), "e"]))
        for number, name in enumerate(names)
    }  # fmt: skip
    files = {"bundle.yaml": b"process: p0\nname: x", **{f"{name}.bpmn": content for name, content in bodies.items()}}
    began = time.monotonic()
    assert not [one for one in check_files(files, KNOWN) if one.severity == "error"]
    assert time.monotonic() - began < 10
