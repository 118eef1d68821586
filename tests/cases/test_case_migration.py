"""Cases under way on another version: the preview and what then happens are one, and clocks, drafts, claims and the record stay whole."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.factories.versions import LATER, a_step_before, done_by_the_head, published, version_of, without
from workflows import doctor, history, tasks
from workflows.case_migration import moving
from workflows.errors import NotAllowed, NotFound, WrongAnswers
from workflows.records import Clock, ClockEntry, Task


def preview(desk, people, number: int):
    return {row.id: row for row in moving.preview(desk, people["designer"], "joint_case", number).cases}


def move(desk, people, number: int, *cases: UUID, reason="改了流程", **more):
    return {row.id: row for row in moving.move(desk, people["designer"], "joint_case", number, cases=cases, reason=reason, **more)}


def stored(desk, case: UUID) -> dict[str, list[Mapping[str, object]]]:
    """Everything that people and clocks have of the case."""
    own = {"task": select(Task.__table__).where(Task.case == case), "clock": select(Clock.__table__).where(Clock.case == case)}
    ledger = select(ClockEntry.__table__).join(Clock, Clock.id == ClockEntry.clock).where(Clock.case == case)
    with desk.database.reading() as session:
        rows = {name: [dict(row) for row in session.execute(query).mappings()] for name, query in (*own.items(), ("entry", ledger))}
    return {name: sorted(found, key=lambda row: str(row["id"])) for name, found in rows.items()}


class TestAMove:
    def test_leaves_tasks_drafts_claims_and_clocks_as_they_are_and_is_told_in_the_record(self, play, desk, people):
        case = play("decide_penalty")
        task = case.task("decide_penalty")
        officer = case.who(task)
        if task.assignee is None:
            tasks.claim(desk, officer, task.id)
        tasks.save(desk, officer, task.id, answers={"penalty_decision": "impose"})
        before, number = stored(desk, case.case), published(desk, LATER)
        assert preview(desk, people, number)[case.case].verdict == "moves"
        assert move(desk, people, number, case.case)[case.case].moved
        assert stored(desk, case.case) == before
        assert version_of(desk, case.case) == number
        told = history.record(desk, officer, case.case).items
        assert {one.kind for one in told} >= {"case_migrated"}
        assert history.verify(desk) == ()
        assert doctor.examine(desk) == ()

    def test_lets_the_case_go_on_by_the_new_version(self, play, desk, people):
        case = play("decide_penalty")
        number = published(desk, LATER)
        move(desk, people, number, case.case)
        while (task := case.waiting()[0]).name != "新增步骤":
            case.do(task.element, task.scope)
        assert [task.name for task in case.waiting()] == ["新增步骤"]
        case.do(case.waiting()[0].element, said_in_the_new_version="办了")
        assert case.elements() == ["close_case"]

    def test_may_be_wanted_again_and_changes_nothing_then(self, play, desk, people):
        case, number = play("decide_penalty"), published(desk, LATER)
        assert list(move(desk, people, number, case.case)) == [case.case]
        before = stored(desk, case.case)
        assert move(desk, people, number, case.case) == {}
        assert stored(desk, case.case) == before


class TestWhatMayNotMove:
    def test_a_blocked_case_stays_with_its_reason(self, play, desk, people):
        case, number = play("decide_penalty"), published(desk, ("administrative_penalty", without("propose_penalty")))
        told = preview(desk, people, number)[case.case]
        assert (told.verdict, [one.rule for one in told.reasons if one.weight == "blocked"]) == ("blocked", ["done_gone"])
        assert not move(desk, people, number, case.case, decided=True)[case.case].moved
        assert version_of(desk, case.case) == 1

    def test_what_needs_a_decision_moves_only_when_it_is_wanted(self, play, desk, people):
        case, number = play("decide_penalty"), published(desk, ("penalty_notice", a_step_before("notify_party")))
        assert preview(desk, people, number)[case.case].verdict == "decide"
        assert not move(desk, people, number, case.case)[case.case].moved
        assert version_of(desk, case.case) == 1
        assert move(desk, people, number, case.case, decided=True)[case.case].moved
        told = history.record(desk, people["health.head"], case.case).items
        detail = next(one.detail for one in told if one.kind == "case_migrated")
        assert (detail["from"], detail["number"], detail["reason"]) == (1, number, "改了流程")
        assert "新增步骤" in detail["notes"][0]["zh"]

    def test_an_open_task_goes_to_the_new_lane_when_that_is_wanted(self, play, desk, people):
        case = play("propose_penalty")
        number = published(desk, ("administrative_penalty", done_by_the_head("propose_penalty")))
        assert [one.rule for one in preview(desk, people, number)[case.case].reasons] == ["other_people"]
        assert move(desk, people, number, case.case, decided=True)[case.case].moved
        task = case.task("propose_penalty")
        assert (task.role, "head" in case.who(task).roles) == ("head", True)
        assert doctor.examine(desk) == ()

    def test_closed_cases_unknown_ones_and_those_of_other_processes_are_not_looked_at(self, play, desk, people):
        number = published(desk, LATER)
        assert move(desk, people, number, uuid4()) == {}

    @pytest.mark.parametrize("reason", ["", "  ", "长" * 301])
    def test_a_reason_is_asked_for(self, play, desk, people, reason):
        case, number = play("decide_penalty"), published(desk, LATER)
        with pytest.raises(WrongAnswers):
            move(desk, people, number, case.case, reason=reason)
        assert version_of(desk, case.case) == 1

    def test_only_a_designer_moves_cases_and_only_to_what_is_published(self, play, desk, people):
        case, number = play("decide_penalty"), published(desk, LATER)
        for name in ("health.head", "admin", "auditor"):
            with pytest.raises(NotAllowed):
                moving.move(desk, people[name], "joint_case", number, cases=[case.case], reason="想")
            with pytest.raises(NotAllowed):
                moving.preview(desk, people[name], "joint_case", number)
        with pytest.raises(NotFound):
            move(desk, people, 99, case.case)


CHANGES = (
    LATER,
    ("administrative_penalty", without("propose_penalty")),
    ("administrative_penalty", done_by_the_head("propose_penalty")),
    ("penalty_notice", a_step_before("notify_party")),
    ("joint_case", a_step_before("classify")),
)
REACHED = ("draft_plan", "classify", "propose_penalty", "notify_party", "decide_penalty")


def test_preview_and_result_agree_for_every_case_and_every_change(play, desk, people):
    chance = Random(5)
    cases = [play().reach(reached).case for reached in REACHED]
    for change in CHANGES:
        number = published(desk, change)
        foretold = preview(desk, people, number)
        assert set(foretold) == set(cases)
        wanted = chance.sample(cases, k=3)
        for case, row in move(desk, people, number, *wanted, decided=True).items():
            assert (row.verdict, row.reasons) == (foretold[case].verdict, foretold[case].reasons)
            assert row.moved == (row.verdict != "blocked")
            assert (version_of(desk, case) == number) == row.moved
    assert doctor.examine(desk) == ()
    assert history.verify(desk) == ()
