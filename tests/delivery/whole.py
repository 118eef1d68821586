"""What must hold in a database after any crash: every case is before or after a step, never between."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from tests.factories.desks import desk_at
from workflows import doctor, history
from workflows.engine.running_case import RunningCase
from workflows.records import Case, Event, Fact, Message, Task
from workflows.step import bundle_of, facts_of


def assert_whole(url: str) -> dict[str, int]:
    """Open the database like a restarted process: everything that belongs together is together. Returns the lines of the record by case."""
    desk = desk_at(url, Path())
    try:
        desk.clock.forward(days=1)
        assert history.verify(desk) == ()
        assert [finding for finding in doctor.examine(desk) if finding.rule != "alarm_not_swept"] == []
        with desk.database.reading() as session:
            done: dict[str, int] = {}
            for case in session.scalars(select(Case)):
                running = RunningCase.restore(bundle_of(session, case.digest), facts_of(session, case.id), case.state)
                waiting = {token.id for token in running.people()}
                rows = set(session.scalars(select(Task.id).where(Task.case == case.id, Task.state == "open")))
                assert waiting == rows
                assert running.closed == (case.status == "closed")
                events = list(session.scalars(select(Event.kind).where(Event.stream == str(case.id))))
                completed = session.scalar(select(func.count()).where(Task.case == case.id, Task.state == "completed"))
                assert events.count("task_completed") == completed
                assert case.record_length == len(events)
                facts = set(session.scalars(select(Fact.task).where(Fact.case == case.id, Fact.task.is_not(None))))
                assert facts <= set(session.scalars(select(Task.id).where(Task.case == case.id, Task.state == "completed")))
                told = set(session.scalars(select(Message.kind).where(Message.case == case.id)))
                assert ("transfer" in told) == ("transfer_copy" in told)
                done[case.number] = len(events)
            return done
    finally:
        desk.database.close()
