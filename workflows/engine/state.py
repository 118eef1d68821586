"""A running case as one small blob: msgpack inside zstd behind a version byte; the specification is not in it.

Layout of version 1: `[top, [subworkflow, …]]`, parents before children; a workflow is `[spec, parent task, completed, success,
last task, [task, …]]`, a task `[id, parent, children, spec, state, triggered, changed, data, internal]`, with tasks numbered in
order and data None where it equals the parent's. A case saved by any released version stays readable: readers are kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import msgpack
import zstandard
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow, BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task

from workflows.engine.bundle import Bundle
from workflows.engine.elements import Conditions

VERSION = 1


class _Zstandard(threading.local):
    """A compressor for each thread: one that two threads use at once crashes the process."""

    def __init__(self) -> None:
        self.compress = zstandard.ZstdCompressor(level=1).compress
        self.expand = zstandard.ZstdDecompressor().decompress


ZSTANDARD = _Zstandard()


class UnknownState(ValueError):
    """A blob that this release cannot read."""


def encode(workflow: BpmnWorkflow) -> bytes:
    """The blob of `workflow`."""
    numbers = {id(part): number for number, part in enumerate([workflow, *workflow.subprocesses.values()])}
    tree = [_workflow(workflow, numbers, workflow), [_workflow(part, numbers, workflow) for part in workflow.subprocesses.values()]]
    return bytes([VERSION]) + ZSTANDARD.compress(msgpack.packb(tree))


def decode(blob: bytes, bundle: Bundle, conditions: Conditions) -> BpmnWorkflow:
    """The running workflow of `blob` on the bundle's shared specification. Raises UnknownState."""
    reader = READERS.get(blob[0]) if blob else None
    if reader is None:
        raise UnknownState(f"state version {blob[:1]!r} is not known to this release (1 to {VERSION})")
    try:
        tree = msgpack.unpackb(ZSTANDARD.expand(blob[1:]), strict_map_key=False)
    except (zstandard.ZstdError, msgpack.UnpackException, ValueError) as error:
        raise UnknownState(f"the state is damaged: {error}") from error
    return reader(tree, bundle, conditions)


def _workflow(part: BpmnBaseWorkflow, numbers: dict[int, int], top: BpmnWorkflow) -> list[Any]:
    order = {task_id: number for number, task_id in enumerate(part.tasks)}
    parent = None
    if part is not top:
        owner = top.get_task_from_id(part.parent_task_id)
        parent = [numbers[id(owner.workflow)], owner.id.bytes]
    return [
        part.spec.name,
        parent,
        part.completed,
        part.success,
        order.get(part.last_task.id) if part.last_task is not None else None,
        [_task(task, order) for task in part.tasks.values()],
    ]


def _task(task: Task, order: dict[UUID, int]) -> list[Any]:
    parent = task.parent
    return [
        task.id.bytes,
        order[parent.id] if parent is not None else None,
        [order[child] for child in task._children],
        task.task_spec.name,
        task.state,
        task.triggered,
        task.last_state_change,
        None if parent is not None and task.data == parent.data else task.data,
        task.internal_data or None,
    ]


def _read_version_1(tree: list[Any], bundle: Bundle, conditions: Conditions) -> BpmnWorkflow:
    stored, parts = tree
    top = BpmnWorkflow(bundle.specs[stored[0]], dict(bundle.specs), script_engine=conditions, deserializing=True)
    _fill(top, stored)
    workflows: list[BpmnBaseWorkflow] = [top]
    for part in parts:
        owner_number, owner_id = part[1]
        owner = workflows[owner_number].tasks[UUID(bytes=owner_id)]
        workflow = BpmnSubWorkflow(bundle.specs[part[0]], owner.id, top, deserializing=True)
        _fill(workflow, part)
        top.subprocesses[owner.id] = workflow
        if isinstance(owner.task_spec, SubWorkflowTask):
            workflow.completed_event.connect(owner.task_spec._on_subworkflow_completed, owner)
        workflows.append(workflow)
    return top


def _fill(workflow: BpmnBaseWorkflow, stored: list[Any]) -> None:
    _, _, workflow.completed, workflow.success, last, rows = stored
    tasks = [_restored(workflow, row) for row in rows]
    for task, (_, parent, children, *_rest) in zip(tasks, rows, strict=True):
        task._parent = tasks[parent].id if parent is not None else None
        task._children = [tasks[child].id for child in children]
    for task, row in _parents_first(tasks, rows):
        task.data = row[7] if row[7] is not None else dict(task.parent.data)
    workflow.task_tree = tasks[0]
    workflow.last_task = tasks[last] if last is not None else None


def _restored(workflow: BpmnBaseWorkflow, row: list[Any]) -> Task:
    task_id, _, _, spec, state, triggered, changed, _, internal = row
    task = Task(workflow, workflow.spec.task_specs[spec], state=state, id=UUID(bytes=task_id))
    task.triggered, task.last_state_change, task.internal_data = triggered, changed, internal or {}
    return task


def _parents_first(tasks: list[Task], rows: list[list[Any]]) -> Iterable[tuple[Task, list[Any]]]:
    # A child is always made after its parent and the order of making is kept, so the stored order will do.
    return zip(tasks, rows, strict=True)


READERS: dict[int, Callable[[list[Any], Bundle, Conditions], BpmnWorkflow]] = {1: _read_version_1}
