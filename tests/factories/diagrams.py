"""Small diagrams written down in a few words, made into the BPMN of our dialect.

    start s
    user a form=f
    xor g
    end e
    s > a > g
    g > a : again == "yes"
    g > e

A line is a node (`kind id attribute=value …`), a subprocess (`sub id {` … `}`) or a chain of flows. What follows `:` is the
condition of the chain's first flow; the flow of a splitting `xor` without a condition is its default. `*items` runs a node
once for each item of the list fact `items`, all at once, `**items` one after the other; `=process` names what a `call` calls.
`catch n message=raid` waits for news, `catch t clock=rule` for a clock; `boundary n on=a message=raid` does so on the edge of `a`
and ends it, unless it says `cancel=false`; `event g` is an event-based gateway.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import yaml
from lxml import etree

from workflows.engine.diagram import read_diagram
from workflows.picture.writing import draw

KINDS = {
    "start": "startEvent", "end": "endEvent", "user": "userTask", "service": "serviceTask", "table": "businessRuleTask", "xor": "exclusiveGateway",
    "and": "parallelGateway", "call": "callActivity", "sub": "subProcess", "script": "scriptTask", "or": "inclusiveGateway", "boundary": "boundaryEvent",
    "receive": "receiveTask", "event": "eventBasedGateway", "catch": "intermediateCatchEvent",
}  # fmt: skip
PLAIN = {"on": "attachedToRef", "cancel": "cancelActivity", "default": "default"}
"""Attributes of BPMN itself, by the words for them; all others are the dialect's."""
ACTIVITIES = {"user", "service", "table", "call", "sub", "script"}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:onecase="urn:onecase:bpmn:1" id="definitions" targetNamespace="urn:test">\n'
)


@dataclass
class Node:
    """A node as written."""

    kind: str
    id: str
    attributes: dict[str, str]
    collection: str = ""
    in_turn: bool = False
    called: str = ""
    inner: Scope | None = None


@dataclass
class Scope:
    """A process or an embedded subprocess."""

    nodes: list[Node] = field(default_factory=list)
    flows: list[tuple[str, str, str]] = field(default_factory=list)


def diagram(
    process: str,
    text: str,
    *,
    agency: str = "receiving",
    role: str = "officer",
    lane: bool = True,
    lanes: Mapping[str, str] | None = None,
) -> bytes:
    """The BPMN of `text`; every node stands in one lane, or in the one of `lanes` (name → nodes, with spaces between) that names it."""
    scope, _ = _read(text.strip().splitlines(), 0)
    collections = sorted(_collections(scope))
    properties = "".join(f'<bpmn:property id="{name}" name="{name}" />' for name in collections)
    told = lanes or {"lane": " ".join(node.id for node in scope.nodes)} if lane else {}
    drawn = "".join(
        f'<bpmn:lane id="{name}" name="泳道" onecase:nameEn="Lane" onecase:agency="{agency}" onecase:role="{role}">'
        + "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in nodes.split())
        + "</bpmn:lane>"
        for name, nodes in told.items()
    )
    lane_set = f'<bpmn:laneSet id="lanes">{drawn}</bpmn:laneSet>' if drawn else ""
    messages = "".join(
        f'<bpmn:message id="message_{name}" name="{name}" onecase:nameEn="News of {name}" />' for name in sorted(_messages(scope))
    )
    body = f'{messages}<bpmn:process id="{process}" name="试验 {process}" isExecutable="true">{properties}{lane_set}{_drawn(scope)}</bpmn:process>'
    return f"{HEAD}{body}\n</bpmn:definitions>".encode()


def pictured(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same files, each process drawn as the program draws one that has no picture."""
    return {path: drawn_anew(content) if path.endswith(".bpmn") else content for path, content in files.items()}


def drawn_anew(content: bytes) -> bytes:
    """The same process with a picture."""
    read = read_diagram(content)
    draw(read.root, read)
    return etree.tostring(read.root.getroottree(), xml_declaration=True, encoding="UTF-8")


def form(*fields: str | Mapping[str, Any]) -> bytes:
    """A form: a name is a text field, anything else a component as it stands."""
    components = [{"type": "textfield", "key": one, "label": one} if isinstance(one, str) else dict(one) for one in fields]
    return json.dumps({"type": "default", "components": components}, ensure_ascii=False).encode()


def table(name: str, inputs: str, output: str, rows: Mapping[str, str], *, hit_policy: str = "UNIQUE") -> bytes:
    """A decision table with one input and one output."""
    rules = "".join(
        f'<rule id="r{number}"><inputEntry id="i{number}"><text>{escape(test)}</text></inputEntry>'
        f'<outputEntry id="o{number}"><text>{escape(value)}</text></outputEntry></rule>'
        for number, (test, value) in enumerate(rows.items())
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">'
        f'<decision id="{name}" name="{name}"><decisionTable id="t" hitPolicy="{hit_policy}"><input id="in"><inputExpression id="ie" typeRef="string">'
        f'<text>{inputs}</text></inputExpression></input><output id="out" name="{output}" typeRef="string" />{rules}</decisionTable></decision></definitions>'
    ).encode()


def bundle(
    main: str,
    files: Mapping[str, bytes],
    *,
    forms: Mapping[str, bytes] | None = None,
    tables: Mapping[str, bytes] | None = None,
    **told: Any,
) -> dict[str, bytes]:
    """The files of a bundle: processes by name, forms by name, tables by name; `told` goes into its manifest."""
    manifest = yaml.safe_dump(
        {"process": main, "name": "试验", "name_en": "A trial", "starters": ["officer", "intake"], **told}, allow_unicode=True
    )
    return {
        "bundle.yaml": manifest.encode(),
        **{f"{name}.bpmn": content for name, content in files.items()},
        **{f"forms/{name}.form": content for name, content in (forms or {}).items()},
        **{f"tables/{name}.dmn": content for name, content in (tables or {}).items()},
    }


def _read(lines: list[str], number: int) -> tuple[Scope, int]:
    scope = Scope()
    while number < len(lines):
        line = lines[number].split("#")[0].strip()
        number += 1
        if line == "}":
            break
        if not line:
            continue
        if line.startswith("sub ") and line.endswith("{"):
            inner, number = _read(lines, number)
            node = _node(line[:-1].strip())
            node.inner = inner
            scope.nodes.append(node)
        elif ">" in line.split(":")[0]:
            road, _, condition = line.partition(":")
            stops = [stop.strip() for stop in road.split(">")]
            for position, (source, target) in enumerate(pairwise(stops)):
                scope.flows.append((source, target, condition.strip() if position == 0 else ""))
        else:
            scope.nodes.append(_node(line))
    return scope, number


def _node(line: str) -> Node:
    kind, name, *rest = line.split()
    node = Node(kind, name, {})
    for word in rest:
        if word.startswith("*"):
            node.collection, node.in_turn = word.lstrip("*"), word.startswith("**")
        elif word.startswith("="):
            node.called = word[1:]
        else:
            key, _, value = word.partition("=")
            node.attributes[key] = value
    return node


def _collections(scope: Scope) -> set[str]:
    found = {node.collection for node in scope.nodes if node.collection}
    return found.union(*(_collections(node.inner) for node in scope.nodes if node.inner))


def _messages(scope: Scope) -> set[str]:
    found = {node.attributes["message"] for node in scope.nodes if "message" in node.attributes}
    return found.union(*(_messages(node.inner) for node in scope.nodes if node.inner))


def _drawn(scope: Scope) -> str:
    return "".join([*(_drawn_node(scope, node) for node in scope.nodes), *(_drawn_flow(scope, index) for index in range(len(scope.flows)))])


def _drawn_node(scope: Scope, node: Node) -> str:
    own = {f"onecase:{key}": value for key, value in node.attributes.items() if key not in {*PLAIN, "message"}}
    own |= {PLAIN[key]: value for key, value in node.attributes.items() if key in PLAIN}
    if node.kind == "call":
        own["calledElement"] = node.called
    if node.kind == "xor" and "default" not in own:
        plain = [number for number, (source, _, condition) in enumerate(scope.flows) if source == node.id and not condition]
        splits = sum(source == node.id for source, _, _ in scope.flows) > 1
        if splits and len(plain) == 1:
            own["default"] = _flow_id(scope, plain[0])
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in own.items() if value != "none")
    name = f' name="{node.id}"'
    inner = _drawn(node.inner) if node.inner else _awaited(node)
    repeated = (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(node.in_turn).lower()}"><bpmn:loopDataInputRef>{node.collection}</bpmn:loopDataInputRef>'
        f'<bpmn:inputDataItem id="{node.id}_item" name="member" /></bpmn:multiInstanceLoopCharacteristics>'
        if node.collection
        else ""
    )
    tag = f"bpmn:{KINDS[node.kind]}"
    return f'<{tag} id="{node.id}"{name}{attributes}>{repeated}{inner}</{tag}>'


def _awaited(node: Node) -> str:
    if "message" in node.attributes:
        return f'<bpmn:messageEventDefinition id="{node.id}_news" messageRef="message_{node.attributes["message"]}" />'
    return f'<bpmn:timerEventDefinition id="{node.id}_time" />' if node.kind in {"catch", "boundary"} else ""


def _flow_id(scope: Scope, number: int) -> str:
    source, target, _ = scope.flows[number]
    same = [index for index, flow in enumerate(scope.flows) if flow[:2] == (source, target)]
    return f"f_{source}_{target}" + (f"_{same.index(number)}" if len(same) > 1 else "")


def _drawn_flow(scope: Scope, number: int) -> str:
    source, target, condition = scope.flows[number]
    inner = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{escape(condition)}</bpmn:conditionExpression>' if condition else ""
    )
    return f'<bpmn:sequenceFlow id="{_flow_id(scope, number)}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'
