"""Diagrams as other tools write them: BPMN without our dialect, in several hands.

A process is written as XML without prefixes, its flows in short: `flows("start a gate", "gate yes b | ${x == 1}")`. The namespaces, the
prefix and the pools are added here, so that one text can be had in the style of several tools.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from tests.factories.diagrams import drawn_anew

VENDORS = {
    "camunda": "http://camunda.org/schema/1.0/bpmn", "zeebe": "http://camunda.org/schema/zeebe/1.0", "flowable": "http://flowable.org/bpmn",
    "activiti": "http://activiti.org/bpmn", "drools": "http://www.jboss.org/drools", "w4": "http://www.w4.eu/spec/BPMN/20110701/MODEL",
    "bpsim": "http://www.bpsim.org/schemas/1.0", "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}  # fmt: skip
MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def flows(*roads: str) -> str:
    """Flows along each road; behind `|` a condition for its first flow, behind `#` a name for it."""
    written = []
    for road in roads:
        way, _, rest = road.partition("|")
        condition, _, name = rest.partition("#") if rest else ("", "", "")
        if not rest:
            way, _, name = way.partition("#")
        stops = way.split()
        for place, (source, target) in enumerate(pairwise(stops)):
            first = place == 0
            told = f" name={quoteattr(name.strip())}" if first and name.strip() else ""
            inner = (
                f'<conditionExpression xsi:type="tFormalExpression">{escape(condition.strip())}</conditionExpression>'
                if first and condition.strip()
                else ""
            )
            written.append(f'<sequenceFlow id="f_{source}_{target}" sourceRef="{source}" targetRef="{target}"{told}>{inner}</sequenceFlow>')
    return "".join(written)


def steps(**named: str) -> str:
    """Steps by id: `kind` or `kind Name of it`."""
    return "".join(
        f'<{kind} id="{name}"{f" name={quoteattr(title)}" if title else ""}/>'
        for name, (kind, _, title) in ((name, told.partition(" ")) for name, told in named.items())
    )


def lanes(**named: str) -> str:
    """A lane set: the lane of each name and the steps in it."""
    inner = "".join(
        f'<lane id="lane_{name}" name={quoteattr(name)}>{"".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in nodes.split())}</lane>'
        for name, nodes in named.items()
    )
    return f'<laneSet id="lanes_{"_".join(named)}">{inner}</laneSet>'


def foreign(
    processes: Mapping[str, str], *, top: str = "", pools: str = "", executable: bool = False, prefix: str = "", picture: bool = False
) -> bytes:
    """A file with these processes (id → what is in it); `top` stands beside them, `pools` in a collaboration."""
    held = "".join(
        f'<process id="{name}" name={quoteattr(name)} isExecutable="{str(executable).lower()}">{inner}</process>'
        for name, inner in processes.items()
    )
    around = f'<collaboration id="together">{pools}</collaboration>' if pools else ""
    body = f"{around}{top}{held}"
    spaces = "".join(f' xmlns:{name}="{uri}"' for name, uri in VENDORS.items())
    if prefix:
        body = re.sub(r"<(/?)([A-Za-z][\w.-]*)(?=[\s/>])", rf"<\1{prefix}:\2", body)
    root = f"{prefix}:definitions" if prefix else "definitions"
    own = f"xmlns:{prefix}" if prefix else "xmlns"
    written = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {own}="{MODEL}"{spaces} id="definitions" targetNamespace="urn:x">{body}</{root}>'.encode()
    return drawn_anew(written) if picture else written
