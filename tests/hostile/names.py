"""Ids and names with HTML, SQL and characters that mislead in them."""

from __future__ import annotations

import json
from functools import partial
from xml.sax.saxutils import quoteattr

from tests.hostile.carrier import Files, beside, put, sound, with_form
from tests.hostile.library import hostile

HTML = "<img src=x onerror=alert(1)><script>alert(1)</script>"
SQL = "'; DROP TABLE task; --"


def renamed(own: str) -> Files:
    """The bundle whose first task has another id, everywhere."""
    files, wanted = sound(), quoteattr(own)[1:-1]
    text = files["p.bpmn"].decode()
    for old in ('id="a"', 'Ref="a"', 'bpmnElement="a"', ">a<"):
        text = text.replace(old, old.replace("a" if old == ">a<" else '"a"', wanted if old == ">a<" else f'"{wanted}"'))
    return {**files, "p.bpmn": text.encode(), "scenarios/s.yaml": b"name: x\nsteps: []\n"}


def called(name: str) -> Files:
    return put('id="a" name="a"', f'id="a" name={quoteattr(name)}')


hostile("HTML and SQL in ids", "schema", {
    "HTML as the id of a step": partial(renamed, HTML), "SQL as the id of a step": partial(renamed, SQL), "a path as the id of a step": partial(renamed, "../../etc/passwd"),
    "a quote as the id of a step": partial(renamed, 'a" onclick="alert(1)'), "two words as the id of a step": partial(renamed, "a b"),
    "an empty id": partial(renamed, ""),
})  # fmt: skip
hostile("HTML and SQL in ids", "schema|manifest|duplicate_process", {
    "HTML as the id of a process": lambda: put('<bpmn:process id="p"', f"<bpmn:process id={quoteattr(HTML)}"),
    "HTML as the process of a manifest": lambda: beside("bundle.yaml", f"process: {json.dumps(HTML)}\nname: x\n"),
})  # fmt: skip
hostile("Ids and names that are too long", "id_too_long", {
    "an id of 61 characters": partial(renamed, "a" * 61), "an id of 1,900 characters": partial(renamed, "a" * 1_900),
})  # fmt: skip
hostile("Ids and names that are too long", "value_too_long", {
    "an id of 100,000 characters": partial(renamed, "a" * 100_000), "a name of 1 MB": partial(called, "名" * 300_000),
})  # fmt: skip
hostile("Ids and names that are too long", "name_too_long", {"a name of 101 characters": partial(called, "名" * 101)})
hostile("Names that mislead", "misleading_name", {
    "a name that turns round": partial(called, "同意\u202e绝拒"), "a name with a space of no width": partial(called, "同意\u200b"),
    "a name with an isolate": partial(called, "\u2066同意\u2069"), "a name that is invisible": partial(called, "\u3164"),
})  # fmt: skip
hostile("HTML and SQL in names", "", {
    "HTML as the name of a step": partial(called, HTML), "SQL as the name of a step": partial(called, SQL),
    "a link of JavaScript as the name of a step": partial(called, "[x](javascript:alert(1))"),
    "HTML as the label of a field": partial(with_form, {"type": "textfield", "key": "q", "label": HTML}),
    "HTML in a text of a form": partial(with_form, {"type": "text", "text": HTML}),
    "HTML as the name of a bundle": lambda: beside("bundle.yaml", f"process: p\nname: {json.dumps(HTML)}\nstarters: [officer]\n"),
    "SQL as the name of a bundle": lambda: beside("bundle.yaml", f"process: p\nname: {json.dumps(SQL)}\nstarters: [officer]\n"),
    "a name in letters that look like others": partial(called, "Аpprove"),
})  # fmt: skip
