"""Foreign event subprocesses of a process: what may begin at any time becomes an event on the edge of everything else.

A process with such asides is the same as one that calls its main course and has their events on the edge of that call. The main course
becomes a process of its own, so that its lanes stay.
"""

from __future__ import annotations

import copy

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import BPMN, FLOW_NODES, local
from workflows.importing.outcome import called
from workflows.importing.workshop import Workshop, titled
from workflows.picture.redrawing import Sheet
from workflows.picture.writing import give_name, take_out, unused
from workflows.repairs.flows import END, START

COURSE = Text("主要经过", "Main course")


def bring(work: Workshop) -> None:
    """Take the main course of a process out, where there are asides."""
    asides = [
        node for node in work.process if local(node) == "subProcess" and node.get("triggeredByEvent") == "true" and _start(node) is not None
    ]
    steps = [node for node in work.process if local(node) in FLOW_NODES and node not in asides]
    if not asides or not steps:
        return
    name = unused(work.sheet.root, f"{work.process.get('id')}_course")
    work.more[name] = _course(work, name, asides)
    call = work.sheet.add_step("callActivity", steps[0].get("id", ""), COURSE, wanted="main_course")
    work.sheet.node(call).set("calledElement", name)
    start = work.sheet.add_step("startEvent", call, START, wanted="course_begins")
    end = work.sheet.add_step("endEvent", call, END, wanted="course_ended")
    work.sheet.add_flow(start, call)
    work.sheet.add_flow(call, end)
    for step in steps:
        if step.getparent() is not None:
            work.remove(step)
    for aside in asides:
        _beside(work, call, aside)
    work.known = work.known | {name}
    work.redraw = True
    said_en = f"The main course is a process of its own now ({name}); what could begin at any time begins with an event on its call."
    work.notes.changed(call, f"主要经过已单独成为流程 {name}；随时可发生的事项改为其调用上的边界事件。", said_en)


def _start(aside: etree._Element) -> etree._Element | None:
    return aside.find(f"{BPMN}startEvent")


def _course(work: Workshop, name: str, asides: list[etree._Element]) -> Sheet:
    root = copy.deepcopy(work.sheet.root)
    for child in [one for one in root if local(one) not in {"process", "message"}]:
        root.remove(child)
    process = next(root.iterchildren(f"{BPMN}process"))
    process.set("id", name)
    give_name(process, Text(f"{titled(work.process).zh or work.process.get('id')}：{COURSE.zh}", ""))
    gone = {aside.get("id") for aside in asides}
    for node in [one for one in process if one.get("id") in gone]:
        take_out(node)
    return Sheet(root)


def _beside(work: Workshop, call: str, aside: etree._Element) -> None:
    """The event on the edge of the call, then the aside as a plain subprocess, then an end."""
    start = _start(aside)
    if start is None:
        return
    sheet, (zh, en) = work.sheet, called(aside)
    event = sheet.add_step("boundaryEvent", call, titled(start), wanted=f"begins_{aside.get('id')}")
    node = sheet.node(event)
    node.set("attachedToRef", call)
    node.set("cancelActivity", "false" if start.get("isInterrupting") == "false" else "true")
    for child in [one for one in start if local(one).endswith("EventDefinition")]:
        child.tail = None
        node.append(child)
    aside.attrib.pop("triggeredByEvent", "")
    end = sheet.add_step("endEvent", aside.get("id", ""), END, wanted=f"ended_{aside.get('id')}")
    sheet.add_flow(event, aside.get("id", ""))
    sheet.add_flow(aside.get("id", ""), end)
    work.notes.changed(event, f"事件子流程{zh}改由边界事件开始。", f"The event subprocess {en} begins with an event on the edge now.")
