"""The sound bundle that carries what is hostile, and the ways to put something into it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.factories.diagrams import bundle, diagram, form, pictured, table

Files = dict[str, bytes]
ROAD = """
start s
user a form=f
table t decision=t
xor g
user b form=h
end e
s > a > t > g
g > b : out == "x"
g > e
b > e
"""
CHOICE = {
    "type": "select", "key": "n", "label": "n", "validate": {"required": True}, "values": [{"value": one, "label": one} for one in "ab"]
}  # fmt: skip
TESTS = b'- {name: n, given: {n: "a"}, then: {out: "x"}}\n'
RULES = b'rules:\n  - {id: r, name: r, after: {form: h}, requires: [{element: a}], when: n == "a"}\n'
SCENARIO = b"name: x\nsteps:\n  - {do: a, answers: {n: a, again: y}}\n  - {do: b, answers: {m: y}}\nthen: {closed: true}\n"


@cache
def _sound() -> Mapping[str, bytes]:
    tables = {"t": table("t", "n", "out", {'"a"': '"x"', '"b"': '"y"'})}
    files = bundle("p", {"p": diagram("p", ROAD)}, forms={"f": form("again", CHOICE), "h": form("m")}, tables=tables)
    more = {"tables/t.tests.yaml": TESTS, "scenarios/s.yaml": SCENARIO}
    return {**pictured(files), **more}


def sound() -> Files:
    """A bundle with a user task, a decision, a choice, forms, a table with a test and a scenario: everything about it is right."""
    return dict(_sound())


def straight(road: str, **forms: bytes) -> Files:
    """A bundle of that road; `f` is a form unless another is given."""
    return bundle("p", {"p": diagram("p", road)}, forms={"f": form("again", "n"), **forms})


def put(old: str, new: str, files: Files | None = None, path: str = "p.bpmn") -> Files:
    """The bundle with one text in the place of another, once."""
    files = sound() if files is None else files
    assert old.encode() in files[path], old
    return {**files, path: files[path].replace(old.encode(), new.encode(), 1)}


def beside(path: str, content: bytes | str) -> Files:
    """The bundle with a file of this content."""
    return {**sound(), path: content.encode() if isinstance(content, str) else content}


def with_form(*components: Any, **more: Any) -> Files:
    """The bundle whose first form has these components too."""
    fields = [{"type": "textfield", "key": "again", "label": "again"}, CHOICE]
    return beside("forms/f.form", json.dumps({"type": "default", "components": [*fields, *components], **more}))


def inner(step: str, content: str, files: Files | None = None) -> Files:
    """The bundle with something inside one of its steps, before what is there."""
    files = sound() if files is None else files
    text = files["p.bpmn"].decode()
    at = text.index(f'id="{step}" name="{step}"')
    end = text.index(">", at)
    if text[end - 1] == "/":
        kind = text[text.rindex("<", 0, at) + 1 : at].split()[0]
        text = f"{text[: end - 1]}>{content}</{kind}>{text[end + 1 :]}"
    else:
        text = f"{text[: end + 1]}{content}{text[end + 1 :]}"
    return {**files, "p.bpmn": text.encode()}


def condition(text: str) -> Files:
    """The bundle whose flow asks this."""
    return put('out == "x"', escape(text))


def attribute(step: str, name: str, value: str, files: Files | None = None) -> Files:
    """The bundle with an attribute more on one of its steps."""
    return put(f'id="{step}" name="{step}"', f'id="{step}" name="{step}" {name}={quoteattr(value)}', files)


def top(content: str) -> Files:
    """The bundle with something before its process."""
    return put("<bpmn:process", content + "<bpmn:process")


def cell(kind: str, text: str) -> Files:
    """The bundle whose table has this text for its `input`, a `test` or an `output`."""
    old = {"input": "<text>n</text>", "test": '<text>"a"</text>', "output": '<text>"x"</text>'}[kind]
    return put(old, f"<text>{escape(text)}</text>", path="tables/t.dmn")
