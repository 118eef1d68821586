"""What our dialect says in a BPMN file, read once into plain records.

The dialect is plain BPMN 2.0 with attributes of one namespace (`urn:onecase:bpmn:1`) on lanes and flow nodes; see `bpmn/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from lxml import etree

from workflows.contracts import Text
from workflows.engine.secure_xml import read_xml

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ONECASE = "{urn:onecase:bpmn:1}"
FLOW_NODES = frozenset({
    "startEvent", "endEvent", "userTask", "serviceTask", "businessRuleTask", "exclusiveGateway", "parallelGateway", "subProcess",
    "callActivity", "task", "manualTask", "scriptTask", "sendTask", "receiveTask", "inclusiveGateway", "complexGateway",
    "eventBasedGateway", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "transaction", "adHocSubProcess",
})  # fmt: skip
ACTIVITIES = frozenset({"userTask", "serviceTask", "businessRuleTask", "subProcess", "callActivity"})
CATCHING = frozenset({"boundaryEvent", "intermediateCatchEvent"})
CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
"""What holds other flow nodes."""

UNNAMED = Text("")
T = TypeVar("T")


@dataclass(frozen=True)
class Lane:
    """Who works in it: an agency by its part in the case or its function, and a role."""

    id: str
    name: Text
    agency: str
    role: str


@dataclass(frozen=True)
class Element:
    """A flow node with what the dialect says of it. `within` is the embedded subprocess that holds it, or ''."""

    id: str
    kind: str
    name: Text
    within: str
    lane: Lane | None
    form: str = ""
    clock: str = ""
    starts_clock: str = ""
    stops_clock: str = ""
    gate: str = ""
    officers: int = 1
    documents: tuple[str, ...] = ()
    service: str = ""
    decision: str = ""
    called: str = ""
    collection: str = ""
    sequential: bool = False
    """Its branches come one after the other."""
    default: str = ""
    event: str = ""
    """What a catching event waits for: `message` (news that somebody reports) or `timer` (its clock)."""
    message: Text = UNNAMED
    """What the news is called."""
    attached: str = ""
    """The activity on whose edge a boundary event sits."""
    interrupts: bool = True
    """Whether a boundary event ends its activity."""

    @property
    def ends(self) -> tuple[str, ...]:
        """The clocks of the case that completing it stops."""
        return tuple(filter(None, self.stops_clock.split(";")))

    @property
    def due_by(self) -> tuple[str, ...]:
        """The clocks of the case by which its task is due, when they run: the one it names as its own, else those that it stops."""
        return (self.clock,) if self.clock else self.ends

    @property
    def agency(self) -> str:
        """The agency of its lane."""
        return self.lane.agency if self.lane else ""

    @property
    def role(self) -> str:
        """The role of its lane."""
        return self.lane.role if self.lane else ""


@dataclass(frozen=True)
class Flow:
    """A sequence flow."""

    id: str
    source: str
    target: str
    condition: str
    name: Text


@dataclass(frozen=True)
class Diagram:
    """One process of a file."""

    process: str
    name: Text
    executable: bool
    lanes: tuple[Lane, ...]
    elements: dict[str, Element]
    flows: tuple[Flow, ...]
    root: etree._Element

    def outgoing(self, element: str) -> tuple[Flow, ...]:
        """Flows that leave `element`."""
        return self._leaving.get(element, ())

    def incoming(self, element: str) -> tuple[Flow, ...]:
        """Flows that enter `element`."""
        return self._entering.get(element, ())

    def boundary(self, element: str) -> tuple[Element, ...]:
        """Events on the edge of `element`."""
        return self._edged.get(element, ()) if element else ()

    @cached_property
    def _leaving(self) -> dict[str, tuple[Flow, ...]]:
        return _grouped((flow.source, flow) for flow in self.flows)

    @cached_property
    def _entering(self) -> dict[str, tuple[Flow, ...]]:
        return _grouped((flow.target, flow) for flow in self.flows)

    @cached_property
    def _edged(self) -> dict[str, tuple[Element, ...]]:
        return _grouped((event.attached, event) for event in self.elements.values())

    @property
    def start(self) -> Element:
        """Where the process begins; the check sees to it that there is one."""
        return next(element for element in self.elements.values() if element.kind == "startEvent" and not element.within)

    def scopes(self) -> dict[str, tuple[Element, ...]]:
        """Elements by the scope that holds them: '' for the process, an id for an embedded subprocess."""
        found: dict[str, list[Element]] = {}
        for element in self.elements.values():
            found.setdefault(element.within, []).append(element)
        return {scope: tuple(members) for scope, members in found.items()}


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for name, one in pairs:
        found.setdefault(name, []).append(one)
    return {name: tuple(ones) for name, ones in found.items()}


def read_diagram(content: bytes) -> Diagram:
    """The process in a BPMN file. Raises XmlRefused; a file without a process gives an empty one."""
    return diagram_of(read_xml(content))


def diagram_of(root: etree._Element) -> Diagram:
    """The process in a file's tree."""
    process = root.find(f"{BPMN}process")
    if process is None:
        return Diagram("", Text(""), executable=False, lanes=(), elements={}, flows=(), root=root)
    lanes = {lane.get("id", ""): _lane(lane) for lane in process.iter(f"{BPMN}lane")}
    homes = {
        (reference.text or "").strip(): lanes[lane.get("id", "")]
        for lane in process.iter(f"{BPMN}lane")
        for reference in lane.findall(f"{BPMN}flowNodeRef")
    }
    elements = _on_their_hosts_lane({element.id: element for element in _elements(process, "", None, homes)})
    return Diagram(
        process=process.get("id", ""),
        name=_name(process),
        executable=process.get("isExecutable") == "true",
        lanes=tuple(lanes.values()),
        elements=elements,
        flows=tuple(_flow(flow) for flow in process.iter(f"{BPMN}sequenceFlow")),
        root=root,
    )


def message_of(event: etree._Element) -> Text:
    """What the news that a catching event waits for is called; without a word when the diagram does not say it."""
    definition = event.find(f"{BPMN}messageEventDefinition")
    wanted = definition.get("messageRef", "") if definition is not None else ""
    if not wanted:
        return UNNAMED
    found = (message for message in event.getroottree().getroot().iterchildren(f"{BPMN}message") if message.get("id") == wanted)
    return next((_name(message) for message in found), UNNAMED)


def _on_their_hosts_lane(elements: dict[str, Element]) -> dict[str, Element]:
    """Boundary events that no lane names belong to whoever has their activity: editors draw them on its edge, over any lane."""
    stray = [event for event in elements.values() if event.attached in elements and event.lane is None]
    return elements | {event.id: replace(event, lane=elements[event.attached].lane) for event in stray}


def local(node: etree._Element) -> str:
    """The tag without its namespace."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _elements(parent: etree._Element, within: str, around: Lane | None, homes: dict[str, Lane]) -> Iterator[Element]:
    for node in parent:
        kind = local(node)
        if kind not in FLOW_NODES:
            continue
        lane = homes.get(node.get("id", ""), around)
        own = (node.get(f"{ONECASE}agency"), node.get(f"{ONECASE}role"))
        if any(own):
            lane = Lane("", Text(""), own[0] or (lane.agency if lane else ""), own[1] or (lane.role if lane else ""))
        yield _element(node, kind, within, lane)
        if kind in CONTAINERS:
            yield from _elements(node, node.get("id", ""), lane, homes)


def _element(node: etree._Element, kind: str, within: str, lane: Lane | None) -> Element:
    own = {name: node.get(f"{ONECASE}{name}", "") for name in ("form", "clock", "startsClock", "stopsClock", "gate", "service", "decision")}
    repeated = node.find(f"{BPMN}multiInstanceLoopCharacteristics")
    collection = repeated.find(f"{BPMN}loopDataInputRef") if repeated is not None else None
    officers = node.get(f"{ONECASE}officers", "1")
    return Element(
        id=node.get("id", ""),
        kind=kind,
        name=_name(node),
        within=within,
        lane=lane,
        form=own["form"],
        clock=own["clock"],
        starts_clock=own["startsClock"],
        stops_clock=own["stopsClock"],
        gate=own["gate"],
        officers=int(officers) if officers.isdecimal() and len(officers) == 1 else 1,
        documents=tuple(part.strip() for part in node.get(f"{ONECASE}documents", "").split(";") if part.strip()),
        service=own["service"],
        decision=own["decision"],
        called=node.get("calledElement", ""),
        collection=(collection.text or "").strip() if collection is not None else "",
        sequential=repeated is not None and repeated.get("isSequential") == "true",
        default=node.get("default", ""),
        event=_event(node) if kind in CATCHING else "",
        message=message_of(node) if kind in CATCHING else UNNAMED,
        attached=node.get("attachedToRef", ""),
        interrupts=node.get("cancelActivity", "true") == "true",
    )


def _event(node: etree._Element) -> str:
    return next((event for event in ("message", "timer") if node.find(f"{BPMN}{event}EventDefinition") is not None), "")


def _lane(node: etree._Element) -> Lane:
    return Lane(node.get("id", ""), _name(node), node.get(f"{ONECASE}agency", ""), node.get(f"{ONECASE}role", ""))


def _flow(node: etree._Element) -> Flow:
    condition = node.find(f"{BPMN}conditionExpression")
    return Flow(
        id=node.get("id", ""),
        source=node.get("sourceRef", ""),
        target=node.get("targetRef", ""),
        condition=(condition.text or "").strip() if condition is not None else "",
        name=_name(node),
    )


def _name(node: etree._Element) -> Text:
    return Text((node.get("name") or "").strip(), (node.get(f"{ONECASE}nameEn") or "").strip())
