"""What happens to a case from outside its tasks: news that an officer may report, and the clocks of its timer events."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from workflows import directory as who
from workflows import ticking
from workflows.contracts import ParticipantRef
from workflows.engine.bundle import Bundle
from workflows.engine.running_case import RunningCase, Waiting
from workflows.in_hand import CaseInHand
from workflows.records import Case
from workflows.step import Step, bundle_of, facts_of
from workflows.views import Officer, ReportableEvent


def reportable(
    waiting: Iterable[Waiting], officer: Officer, case: Case | CaseInHand, parts: Iterable[ParticipantRef], people: who.Directory
) -> tuple[ReportableEvent, ...]:
    """News that the officer may report: their agency takes part, and an event in a lane of its agency and their role waits for it."""
    known = tuple(parts)
    if officer.agency.code not in {part.agency.code for part in known} or case.status != "open":
        return ()
    found = {
        (event.element.message.zh, event.branch): ReportableEvent(event.element.message.zh, event.element.message, event.branch)
        for event in waiting
        if who.resolve(event.element.agency, event.branch, case.agency, lambda: known, people) == officer.agency.code
        and who.may_act_as(officer.roles, event.element.role)
    }
    return tuple(found.values())


def timers_of(session: Session, case: Case) -> frozenset[UUID]:
    """The timer events that the case waits at; their ids are those of their clocks."""
    bundle = bundle_of(session, case.digest)
    if not has_timers(bundle):
        return frozenset()
    return frozenset(event.id for event in RunningCase.restore(bundle, facts_of(session, case.id), case.state).timers())


def has_timers(bundle: Bundle) -> bool:
    """Whether a case of the bundle can wait at a timer event: if not, nothing is looked for."""
    return "timer" in bundle.waits_for


def follow_timers(step: Step) -> None:
    """Each timer event that waits has a clock, under the same id; the clocks of those that wait no longer stop."""
    waiting = {event.id: event for event in step.running.timers()}
    for clock in [clock for clock in step.clocks if clock.id in step.timers - waiting.keys()]:
        ticking.stop(step, [clock], reason="期限届满" if clock.due_at < step.now else "所在环节已结束", officer=None)
    for event in (event for key, event in waiting.items() if key not in step.timers):
        element = event.element
        agency = step.agency_present(element, event.branch)
        ticking.start(step, element.clock, task=None, agency=agency, facts=step.facts.view(event.branch), key=event.id)
    step.timers = set(waiting)
