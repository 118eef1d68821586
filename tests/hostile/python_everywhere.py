"""Python, and what other engines execute, in every place where an expression or a name can stand."""

from __future__ import annotations

import json
from functools import partial

from tests.hostile.carrier import RULES, SCENARIO, attribute, beside, cell, condition, inner, put, top, with_form
from tests.hostile.library import hostile

SYSTEM = "__import__('os').system('touch @CANARY@')"
ESCAPES = {
    "an import": SYSTEM,
    "the way over the subclasses": "().__class__.__base__.__subclasses__()[0].__init__.__globals__",
    "open": "open('@CANARY@', 'w')",
    "open within len": "len(open('@CANARY@', 'w').write('x'))",
    "exec": "exec(\"open('@CANARY@','w')\")",
    "a lambda": "(lambda: open('@CANARY@', 'w'))()",
    "an f-string": "f\"{open('@CANARY@', 'w')}\"",
    "a comprehension": "[one for one in open('@CANARY@', 'w')]",
    "an assignment in passing": "(x := open('@CANARY@', 'w'))",
    "a template": "{{ 7*7 }}",
    "an expression of Java": "${T(java.lang.Runtime).getRuntime().exec('touch @CANARY@')}",
    "a function of FEEL": "string length(n) > 0",
    "a loop of FEEL": "for i in 1..1000000000 return i",
    "a power without end": "9**9**9**9",
    "a text without end": "'a' * 1000000000 * 1000000000 == n",
    "five hundred brackets": "(" * 500,
    "a name with an underscore": "_n == n",
    "an attribute": "n.real",
}
WHY = "Python where an expression can stand"
hostile(
    WHY, "condition_unreadable", {f"{name} in a condition": partial(condition, text) for name, text in ESCAPES.items() if "'a'" not in text}
)
hostile(
    WHY,
    "form_condition",
    {
        f"{name} in the condition of a field": partial(with_form, {"type": "textfield", "key": "m2", "label": "m", "conditional": {"hide": f"={text}"}})
        for name, text in ESCAPES.items() if "'a'" not in text
    },
)  # fmt: skip
hostile(
    WHY, "decision_table|table_test", {f"{name} in the input of a table": partial(cell, "input", text) for name, text in ESCAPES.items()}
)
hostile(WHY, "decision_table|table_test", {
    f"{name} in a cell of a table": partial(cell, "test", text) for name, text in ESCAPES.items()
})  # fmt: skip
hostile(
    WHY, "decision_table|table_test", {f"{name} as what a table decides": partial(cell, "output", text) for name, text in ESCAPES.items()}
)
hostile(WHY, "rules_unreadable", {
    "an import in a rule": partial(beside, "rules.yaml", RULES.replace(b'n == "a"', json.dumps(SYSTEM).encode())),
    "an import in the where of a rule": partial(beside, "rules.yaml", RULES.replace(b"{form: h}", f"{{form: h, where: {json.dumps(SYSTEM)}}}".encode())),
})  # fmt: skip
hostile(WHY, "scenario_failed", {
    "an import as the answer of a scenario": partial(beside, "scenarios/s.yaml", SCENARIO.replace(b"{n: a,", f"{{n: {json.dumps(SYSTEM)},".encode())),
})  # fmt: skip

SPIFF = 'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
LISTENER = f'<bpmn:extensionElements {CAMUNDA}><camunda:executionListener event="start"><camunda:script scriptFormat="python">{SYSTEM}</camunda:script></camunda:executionListener></bpmn:extensionElements>'
CODE = "Code of other engines"
hostile(CODE, "foreign_code", {
    f"a {name} of SpiffWorkflow": partial(
        inner, "a", f"<bpmn:extensionElements {SPIFF}><spiffworkflow:{name}>{SYSTEM}</spiffworkflow:{name}></bpmn:extensionElements>"
    )
    for name in ("preScript", "postScript")
})  # fmt: skip
hostile(CODE, "foreign_code", {
    "an operator of SpiffWorkflow": partial(
        inner, "a", f'<bpmn:extensionElements {SPIFF}><spiffworkflow:serviceTaskOperator id="{SYSTEM}"/></bpmn:extensionElements>'
    ),
    "a listener of Camunda": partial(inner, "a", LISTENER),
    **{
        f"a {name} of Camunda": lambda name=name: put("<bpmn:definitions ", f"<bpmn:definitions {CAMUNDA} ", attribute("a", f"camunda:{name}", SYSTEM))
        for name in ("class", "expression", "delegateExpression", "formKey", "assignee")
    },
})  # fmt: skip
TASK = '<bpmn:userTask id="a" name="a"'
hostile(CODE, "unsupported_scriptTask", {
    "a script task": lambda: put(
        "</bpmn:process>", f'<bpmn:scriptTask id="x" name="x" scriptFormat="python"><bpmn:script>{SYSTEM}</bpmn:script></bpmn:scriptTask></bpmn:process>'
    ),
})  # fmt: skip
hostile(CODE, "unsupported_data", {
    "an assignment of data": partial(
        inner, "a", f'<bpmn:ioSpecification id="io"><bpmn:inputSet id="is"/><bpmn:outputSet id="os"/></bpmn:ioSpecification><bpmn:dataInputAssociation id="d"><bpmn:targetRef>a</bpmn:targetRef><bpmn:assignment><bpmn:from>{SYSTEM}</bpmn:from><bpmn:to>x</bpmn:to></bpmn:assignment></bpmn:dataInputAssociation>'
    ),
})  # fmt: skip
hostile(CODE, "unsupported_event", {
    "a condition to start with": partial(inner, "s", f'<bpmn:conditionalEventDefinition id="cd"><bpmn:condition>{SYSTEM}</bpmn:condition></bpmn:conditionalEventDefinition>'),
    "a time to start with": partial(inner, "s", f'<bpmn:timerEventDefinition id="td"><bpmn:timeDate>{SYSTEM}</bpmn:timeDate></bpmn:timerEventDefinition>'),
})  # fmt: skip
hostile(CODE, "timer_with_time|timer_cycle", {
    f"a {kind} that is Python": partial(
        put,
        "</bpmn:process>",
        f'<bpmn:boundaryEvent id="bt" name="bt" attachedToRef="a"><bpmn:timerEventDefinition id="td"><bpmn:{kind}>{SYSTEM}</bpmn:{kind}></bpmn:timerEventDefinition></bpmn:boundaryEvent></bpmn:process>',
    )
    for kind in ("timeDate", "timeDuration", "timeCycle")
})  # fmt: skip
MANY = '<bpmn:multiInstanceLoopCharacteristics id="mi">{}</bpmn:multiInstanceLoopCharacteristics>'
hostile(CODE, "branches_without_list|ignored_on_branches|unknown_list", {
    "a number of branches that is Python": partial(inner, "a", MANY.format(f"<bpmn:loopCardinality>{SYSTEM}</bpmn:loopCardinality>")),
    "an end of the branches that is Python": partial(inner, "a", MANY.format(f"<bpmn:completionCondition>{SYSTEM}</bpmn:completionCondition>")),
    "a list of branches that is Python": partial(inner, "a", MANY.format(f"<bpmn:loopDataInputRef>{SYSTEM}</bpmn:loopDataInputRef>")),
})  # fmt: skip
hostile(CODE, "unsupported_loop", {
    "a loop while Python holds": partial(inner, "a", f'<bpmn:standardLoopCharacteristics id="lo"><bpmn:loopCondition>{SYSTEM}</bpmn:loopCondition></bpmn:standardLoopCharacteristics>'),
})  # fmt: skip
hostile(CODE, "foreign_code", {
    "a correlation that is Python": partial(
        top,
        '<bpmn:message id="m1" name="m1"/><bpmn:correlationProperty id="cp" name="cp"><bpmn:correlationPropertyRetrievalExpression messageRef="m1">'
        f"<bpmn:messagePath>{SYSTEM}</bpmn:messagePath></bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>",
    ),
})  # fmt: skip
NAMED = "Python as a name"
hostile(NAMED, "unknown_form", {"Python as a form": lambda: put('onecase:form="f"', f'onecase:form="{SYSTEM}"')})
hostile(NAMED, "unknown_table", {"Python as a decision table": lambda: put('onecase:decision="t"', f'onecase:decision="{SYSTEM}"')})
hostile(NAMED, "unknown_clock", {
    f"Python as the {name} of a task": partial(attribute, "a", f"onecase:{name}", SYSTEM) for name in ("clock", "startsClock", "stopsClock")
})  # fmt: skip
hostile(NAMED, "unknown_gate", {"Python as a gate": partial(attribute, "a", "onecase:gate", SYSTEM)})
hostile(NAMED, "officers", {
    "Python as the number of officers": partial(attribute, "a", "onecase:officers", SYSTEM),
    "a number of officers of ten thousand digits": partial(attribute, "a", "onecase:officers", "9" * 1900),
    "a number of officers in superscript": partial(attribute, "a", "onecase:officers", "²"),
})  # fmt: skip
hostile(NAMED, "unknown_service", {
    "Python as a service": lambda: put(TASK, f'<bpmn:serviceTask id="x" name="x" onecase:service="{SYSTEM}"/>{TASK}'),
    "a dunder as a service": lambda: put(TASK, f'<bpmn:serviceTask id="x" name="x" onecase:service="__class__"/>{TASK}'),
})  # fmt: skip
hostile(
    NAMED,
    "unknown_call",
    {"Python as what is called": lambda: put(TASK, f'<bpmn:callActivity id="x" name="x" calledElement="{SYSTEM}"/>{TASK}')},
)
hostile(NAMED, "lane_unknown_agency", {"Python as an agency": lambda: put('agency="receiving"', f'agency="{SYSTEM}"')})
hostile(NAMED, "unknown_options", {
    "Python as an option list": partial(with_form, {"type": "select", "key": "q", "label": "q", "valuesKey": SYSTEM})
})  # fmt: skip
hostile("Templates in texts", "", {
    f"{name} in {place}": make
    for name, text in (("a template", "{{ 7*7 }}{% include '/etc/passwd' %}"), ("Python", SYSTEM))
    for place, make in {
        "the name of a step": lambda text=text: put('name="a"', f'name="{text}"'),
        "the label of a field": partial(with_form, {"type": "textfield", "key": "q", "label": text}),
        "the preset of a field": partial(with_form, {"type": "textfield", "key": "q", "label": "q", "defaultValue": text}),
        "a text of a form": partial(with_form, {"type": "text", "text": f"={text}"}),
        "a document": partial(attribute, "a", "onecase:documents", text),
        "the name of a bundle": lambda text=text: beside("bundle.yaml", f"process: p\nname: {json.dumps(text)}\nstarters: [officer]\n"),
    }.items()
})  # fmt: skip
