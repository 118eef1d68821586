"""How often a case may go round: a step that is repeated without end is said, and then refused (engine-facts §0.7)."""

from __future__ import annotations

import structlog
from sqlalchemy import bindparam, func, select

from workflows.engine.elements import EngineError
from workflows.in_hand import TaskInHand
from workflows.records import Task
from workflows.step import Step, cannot_move

log = structlog.get_logger()
WARN_ROUNDS, MAX_ROUNDS = 300, 900
"""How often one branch of a case may repeat a step before it is said, and before it is refused."""
ROUNDS = select(func.count()).where(
    *(Task.__table__.c[name] == bindparam(name) for name in ("case", "process", "element", "scope")), Task.__table__.c.state == "completed"
)


def count(step: Step, task: TaskInHand) -> None:
    """Say so when the case goes round and round, and stop it when nobody could follow its record any more."""
    if step.running.times_done(task.process, task.element) < WARN_ROUNDS:
        return
    rounds = step.connection.scalar(ROUNDS, {"case": task.case, "process": task.process, "element": task.element, "scope": task.scope}) or 0
    if rounds >= MAX_ROUNDS:
        raise cannot_move(EngineError(f"{task.element}: done {rounds} times in this case, which is as often as a step may be repeated"))
    if rounds >= WARN_ROUNDS:
        log.warning("case_goes_round", case=step.case.number, element=task.element, rounds=rounds)
        words = (f"本环节已办理 {rounds} 次，满 {MAX_ROUNDS} 次将停止", f"done {rounds} times; the case stops at {MAX_ROUNDS}")
        step.notes.append({"element": task.element, "zh": words[0], "en": words[1]})
