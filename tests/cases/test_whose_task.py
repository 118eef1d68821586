"""A task is seen by its own agency and those above; claimed by one; handed over within the agency."""

import pytest

from workflows import inbox, tasks, urging
from workflows.errors import NotAllowed, NotFound, Stale


def test_a_task_of_another_agency_is_not_found_and_ones_own_is(play, desk, people):
    case = play(reached="give_opinion")
    task = case.task("give_opinion")
    with pytest.raises(NotFound):
        tasks.get(desk, people["mpa.officer"], task.id)
    with pytest.raises(NotFound):
        tasks.claim(desk, people["health.officer"], task.id)
    assert tasks.get(desk, people["amr.officer"], task.id).row.id == task.id


def test_a_superior_reads_and_does_not_do(play, desk, people):
    case = play(reached="give_opinion")
    task = case.task("give_opinion")
    assert tasks.get(desk, people["supervisor"], task.id).actions == ("comment", "urge")
    with pytest.raises(NotAllowed, match="below yours"):
        tasks.complete(desk, people["supervisor"], task.id, revision=task.revision, answers={"opinion": "agree"})


def test_a_task_in_the_pool_goes_to_who_claims_it_first(play, desk, people):
    case = play(reached="give_opinion")
    task = case.task("give_opinion")
    tasks.claim(desk, people["amr.officer"], task.id)

    with pytest.raises(Stale, match="claimed by"):
        tasks.claim(desk, people["amr.officer2"], task.id)
    with pytest.raises(Stale):
        tasks.complete(desk, people["amr.officer2"], task.id, revision=task.revision + 1, answers={"opinion": "agree"})
    assert tasks.claim(desk, people["amr.officer"], task.id).assignee == people["amr.officer"].id.hex, (
        "claiming one's own again changes nothing"
    )
    assert {row.id for row in inbox.list_tasks(desk, people["amr.officer"], "todo").items} == {task.id}
    assert inbox.list_tasks(desk, people["amr.officer2"], "pool").items == ()


def test_what_is_put_back_can_be_claimed_by_a_colleague_and_the_draft_is_still_there(play, desk, people):
    case = play(reached="give_opinion")
    task = case.task("give_opinion")
    tasks.claim(desk, people["amr.officer"], task.id)
    tasks.save(desk, people["amr.officer"], task.id, answers={"opinion_text": "写到一半"})
    tasks.unclaim(desk, people["amr.officer"], task.id)
    tasks.claim(desk, people["amr.officer2"], task.id)
    assert tasks.get(desk, people["amr.officer2"], task.id).data["opinion_text"] == "写到一半"


def test_only_ones_own_task_is_put_back(play, desk, people):
    case = play(reached="give_opinion")
    tasks.claim(desk, people["amr.officer"], case.task("give_opinion").id)
    with pytest.raises(Stale):
        tasks.unclaim(desk, people["amr.officer2"], case.task("give_opinion").id)


def test_a_task_is_handed_over_to_a_colleague_who_may_do_it(play, desk, people):
    case = play(reached="give_opinion")
    task = case.task("give_opinion")
    tasks.claim(desk, people["amr.officer"], task.id)
    tasks.transfer(desk, people["amr.officer"], task.id, to="amr.officer2", reason="外出")
    assert case.task("give_opinion").assignee == people["amr.officer2"].id
    case.do("give_opinion", by="amr.officer2")


@pytest.mark.parametrize("to", ["amr.head", "health.officer", "nobody"], ids=["another role", "another agency", "nobody"])
def test_a_task_is_not_handed_over_to_somebody_who_may_not_do_it(play, desk, people, to):
    case = play(reached="give_opinion")
    with pytest.raises(NotAllowed):
        tasks.transfer(desk, people["amr.officer"], case.task("give_opinion").id, to=to, reason="试验")


def test_the_clock_runs_on_when_a_task_is_handed_over(play, desk, people):
    case = play(reached="give_opinion")
    before = case.task("give_opinion").due_at
    desk.clock.forward(days=1)
    tasks.transfer(desk, people["amr.officer"], case.task("give_opinion").id, to="amr.officer2", reason="外出")
    assert case.task("give_opinion").due_at == before


def test_urging_reaches_whoever_has_the_task_and_is_counted(play, desk, people):
    case = play(reached="give_opinion")
    task = case.task("give_opinion")
    urging.urge(desk, people["supervisor"], task.id, text="请今日办结")
    urging.urge(desk, people["supervisor"], task.id, text="再次催办")
    assert case.task("give_opinion").urged == 2
    with pytest.raises(NotAllowed):
        urging.urge(desk, people["amr.officer2"], task.id, text="同事催同事")


def test_the_next_task_of_a_lane_goes_to_who_did_the_last_one(play, people):
    case = play(reached="triage")
    case.do("triage", by="health.officer2")
    assert case.task("confirm_hits").assignee == people["health.officer2"].id
