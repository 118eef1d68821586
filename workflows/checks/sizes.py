"""Rules about ids and names: what the tables of a case can hold, and what a person reads as it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from workflows import forms
from workflows.checks.context import Context
from workflows.contracts import Finding
from workflows.engine.decision_table import DecisionTable
from workflows.engine.diagram import BPMN, ONECASE, Diagram

LONGEST_ID = 60
"""Characters of the id of a step or process, and of the name of a fact."""
LONGEST_NAME, LONGEST_NAME_EN = 100, 150
LONGEST_WAY = 500
"""Characters of the calls that lead to a task, each as `process/element`."""
MISLEADING = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
"""What nobody sees and what turns the direction of a text round: with it a name reads as another one."""
TITLED = frozenset(f"{BPMN}{kind}" for kind in ("process", "lane", "participant", "message", "sequenceFlow"))


def ids_fit(context: Context) -> Iterator[Finding]:
    """A task carries the id of its step and of its process."""
    named = [context.diagram.process, *context.diagram.elements]
    for own in named:
        if len(own) > LONGEST_ID:
            zh, en = f"编号 {own[:20]}… 超过 {LONGEST_ID} 个字符。", f"The id {own[:20]}… has more than {LONGEST_ID} characters."
            yield context.error("id_too_long", own[:LONGEST_ID], zh, en)


def names_fit(context: Context) -> Iterator[Finding]:
    """A task carries the name of its step; a document is filed under its own."""
    diagram = context.diagram
    titled = [(diagram.process, diagram.name), *((element.id, element.name) for element in diagram.elements.values())]
    titled += [(element.id, element.message) for element in diagram.elements.values()]
    for own, name in titled:
        if len(name.zh) > LONGEST_NAME or len(name.en) > LONGEST_NAME_EN:
            zh = f"{own[:LONGEST_ID]} 的名称过长：中文 {LONGEST_NAME} 字、英文 {LONGEST_NAME_EN} 字以内。"
            en = f"The name of {own[:LONGEST_ID]} is too long: {LONGEST_NAME} characters, {LONGEST_NAME_EN} in English."
            yield context.error("name_too_long", own, zh, en)
    for element in diagram.elements.values():
        if any(len(paper) > LONGEST_NAME for paper in element.documents):
            zh, en = (
                f"{element.id} 的文书名称超过 {LONGEST_NAME} 字。",
                f"A document of {element.id} has a name of more than {LONGEST_NAME} characters.",
            )
            yield context.error("name_too_long", element.id, zh, en)


def names_read_as_they_are_written(context: Context) -> Iterator[Finding]:
    """No name holds a character that nobody sees or that turns the text round."""
    for node in context.diagram.root.iter(f"{BPMN}*"):
        if node.get("id") in context.diagram.elements or node.tag in TITLED:
            told = (node.get("name") or "") + (node.get(f"{ONECASE}nameEn") or "")
            found = MISLEADING.search(" ".join(told.split()))
            if found:
                own, code = node.get("id") or "", f"U+{ord(found.group()):04X}"
                zh = f"{own} 的名称含有看不见或改变文字方向的字符（{code}），会被误读；请删除。"
                yield context.error(
                    "misleading_name",
                    own,
                    zh,
                    f"The name of {own} holds {code}, which nobody sees or which turns the text round: remove it.",
                )


def officers_are_one_or_two(context: Context) -> Iterator[Finding]:
    """A step is done by one officer or by two."""
    for node in context.diagram.root.iter(f"{BPMN}userTask"):
        if node.get(f"{ONECASE}officers", "1") not in {"1", "2"}:
            own = node.get("id") or ""
            yield context.error("officers", own, f"{own} 的办案人数（officers）只能是 1 或 2。", f"officers on {own} is 1 or 2.")


def facts_fit(read: Mapping[str, Mapping[str, Any]], tables: Mapping[str, DecisionTable]) -> Iterator[Finding]:
    """A fact is stored under its name."""
    asked = [(path, forms.key_of(field)) for path, form in read.items() for field in forms.inputs(form)]
    for path, name in (*asked, *((f"{key}.dmn", output) for key, table in tables.items() for output in table.outputs)):
        if len(name) > LONGEST_ID:
            zh, en = (
                f"字段名 {name[:20]}… 超过 {LONGEST_ID} 个字符。",
                f"The name {name[:20]}… of a fact has more than {LONGEST_ID} characters.",
            )
            yield Finding("error", "fact_too_long", name[:LONGEST_ID], zh, en, path)


def ways_fit(diagrams: Mapping[str, Diagram]) -> Iterator[Finding]:
    """A task carries the calls that led to it, one in the other."""
    by_process = {diagram.process: diagram for diagram in diagrams.values()}
    known: dict[str, int] = {}

    def longest(process: str, above: frozenset[str]) -> int:
        if process in above or process not in by_process:  # in a ring, or elsewhere: other rules say so
            return 0
        if process not in known:
            calls = (element for element in by_process[process].elements.values() if element.called)
            known[process] = max((len(f"{process}/{call.id} ") + longest(call.called, above | {process}) for call in calls), default=0)
        return known[process]

    for process in by_process:
        if longest(process, frozenset()) > LONGEST_WAY:
            zh = f"从 {process} 起，调用活动一层套一层过深。"
            yield Finding("error", "calls_too_deep", process, zh, f"From {process} on, calls lie too deep within each other.")
            return


RULES: tuple[Callable[[Context], Iterator[Finding]], ...] = (ids_fit, names_fit, names_read_as_they_are_written, officers_are_one_or_two)
