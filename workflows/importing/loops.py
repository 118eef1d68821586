"""Foreign loop markers: drawn as a way back through an exclusive gateway."""

from __future__ import annotations

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import BPMN, local
from workflows.importing.conditions import fact_name, translated
from workflows.importing.outcome import called
from workflows.importing.workshop import Workshop, titled
from workflows.picture.writing import take_out
from workflows.repairs.flows import meet_before, split_behind

AGAIN, ONCE_MORE, ONWARD = Text("再办一次？", "Once more?"), Text("再办一次", "Once more"), Text("继续", "Go on")
YES_NO = [{"value": "yes", "label": "是"}, {"value": "no", "label": "否"}]


def bring(work: Workshop) -> None:
    """Draw every loop."""
    for node in work.steps():
        marker = node.find(f"{BPMN}standardLoopCharacteristics")
        if marker is not None:
            _draw(work, node, marker)


def _draw(work: Workshop, node: etree._Element, marker: etree._Element) -> None:
    (zh, en), name = called(node), node.get("id", "")
    told = " ".join((marker.findtext(f"{BPMN}loopCondition") or "").split())
    condition = translated(told)
    flows = work.sheet.diagram.outgoing(name)
    if len(flows) != 1 or not work.sheet.entering(name):
        work.refuse(node, f"{zh}的循环无法画出。", f"The loop of {en} cannot be drawn.")
        return
    before = marker.get("testBefore") == "true" and condition is not None
    take_out(marker)
    meet = meet_before(work.sheet, name)
    gateway = split_behind(work.sheet, name, "exclusiveGateway", flows)
    for given, title in ((gateway, AGAIN),):
        work.sheet.node(given).set("name", title.zh)
    work.sheet.node(flows[0].id).set("name", flows[0].name.zh or ONWARD.zh)
    if condition is None and local(node) == "userTask":
        fact = f"again_{fact_name(name)}"
        condition = f'{fact} == "yes"'
        label = f"{titled(node).zh or name}：{AGAIN.zh}"
        work.asks(name, type="radio", key=fact, label=label, values=YES_NO, validate={"required": True},
                  properties={"en": f"{titled(node).local('en') or name}: once more?", "en.yes": "Yes", "en.no": "No"})  # fmt: skip
    back = work.sheet.add_flow(gateway, meet, name=ONCE_MORE, condition=condition or "")
    if condition is None:
        work.questions.add(gateway)
    if before:
        _look_first(work, name, meet, gateway, condition or "", back)
    said_en = f"The loop of {en} is drawn as a way back" + (f"; its condition was “{told}”." if told else ".")
    work.notes.changed(name, f"{zh}的循环标记改画为返回的路线{f'（原条件：{told}）' if told else ''}。", said_en)


def _look_first(work: Workshop, name: str, meet: str, gateway: str, condition: str, back: str) -> None:
    """The condition is looked at before the first time as well: the gateway stands before the step, which leads back to it."""
    sheet = work.sheet
    onward = [flow for flow in sheet.leaving(gateway) if flow.get("id") != back]
    into = sheet.leaving(meet)[0]
    sheet.remove_flow(back)
    for flow in sheet.leaving(name):
        sheet.lead(flow.get("id", ""), target=meet)
    sheet.lead(into.get("id", ""), target=gateway)
    sheet.add_flow(gateway, name, name=ONCE_MORE, condition=condition)
    sheet.node(gateway).set("default", onward[0].get("id", ""))
    work.redraw = True
