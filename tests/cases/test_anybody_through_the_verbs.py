"""Random courses through the verbs themselves: claimed, handed over, saved, completed twice, by whoever; the law holds and so does the record."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import select

from tests.factories.play import Play, filled
from workflows import doctor, history, tasks
from workflows.errors import OneCaseError
from workflows.records import Fact, Task

SEEDS, TRIES = range(4), 40
FINE = {"penalties": ["fine"], "penalties_decided": ["fine"], "fine_amount": 20_000, "fine_decided": 20_000}


def choices(page, chance: Random) -> dict:
    """Another option here and there; the rest as a person fills it."""
    given = {}
    for component in (page.form or {}).get("components", []):
        if component["type"] == "radio" and chance.random() < 0.3:
            given[component["key"]] = chance.choice(component["values"])["value"]
    return given | (FINE if chance.random() < 0.3 else {})


def something_happens(case: Play, chance: Random) -> None:
    waiting = case.waiting()
    if not waiting:
        return
    task = chance.choice(waiting)
    officer = case.who(task) if chance.random() < 0.7 else chance.choice(list(case.people.values()))
    page = tasks.get(case.desk, officer, task.id)
    answers = filled(page, {**case.answers, **choices(page, chance)})
    verb = chance.choice(("claim", "unclaim", "save", "transfer", "complete", "complete", "complete", "complete"))
    if verb == "transfer":
        tasks.transfer(case.desk, officer, task.id, to=chance.choice(list(case.people)), reason="试验")
    elif verb == "save":
        tasks.save(case.desk, officer, task.id, answers=answers)
    elif verb != "complete":
        getattr(tasks, verb)(case.desk, officer, task.id)
    else:
        tasks.complete(case.desk, officer, task.id, revision=page.revision, answers=answers)
        tasks.complete(case.desk, officer, task.id, revision=page.revision, answers=answers)


def forbidden(desk, case: Play) -> list[str]:
    """Fines that were decided while the case said that a crime is suspected and its transfer not settled."""
    with desk.database.reading() as session:
        known = {row.name: row.value for row in session.scalars(select(Fact).where(Fact.case == case.case, Fact.scope == ""))}
        decided = session.scalars(select(Task).where(Task.case == case.case, Task.element == "decide_penalty", Task.state == "completed"))
        fined = [row for row in decided if row.answers.get("penalty_decision") == "impose" and row.answers.get("fine_decided")]
    unsettled = known.get("classification") in {"crime", "both"} and known.get("transfer_outcome") not in {"rejected", "not_filed"}
    return [str(row.answers) for row in fined] if unsettled else []


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_they_try_no_forbidden_fine_stands_and_the_record_holds(play, desk, people, seed):
    case = play(reached="apply_filing", hold=("verify_crime",), classification=("both", "administrative")[seed % 2])
    chance = Random(seed)
    refused = 0
    for _ in range(TRIES):
        try:
            something_happens(case, chance)
        except OneCaseError:
            refused += 1
        assert forbidden(desk, case) == []
    assert 0 < refused < TRIES
    assert history.verify(desk) == ()
    assert doctor.examine(desk) == ()
