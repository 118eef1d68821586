"""Two drawings of one process: what of its elements, flows, lanes and words differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from workflows.comparing import shapes, xml_rest
from workflows.comparing.changes import EXECUTION, NOTHING, WORDS, Change, Names, changed, told
from workflows.contracts import Text
from workflows.engine.diagram import BPMN, ONECASE, Diagram, Element, Flow, Lane, diagram_of
from workflows.engine.secure_xml import XmlRefused, read_xml

NAME, ENGLISH = Text("名称", "Chinese name"), Text("英文名称", "English name")
OTHER = Text("其他定义", "another definition")
ORDER = Text("条件的先后", "order of the conditions")
LANE = Text("泳道", "lane")
EXISTS = Text("环节", "step")
FLOW = Text("连线", "flow")
NOTE = Text("批注", "annotation")
POOL = Text("泳池名称", "name of the pool")
DOCUMENTATION = Text("说明", "documentation")
MOST = 2000
"""Steps and flows of a drawing that is compared one by one; a diagram of so many is refused by the check."""
ASPECTS: tuple[tuple[str, Text, str], ...] = (
    ("kind", Text("类型", "kind"), "kind"),
    ("within", Text("所在子流程", "subprocess around it"), "element"),
    ("agency", Text("承办单位", "agency"), "agency"),
    ("role", Text("岗位", "role"), "role"),
    ("form", Text("表单", "form"), "form"),
    ("clock", Text("期限", "clock"), "clock"),
    ("starts_clock", Text("起算期限", "clock that it starts"), "clock"),
    ("stops_clock", Text("停止期限", "clocks that it stops"), "clock"),
    ("gate", Text("法定关口", "legal gate"), "gate"),
    ("officers", Text("执法人员数", "officers needed"), ""),
    ("documents", Text("文书", "documents"), ""),
    ("service", Text("服务", "service"), "service"),
    ("decision", Text("决策表", "decision table"), "decision"),
    ("called", Text("被调用的流程", "called process"), "called"),
    ("collection", Text("多个单位的名单", "list of its branches"), ""),
    ("sequential", Text("依次进行", "one after the other"), ""),
    ("default", Text("默认去向", "default flow"), "flow"),
    ("event", Text("等待的事件", "what it waits for"), "event"),
    ("news", Text("消息名称", "name of the news"), ""),
    ("attached", Text("附着的环节", "step that it sits on"), "element"),
    ("interrupts", Text("中断所附环节", "ends its step"), ""),
)
"""What the engine reads of a flow node: attribute, its words, the kind of its values."""
FLOW_ASPECTS = (
    ("source", Text("起点", "from"), "element"),
    ("target", Text("去向", "to"), "element"),
    ("condition", Text("条件", "condition"), ""),
)


@dataclass(frozen=True)
class Side:
    """One of the two drawings."""

    diagram: Diagram
    nodes: Mapping[str, etree._Element]
    names: Names

    @classmethod
    def of(cls, content: bytes, names: Names) -> Side:
        """The drawing of a file, its values told by `names`. Raises XmlRefused."""
        diagram = diagram_of(read_xml(content))
        own = {
            "element": {element.id: _called(element.name, element.id) for element in diagram.elements.values()},
            "flow": {flow.id: _called(flow.name, flow.id) for flow in diagram.flows},
        }
        return cls(diagram, xml_rest.places(diagram.root), {**names, **own})

    def flows(self) -> dict[str, Flow]:
        """Its flows by id."""
        return {flow.id: flow for flow in self.diagram.flows}

    def subjects(self) -> dict[str, Text]:
        """What its places are called; a flow without words by where it goes."""
        elements = self.names["element"]
        flows = {flow.id: _way(flow, elements) for flow in self.diagram.flows}
        return {**{lane.id: _called(lane.name, lane.id) for lane in self.diagram.lanes}, **flows, **elements}


def compare(file: str, old: bytes, new: bytes, names: Names) -> list[Change]:
    """What differs between two drawings of one file. Raises XmlRefused where one is no XML that is read here, or far too large to publish."""
    was, now = Side.of(old, names), Side.of(new, names)
    if max(len(was.nodes), len(now.nodes)) > MOST:
        raise XmlRefused("too_many_nodes", f"环节和连线超过 {MOST} 个。", f"More than {MOST} steps and flows.")
    shared = Change("", "changed", "diagram", file, NOTHING, process=now.diagram.process)
    found = [*_process(was, now, shared), *_lanes(was, now, shared), *_elements(was, now, shared), *_flows(was, now, shared)]
    found += _rest(was, now, shared, found)
    found += [*_words(was, now, shared)]
    gone = {change.place for change in found if change.kind in {"added", "removed"} and change.aspect in {EXISTS, FLOW, LANE, NOTE}}
    found += [one for one in shapes.moved(was.diagram.root, now.diagram.root, shared) if one.place not in gone]
    subjects = {**was.subjects(), **now.subjects()}
    return [replace(one, subject=subjects.get(one.place, one.subject)) for one in found]


def _process(was: Side, now: Side, shared: Change) -> Iterator[Change]:
    yield from _named(shared, was.diagram.name, now.diagram.name)
    for aspect, old, new in (
        (Text("流程标识", "id of the process"), was.diagram.process, now.diagram.process),
        (Text("可执行", "executable"), was.diagram.executable, now.diagram.executable),
    ):
        if old != new:
            yield changed(replace(shared, effect=EXECUTION, aspect=aspect), told(old), told(new))


def _lanes(was: Side, now: Side, shared: Change) -> Iterator[Change]:
    before, after = ({lane.id: lane for lane in side.diagram.lanes} for side in (was, now))
    yield from _existing(shared, LANE, {key: _who(lane) for key, lane in before.items()}, {key: _who(lane) for key, lane in after.items()})
    for key in [key for key in after if key in before]:
        one = replace(shared, place=key)
        yield from _named(one, before[key].name, after[key].name)
        yield from _attributes(one, ASPECTS[2:4], before[key], after[key], was, now)


def _elements(was: Side, now: Side, shared: Change) -> Iterator[Change]:
    before, after = was.diagram.elements, now.diagram.elements
    kinds = [{key: told(element.kind, "kind") for key, element in elements.items()} for elements in (before, after)]
    yield from _existing(shared, EXISTS, kinds[0], kinds[1])
    for key in [key for key in after if key in before]:
        one, old, new = replace(shared, place=key), before[key], after[key]
        yield from _named(one, old.name, new.name)
        in_one_lane = old.lane and new.lane and old.lane.id and old.lane.id == new.lane.id
        told_by_its_lane = {"agency", "role"} if in_one_lane else set()
        read = [aspect for aspect in ASPECTS if aspect[0] not in told_by_its_lane]
        yield from _attributes(one, read, _Read(old), _Read(new), was, now)
        if old.message.en != new.message.en and old.message.zh == new.message.zh:
            yield changed(replace(one, effect=WORDS, aspect=ENGLISH), told(old.message.en), told(new.message.en))
        if old.lane and new.lane and not in_one_lane and _who(old.lane) == _who(new.lane) and old.lane.name != new.lane.name:
            yield changed(replace(one, effect=WORDS, aspect=LANE), old.lane.name, new.lane.name)
        yield from _order(one, was.diagram, now.diagram, new)


class _Read:
    """An element as the engine reads it: the news by its name of record."""

    def __init__(self, element: Element) -> None:
        self._element = element

    def __getattr__(self, name: str) -> Any:
        return self._element.message.zh if name == "news" else getattr(self._element, name)


def _order(one: Change, was: Diagram, now: Diagram, element: Element) -> Iterator[Change]:
    """The first condition that holds is taken, so their order is read."""
    if element.kind != "exclusiveGateway":
        return
    old, new = ([flow.id for flow in diagram.outgoing(element.id) if flow.condition] for diagram in (was, now))
    if set(old) == set(new) and old != new:
        yield replace(one, effect=EXECUTION, aspect=ORDER, old=told(tuple(old)), new=told(tuple(new)))


def _flows(was: Side, now: Side, shared: Change) -> Iterator[Change]:
    before, after = was.flows(), now.flows()
    ways = [{flow.id: _way(flow, side.names["element"]) for flow in side.diagram.flows} for side in (was, now)]
    yield from _existing(shared, FLOW, ways[0], ways[1])
    for key in [key for key in after if key in before]:
        one = replace(shared, place=key)
        yield from _named(one, before[key].name, after[key].name)
        yield from _attributes(one, FLOW_ASPECTS, before[key], after[key], was, now)


def _rest(was: Side, now: Side, shared: Change, found: list[Change]) -> Iterator[Change]:
    """What is executed and is no word of the dialect: told by its place, and by the file where nothing else is."""
    known = {change.place for change in found if change.effect == EXECUTION}
    some = bool(known)
    for key in [key for key in now.nodes if key in was.nodes and key not in known]:
        if xml_rest.of_element(was.nodes[key]) != xml_rest.of_element(now.nodes[key]):
            some = True
            yield replace(shared, effect=EXECUTION, place=key, aspect=OTHER)
    if not some and xml_rest.of_file(was.diagram.root) != xml_rest.of_file(now.diagram.root):
        yield replace(shared, effect=EXECUTION, aspect=OTHER)


def _words(was: Side, now: Side, shared: Change) -> Iterator[Change]:
    for aspect, find in ((NOTE, _notes), (DOCUMENTATION, _documentation), (POOL, _pools), (ENGLISH, _pools_in_english)):
        before, after = find(was.diagram.root), find(now.diagram.root)
        for key in [key for key in {**after, **before} if before.get(key) != after.get(key)]:
            one = replace(shared, effect=WORDS, aspect=aspect, place=key)
            yield changed(one, told(before.get(key, "")), told(after.get(key, "")))


def _notes(root: etree._Element) -> dict[str, str]:
    return {note.get("id", ""): "".join(map(str, note.itertext())).strip() for note in root.iter(xml_rest.ANNOTATION)}


def _pools(root: etree._Element) -> dict[str, str]:
    return {pool.get("id", ""): pool.get("name", "") for pool in root.iter(f"{BPMN}participant")}


def _pools_in_english(root: etree._Element) -> dict[str, str]:
    return {pool.get("id", ""): pool.get(f"{ONECASE}nameEn", "") for pool in root.iter(f"{BPMN}participant")}


def _documentation(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for said in root.iter(xml_rest.DOCUMENTATION):
        home = said.getparent()
        key = home.get("id", "") if home is not None else ""
        found[key] = "\n".join(filter(None, (found.get(key, ""), (said.text or "").strip())))
    return found


def _existing(shared: Change, aspect: Text, before: Mapping[str, Text], after: Mapping[str, Text]) -> Iterator[Change]:
    one = replace(shared, effect=EXECUTION, aspect=aspect)
    yield from (replace(one, kind="removed", place=key, old=said) for key, said in before.items() if key not in after)
    yield from (replace(one, kind="added", place=key, new=said) for key, said in after.items() if key not in before)


def _named(one: Change, old: Text, new: Text) -> Iterator[Change]:
    for aspect, was, now in ((NAME, old.zh, new.zh), (ENGLISH, old.en, new.en)):
        if was != now:
            yield changed(replace(one, effect=WORDS, aspect=aspect), told(was), told(now))


def _attributes(one: Change, aspects: Any, old: Any, new: Any, was: Side, now: Side) -> Iterator[Change]:
    for attribute, aspect, kind in aspects:
        before, after = getattr(old, attribute), getattr(new, attribute)
        if before != after:
            yield changed(replace(one, effect=EXECUTION, aspect=aspect), told(before, kind, was.names), told(after, kind, now.names))


def _called(name: Text, key: str) -> Text:
    return name if name.zh else Text(key, key)


def _who(lane: Lane) -> Text:
    agency, role = told(lane.agency, "agency"), told(lane.role, "role")
    return Text(f"{agency.zh} {role.zh}".strip(), f"{agency.en} {role.en}".strip())


def _way(flow: Flow, elements: Mapping[str, Text]) -> Text:
    ends = [elements.get(end, Text(end, end)) for end in (flow.source, flow.target)]
    words = [flow.name.zh, flow.name.en]
    way = [" → ".join(getattr(end, tongue) or end.zh for end in ends) for tongue in ("zh", "en")]
    return Text(*(f"{said}（{where}）" if said else where for said, where in zip(words, way, strict=True)))
