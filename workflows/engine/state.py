"""A running case as one small blob: msgpack inside zstd behind a version byte; the specification is not in it.

Only what the engine still needs is kept: tokens that wait, arrivals at a join that has not fired, and the way from the root to
them. Finished tasks and finished stages are counts (`CaseTree.done`), so a blob does not grow with the history of its case.

Layout of version 2: `[completed, done, [part, …]]`, a part being `[spec, owner, [task, …]]` with all tasks of all parts numbered in
one row, owners and parents before what they own; a task `[parent, spec, state, id, data]`: the id of a user task that waits for a
person or of an event that waits, else None, and data None where it equals the parent's. A case saved by any released version stays readable: readers are
kept (`state_version_1`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgpack
import zstandard
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow, BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.engine.bundle import Bundle
from workflows.engine.elements import CaseTree, Conditions, Lazy, LazyParallelGateway
from workflows.engine.events import waits
from workflows.engine.state_version_1 import read_version_1

VERSION = 2
ACTIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED
TRIGGERED = 512
"""Beside the state: the task is one of several branches, not what follows its parent."""


class _Zstandard(threading.local):
    """A compressor for each thread: one that two threads use at once crashes the process."""

    def __init__(self) -> None:
        self.compress = zstandard.ZstdCompressor(level=1).compress
        self.expand = zstandard.ZstdDecompressor().decompress


ZSTANDARD = _Zstandard()


class UnknownState(ValueError):
    """A blob that this release cannot read."""


def encode(tree: CaseTree) -> bytes:
    """The blob of a case that rests."""
    numbers: dict[Any, int] = {}
    parts: list[Any] = []
    for part in [tree, *(part for part in tree.subprocesses.values() if not part.completed)]:
        kept = _kept(part)
        owner = None if part is tree else numbers[part.parent_task_id]
        rows = []
        for task in kept:
            parent = task.parent
            while parent is not None and parent.id not in numbers:
                parent = parent.parent
            numbers[task.id] = len(numbers)
            rows.append(_row(task, None if parent is None else numbers[parent.id], parent))
        parts.append([part.spec.name, owner, rows])
    return bytes([VERSION]) + ZSTANDARD.compress(msgpack.packb([tree.completed, tree.done, parts]))


def decode(blob: bytes, bundle: Bundle, conditions: Conditions) -> CaseTree:
    """The running case of `blob` on the bundle's shared specification. Raises UnknownState."""
    reader = READERS.get(blob[0]) if blob else None
    if reader is None:
        raise UnknownState(f"state version {blob[:1]!r} is not known to this release (1 to {VERSION})")
    try:
        tree = msgpack.unpackb(ZSTANDARD.expand(blob[1:]), strict_map_key=False)
    except (zstandard.ZstdError, msgpack.UnpackException, ValueError) as error:
        raise UnknownState(f"the state is damaged: {error}") from error
    return reader(tree, bundle, conditions)


def _kept(part: BpmnBaseWorkflow) -> list[Task]:
    """The tasks that the engine may still look at, in the order of their making, which puts parents first."""
    if part.completed:
        return [part.task_tree]
    needed = {part.task_tree.id}
    for task in part.tasks.values():
        if task.has_state(ACTIVE):
            needed.add(task.id)
            if not isinstance(task.task_spec, Lazy):  # one of SpiffWorkflow's own looks one step ahead
                needed.update(task._children)
    for arrivals in _arrivals(part).values():
        if not any(task.state == TaskState.COMPLETED for task in arrivals):
            needed.update(task.id for task in arrivals)
            needed.update(task._parent for task in arrivals)
    return [task for task in part.tasks.values() if task.id in needed]


def _arrivals(part: BpmnBaseWorkflow) -> dict[str, list[Task]]:
    """Tokens that came to a join, by join: it counts them by the tasks that they came from."""
    found: dict[str, list[Task]] = {}
    for task in part.tasks.values():
        if isinstance(task.task_spec, LazyParallelGateway) and len(task.task_spec._inputs) > 1 and task.state >= TaskState.WAITING:
            found.setdefault(task.task_spec.name, []).append(task)
    return found


def _row(task: Task, number: int | None, parent: Task | None) -> list[Any]:
    known = (task.task_spec.manual and task.state == TaskState.READY) or (task.state == TaskState.WAITING and waits(task))
    return [
        number,
        task.task_spec.name,
        task.state | (TRIGGERED if task.triggered else 0),
        task.id.bytes if known else None,
        None if parent is not None and task.data == parent.data else task.data,
    ]


def _read_version_2(stored: list[Any], bundle: Bundle, conditions: Conditions) -> CaseTree:
    completed, done, parts = stored
    top = CaseTree(bundle.specs[parts[0][0]], dict(bundle.specs), script_engine=conditions, deserializing=True)
    top.completed, top.done = completed, done
    tasks: list[Task] = []
    for spec, owner_number, rows in parts:
        part = top if owner_number is None else _subprocess(top, bundle, spec, tasks[owner_number])
        first = len(tasks)
        for row in rows:
            tasks.append(_task(part, tasks, *row))
        part.task_tree = tasks[first]
    return top


def _subprocess(top: CaseTree, bundle: Bundle, spec: str, owner: Task) -> BpmnSubWorkflow:
    part = BpmnSubWorkflow(bundle.specs[spec], owner.id, top, deserializing=True)
    top.subprocesses[owner.id] = part
    part.completed_event.connect(owner.task_spec._on_subworkflow_completed, owner)
    return part


def _task(part: BpmnBaseWorkflow, tasks: list[Task], parent: int | None, spec: str, state: int, known: bytes | None, data: Any) -> Task:
    # Only the id of what waits for a person or a clock is known outside; the others' need only differ from each other.
    task_id = UUID(bytes=known) if known is not None else len(tasks) + 1
    above = None if parent is None else tasks[parent]
    task = Task(part, part.spec.task_specs[spec], above, state=state & ~TRIGGERED, id=task_id)
    task.triggered = bool(state & TRIGGERED)
    task.data = data if data is not None or above is None else dict(above.data)
    return task


READERS: dict[int, Callable[[list[Any], Bundle, Conditions], CaseTree]] = {1: read_version_1, 2: _read_version_2}
