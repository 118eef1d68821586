"""Cases of one process, worked by the verbs as an officer works them; only the completion itself is timed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tests.benchmarks.models import TEXT
from tests.factories.desks import people_of
from workflows import cases, tasks
from workflows.desk import Desk
from workflows.directory import may_act_as
from workflows.records import Case, Task
from workflows.views import Officer

OPENER = "health.officer"


@dataclass
class Caseload:
    """One case after the other of `process`. `decides`: what the form `again` is answered with."""

    desk: Desk
    process: str
    opener: str = OPENER
    decides: str = "no"
    case: UUID | None = None
    done: int = 0
    """Tasks completed in the present case."""
    people: Mapping[str, Officer] = field(init=False)

    def __post_init__(self) -> None:
        self.people = people_of(self.desk)

    def open(self) -> UUID:
        """Open the next case."""
        opened, _ = cases.open_case(self.desk, self.people[self.opener], process=self.process, title="虚构·基准案", facts={})
        self.case, self.done = opened.id, 0
        return opened.id

    def look(self) -> Task | None:
        """The next task of the present case, as it is read before it is done."""
        with self.desk.database.reading() as session:
            open_tasks = select(Task).where(Task.case == self.case, Task.state == "open").order_by(Task.opened_at, Task.element).limit(1)
            found = session.scalars(open_tasks).first()
            session.expunge_all()
            return found

    def step(self) -> float:
        """Complete the next task; open another case when the last one is closed. Returns the seconds of `tasks.complete`."""
        waiting = self.look()
        if waiting is None:
            self.open()
            waiting = self.look()
            assert waiting is not None, "a new case waits for somebody"
        officer, answers = self._who(waiting), self._answers(waiting)
        began = time.perf_counter()
        tasks.complete(self.desk, officer, waiting.id, revision=waiting.revision, answers=answers)
        took = time.perf_counter() - began
        self.done += 1
        return took

    def whole(self) -> float:
        """Work a new case from its first task to its end. Returns the seconds of its completions together."""
        self.open()
        return sum(self.steps())

    def steps(self) -> Iterator[float]:
        """The completions of the present case until it is closed."""
        while self.look() is not None:
            yield self.step()

    def stored_bytes(self) -> int:
        """How long the stored state of the present case is."""
        with self.desk.database.reading() as session:
            return len(session.scalars(select(Case.state).where(Case.id == self.case)).one())

    def _who(self, task: Task) -> Officer:
        return next(
            officer
            for officer in (self.people[self.opener], *self.people.values())
            if officer.agency.code == task.agency and may_act_as(officer.roles, task.role) and task.assignee in (None, officer.id)
        )

    def _answers(self, task: Task) -> dict[str, Any]:
        return {"again": self.decides} if task.element == "decide" else {task.element: TEXT}
