"""How our BPMN elements behave on SpiffWorkflow 3.2.0, where its own classes would mis-execute them.

The hooks with leading underscores are SpiffWorkflow's own extension grain; the exact pin in pyproject.toml and the equivalence
tests keep them honest.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import EndEventParser, StartEventParser
from SpiffWorkflow.bpmn.parser.task_parsers import CallActivityParser, ConditionalGatewayParser, GatewayParser, SubWorkflowParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
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
"""The only key of engine data: the branch (agency code, or `a/b` when nested) that a token is in."""


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


class PersonTask(Lazy, UserTask):
    """A task that waits for a person."""


class LazyCallActivity(Lazy, CallActivity):
    """A call of another process."""


class LazySubprocess(Lazy, SubWorkflowTask):
    """An embedded subprocess."""


class AutomaticTask(Lazy, BpmnSpecMixin, BpmnTaskSpec):
    """A service or decision task: rests as STARTED until the case's driver has its answer and completes it."""

    def _run_hook(self, my_task: Task) -> None:
        super()._run_hook(my_task)


class Branches(Lazy, ParallelMultiInstanceTask):
    """One branch per item of a list fact, all at once. Branches share no data, so none can overwrite another's."""

    def create_children(self, my_task: Task) -> None:
        """One child per item; the list must be there and hold each item once."""
        name = self.data_input.bpmn_id
        outer = my_task.data.get(BRANCH, "")
        items = my_task.workflow.script_engine.facts.view(outer).get(name)
        if not isinstance(items, list) or len(set(items)) != len(items):
            raise EngineError(f"{self.name}: {name} must be a list without repetitions, it is {items!r}")
        spec = my_task.workflow.spec.task_specs[self.task_spec]
        for item in items:
            child = my_task._add_child(spec, TaskState.WAITING)
            child.triggered = True
            child.data = {BRANCH: f"{outer}/{item}" if outer else str(item)}
            child.task_spec._update(child)
            child.data = {BRANCH: f"{outer}/{item}" if outer else str(item)}
        my_task.internal_data.clear()  # the stock list of merged branches, which nobody reads here

    def merge_child(self, workflow: object, child: Task) -> None:  # noqa: ARG002 - SpiffWorkflow's signature
        """Count the branch as finished, without taking its data."""
        my_task = child.parent
        if self.children_complete(my_task):
            my_task._set_state(TaskState.READY)


class BranchingTaskParser(TaskParser):
    """Reads activities; a multi-instance marker becomes `Branches`."""

    PARALLEL_MI_CLASS = Branches


class BranchingCallParser(BranchingTaskParser, CallActivityParser):
    """The same for call activities."""


class BranchingSubprocessParser(BranchingTaskParser, SubWorkflowParser):
    """The same for embedded subprocesses."""


class DialectParser(BpmnParser):
    """Reads our dialect: the elements that our engine executes, and no others."""

    PARSER_CLASSES: ClassVar[dict[str, Any]] = {}
    OVERRIDE_PARSER_CLASSES: ClassVar[dict[str, Any]] = {
        full_tag("startEvent"): (StartEventParser, LazyStartEvent),
        full_tag("endEvent"): (EndEventParser, LazyEndEvent),
        full_tag("exclusiveGateway"): (ConditionalGatewayParser, LazyExclusiveGateway),
        full_tag("userTask"): (BranchingTaskParser, PersonTask),
        full_tag("serviceTask"): (BranchingTaskParser, AutomaticTask),
        full_tag("businessRuleTask"): (BranchingTaskParser, AutomaticTask),
        full_tag("parallelGateway"): (GatewayParser, LazyParallelGateway),
        full_tag("callActivity"): (BranchingCallParser, LazyCallActivity),
        full_tag("subProcess"): (BranchingSubprocessParser, LazySubprocess),
    }
