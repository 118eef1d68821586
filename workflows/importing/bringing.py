"""The way of a foreign file: read, taken apart, each process brought into our dialect, written with its forms."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from lxml import etree

from workflows.checks.check import NOTHING, check_files
from workflows.checks.context import Context
from workflows.checks.layout import everything_is_drawn, nothing_covers_anything, the_picture_says_who
from workflows.checks.limits import LONGEST_VALUE, MAX_FLOWS, MAX_NODES
from workflows.contracts import Text
from workflows.engine.diagram import BPMN, FLOW_NODES, ONECASE, local
from workflows.engine.secure_xml import XmlRefused, read_xml
from workflows.importing import activities, asides, crossroads, lanes, loops, questions, stages, waiting
from workflows.importing.outcome import Imported, Notes, Options, Refusal
from workflows.importing.papers import forms_of, manifest
from workflows.importing.pools import give_plain_ids, processes_of
from workflows.importing.vendors import read_vendors, strip
from workflows.importing.workshop import REFERENCES, Workshop, titled
from workflows.picture.reading import BPMNDI
from workflows.picture.redrawing import Sheet
from workflows.picture.writing import draw, give_name, take_out
from workflows.repairs.elements import remove_data

MAX_PROCESSES = 20
MOST_FLOWS = 40
"""Flows that leave or enter one step; each of them may have to be drawn anew."""
TO_SAY = frozenset({
    "lane_without_agency", "lane_unknown_agency", "lane_unknown_role", "unknown_service", "timer_without_clock", "unknown_clock", "unknown_gate",
})  # fmt: skip
"""What the check finds because the designer has still to say it."""
NAMED = FLOW_NODES | {"lane", "participant", "process", "sequenceFlow", "message"}
PROCESSES_EN = f"The file holds more than {MAX_PROCESSES} processes: import them one by one."


def import_diagram(content: bytes, options: Options = Options()) -> Imported:  # noqa: B008 - it is frozen
    """The bundle that a foreign BPMN file becomes, with what was changed and what was refused. It never raises for a bad file."""
    try:
        root = read_xml(content)
    except XmlRefused as refusal:
        return _nothing(refusal.zh, refusal.en)
    refused = _unfit(root)
    if refused is not None:
        return refused
    try:
        return _brought(root, options)
    except LookupError as missing:  # what refers to an element that there is none
        name = str(missing).strip("'\"")[:60] or "?"
        return _nothing(
            f"文件引用了不存在或没有编号的元素（{name}），无法导入。",
            f"The file refers to an element that is not there or has no id ({name}).",
        )


def _brought(root: etree._Element, options: Options) -> Imported:
    for node in root.iter("*"):
        for name in REFERENCES:
            if node.get(name):
                node.set(name, node.get(name, "").rpartition(":")[2])
    notes = Notes()
    names = {node.get("id", ""): (node.get("name") or "").strip() for node in root.iterchildren("*")}
    trees = list(processes_of(root, notes))
    ids = give_plain_ids(trees, notes)
    shared = {node.get("id", ""): local(node) for node in root.iterchildren("*") if local(node).startswith("global")}
    works = [_workshop(tree, names, frozenset(ids.values()), shared, options) for tree in trees]
    for work in works:
        _follow(work, ids)
    main = _main(works)
    parts = [part for work in works for part in _bring(work)]
    files = {f"{part.process.get('id')}.bpmn": _written(part) for part in parts}
    for part in parts:
        _left(part, files[f"{part.process.get('id')}.bpmn"])
    files |= forms_of(parts) | {"bundle.yaml": manifest(main.process.get("id", ""), _title(main))}
    changes = (*notes.changes, *(change for work in works for change in work.notes.changes))
    refusals = (*notes.refusals, *(one for work in works for one in work.notes.refusals))
    return Imported(files, changes, refusals)


def is_foreign(content: bytes) -> bool:
    """Whether a diagram says nothing in our words: another tool drew it. What is no XML at all is not foreign but broken."""
    try:
        root = read_xml(content)
    except XmlRefused:
        return False
    return not any(name.startswith(ONECASE) for node in root.iter("*") for name in (node.tag, *node.attrib))


def _nothing(zh: str, en: str) -> Imported:
    return Imported({}, (), (Refusal("", Text(zh, en)),))


def _unfit(root: etree._Element) -> Imported | None:
    """Why a file cannot be imported at all."""
    if root.tag != f"{BPMN}definitions":
        return _nothing("不是 BPMN 2.0 文件。", "This is not a BPMN 2.0 file.")
    processes = [process for process in root.iterchildren(f"{BPMN}process") if any(local(node) in FLOW_NODES for node in process.iter("*"))]
    if not processes:
        return _nothing(
            "文件中没有带步骤的流程（协作、编排或会话图没有可执行的内容）。",
            "The file holds no process with steps: nothing in it can be executed.",
        )
    too_much = _too_much(root, processes)
    if too_much is not None:
        return _nothing(too_much.zh, too_much.en)
    own = (node.get("id") for node in root.iter(f"{BPMN}*", f"{BPMNDI}*") if node.get("id"))
    twice = [name for name, count in Counter(own).items() if count > 1]
    if twice:
        listed = ", ".join(str(name) for name in twice[:5])
        return _nothing(
            f"编号重复：{listed}。连线指向哪一个无从得知。", f"Ids stand twice ({listed}): nobody can tell which one a flow means."
        )
    return None


def _too_much(root: etree._Element, processes: list[etree._Element]) -> Text | None:
    if len(processes) > MAX_PROCESSES:
        return Text(f"文件中的流程超过 {MAX_PROCESSES} 个，请分别导入。", PROCESSES_EN)
    if any(sum(local(node) in FLOW_NODES for node in process.iter("*")) > MAX_NODES for process in processes):
        return Text(f"流程的节点超过 {MAX_NODES} 个，请拆分后再导入。", f"A process has more than {MAX_NODES} nodes: split it first.")
    if any(sum(1 for _ in process.iter(f"{BPMN}sequenceFlow")) > MAX_FLOWS for process in processes):
        return Text(f"流程的连线超过 {MAX_FLOWS} 条，请拆分后再导入。", f"A process has more than {MAX_FLOWS} flows: split it first.")
    ends = Counter((end, flow.get(end)) for flow in root.iter(f"{BPMN}sequenceFlow") for end in ("sourceRef", "targetRef"))
    if max(ends.values(), default=0) > MOST_FLOWS:
        return Text(
            f"有步骤的连线超过 {MOST_FLOWS} 条，请先在原工具中拆分。",
            f"More than {MOST_FLOWS} flows leave or enter one step: split it first.",
        )
    if any(len(value) > LONGEST_VALUE for node in root.iter("*") for value in node.attrib.values()):
        return Text(f"有属性超过 {LONGEST_VALUE} 字。", f"An attribute has more than {LONGEST_VALUE} characters.")
    return None


def _main(works: list[Workshop]) -> Workshop:
    """The process of the bundle: one that no other one calls, the largest of those."""
    called_ones = {node.get("calledElement") for work in works for node in work.process.iter(f"{BPMN}callActivity")}
    free = [work for work in works if work.process.get("id") not in called_ones] or works
    return max(free, key=lambda work: len(work.steps()))


def _workshop(tree: etree._Element, names: dict[str, str], known: frozenset[str], shared: dict[str, str], options: Options) -> Workshop:
    process = next(tree.iterchildren(f"{BPMN}process"))
    said = read_vendors(process)
    strip(tree)
    return Workshop(Sheet(tree), said, names, known, shared, options, Notes(f"{process.get('id')}.bpmn"))


def _follow(work: Workshop, ids: dict[str, str]) -> None:
    """Calls name the processes by their new ids."""
    for node in work.process.iter(f"{BPMN}callActivity"):
        if node.get("calledElement") in ids:
            node.set("calledElement", ids[node.get("calledElement", "")])
    if work.process.get("isExecutable") != "true":
        work.process.set("isExecutable", "true")
        work.notes.changed(work.process.get("id", ""), "流程已标为可执行。", "The process is marked executable now.")


def _bring(work: Workshop) -> list[Workshop]:
    """Bring a process into our dialect; gives it with the processes that were taken out of it."""
    lied = _lies(work.sheet)
    gone = remove_data(work.sheet)
    if gone:
        named = "、".join(dict.fromkeys(gone))
        said_en = f"Data objects ({', '.join(dict.fromkeys(gone))}) were left out: forms and services write the facts of a case."
        work.notes.changed("", f"数据对象（{named}）未导入：案件事实由表单与服务写入。", said_en)
    asides.bring(work)
    parts = []
    for one in (work, *_taken_out(work)):
        for step in (activities, waiting, crossroads, loops, lanes, stages):
            step.bring(one)
        parts += [one, *_taken_out(one)]
    for one in parts:
        questions.bring(one)
    drawn = next(work.sheet.root.iter(f"{BPMNDI}BPMNShape"), None) is not None
    if work.redraw or not drawn or _lies(work.sheet) - lied:
        if drawn:
            work.notes.changed("", "改动较多，流程图已重新绘制。", "So much changed that the picture was drawn anew.")
        draw(work.sheet.root, work.sheet.diagram)
    for one in parts[1:]:
        draw(one.sheet.root, one.sheet.diagram)
    return parts


def _taken_out(work: Workshop) -> list[Workshop]:
    """The processes that were taken out of one, each with all that is known of it."""
    taken = [replace(work, sheet=sheet, redraw=False, more={}) for sheet in work.more.values()]
    work.more = {}
    return taken


def _lies(sheet: Sheet) -> set[tuple[str, str]]:
    """What is wrong with the picture."""
    diagram = sheet.diagram
    context = Context("", diagram, NOTHING, {}, {}, frozenset(), frozenset(), alone=True)
    found = [finding for rule in (everything_is_drawn, nothing_covers_anything, the_picture_says_who) for finding in rule(context)]
    return {(finding.rule, finding.element) for finding in found}


def _written(work: Workshop) -> bytes:
    """The file of a process: foreign names that are English are its English names, messages that nobody awaits are gone."""
    root = work.sheet.root
    awaited = {node.get("messageRef") for node in root.iter(f"{BPMN}messageEventDefinition")}
    for message in [one for one in root.iterchildren(f"{BPMN}message") if one.get("id") not in awaited]:
        work.sheet.forget(message.get("id", ""))
        take_out(message)
    for node in [one for one in root.iter(f"{BPMN}*") if local(one) in NAMED]:
        name = " ".join((node.get("name") or "").split())
        if name:
            node.set("name", name)
        if name.isascii() and name and not node.get(f"{ONECASE}nameEn"):
            give_name(node, Text("", name))
    etree.indent(root)
    return work.sheet.content()


def _left(work: Workshop, content: bytes) -> None:
    """What the check still refuses is refused here, in its words; what only the designer can say is not."""
    for finding in check_files({work.notes.file: content}, NOTHING):
        if finding.severity == "error" and finding.rule not in TO_SAY and finding.element not in work.refused:
            work.notes.refused(finding.element, finding.message, finding.message_en)


def _title(work: Workshop) -> Text:
    pool = next(work.sheet.root.iter(f"{BPMN}participant"), None)
    own = titled(work.process)
    return own if own.zh or pool is None else titled(pool)
