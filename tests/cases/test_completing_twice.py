"""A double click, a lost answer, a stale page: completing again changes nothing."""

import pytest

from workflows import history, tasks
from workflows.errors import Stale

ANSWERS = {"triage": "host"}


def complete(desk, officer, task, revision=None):
    return tasks.complete(desk, officer, task.id, revision=revision or task.revision, answers=ANSWERS)


def test_the_second_completion_gets_the_answer_of_the_first(play, desk, people):
    case = play(reached="triage")
    task = case.task("triage")
    first = complete(desk, people["health.officer"], task)
    before = history.record(desk, people["health.officer"], case.case).total

    second = complete(desk, people["health.officer"], task)

    assert second == first
    assert history.record(desk, people["health.officer"], case.case).total == before


def test_a_colleague_who_is_slower_hears_who_did_it(play, desk, people):
    case = play(reached="triage")
    task = case.task("triage")
    complete(desk, people["health.officer"], task)
    with pytest.raises(Stale, match="卫乙·承办"):
        complete(desk, people["health.officer2"], task)


def test_a_page_from_before_somebody_else_changed_the_task_is_stale_and_nothing_moves(play, desk, people):
    case = play(reached="triage")
    old = case.task("triage")
    tasks.claim(desk, people["health.officer"], old.id)
    with pytest.raises(Stale, match="changed while you were filling it in"):
        complete(desk, people["health.officer"], old)
    assert case.elements() == ["triage"]
    complete(desk, people["health.officer"], case.task("triage"))
    assert case.elements() == ["confirm_hits"]


def test_a_draft_is_kept_until_the_task_is_completed(play, desk, people):
    case = play(reached="triage")
    task = case.task("triage")
    tasks.save(desk, people["health.officer"], task.id, answers={"triage": "split", "targets": ["qinglan-cac"], "nonsense": 1})
    page = case.page("triage", by="health.officer")
    assert (page.data["triage"], page.data["targets"]) == ("split", ["qinglan-cac"])
    assert "nonsense" not in page.data
    complete(desk, people["health.officer"], case.task("triage"))
    done = tasks.get(desk, people["health.officer"], task.id)
    assert done.data["triage"] == "host"
    assert done.answers == {"triage": "host"}
