"""Catching events: news that an officer reports, and clocks of the case that have run out (decision 0009).

They are our own elements and share nothing with SpiffWorkflow's events: those evaluate their times as Python, keep no news for one who
does not wait yet, and lose a second timer on a gateway (engine-facts §1.2, §4). Ours rest as WAITING until the case's driver fires
them. An event on the edge of an activity, or behind an event-based gateway, waits below its holder in the tree, so that the pair
stays a pair when a case is saved, however many tokens stand on the same element.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.engine.elements import BRANCH, Lazy, wait_for, wait_no_more


class CatchingEvent(Lazy, BpmnSpecMixin, BpmnTaskSpec):
    """An intermediate or boundary event. Without a message it is a timer."""

    def __init__(self, wf_spec: Any, bpmn_id: str, *, message: str, interrupts: bool, **more: Any) -> None:
        """`interrupts`: it ends the activity on whose edge it sits."""
        super().__init__(wf_spec, bpmn_id, **more)
        self.message = message
        self.interrupts = interrupts

    def _update_hook(self, my_task: Task) -> bool:
        if my_task.has_state(TaskState.FUTURE):
            super()._update_hook(my_task)
            my_task._set_state(TaskState.WAITING)
        return False  # no time and no other task fires it


class EventGateway(Lazy, BpmnSpecMixin, BpmnTaskSpec):
    """Waits for the first of the events behind it; the others are gone then."""

    def _run_hook(self, my_task: Task) -> None:
        super()._run_hook(my_task)
        wait_for(my_task, self._outputs)


def waits(task: Task) -> bool:
    """Whether an event waits at `task`."""
    return task.state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent)


def is_held(event: Task) -> bool:
    """Whether a waiting event belongs to an activity or an event-based gateway, on which the token is drawn."""
    return waits(event) and bool(event.triggered)


def branch_of(task: Task) -> str:
    """The branch that a token is in."""
    return str(task.data.get(BRANCH, ""))


def fire(event: Task) -> None:
    """What the event waits for is there: let its road begin, and end what it ends."""
    holder = event.parent
    if not event.triggered:
        event._ready()
    elif isinstance(holder.task_spec, EventGateway):
        wait_no_more(holder, (name for name in holder.task_spec._outputs if name != event.task_spec.name))
        event.triggered = False  # it is what follows the gateway now
        event._ready()
        holder.complete()
    else:
        if event.task_spec.interrupts:
            withdraw(holder)
        elif not event.task_spec.message:
            event._set_state(TaskState.CANCELLED)  # a clock runs out once; news may come again
        token = holder.parent._add_child(event.task_spec, TaskState.READY)
        token.triggered, token.data = True, dict(event.data)


def withdraw(activity: Task) -> None:
    """End an activity that is under way, with all that waits below it and in the processes that it began."""
    parts = activity.workflow.top_workflow.subprocesses
    for task in _with_all_below(activity):
        part = parts.pop(task.id, None)
        if part is not None:
            part.completed = True
        if not task.has_state(TaskState.FINISHED_MASK):
            task._set_state(TaskState.CANCELLED)


def _with_all_below(task: Task) -> list[Task]:
    parts = task.workflow.top_workflow.subprocesses
    found, to_visit = [], [task]
    while to_visit:
        found.append(to_visit.pop())
        to_visit += found[-1].children
        if found[-1].id in parts:
            to_visit.append(parts[found[-1].id].task_tree)
    return found
