"""The process that is being brought into our dialect, with what is known of it; what all steps of an import work on."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import BPMN, CONTAINERS, FLOW_NODES, ONECASE, local
from workflows.forms import inputs
from workflows.importing.conditions import fact_name
from workflows.importing.outcome import Notes, Options
from workflows.importing.vendors import Said
from workflows.picture.reading import Box
from workflows.picture.redrawing import Sheet
from workflows.picture.writing import give_name, size_of, write_box
from workflows.repairs.flows import begin_at, bypass_step, end_at

NOTHING = Said()
REFERENCES = ("processRef", "messageRef", "signalRef", "errorRef", "escalationRef", "calledElement", "operationRef")


@dataclass
class Workshop:
    """One process: its sheet, what other tools said of its elements, and the forms that it is given."""

    sheet: Sheet
    said: Mapping[str, Said]
    names: Mapping[str, str]
    """What messages, signals, errors and escalations of the file are called, by id."""
    known: frozenset[str]
    """Processes of the file."""
    shared: Mapping[str, str]
    """Tasks that several processes call, by id: of which kind they are."""
    options: Options
    notes: Notes
    fields: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """What the form of a user task asks, by the id of the task."""
    lists: dict[str, str] = field(default_factory=dict)
    """The list fact over which an element is repeated."""
    conditional: set[str] = field(default_factory=set)
    """Flows that had a condition which cannot be read."""
    questions: set[str] = field(default_factory=set)
    """Gateways that a person decides, whatever their flows say."""
    forms: set[str] = field(default_factory=set)
    """The names of forms in the bundle."""
    redraw: bool = False
    """Whether so much changed that the picture is drawn anew."""
    more: dict[str, Sheet] = field(default_factory=dict)
    """Processes that were taken out of this one, by their ids."""
    refused: set[str] = field(default_factory=set)
    """Elements that stay as they are."""

    @property
    def process(self) -> etree._Element:
        """The process."""
        return next(self.sheet.root.iterchildren(f"{BPMN}process"))

    def scopes(self) -> list[etree._Element]:
        """The process and its subprocesses, the inner ones first."""
        held = [node for node in self.process.iter("*") if local(node) in CONTAINERS]
        return [*reversed(held), self.process]

    def steps(self, *kinds: str) -> list[etree._Element]:
        """The steps of these kinds (all without any), wherever they stand, but for those that are refused."""
        wanted = set(kinds) or FLOW_NODES
        return [node for node in self.process.iter("*") if local(node) in wanted and node.get("id") not in self.refused]

    def of(self, node: etree._Element) -> Said:
        """What another tool said of an element."""
        return self.said.get(node.get("id", ""), NOTHING)

    def named(self, reference: str) -> str:
        """What a message, a signal or the like is called."""
        return self.names.get(reference, "")

    def refuse(self, node: etree._Element, zh: str, en: str) -> None:
        """Leave an element as it is and say why."""
        self.refused.add(node.get("id", ""))
        self.notes.refused(node.get("id", ""), zh, en)

    def form_of(self, node: etree._Element, wanted: str = "") -> None:
        """Name the form of a task: as another tool named it, else after the task, for this task alone."""
        known = node.get(f"{ONECASE}form") or fact_name(wanted) if wanted or node.get(f"{ONECASE}form") else ""
        words = re.findall(r"[a-z0-9]+", (node.get("name") or "").lower()) if (node.get("name") or "").isascii() else []
        own = fact_name("_".join(words)[:40] or node.get("id", ""))
        taken = {one.get(f"{ONECASE}form") for one in self.process.iter(f"{BPMN}userTask") if one is not node} | self.forms
        fresh = next(name for number in range(len(taken) + 2) if (name := f"{own}_{number}" if number else own) not in taken)
        node.set(f"{ONECASE}form", known or fresh)
        self.forms.add(known or fresh)

    def told_facts(self) -> set[str]:
        """The facts that forms of another tool ask for, in whatever task."""
        read = [one for said in self.said.values() if said.embedded for one in inputs(json.loads(said.embedded))]
        return {fact_name(str(one.get("key"))) for one in (*read, *(one for said in self.said.values() for one in said.fields))}

    def asks(self, task: str, **component: Any) -> None:
        """Let the form of a task ask something once."""
        known = self.fields.setdefault(task, [])
        if not any(one.get("key") == component["key"] for one in known):
            known.append(component)

    def become(self, node: etree._Element, kind: str) -> None:
        """Make a step one of another kind, drawn in the size of that kind where it stands."""
        before = size_of(local(node))
        node.tag = f"{BPMN}{kind}"
        box, after = self.sheet.box(node.get("id", "")), size_of(kind)
        if box is not None and before != after:
            self._resize(node.get("id", ""), box, after)

    def _resize(self, name: str, box: Box, size: tuple[float, float]) -> None:
        if size[0] > box.width:
            self.sheet.make_room(name, box.right, size[0] - box.width)
        new = Box(box.x, box.centre[1] - size[1] / 2, *size)
        shape = self.sheet.drawn(name)
        if shape is not None:
            write_box(shape, new)
        for flow in self.sheet.entering(name):
            end_at(self.sheet, flow.get("id", ""), name)
        for flow in self.sheet.leaving(name):
            begin_at(self.sheet, flow.get("id", ""), name)

    def lead_past(self, node: etree._Element) -> bool:
        """Take a step away through which one way leads, and let the way go on; False where that is not so."""
        name = node.get("id", "")
        ways_in, ways_out = self.sheet.entering(name), self.sheet.leaving(name)
        if len(ways_in) != 1 or len(ways_out) != 1 or ways_in[0] is ways_out[0]:
            return False
        bypass_step(self.sheet, name)
        return True

    def remove(self, node: etree._Element) -> None:
        """Take a step away with its flows."""
        self.sheet.remove_step(node.get("id", ""))


def titled(node: etree._Element) -> Text:
    """An element's name, the English one too where it is said."""
    return Text((node.get("name") or "").strip(), (node.get(f"{ONECASE}nameEn") or "").strip())


def rename(node: etree._Element, name: Text) -> None:
    """Name an element that has no name."""
    if not (node.get("name") or "").strip():
        give_name(node, name)
