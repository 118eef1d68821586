"""A completion on its way to the gates: everything that a gate may look at, gathered from the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from workflows import gates
from workflows.answering import CaseRegisters
from workflows.case_family import UNFINISHED
from workflows.desk import Desk
from workflows.in_hand import TaskInHand
from workflows.records import Case, Participant, Task
from workflows.records import Officer as OfficerRow
from workflows.step import Step
from workflows.views import Officer
from workflows.working_days import CHINA


def attempt(step: Step, officer: Officer, task: TaskInHand, given: Mapping[str, Any]) -> gates.Attempt:
    """The completion as the gates look at it: who tries what, in which branch, and what the case knows."""
    connection = step.connection
    unfinished = select(Case.number).where(Case.parent == task.case, Case.status.in_(UNFINISHED))
    children = connection.execute(unfinished).scalars().all()
    capacities = set(connection.execute(select(Participant.capacity).where(Participant.case == task.case)).scalars())
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
        investigators=_investigators(step),
        open_children=tuple(children),
        police_told={"police", "procuratorate"} <= capacities,
        doers=lambda *elements: _doers(step, {(process, one) for process in step.bundle.diagrams for one in elements}),
        registers=CaseRegisters(step.people, task.case),
    )


def _investigators(step: Step) -> frozenset[UUID]:
    """Who completed an investigation task of the case, and whom they named as the second officer."""
    paired = {
        (process, element.id)
        for process, diagram in step.bundle.diagrams.items()
        for element in diagram.elements.values()
        if element.officers > 1
    }
    return _doers(step, paired)


def _doers(step: Step, wanted: set[tuple[str, str]]) -> frozenset[UUID]:
    """Who completed one of the (process, element)s, and whom they named as the second officer."""
    done = step.connection.execute(
        select(Task.process, Task.element, Task.answers, Task.completed_by).where(
            Task.case == step.case.id, Task.state == "completed", Task.element.in_([element for _, element in wanted])
        )
    )
    theirs = [row for row in done if (row.process, row.element) in wanted]
    seconds = {str((row.answers or {}).get("second_officer", "")) for row in theirs}
    named = step.connection.execute(select(OfficerRow.id).where(OfficerRow.username.in_(seconds))).scalars().all()
    return frozenset([row.completed_by for row in theirs if row.completed_by]) | frozenset(named)


def _today(desk: Desk) -> date:
    return desk.now().astimezone(CHINA).date()
