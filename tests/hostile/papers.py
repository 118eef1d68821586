"""Forms, tables, YAML and Word files beside a diagram."""

from __future__ import annotations

import json
from functools import partial

import yaml

from tests.factories.diagrams import table
from tests.hostile.carrier import SCENARIO, TESTS, beside, cell, put, sound, with_form
from tests.hostile.library import hostile

MANIFEST = "process: p\nname: 试验\nstarters: [officer]\n"


def field(**told: object) -> dict[str, object]:
    return {"type": "textfield", "key": "q", "label": "q", **told}


def pattern(text: str):
    return partial(with_form, field(validate={"pattern": text}))


SLOW = {
    "repeats in a repeat": "(a+)+$", "alternatives in a repeat": "(a|a)*$", "optionals in a repeat": "(a?){50}a{50}", "thirty optionals": "a?" * 30 + "a" * 30,
    "a reference back": r"(a*)\1\1$", "three open repeats": ".*a.*a.*b", "a look ahead": "(?=(a+))a*b", "a number of repeats that overflows": "a{99999999999}",
    "a pattern of 100,000 brackets": "(" * 100_000, "a pattern that is none": "[",
}  # fmt: skip
hostile("Patterns that take years", "form_json", {name: pattern(text) for name, text in SLOW.items()})

FORMS = "Forms"
hostile(FORMS, "form_json", {
    "NaN in a form": lambda: beside("forms/f.form", '{"components": [{"type": "number", "key": "n", "label": "n", "validate": {"min": NaN}}]}'),
    "a form that is a list": lambda: beside("forms/f.form", "[]"),
    "a form that is a number": lambda: beside("forms/f.form", "7"),
    "a form that is no JSON": lambda: beside("forms/f.form", "<html>"),
    "components that are no components": lambda: beside("forms/f.form", '{"components": [1, null, [], "x"]}'),
    "a number of 10,000 digits": lambda: beside("forms/f.form", f'{{"components": [], "n": {"9" * 10_000}}}'),
})  # fmt: skip
hostile(FORMS, "form_json", {
    "a number without end": lambda: beside("forms/f.form", '{"components": [], "n": 1e999}'),
    "a number of 4,000 digits": lambda: beside("forms/f.form", f'{{"components": [], "n": {"9" * 4_000}}}'),
})  # fmt: skip
hostile(FORMS, "form_json|forms_too_large", {
    "a form 100,000 deep": lambda: beside("forms/f.form", '{"components":' + "[" * 100_000 + "]" * 100_000 + "}"),
    "a form 500 deep": lambda: beside("forms/f.form", '{"components":' + '[{"type":"group","components":' * 500 + "[]" + "}]" * 500 + "}"),
    "half of a surrogate pair in a form": lambda: beside("forms/f.form", r'{"components": [{"type": "text", "text": "\ud800"}]}'),
    "a NUL in a form": lambda: beside("forms/f.form", r'{"components": [{"type": "text", "text": "\u0000"}]}'),
    "10,000 fields": lambda: with_form(*(field(key=f"q{number}") for number in range(10_000))),
    "a form of 1 MB": lambda: with_form(field(label="x" * 1_000_000)),
}, kept=False)  # fmt: skip
hostile(FORMS, "forms_too_large", {
    "40 forms of 500 fields": lambda: {**sound(), **{f"forms/f{number}.form": with_form(*(field(key=f"q{one}") for one in range(500)))["forms/f.form"] for number in range(40)}},
})  # fmt: skip
hostile(FORMS, "form_key", {
    f"a field called {name}": partial(with_form, field(key=name)) for name in ("typename", "__proto__", "constructor", "__class__")
})  # fmt: skip
hostile(FORMS, "form_component", {
    f"a component {kind}": partial(with_form, {"type": kind, "content": "<script>alert(1)</script>", "url": "javascript:alert(1)", "key": "q"})
    for kind in ("html", "iframe", "script", "expression", "documentPreview")
})  # fmt: skip
hostile(FORMS, "fact_too_long", {"a field with a name of 100 characters": partial(with_form, field(key="q" * 100))})
hostile(FORMS, "", {"a key that stands twice": lambda: put('"components"', '"components": [], "components"', path="forms/f.form")})

TABLES = "Decision tables"
hostile(TABLES, "decision_table", {
    "a table without a table": lambda: beside("tables/t.dmn", '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'),
    "a cell of 10,000 digits": partial(cell, "output", "9" * 10_000),
    "a cell 1,000 lists deep": partial(cell, "output", "[" * 1_000 + "]" * 1_000),
    "a cell with bytes": partial(cell, "output", "b'x'"), "a cell with an object": partial(cell, "output", "{'a': 1}"),
    "a number without end as an output": partial(cell, "output", "1e999"),
})  # fmt: skip
hostile(
    TABLES,
    "decision_table|not_xml|doctype",
    {
        "a table behind a DOCTYPE": lambda: put(
            "<definitions", '<!DOCTYPE d [<!ENTITY x SYSTEM "file://@SECRET@">]><definitions', path="tables/t.dmn"
        )
    },
    kept=False,
)
hostile(TABLES, "tables_too_large|table_test|decision_table", {
    "1,000 rows and 1,000 tests": lambda: {
        **sound(),
        "tables/t.dmn": table("t", "n", "out", {f'"{number}"': '"x"' for number in range(1_000)}),
        "tables/t.tests.yaml": yaml.safe_dump([{"name": "n", "given": {"n": "1"}, "then": {"out": "x"}}] * 600).encode().replace(b"&id001", b"").replace(b"*id001", b"{}"),
    },
    "tests that are none": lambda: beside("tables/t.tests.yaml", "7"),
    "a test that compares a list": lambda: beside("tables/t.tests.yaml", TESTS.replace(b'"a"', b"[[1], {a: b}]")),
})  # fmt: skip

OBJECT = "!!python/object/apply:os.system ['touch @CANARY@']"
LAUGHS = "a: &a [x, x, x, x]\n" + "".join(
    f"{two}: &{two} [{', '.join([f'*{one}'] * 9)}]\n" for one, two in zip("abcdefgh", "bcdefghi", strict=True)
)
YAML = "YAML"
hostile(YAML, "manifest", {
    "a Python object in the manifest": lambda: beside("bundle.yaml", f"{MANIFEST}x: {OBJECT}\n"),
    "a Python name in the manifest": lambda: beside("bundle.yaml", f"{MANIFEST}x: !!python/name:os.system\n"),
    "a manifest that is a list": lambda: beside("bundle.yaml", "- p\n"),
    "a manifest that is nothing": lambda: beside("bundle.yaml", ""),
    "a manifest of another process": lambda: beside("bundle.yaml", "process: x\nname: x\n"),
    "a manifest with two documents": lambda: beside("bundle.yaml", f"{MANIFEST}---\n{MANIFEST}"),
    "a name of 10,000 characters": lambda: beside("bundle.yaml", f"process: p\nname: {'x' * 10_000}\n"),
    "bytes as a name": lambda: beside("bundle.yaml", "process: p\nname: !!binary aGFsbG8=\n"),
    "a key that cannot be one": lambda: beside("bundle.yaml", f"{MANIFEST}? [a, b]\n: c\n"),
})  # fmt: skip
hostile(YAML, "manifest|yaml_too_large", {
    "a billion laughs in YAML": lambda: beside("bundle.yaml", LAUGHS + MANIFEST),
    "an alias of itself": lambda: beside("bundle.yaml", f"{MANIFEST}x: &x [*x]\n"),
    "YAML 10,000 deep": lambda: beside("bundle.yaml", f"{MANIFEST}x: {'[' * 10_000}{']' * 10_000}\n"),
    "YAML of 1 MB": lambda: beside("bundle.yaml", f"{MANIFEST}x: {'y' * 1_000_000}\n"),
    "YAML of 30,000 values": lambda: beside("bundle.yaml", f"{MANIFEST}x: [{', '.join('y' * 30_000)}]\n"),
    "half of a surrogate pair in YAML": lambda: beside("bundle.yaml", MANIFEST + r'x: "\ud800"' + "\n"),
}, kept=False)  # fmt: skip
hostile(YAML, "rules_unreadable", {
    "a Python object in the rules": lambda: beside("rules.yaml", f"rules: {OBJECT}\n"),
    "rules that are a number": lambda: beside("rules.yaml", "rules: 7\n"),
})  # fmt: skip
hostile(YAML, "rules_unreadable|yaml_too_large", {"a billion laughs in the rules": lambda: beside("rules.yaml", LAUGHS)}, kept=False)
hostile(YAML, "scenario_failed", {
    "a Python object in a scenario": lambda: beside("scenarios/s.yaml", f"name: x\nsteps: {OBJECT}\n"),
    "a step that is none": lambda: beside("scenarios/s.yaml", "name: x\nsteps: [{do: {a: b}, report: 1}]\n"),
    "answers that are a list": lambda: beside("scenarios/s.yaml", "name: x\nsteps:\n  - {do: a, answers: [1, 2]}\n"),
    "parts that are nobody": lambda: beside("scenarios/s.yaml", "name: x\nparts: {lead: [1]}\nsteps: []\n"),
})  # fmt: skip
hostile(YAML, "scenario_failed|yaml_too_large", {"a billion laughs in a scenario": lambda: beside("scenarios/s.yaml", LAUGHS)}, kept=False)
hostile(YAML, "scenario_too_large", {
    "40 scenarios of 500 steps": lambda: {
        **sound(), **{f"scenarios/s{number}.yaml": b"name: x\nsteps:\n" + b"  - {do: a}\n" * 499 for number in range(40)},
    },
    "a scenario with 5,000 branches": lambda: beside("scenarios/s.yaml", SCENARIO + f"facts: {{targets: [{', '.join(f'x{number}' for number in range(5_000))}]}}\n".encode()),
})  # fmt: skip
hostile("Word files", "", {
    "a Word file that is none": partial(beside, "documents/x.docx", b"PK\x03\x04 no zip"),
    "a Word file with a template in it": partial(beside, "documents/x.docx", b"{{ ''.__class__.__mro__ }}{% import os %}"),
})  # fmt: skip
hostile(
    YAML,
    "options_name",
    {"an option list called like a fact": lambda: beside("bundle.yaml", f"{MANIFEST}options: {{n: [{{value: a, label: b}}]}}\n")},
)
hostile(
    YAML,
    "manifest",
    {"options that are none": lambda: beside("bundle.yaml", f"{MANIFEST}options: {json.dumps({'x': [1, {'value': []}]})}\n")},
)
