"""What the tools of other makers write beside BPMN: read once from each element, then taken out.

Camunda 7, Camunda 8 (Zeebe), Flowable, Activiti and jBPM, by the namespaces that their files declare. Nothing of it is kept but names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from workflows.engine.diagram import BPMN, ONECASE, local
from workflows.engine.file_shapes import ShapeRefused, read_form
from workflows.importing.outcome import words_of
from workflows.picture.writing import take_out

CLASSIC = frozenset({"http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn", "http://flowable.org/bpmn"})
"""Camunda 7, Activiti and Flowable write the same attributes, each in its own namespace."""
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
IMPLEMENTED = ("topic", "class", "delegateExpression", "expression", "type", "taskName", "packageName", "implementation")
WHO = ("candidateGroups", "candidateUsers", "assignee", "owner")
DATES = ("dueDate", "followUpDate")
OURS = frozenset({BPMN[1:-1], ONECASE[1:-1]})
PLAIN = {
    "string": "textfield",
    "long": "number",
    "integer": "number",
    "double": "number",
    "boolean": "checkbox",
    "date": "datetime",
    "enum": "radio",
}


@dataclass(frozen=True)
class Said:
    """What another tool said of an element."""

    form: str = ""
    fields: tuple[Mapping[str, Any], ...] = ()
    """Form fields as form-js components."""
    embedded: bytes = b""
    """A form-js form that stood in the file."""
    work: str = ""
    """What a machine was to do: a topic, a class, a type."""
    decision: str = ""
    called: str = ""
    groups: tuple[str, ...] = ()
    """Who may do it: groups, else people."""
    due: str = ""
    collection: str = ""
    condition: str = ""
    """When the loop of a multi-instance element is over."""
    more: tuple[str, ...] = ()
    """What else there was and is not taken over."""


def _vendor(name: str) -> str:
    """Which attribute or element of a classic tool this is: its plain name, or ''."""
    qualified = etree.QName(name)
    return qualified.localname if qualified.namespace in CLASSIC else ""


@dataclass
class _Reading:
    """One element and what stands in its extensions."""

    node: etree._Element
    forms: Mapping[str, bytes]
    attributes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.attributes = {_vendor(str(name)): str(value) for name, value in self.node.attrib.items() if _vendor(str(name))}

    def zeebe(self, name: str) -> Iterator[etree._Element]:
        for home in self.node.findall(f"{BPMN}extensionElements"):
            yield from home.iter(f"{{{ZEEBE}}}{name}")

    def one(self, element: str, *attributes: str) -> str:
        """The first of these attributes on the first such element of Camunda 8."""
        return next((told.get(name, "") for told in self.zeebe(element) for name in attributes if told.get(name)), "")

    def said(self) -> Said:
        get = self.attributes.get
        form = get("formKey") or get("formRef") or self.one("formDefinition", "formId", "formKey")
        groups = get("candidateGroups") or self.one("assignmentDefinition", "candidateGroups", "assignee") or self._owners()
        return Said(
            form=form.rpartition("/")[2].rpartition(":")[2].partition(".")[0],
            fields=tuple(self._fields()),
            embedded=self.forms.get(form.rpartition(":")[2], b""),
            work=next((told for name in IMPLEMENTED if (told := get(name))), "") or self.one("taskDefinition", "type") or self._own_work(),
            decision=get("decisionRef") or self.one("calledDecision", "decisionId") or self._field_named("decisionTableReferenceKey"),
            called=self.one("calledElement", "processId"),
            groups=tuple(part.strip() for part in (groups or get("assignee") or "").split(",") if part.strip()),
            due=next((told for name in DATES if (told := get(name))), "") or self.one("taskSchedule", "dueDate"),
            collection=self._collection(),
            more=tuple(sorted(self._more())),
        )

    def _own_work(self) -> str:
        script = self.node.get("scriptFormat") or ""
        told = self.node.get("implementation") or self.node.get("operationRef") or script
        return "" if told in {"##unspecified", "##WebService"} else told

    def _fields(self) -> Iterator[Mapping[str, Any]]:
        for told in self.node.iter():
            if isinstance(told.tag, str) and _vendor(told.tag) in {"formField", "formProperty"} and told.get("id"):
                values = [
                    {"value": str(one.get("id") or ""), "label": str(one.get("name") or one.get("id") or "")}
                    for one in told
                    if _vendor(str(one.tag)) == "value"
                ]
                kind = PLAIN.get(told.get("type", ""), "textfield")
                component: dict[str, Any] = {
                    "type": kind,
                    "key": told.get("id"),
                    "label": told.get("label") or told.get("name") or told.get("id"),
                }
                yield {
                    **component,
                    **({"values": values} if kind == "radio" else {}),
                    **({"subtype": "date"} if kind == "datetime" else {}),
                }

    def _field_named(self, name: str) -> str:
        told = [one for one in self.node.iter() if isinstance(one.tag, str) and _vendor(one.tag) == "field" and one.get("name") == name]
        return " ".join(map(words_of, told)) or next((one.get("stringValue", "") for one in told), "")

    def _collection(self) -> str:
        repeated = self.node.find(f"{BPMN}multiInstanceLoopCharacteristics")
        if repeated is None:
            return ""
        classic = next((str(value) for name, value in repeated.attrib.items() if _vendor(str(name)) == "collection"), "")
        return classic or self.one_of(repeated)

    @staticmethod
    def one_of(repeated: etree._Element) -> str:
        """The list of a multi-instance marker of Camunda 8, or the reference of plain BPMN."""
        told = next(iter(repeated.iter(f"{{{ZEEBE}}}loopCharacteristics")), None)
        if told is not None:
            return told.get("inputCollection", "")
        return (repeated.findtext(f"{BPMN}loopDataInputRef") or "").strip()

    def _owners(self) -> str:
        """Groups as plain BPMN and jBPM name them: the expression of a potential owner, or the input called GroupId."""
        owners = [*self.node.iter(f"{BPMN}potentialOwner", f"{BPMN}humanPerformer", f"{BPMN}performer")]
        named = [words_of(one) for owner in owners for one in owner.iter(f"{BPMN}formalExpression", f"{BPMN}resourceRef")]
        inputs = {one.get("id"): one.get("name") for one in self.node.iter(f"{BPMN}dataInput")}
        given = {inputs.get(to.text): words_of(source) for to, source in self._assigned()}
        return (given.get("GroupId") or "").strip() or ",".join(filter(None, named)).replace("user(", "").replace("group(", "").replace(
            ")", ""
        )

    def _assigned(self) -> Iterator[tuple[etree._Element, etree._Element]]:
        for one in self.node.iter(f"{BPMN}assignment"):
            to, source = one.find(f"{BPMN}to"), one.find(f"{BPMN}from")
            if to is not None and source is not None:
                yield to, source

    def _more(self) -> set[str]:
        """Names of what runs code or moves data elsewhere; a designer should know that it is gone."""
        wanted = {
            "executionListener",
            "taskListener",
            "inputOutput",
            "ioMapping",
            "connector",
            "script",
            "in",
            "out",
            "failedJobRetryTimeCycle",
            "onEntry-script",
            "onExit-script",
        }
        homes = self.node.findall(f"{BPMN}extensionElements")
        found = {local(one) for home in homes for one in home.iter("*")} & wanted
        return found | ({"script"} if self.node.find(f"{BPMN}script") is not None else set())


def read_vendors(process: etree._Element) -> dict[str, Said]:
    """What other tools said, by the id of the element."""
    forms = {one.get("id", ""): form for one in process.iter(f"{{{ZEEBE}}}userTaskForm") if (form := _embedded(one.text or ""))}
    return {node.get("id", ""): _Reading(node, forms).said() for node in process.iter("*") if node.get("id") and node.tag.startswith(BPMN)}


def _embedded(text: str) -> bytes:
    try:
        read_form(text.encode())
        return json.dumps(json.loads(text), ensure_ascii=False, indent=1).encode()
    except (ShapeRefused, UnicodeEncodeError):
        return b""


def strip(root: etree._Element) -> None:
    """Take everything out that is neither BPMN, nor its picture, nor ours."""
    for node in list(root.iter(f"{BPMN}extensionElements")):
        take_out(node)
    for node in root.iter("*"):
        for name in list(node.attrib):
            namespace = etree.QName(name).namespace
            if namespace is not None and namespace not in OURS and not namespace.endswith("XMLSchema-instance"):
                del node.attrib[name]
