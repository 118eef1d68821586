"""Walking an imported bundle to its end on the real engine: people answer anything that a form allows, clocks run out, news is reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.factories.diagrams import table
from tests.factories.walks import Walk
from workflows import forms
from workflows.checks.check import check_files
from workflows.checks.context import Known
from workflows.contracts import HandlerResult
from workflows.engine.bundle import Bundle, read_bundle
from workflows.engine.diagram import BPMN, ONECASE, read_diagram
from workflows.importing import Imported
from workflows.picture.redrawing import Sheet

STAND_IN, CLOCK = "stand_in", "any.clock"
KNOWN = Known(frozenset({STAND_IN}), frozenset({CLOCK}), frozenset(), settings=frozenset({CLOCK}))
MEMBERS = ["qinglan-amr", "qinglan-mpa"]
WALKS, STEPS = 25, 120


@dataclass(frozen=True)
class Walked:
    """How the walks of a bundle ended, and which of its steps they came to."""

    walks: int
    ended: int
    stuck: str
    reached: frozenset[tuple[str, str]]
    all_steps: frozenset[tuple[str, str]]


def furnished(imported: Imported) -> dict[str, bytes]:
    """The imported files with stand-ins for what only a designer can say: clocks, services, tables, agencies, processes elsewhere."""
    files = dict(imported.files)
    drawn = {path: read_diagram(content) for path, content in files.items() if path.endswith(".bpmn")}
    here = {diagram.process for diagram in drawn.values()}
    for path in drawn:
        sheet = Sheet(files[path])
        for node in sheet.root.iter(
            f"{BPMN}lane", f"{BPMN}serviceTask", f"{BPMN}intermediateCatchEvent", f"{BPMN}boundaryEvent", f"{BPMN}callActivity"
        ):
            _say(node, here)
        files[path] = sheet.content()
    for name in {element.decision for diagram in drawn.values() for element in diagram.elements.values() if element.decision}:
        files.setdefault(f"tables/{name}.dmn", table(name, "1", f"{name}_decided", {"-": '"x"'}))
    return files


def _say(node: Any, here: set[str]) -> None:
    kind = node.tag.removeprefix(BPMN)
    told = {"lane": {"agency": "lead", "role": "officer"}, "serviceTask": {"service": STAND_IN}}.get(kind, {})
    if kind.endswith("Event") and node.find(f"{BPMN}timerEventDefinition") is not None:
        told = {"clock": CLOCK}
    for name, value in told.items():
        if not node.get(f"{ONECASE}{name}"):
            node.set(f"{ONECASE}{name}", value)
    if kind == "callActivity" and node.get("calledElement") not in here:
        node.tag = f"{BPMN}serviceTask"
        node.set(f"{ONECASE}service", STAND_IN)


def errors(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """What forbids publishing these files."""
    return sorted((one.rule, one.element) for one in check_files(files, KNOWN) if one.severity == "error")


def walked(files: Mapping[str, bytes]) -> Walked:
    """Walk every process of a bundle several times, with other answers each time."""
    bundle = read_bundle(files)
    reached: set[tuple[str, str]] = set()
    walks, ended, stuck = 0, 0, ""
    called = {element.called for diagram in bundle.diagrams.values() for element in diagram.elements.values()}
    for process in [name for name in bundle.diagrams if name not in called]:
        for seed in range(WALKS):
            walk, found = one_walk(bundle, process, Random(seed))
            reached |= found
            walks += 1
            ended += walk.running.closed
            waits = ", ".join(element for _, element, _ in walk.waits()) or "nothing"
            stuck = stuck or ("" if walk.running.closed else f"{process} waits at {waits}")
    every = frozenset((process, element) for process, diagram in bundle.diagrams.items() for element in diagram.elements)
    return Walked(walks, ended, stuck, frozenset(reached) & every, every)


def one_walk(bundle: Bundle, process: str, chance: Random) -> tuple[Walk, set[tuple[str, str]]]:
    """A walk of a process as chance has it, with the steps that it came to."""
    walk = Walk.of(bundle, {STAND_IN: lambda _call: HandlerResult()}, process=process)
    reached: set[tuple[str, str]] = set()
    for _ in range(STEPS):
        marks = walk.running.marks()
        reached |= {(home, element) for home, mark in marks.items() for element in (*mark.tokens, *mark.done)}
        moves = walk.moves()
        if walk.running.closed or not moves:
            break
        number = chance.randrange(len(moves)) if chance.random() < 0.5 else moves.index("answer") if "answer" in moves else 0
        walk.move(number, _answers(bundle, walk, number, chance))
    return walk, reached


def _answers(bundle: Bundle, walk: Walk, number: int, chance: Random) -> dict[str, Any]:
    people = walk.people()
    if number >= len(people):
        return {}
    form = bundle.forms[people[number].element.form]
    return {forms.key_of(one): _value(one, chance) for one in forms.inputs(form)}


def _value(component: Mapping[str, Any], chance: Random) -> Any:
    kind = component["type"]
    if component.get("valuesKey"):
        return MEMBERS[: chance.randint(1, 2)]
    if kind in forms.CHOICES:
        return chance.choice(component["values"])["value"]
    return {"checkbox": chance.random() < 0.5, "number": chance.choice([0, 1, 5, 1000])}.get(kind, "x")
