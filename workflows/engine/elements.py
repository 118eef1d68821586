"""How our BPMN elements behave on SpiffWorkflow 3.2.0, where its own classes would mis-execute them.

The hooks with leading underscores are SpiffWorkflow's own extension grain; the exact pin in pyproject.toml and the equivalence
tests keep them honest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.specs.defaults import (
    CallActivity,
    EndEvent,
    ExclusiveGateway,
    ParallelGateway,
    ParallelMultiInstanceTask,
    StartEvent,
    SubWorkflowTask,
    UserTask,
)
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.engine.expressions import evaluate
from workflows.facts import Facts

BRANCH = "branch"
"""The branch (agency code, or `a/b` when nested) that a token is in; with `TO_COME` all that there is of engine data."""
MAX_BRANCHES = 300
"""Items of a list that become branches; a form takes 200."""
TO_COME = "to_come"
"""Items whose branches have still to come, on the task that goes through them in turn."""


class EngineError(Exception):
    """A step that the engine cannot take; the case stays where it was."""


class Conditions(PythonScriptEngine):
    """Evaluates conditions over the case's facts, and refuses everything else that a diagram could ask Python to do."""

    def __init__(self, facts: Facts) -> None:
        """`facts` are those of the case that this engine belongs to."""
        super().__init__()
        self.facts = facts
        self.environment = None  # correlations and ad hoc processes would evaluate Python on it directly

    def evaluate(self, task: Task, expression: str, external_context: object = None) -> Any:  # noqa: ARG002 - SpiffWorkflow's signature
        """The value of a condition in the branch of `task`."""
        return evaluate(expression, self.facts.view(task.data.get(BRANCH, "")))

    def execute(self, task: Task, script: str, external_context: object = None) -> NoReturn:  # noqa: ARG002
        """Never: diagrams hold no scripts."""
        raise EngineError(f"{task.task_spec.name}: scripts are not executed")

    def call_service(self, task: Task, **_: object) -> NoReturn:
        """Never: services are called by `advance`, outside the engine."""
        raise EngineError(f"{task.task_spec.name}: services are not called by the engine")


class Lazy:
    """An element that says what follows it when it is done, and not before.

    The stock engine draws every way ahead into the tree at each step, branches ^ blocks tasks at worst (engine-facts §0.1: 17,968
    for 5 × 5), and reads and writes all of them. None of our elements looks ahead, so none of it is needed.
    """

    outputs: list[Any]

    def _predict_hook(self, my_task: Task) -> None:
        """Predict nothing."""

    def _on_complete_hook(self, my_task: Task) -> None:
        super()._on_complete_hook(my_task)  # type: ignore[misc]
        tree = my_task.workflow.top_workflow
        if isinstance(tree, CaseTree):
            tree.has_done(my_task)
        if my_task.workflow.completed or not all(child.triggered for child in my_task.children):
            return  # an exclusive gateway has chosen already
        my_task._sync_children(self.outputs, TaskState.FUTURE)
        for child in my_task.children:
            child.task_spec._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)


class Activity(Lazy):
    """An activity. While it is under way, the events on its edge wait below it in the tree; they end when it ends."""

    watchers: tuple[str, ...] = ()
    """The events on its edge, by name."""

    def _update_hook(self, my_task: Task) -> Any:
        begins = my_task.has_state(TaskState.FUTURE)
        result = super()._update_hook(my_task)  # type: ignore[misc]
        if self.watchers and begins:
            wait_for(my_task, self.watchers)
        return result

    def _on_complete_hook(self, my_task: Task) -> None:
        if self.watchers:
            wait_no_more(my_task, self.watchers)
        super()._on_complete_hook(my_task)


def wait_for(holder: Task, events: Iterable[str]) -> None:
    """Let each of the events wait below `holder`."""
    for name in events:
        event = holder._add_child(holder.workflow.spec.task_specs[name], TaskState.WAITING)
        event.triggered, event.data = True, dict(holder.data)


def wait_no_more(holder: Task, events: Iterable[str]) -> None:
    """Let the events wait no longer below `holder`."""
    ended = set(events)
    for event in holder.children:
        if event.task_spec.name in ended and event.state == TaskState.WAITING:
            event._set_state(TaskState.CANCELLED)


class CaseTree(BpmnWorkflow):
    """The engine's tree of one case, which forgets finished tasks (`state`), and the count of what was done."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As SpiffWorkflow's."""
        self.done: dict[str, dict[str, int]] = {}
        """Process or embedded subprocess → element → how often it was done."""
        super().__init__(*args, **kwargs)

    def has_done(self, task: Task) -> None:
        """Count a finished task on its element; the frame around branches is not an element of its own."""
        if isinstance(task.task_spec, Branches):
            return
        counts = self.done.setdefault(task.workflow.spec.name, {})
        counts[task.task_spec.bpmn_id] = counts.get(task.task_spec.bpmn_id, 0) + 1


class LazyStartEvent(Lazy, StartEvent):
    """Where a process begins."""


class LazyEndEvent(Lazy, EndEvent):
    """Where a token ends."""


class LazyExclusiveGateway(Lazy, ExclusiveGateway):
    """A choice of one way."""


class LazyParallelGateway(Lazy, ParallelGateway):
    """A split into all ways, and the join of them."""


class PersonTask(Activity, UserTask):
    """A task that waits for a person."""


class LazyCallActivity(Activity, CallActivity):
    """A call of another process."""


class LazySubprocess(Activity, SubWorkflowTask):
    """An embedded subprocess."""


class AutomaticTask(Lazy, BpmnSpecMixin, BpmnTaskSpec):
    """A service or decision task: rests as STARTED until the case's driver has its answer and completes it."""

    def _run_hook(self, my_task: Task) -> None:
        super()._run_hook(my_task)


class Branches(Activity, ParallelMultiInstanceTask):
    """One branch per item of a list fact, all at once. Branches share no data, so none can overwrite another's."""

    def create_children(self, my_task: Task) -> None:
        """One child per item; the list must be there and hold each item once."""
        for item in self._items(my_task):
            self._begin(my_task, item)
        my_task.internal_data.clear()  # the stock list of merged branches, which nobody reads here

    def merge_child(self, workflow: object, child: Task) -> None:  # noqa: ARG002 - SpiffWorkflow's signature
        """Count the branch as finished, without taking its data."""
        my_task = child.parent
        if self.children_complete(my_task):
            my_task._set_state(TaskState.READY)

    def _items(self, my_task: Task) -> list[Any]:
        name = self.data_input.bpmn_id
        items = my_task.workflow.script_engine.facts.view(my_task.data.get(BRANCH, "")).get(name)
        if not isinstance(items, list) or len(set(items)) != len(items):
            raise EngineError(f"{self.name}: {name} must be a list without repetitions, it is {items!r:.200}")
        if len(items) > MAX_BRANCHES:
            raise EngineError(f"{self.name}: {name} has {len(items)} items, and there are {MAX_BRANCHES} branches at most")
        return items

    def _begin(self, my_task: Task, item: Any) -> None:
        around = my_task.data
        outer = around.get(BRANCH, "")
        my_task.data = {BRANCH: f"{outer}/{item}" if outer else str(item)}  # what the branch inherits, and a process that it calls
        child = my_task._add_child(my_task.workflow.spec.task_specs[self.task_spec], TaskState.WAITING)
        child.triggered = True
        child.task_spec._update(child)
        my_task.data = around


class BranchesInTurn(Branches):
    """One branch per item, each when the one before it is done. The list is the one that it began with, whatever becomes of the fact."""

    def create_children(self, my_task: Task) -> None:
        """The first branch; the items to come are kept with the task."""
        items = self._items(my_task)
        my_task.internal_data.clear()
        if items:
            my_task.data = {**my_task.data, TO_COME: items[1:]}
            self._begin(my_task, items[0])

    def merge_child(self, workflow: object, child: Task) -> None:  # noqa: ARG002 - SpiffWorkflow's signature
        """Begin the next branch, or have done."""
        my_task = child.parent
        items = my_task.data[TO_COME]
        if items:
            my_task.data = {**my_task.data, TO_COME: items[1:]}
            self._begin(my_task, items[0])
        else:
            my_task.data = {key: value for key, value in my_task.data.items() if key != TO_COME}
            my_task._set_state(TaskState.READY)
