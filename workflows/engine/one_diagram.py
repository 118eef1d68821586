"""A bundle cut down to one of its processes, whose calls rest like a person's task: what a call comes to is decided elsewhere.

The path oracle explores each process by itself and puts what it found into the calls of others, so that two branches of ten steps
are twenty states and not a hundred.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.task import Task

from workflows.engine.bundle import Bundle, specs_of
from workflows.engine.elements import BRANCH, Conditions, PersonTask
from workflows.engine.parsing import BranchingTaskParser, DialectParser


class _CallsRest(DialectParser):
    """Reads our dialect with every call as a task that somebody completes."""

    OVERRIDE_PARSER_CLASSES: ClassVar[dict[str, Any]] = {
        **DialectParser.OVERRIDE_PARSER_CLASSES,
        full_tag("callActivity"): (BranchingTaskParser, PersonTask),
    }


def one_diagram(bundle: Bundle, process: str) -> Bundle:
    """The bundle with `process` as its only process. Raises ValidationException where the engine cannot read the diagram."""
    diagrams = {process: bundle.diagrams[process]}
    return replace(bundle, process=process, diagrams=diagrams, specs=specs_of(diagrams, _CallsRest()))


class SupposedConditions(Conditions):
    """Asks the facts of a supposed case what a condition comes to: they may want to suppose both."""

    def evaluate(self, task: Task, expression: str, external_context: object = None) -> Any:  # noqa: ARG002 - SpiffWorkflow's signature
        """The value of a condition in the branch of `task`."""
        return self.facts.holds(expression, task.data.get(BRANCH, ""))  # type: ignore[attr-defined]
