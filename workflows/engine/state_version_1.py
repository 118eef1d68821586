"""Cases saved by release 0.1: the whole tree, predictions and finished tasks included.

Layout: `[top, [subworkflow, …]]`, parents before children; a workflow is `[spec, parent task, completed, success, last task,
[task, …]]`, a task `[id, parent, children, spec, state, triggered, changed, data, internal]`, with tasks numbered in order and
data None where it equals the parent's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow, BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.engine.bundle import Bundle
from workflows.engine.elements import CaseTree, Conditions, Lazy


def read_version_1(tree: list[Any], bundle: Bundle, conditions: Conditions) -> CaseTree:
    """The running case of an unpacked blob of version 1."""
    stored, parts = tree
    top = CaseTree(bundle.specs[stored[0]], dict(bundle.specs), script_engine=conditions, deserializing=True)
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
    for part in workflows:
        for task in part.tasks.values():
            if task.state == TaskState.COMPLETED and isinstance(task.task_spec, Lazy):
                top.has_done(task)
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
