"""Reading our dialect: the elements that our engine executes, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import EndEventParser, StartEventParser
from SpiffWorkflow.bpmn.parser.task_parsers import CallActivityParser, ConditionalGatewayParser, GatewayParser, SubWorkflowParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag

from workflows.engine.diagram import message_of
from workflows.engine.elements import (
    AutomaticTask,
    Branches,
    BranchesInTurn,
    LazyCallActivity,
    LazyEndEvent,
    LazyExclusiveGateway,
    LazyParallelGateway,
    LazyStartEvent,
    LazySubprocess,
    PersonTask,
)
from workflows.engine.events import CatchingEvent, EventGateway


class CatchingEventParser(TaskParser):
    """Reads an intermediate or boundary event. When a timer runs out is not in it: a clock of the case says so."""

    def create_task(self) -> Any:
        """The event with what it waits for."""
        interrupts = self.node.get("cancelActivity", "true") == "true"
        return self.spec_class(self.spec, self.bpmn_id, message=message_of(self.node).zh, interrupts=interrupts, **self.bpmn_attributes)


class BranchingTaskParser(TaskParser):
    """Reads activities; a multi-instance marker becomes `Branches`, events on the edge its watchers."""

    PARALLEL_MI_CLASS = Branches
    SEQUENTIAL_MI_CLASS = BranchesInTurn

    def _add_boundary_event(self, children: Iterable[etree._Element]) -> Any:
        for node in children:
            event = self.process_parser.parse_node(node)
            event._connect_notify(self.task)
            self.task.watchers = (*self.task.watchers, event.name)
        return self.task


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
        full_tag("boundaryEvent"): (CatchingEventParser, CatchingEvent),
        full_tag("intermediateCatchEvent"): (CatchingEventParser, CatchingEvent),
        full_tag("eventBasedGateway"): (GatewayParser, EventGateway),
    }
