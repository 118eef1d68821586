"""The driver's side of a diagram: a decision task is answered by its table, a service task by its handler."""

from __future__ import annotations

import structlog

from workflows import posting
from workflows.contracts import HandlerCall, HandlerResult
from workflows.engine.decision_table import TableError
from workflows.engine.expressions import ExpressionError
from workflows.engine.running_case import Waiting
from workflows.errors import HandlerFailed
from workflows.projecting import case_clocks, issue_documents, take_part
from workflows.registers.entering import Entering
from workflows.registers.of_case import CaseRegisters
from workflows.step import Step, cannot_move

log = structlog.get_logger()


def answer(step: Step, waiting: Waiting) -> None:
    """Answer what `waiting` asks: its facts, participants, messages and cases become the step's. Raises HandlerFailed."""
    element = waiting.element
    if element.decision:
        try:
            facts = step.facts.view(waiting.branch)
            decided = step.bundle.tables[element.decision].decide(facts)
            step.facts.set(waiting.branch, step.desk.place.decided(element.decision, facts, decided))
        except (TableError, ExpressionError) as error:
            raise cannot_move(error) from error
        return
    result = _call(step, waiting)
    step.facts.set(waiting.branch, result.facts)
    take_part(step, result.participants)
    case_clocks(step, element, branch=waiting.branch, officer=None)
    step.cases += result.cases
    _enter(step, result)
    _issue(step, waiting, result)
    for number, message in enumerate(result.messages):
        key = f"{step.case.id}:{step.case.row_version + 1}:{element.id}:{waiting.branch}:{number}"
        step.writes.add("message", posting.row(key=key, message=message, case=step.case.id, at=step.now))
    if result.note is not None:
        step.notes.append({"element": element.id, "zh": result.note.zh, "en": result.note.en})


def _issue(step: Step, waiting: Waiting, result: HandlerResult) -> None:
    """Issue those documents of the service that its messages carry, in the name of its lane's agency; somebody's step brought it about."""
    carried = {name for message in result.messages for name in message.documents}
    names = [name for name in waiting.element.documents if name in carried]
    if not names or step.task is None or step.officer is None:
        return
    agency = step.agency_of(waiting.element, waiting.branch)
    issue_documents(step, names, task=step.task.id, agency=agency, officer=step.officer.id, branch=waiting.branch, answers={})


def _call(step: Step, waiting: Waiting) -> HandlerResult:
    service = step.desk.services[waiting.element.service]
    call = HandlerCall(
        service=waiting.element.service,
        case_id=step.case.id,
        case_number=step.case.number,
        case_title=step.case.title,
        element=waiting.element.id,
        scope=waiting.branch,
        now=step.now,
        facts=step.facts.view(waiting.branch),
        branches=step.facts.branches(),
        participants=step.participants,
        registers=CaseRegisters.of(step),
        issued={paper["name"]: paper["number"] for paper in step.papers},
    )
    try:
        return service.call(call)
    except Exception as error:
        log.exception("handler_failed", service=waiting.element.service, case=step.case.number)
        raise HandlerFailed(
            f"服务「{service.name.zh}」未能完成：{error}。案件保持原状，请稍后重试或联系管理员。",
            f"The service “{service.name.en}” failed: {error}. The case stays where it was; try again or tell the administrator.",
        ) from error


def _enter(step: Step, result: HandlerResult) -> None:
    """What the handler enters becomes rows of the step, each with its case. Raises HandlerFailed for what no register can hold."""
    if not result.entries:
        return
    if step.entering is None:
        officer = step.officer.id if step.officer else None
        salt = step.desk.settings.identity_salt
        step.entering = Entering(step.connection, step.writes, salt, step.case.id, officer, step.now)
    try:
        for entry in result.entries:
            step.entering.enter(entry)
    except (ValueError, LookupError) as error:
        raise cannot_move(error) from error
