"""A work list written as a bulk statement would: task rows of one case, without any of the program's verbs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update

from tests.factories.desks import MONDAY
from workflows.desk import Desk
from workflows.records import Case, Officer, Tally, TallyChange, TallyMoment, Task, Version

HOME = "qinglan-health"


def moment(seconds: float | None) -> datetime | None:
    """Seconds after the Monday morning on which the desks of tests begin."""
    return None if seconds is None else MONDAY + timedelta(seconds=seconds)


class WorkList:
    """The task rows of a desk; making one empties the desk of tasks."""

    def __init__(self, desk: Desk):
        self.desk = desk
        self.ids: list[UUID] = []
        with desk.database.transaction() as session:
            for table in (Task, Tally, TallyChange):
                session.execute(delete(table))
            session.execute(update(TallyMoment).values(at=MONDAY))
            self.case = session.scalar(select(Case.id)) or uuid4()
            if session.get(Case, self.case) is None:
                version, officer = session.scalars(select(Version)).first(), session.scalar(select(Officer.id))
                row = {"id": self.case, "number": "试1", "title": "虚构", "process": version.process, "version": version.number}
                row |= {"digest": version.digest, "status": "open", "state": b"", "agency": HOME, "opened_by": officer, "opened_at": MONDAY}
                session.execute(insert(Case), [row])

    def add(self, *rows: dict[str, Any]) -> None:
        """One statement of new tasks; what a row leaves out is an open step of the health bureau's officers."""
        usual = {"case": self.case, "process": "joint_case", "element": "triage", "name": "研判", "role": "officer", "agency": HOME}
        usual |= {"state": "open", "opened_at": MONDAY, "warn_at": None, "due_at": None, "assignee": None}
        usual |= {"completed_at": None, "completed_by": None}
        new = [UUID(int=len(self.ids) + number) for number in range(1, len(rows) + 1)]
        self.ids += new
        with self.desk.database.transaction() as session:
            session.execute(insert(Task), [usual | {"id": key} | row for key, row in zip(new, rows, strict=True)])

    def change(self, number: int, **values: Any) -> None:
        """Another state or other moments of one task."""
        with self.desk.database.transaction() as session:
            session.execute(update(Task).where(Task.id == self.ids[number % len(self.ids)]).values(values))

    def remove(self, number: int) -> None:
        """The row is gone, as if it had never been."""
        with self.desk.database.transaction() as session:
            session.execute(delete(Task).where(Task.id == self.ids[number % len(self.ids)]))
