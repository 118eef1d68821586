"""A completion on its way to the gates: everything that a gate may look at, gathered from the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import gates
from workflows.desk import Desk
from workflows.in_hand import TaskInHand
from workflows.records import Case, Participant, Task
from workflows.records import Officer as OfficerRow
from workflows.step import Step
from workflows.views import Officer
from workflows.working_days import CHINA


def attempt(step: Step, officer: Officer, task: TaskInHand, given: Mapping[str, Any]) -> gates.Attempt:
    """The completion as the gates look at it: who tries what, in which branch, and what the case knows."""
    session = step.session
    children = session.scalars(select(Case.number).where(Case.parent == task.case, Case.status == "open")).all()
    capacities = set(session.scalars(select(Participant.capacity).where(Participant.case == task.case)))
    return gates.Attempt(
        officer=officer,
        agency=task.agency,
        role=task.role,
        branch=task.scope,
        answers=given,
        facts={**step.facts.view(task.scope), **given},
        today=_today(step.desk),
        colleagues={
            member.username: gates.Colleague(member.username, member.agency, True, member.certificate, member.certificate_until)
            for member in step.people.officers(task.agency)
        },
        investigators=_investigators(session, step),
        open_children=tuple(children),
        police_told={"police", "procuratorate"} <= capacities,
    )


def _investigators(session: Session, step: Step) -> frozenset[UUID]:
    """Who completed an investigation task of the case, and whom they named as the second officer."""
    paired = {
        (process, element.id)
        for process, diagram in step.bundle.diagrams.items()
        for element in diagram.elements.values()
        if element.officers > 1
    }
    elements = [element for _, element in paired]
    done = session.execute(
        select(Task.process, Task.element, Task.answers, Task.completed_by).where(
            Task.case == step.case.id, Task.state == "completed", Task.element.in_(elements)
        )
    )
    theirs = [row for row in done if (row.process, row.element) in paired]
    seconds = {str((row.answers or {}).get("second_officer", "")) for row in theirs}
    named = session.scalars(select(OfficerRow.id).where(OfficerRow.username.in_(seconds))).all()
    return frozenset([row.completed_by for row in theirs if row.completed_by]) | frozenset(named)


def _today(desk: Desk) -> date:
    return desk.now().astimezone(CHINA).date()
