"""A completion on its way to the gates: everything that a gate may look at, gathered from the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, literal_column, or_, select

from workflows import gates, in_hand
from workflows.case_family import UNFINISHED
from workflows.desk import Desk
from workflows.in_hand import TaskInHand
from workflows.prepared import Prepared, select_all
from workflows.records import Case, Participant, Task
from workflows.records import Officer as OfficerRow
from workflows.registers.of_case import CaseRegisters
from workflows.step import Step
from workflows.views import Officer
from workflows.vocabulary import INDEPENDENT
from workflows.working_days import CHINA

FOLLOWED = select(Case.id).where(Case.parent == bindparam("case"), Case.relation == literal_column("'criminal'"))
"""What comes back from a criminal case stands under its follow-up, and the case that was transferred closes after it as well."""
CHILDREN = Prepared(
    lambda _: select(Case.number).where(
        or_(Case.parent == bindparam("case"), Case.parent.in_(FOLLOWED)),
        or_(*(Case.status == status for status in UNFINISHED)),
        *(Case.relation != word for word in INDEPENDENT),
    )
)
CAPACITIES = Prepared(lambda _: select(Participant.capacity).where(Participant.case == bindparam("case")))
DONE = select(Task.process, Task.element, Task.answers, Task.completed_by).where(
    Task.case == bindparam("case"),
    Task.state == literal_column("'completed'"),  # for the reason that Task.is_open gives
    Task.element.in_(bindparam("elements", expanding=True)),
)
NAMED = select(OfficerRow.id).where(OfficerRow.username.in_(bindparam("usernames", expanding=True)))


def attempt(step: Step, officer: Officer, task: TaskInHand, given: Mapping[str, Any]) -> gates.Attempt:
    """The completion as the gates look at it: who tries what, in which branch, and what the case knows."""
    known = dict(step.facts.view(task.scope))
    children, parts = select_all(step.connection, [(CHILDREN, {"case": task.case}), (CAPACITIES, {"case": task.case})])
    capacities = {capacity for (capacity,) in parts}
    return gates.Attempt(
        officer=officer,
        agency=task.agency,
        role=task.role,
        branch=task.scope,
        answers=given,
        facts={**known, **given},
        today=_today(step.desk),
        colleagues={
            member.username: gates.Colleague(member.username, member.agency, True, member.certificate, member.certificate_until, member.id)
            for member in step.people.officers(task.agency)
        },
        investigators=_investigators(step),
        open_children=tuple(number for (number,) in children),
        recused=frozenset(step.facts.recused()),
        police_told={"police", "procuratorate"} <= capacities,
        doers=lambda *elements: _doers(step, {(process, one) for process in step.bundle.diagrams for one in elements}),
        registers=CaseRegisters.of(step),
        known=known,
        above=dict(in_hand.facts_of(step.connection, step.case.parent).view()) if step.case.parent else {},
        rules=step.desk.rules,
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
    done = step.connection.execute(DONE, {"case": step.case.id, "elements": [element for _, element in wanted]})
    theirs = [row for row in done if (row.process, row.element) in wanted]
    seconds = [str((row.answers or {}).get("second_officer", "")) for row in theirs]
    named = step.connection.execute(NAMED, {"usernames": seconds}).scalars() if seconds else ()
    return frozenset([row.completed_by for row in theirs if row.completed_by]) | frozenset(named)


def _today(desk: Desk) -> date:
    return desk.now().astimezone(CHINA).date()
