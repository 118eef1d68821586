"""One running case: start or restore it, let it move to its next rest, say what waits, save it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from SpiffWorkflow.bpmn.specs.defaults import CallActivity
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.engine import state
from workflows.engine.bundle import Bundle
from workflows.engine.diagram import Element
from workflows.engine.elements import BRANCH, AutomaticTask, Branches, CaseTree, Conditions, EngineError, LazyExclusiveGateway
from workflows.engine.events import branch_of, fire, is_held, waits
from workflows.facts import Facts

ACTIVE = TaskState.READY | TaskState.STARTED | TaskState.WAITING


@dataclass(frozen=True)
class Waiting:
    """A token that rests: for a person (`userTask`), for the driver (`serviceTask`, `businessRuleTask`), for news or a clock (events)."""

    id: UUID
    process: str
    element: Element
    branch: str
    via: tuple[str, ...] = ()
    """The call activities that led here, outermost first, each as `process/element`."""


@dataclass(frozen=True)
class Marks:
    """Where the tokens of a case are on one diagram, and what is done."""

    tokens: dict[str, int]
    done: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Where a case is and where it was: process or embedded subprocess → elements with a token or a waiting event; the same of what is done."""

    under_way: Mapping[str, frozenset[str]]
    done: Mapping[str, frozenset[str]]


class RunningCase:
    """A case on the real engine. Not shared between threads; lives for one step."""

    def __init__(self, bundle: Bundle, facts: Facts, workflow: CaseTree) -> None:
        """Use `start` or `restore`."""
        self.bundle = bundle
        self.facts = facts
        self._workflow = workflow

    @classmethod
    def start(cls, bundle: Bundle, facts: Facts, conditions: type[Conditions] = Conditions) -> RunningCase:
        """A new case of the bundle's process, moved to its first rest; `conditions` evaluates what the flows ask."""
        workflow = CaseTree(bundle.specs[bundle.process], dict(bundle.specs), script_engine=conditions(facts))
        case = cls(bundle, facts, workflow)
        case._settle()
        return case

    @classmethod
    def restore(cls, bundle: Bundle, facts: Facts, blob: bytes, conditions: type[Conditions] = Conditions) -> RunningCase:
        """The case as it was saved. Raises `state.UnknownState`."""
        return cls(bundle, facts, state.decode(blob, bundle, conditions(facts)))

    def save(self) -> bytes:
        """The case as a blob."""
        return state.encode(self._workflow)

    def complete(self, task: UUID) -> None:
        """A person has finished the user task `task`; move on to the next rest. Raises EngineError when it does not wait."""
        found = self._find(task)
        if found is None or not _for_a_person(found):
            raise EngineError(f"task {task} does not wait for a person")
        found.run()
        self._settle()

    def finish(self, task: UUID) -> None:
        """The driver has the answer of the automatic task `task`; move on."""
        found = self._find(task)
        if found is None or not _for_the_driver(found):
            raise EngineError(f"task {task} does not wait for its service")
        found.complete()
        self._settle()

    def report(self, message: str, branch: str) -> None:
        """News has come: whatever waits for it in that branch goes on. Raises EngineError when nothing does."""
        heard = [task for task in self._events("message") if task.task_spec.message == message and branch_of(task) == branch]
        if not heard:
            raise EngineError(f"nothing waits for {message!r} in the branch {branch!r}")
        for task in heard:
            if waits(task):  # an event further out may have ended what this one sits on
                fire(task)
        self._settle()

    def expire(self, timer: UUID) -> None:
        """The clock of the timer event `timer` has run out. Raises EngineError when it does not wait."""
        found = self._find(timer)
        if found is None or not waits(found) or found.task_spec.message:
            raise EngineError(f"event {timer} does not wait for a clock")
        fire(found)
        self._settle()

    def events(self) -> tuple[Waiting, ...]:
        """Message events that wait: what can be reported now is `element.message`, once for each event that waits for it."""
        return tuple(self._waiting(task) for task in self._events("message"))

    def timers(self) -> tuple[Waiting, ...]:
        """Timer events that wait for their clocks, in the order in which they came."""
        return tuple(self._waiting(task) for task in self._events("timer"))

    def people(self) -> tuple[Waiting, ...]:
        """User tasks that wait for people, in the order in which they came."""
        return tuple(self._waiting(task) for task in self._tasks() if _for_a_person(task))

    def automatic(self) -> Waiting | None:
        """The next service or decision task that waits for its answer."""
        task = next(filter(_for_the_driver, self._tasks()), None)
        return None if task is None else self._waiting(task)

    @property
    def closed(self) -> bool:
        """Whether the case has reached its end."""
        return bool(self._workflow.completed)

    @property
    def stuck(self) -> bool:
        """Open, but neither a person, a service, news nor a clock can move it: a dead end of the diagram."""
        return not self.closed and not any(_for_a_person(task) or _for_the_driver(task) or waits(task) for task in self._tasks())

    def times_done(self, process: str, element: str) -> int:
        """How often an element was done, in all branches together."""
        scopes = [scope for scope, home in self.bundle.homes.items() if home == process]
        return sum(self._workflow.done.get(scope, {}).get(element, 0) for scope in scopes)

    def marks(self) -> dict[str, Marks]:
        """Tokens and finished elements by process, for the diagrams."""
        tokens: dict[str, Counter[str]] = {}
        done: dict[str, dict[str, None]] = {}
        for scope, counts in self._workflow.done.items():
            done.setdefault(self.bundle.homes[scope], {}).update(dict.fromkeys(counts))
        for part in self._parts():
            home = self.bundle.homes[part.spec.name]
            for task in part.tasks.values():
                element = getattr(task.task_spec, "bpmn_id", None)
                if element is None or isinstance(task.task_spec, Branches):
                    continue
                if task.has_state(ACTIVE) and not is_held(task):
                    tokens.setdefault(home, Counter())[element] += 1
        return {
            home: Marks(dict(tokens.get(home, {})), tuple(element for element in done.get(home, {}) if element not in tokens.get(home, {})))
            for home in {*tokens, *done}
        }

    def standing(self) -> Standing:
        """Where the case is and was, by the scopes that are under way or have been: what a change of its version has to leave in place."""
        under_way: dict[str, set[str]] = {}
        for part in self._parts():
            if not part.completed:
                here = under_way.setdefault(part.spec.name, set())
                here |= {task.task_spec.bpmn_id for task in part.tasks.values() if task.has_state(ACTIVE) and _on_the_diagram(task)}
        done = {scope: frozenset(counts) for scope, counts in self._workflow.done.items()}
        return Standing({scope: frozenset(here) for scope, here in under_way.items()}, done)

    def went_over(self) -> set[tuple[str, str]]:
        """(process, element or flow) of everything finished in this step: an element's completed children say which flow was taken."""
        found: set[tuple[str, str]] = set()
        for part in self._parts():
            home = self.bundle.homes[part.spec.name]
            diagram = self.bundle.diagrams[home]
            for task in part.tasks.values():
                element = getattr(task.task_spec, "bpmn_id", None)
                if element not in diagram.elements or not task.has_state(TaskState.COMPLETED):
                    continue
                found.add((home, element))
                entered = {getattr(child.task_spec, "bpmn_id", None) for child in task.children if not child.has_state(TaskState.CANCELLED)}
                found |= {(home, flow.id) for flow in diagram.outgoing(element) if flow.target in entered}
        return found

    def _settle(self) -> None:
        # As SpiffWorkflow's do_engine_steps, which walks the whole tree from its root several times a step.
        run: set[UUID] = set()
        while (task := self._ready()) is not None:
            _not_round(task, run)
            task.run()
            run.add(task.id)
        self._workflow.refresh_timers()

    def _ready(self) -> Task | None:
        """What runs next without a person: in the innermost part first, there in the order in which they came."""
        for part in reversed([*self._parts()]):
            if not part.completed:
                for task in part.tasks.values():
                    if task.state == TaskState.READY and not task.task_spec.manual:
                        return task
        return None

    def _parts(self) -> Iterator[BpmnBaseWorkflow]:
        yield self._workflow
        yield from self._workflow.subprocesses.values()

    def _tasks(self) -> Iterator[Task]:
        for part in self._parts():
            if not part.completed:
                yield from list(part.tasks.values())

    def _events(self, kind: str) -> list[Task]:
        if kind not in self.bundle.waits_for:
            return []
        return [task for task in self._tasks() if waits(task) and bool(task.task_spec.message) == (kind == "message")]

    def _find(self, task: UUID) -> Task | None:
        return next((part.tasks[task] for part in self._parts() if task in part.tasks), None)

    def _waiting(self, task: Task) -> Waiting:
        scope = task.workflow.spec.name
        return Waiting(
            id=task.id,
            process=self.bundle.homes[scope],
            element=self.bundle.element(scope, task.task_spec.bpmn_id),
            branch=task.data.get(BRANCH, ""),
            via=tuple(self._callers(task))[::-1],
        )

    def _callers(self, task: Task) -> Iterator[str]:
        workflow = task.workflow
        while workflow.parent_task_id is not None:
            owner = self._workflow.get_task_from_id(workflow.parent_task_id)
            if isinstance(owner.task_spec, CallActivity):
                yield f"{self.bundle.homes[owner.workflow.spec.name]}/{owner.task_spec.bpmn_id}"
            workflow = owner.workflow


def _not_round(task: Task, run: set[UUID]) -> None:
    """Raise EngineError for a token that comes to a gateway for a second time without a rest: what chose its way has not changed."""
    if not isinstance(task.task_spec, LazyExclusiveGateway):
        return
    above = task.parent
    while above is not None and above.id in run:
        if above.task_spec is task.task_spec:
            raise EngineError(f"{task.task_spec.bpmn_id}: goes round in circles without a person, a service or a clock")
        above = above.parent


def _on_the_diagram(task: Task) -> bool:
    return getattr(task.task_spec, "bpmn_id", None) is not None


def _for_a_person(task: Task) -> bool:
    return bool(task.state == TaskState.READY and task.task_spec.manual)


def _for_the_driver(task: Task) -> bool:
    return task.state == TaskState.STARTED and isinstance(task.task_spec, AutomaticTask)
