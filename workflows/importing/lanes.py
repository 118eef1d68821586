"""Foreign lanes: flat, each step in one, and a lane for everybody where there was none."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import BPMN, FLOW_NODES, ONECASE, local
from workflows.importing.outcome import called
from workflows.importing.workshop import Workshop
from workflows.picture.redrawing import BEFORE_FLOWS
from workflows.picture.writing import give_name, take_out, unused


def bring(work: Workshop) -> None:
    """Put every step of the process into one lane, and list the lanes of which the designer must say who works there."""
    _flat(work)
    _only_steps(work)
    if not _lanes(work):
        _new_lanes(work)
    _everybody(work)
    for lane in [lane for lane in _lanes(work) if lane.find(f"{BPMN}flowNodeRef") is None]:
        zh, en = called(lane)
        _without(work, [lane])
        work.notes.changed(lane.get("id", ""), f"空泳道{zh}未导入。", f"The empty lane {en} was left out.")
        work.redraw = True
    for lane in _lanes(work):
        _who(work, lane)


def _lanes(work: Workshop) -> list[etree._Element]:
    return list(work.process.iter(f"{BPMN}lane"))


def _flat(work: Workshop) -> None:
    """Of nested lanes the innermost stay, called by the way to them; lanes of a subprocess go, since it has one lane."""
    for around in [one for one in work.process.iter(f"{BPMN}laneSet") if one.getparent() is not work.process]:
        _without(work, list(around.iter(f"{BPMN}lane")))
        take_out(around)
    every = _lanes(work)
    inner = [lane for lane in every if lane.find(f"{BPMN}childLaneSet") is None]
    nested = [lane for lane in inner if next(lane.iterancestors(f"{BPMN}lane"), None) is not None]
    for lane in nested:
        names = [one.get("name") or "" for one in lane.iterancestors(f"{BPMN}lane") if one.get("name")]
        lane.set("name", " / ".join([*reversed(names), lane.get("name") or lane.get("id") or ""]))
    sets = list(work.process.iterchildren(f"{BPMN}laneSet"))
    for lane in inner if sets else ():
        sets[0].append(lane)
    _without(work, [lane for lane in every if lane not in inner])
    for other in sets[1:]:
        take_out(other)
    if nested:
        work.notes.changed("", "嵌套的泳道已展平。", "Nested lanes were made flat.")


def _without(work: Workshop, lanes: list[etree._Element]) -> None:
    for lane in lanes:
        work.sheet.forget(lane.get("id", ""))
        take_out(lane)


def _only_steps(work: Workshop) -> None:
    """Lanes name steps of the process, each once."""
    steps = {node.get("id") for node in work.process if local(node) in FLOW_NODES}
    seen: set[str] = set()
    for reference in list(work.process.iter(f"{BPMN}flowNodeRef")):
        name = (reference.text or "").strip()
        if name not in steps or name in seen:
            take_out(reference)
        else:
            reference.text = name
        seen.add(name)


def _new_lanes(work: Workshop) -> None:
    """A lane for each group of people that another tool named, else one for all, called like the pool or the process."""
    steps = [node for node in work.process if local(node) in FLOW_NODES]
    groups = list(dict.fromkeys(" / ".join(work.of(node).groups) for node in steps if work.of(node).groups))
    pool = next(work.sheet.root.iter(f"{BPMN}participant"), None)
    title = next((one.get("name", "") for one in (pool, work.process) if one is not None and one.get("name")), "") or "承办"
    around = work.process.makeelement(f"{BPMN}laneSet", {"id": unused(work.sheet.root, "lanes")})
    work.process.insert(sum(local(child) in BEFORE_FLOWS | {"property"} for child in work.process), around)
    for name in groups or [title]:
        lane = etree.SubElement(around, f"{BPMN}lane", {"id": unused(work.sheet.root, "lane")})
        give_name(lane, Text(name))
        for node in steps:
            if " / ".join(work.of(node).groups) == name:
                work.sheet.put_in_lane(node.get("id", ""), lane.get("id", ""))
    work.redraw = True
    zh, en = "、".join(groups) or title, ", ".join(groups) or title
    work.notes.changed("", f"图中没有泳道，已建立：{zh}。", f"The diagram had no lanes; there are now: {en}.")


def _everybody(work: Workshop) -> None:
    """A step in no lane goes where it is drawn, else where the step before it is, else where most steps are."""
    lanes = {lane.get("id", ""): lane for lane in _lanes(work)}
    count = Counter({name: len(lane.findall(f"{BPMN}flowNodeRef")) for name, lane in lanes.items()})
    usual = next(iter(dict(count.most_common(1))), next(iter(lanes), ""))
    for node in [node for node in work.process if local(node) in FLOW_NODES]:
        name = node.get("id", "")
        if work.sheet.lane_of(name) is None:
            work.sheet.put_in_lane(name, _drawn_in(work, name, list(lanes)) or _before(work, node) or usual)


def _drawn_in(work: Workshop, name: str, lanes: list[str]) -> str:
    box = work.sheet.box(name)
    around = [lane for lane in lanes if box is not None and (drawn := work.sheet.box(lane)) is not None and drawn.holds(box.centre)]
    return around[0] if around else ""


def _before(work: Workshop, node: etree._Element) -> str:
    sources = [node.get("attachedToRef", ""), *(flow.get("sourceRef", "") for flow in work.sheet.entering(node.get("id", "")))]
    sources += [flow.get("targetRef", "") for flow in work.sheet.leaving(node.get("id", ""))]
    found = (lane.get("id", "") for source in sources if source and (lane := work.sheet.lane_of(source)) is not None)
    return next(found, "")


def _who(work: Workshop, lane: etree._Element) -> None:
    for name, value in (("agency", work.options.agency), ("role", work.options.role)):
        if value and not lane.get(f"{ONECASE}{name}"):
            lane.set(f"{ONECASE}{name}", value)
    if not (lane.get(f"{ONECASE}agency") and lane.get(f"{ONECASE}role")):
        zh, en = called(lane)
        said_en = f"Lane {en}: say which agency and which role works in it."
        work.notes.changed(lane.get("id", ""), f"泳道{zh}：请指明单位和角色。", said_en)
