"""Many at once: sixteen completions of one task, two sweepers, two deliverers: each thing happens once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import delete, func, select

from tests.factories.diagrams import bundle, diagram, form
from tests.factories.play import Play, filled
from workflows import cases, clocks, diagrams, doctor, history, inbox, journal, outbox, tasks
from workflows.errors import OneCaseError, Stale
from workflows.records import Case, ClockEntry, Event, Message, Notice, Serial, Stream, Task

pytestmark = pytest.mark.both_databases


def at_once(count, work):
    """Run `work(number)` in `count` threads that all begin together; answers or errors."""
    start = Barrier(count)

    def one(number):
        start.wait()
        try:
            return work(number)
        except OneCaseError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def events(desk, case, kind):
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).where(Event.stream == str(case.case), Event.kind == kind))


def test_sixteen_completions_of_one_task_are_one_and_all_get_its_answer(play, desk, people):
    case = play(reached="triage")
    task = case.task("triage")
    page = case.page("triage", by="health.officer")
    answers = filled(page, case.answers)

    given = at_once(16, lambda number: tasks.complete(desk, people["health.officer"], task.id, revision=page.revision, answers=answers))

    assert [answer for answer in given if isinstance(answer, OneCaseError)] == []
    assert {tuple(row.id for row in answer.next_tasks) for answer in given} == {tuple(row.id for row in given[0].next_tasks)}
    assert {answer.case for answer in given} == {given[0].case}
    assert events(desk, case, "task_completed") == 2, "the clue was registered, the triage was done once"
    assert case.elements() == ["confirm_hits"]
    assert history.verify(desk) == ()


def test_two_officers_at_the_same_task_are_one_completion_and_one_refusal_that_names_the_quicker(play, desk, people):
    case = play(reached="triage")
    task = case.task("triage")
    two = [people["health.officer"], people["health.officer2"]]
    given = at_once(8, lambda number: tasks.complete(desk, two[number % 2], task.id, revision=task.revision, answers={"triage": "host"}))
    refused = [answer for answer in given if isinstance(answer, OneCaseError)]
    assert len(refused) == 4
    assert {type(error) for error in refused} == {Stale}
    assert events(desk, case, "task_completed") == 2


def test_branches_completed_at_once_lose_nothing(play, desk, people):
    case = play(reached="prepare_visit", members=["qinglan-amr", "qinglan-mpa", "qinglan-hsa"])
    waiting = case.waiting()
    assert len(waiting) == 4
    given = at_once(4, lambda number: Play(desk, people, case.case, case.answers).do("prepare_visit", waiting[number].scope))
    assert not [answer for answer in given if isinstance(answer, Exception)]
    assert sorted(task.scope for task in case.waiting() if task.element == "record_findings") == sorted(task.scope for task in waiting)
    assert doctor.examine(desk) == ()


def test_numbers_are_given_once_and_without_gaps_when_cases_are_opened_at_once(desk, people):
    opened = at_once(8, lambda number: Play.open(desk, people, title=f"虚构·第 {number} 件"))
    assert not [one for one in opened if isinstance(one, Exception)]
    with desk.database.reading() as session:
        numbers = list(session.scalars(select(Case.number)))
        last = session.scalars(select(Serial.last).where(Serial.series.like("case:%"))).one()
    assert len(set(numbers)) == last == 8


def test_two_sweepers_at_once_find_each_breach_once(play, desk, people):
    case = play(reached="prepare_visit", members=["qinglan-amr", "qinglan-mpa"])
    desk.clock.forward(days=60)
    at_once(4, lambda number: [clocks.sweep(desk) for _ in range(3)])
    with desk.database.reading() as session:
        breaches = Counter(session.scalars(select(ClockEntry.clock).where(ClockEntry.kind == "breach")))
        overdue = session.scalar(select(func.count()).where(Task.case == case.case, Task.state == "open", Task.due_at < desk.now()))
        told = session.scalars(select(Event.payload).where(Event.kind == "clock_breached")).all()
    assert set(breaches.values()) == {1}
    assert len(told) == len({line["clock"] for line in told}) == len(breaches) >= overdue > 0
    assert history.verify(desk) == ()


def test_a_clock_that_runs_out_while_news_comes_moves_the_case_one_way_and_once(desk, people):
    text = (
        "start s\nuser a form=f\nboundary news on=a message=raid\nboundary late on=a clock=clue.triage\nuser x form=f\nuser y form=f\n"
        "end e\nend e2\nend e3\ns > a > e\nnews > x > e2\nlate > y > e3"
    )
    diagrams.publish(desk, "tests", bundle("trial", {"trial": diagram("trial", text)}, forms={"f": form("said")}), reason="a trial")
    officer = people["health.officer"]
    ref, _ = cases.open_case(desk, officer, process="trial", title="虚构·同时", facts={})
    desk.clock.forward(days=60)

    def act(number):
        return clocks.sweep(desk) if number % 2 else cases.report_event(desk, officer, ref.id, message="raid", text="同时")

    given = at_once(6, act)
    assert {type(error) for error in given if isinstance(error, Exception)} <= {Stale}
    with desk.database.reading() as session:
        waits = session.scalars(select(Task.element).where(Task.case == ref.id, Task.state == "open")).all()
    assert waits in (["x"], ["y"])
    assert events(desk, Play(desk, people, ref.id), "event_reported") + events(desk, Play(desk, people, ref.id), "timer_fired") == 1
    clocks.sweep(desk)
    assert doctor.examine(desk) == ()


def test_two_deliverers_at_once_bring_each_message_once(play, desk, people):
    play(reached="prepare_visit", members=["qinglan-amr", "qinglan-mpa"])
    delivered = at_once(4, lambda number: outbox.deliver(desk))
    with desk.database.reading() as session:
        messages = session.scalar(select(func.count()).select_from(Message))
        notices = list(session.scalars(select(Notice.key)))
    assert sum(delivered) == messages
    assert len(notices) == len(set(notices)) == messages
    assert inbox.counts(desk, people["amr.officer"]).notices > 0


@pytest.mark.parametrize("verb", ["claim", "transfer"])
def test_a_task_is_taken_by_one(play, desk, people, verb):
    case = play(reached="give_opinion")
    task = case.task("give_opinion")
    two = [people["amr.officer"], people["amr.officer2"]]

    def take(number):
        me, other = two[number % 2], two[(number + 1) % 2]
        if verb == "claim":
            return tasks.claim(desk, me, task.id)
        return tasks.transfer(desk, me, task.id, to=other.username, reason="试验")

    given = at_once(2, take)
    if verb == "claim":
        assert len([answer for answer in given if isinstance(answer, Stale)]) == 1
    else:
        assert len([answer for answer in given if isinstance(answer, Exception)]) <= 1
    assert case.task("give_opinion").assignee in {officer.id for officer in two}


@pytest.mark.parametrize("round_", range(3))
def test_a_task_that_many_claim_at_once_belongs_to_one(desk, people, round_):
    case = Play.open(desk, people).reach("give_opinion")
    task = case.task("give_opinion")
    two = [people["amr.officer"], people["amr.officer2"]]
    given = at_once(8, lambda number: tasks.claim(desk, two[number % 2], task.id))
    assert len([answer for answer in given if isinstance(answer, OneCaseError)]) == 4
    (winner,) = {answer.assignee for answer in given if not isinstance(answer, Exception)}
    assert case.task("give_opinion").assignee.hex == winner


def test_the_first_lines_of_an_empty_record_are_told_at_once(desk):
    with desk.database.transaction() as session:
        session.execute(delete(Event).where(Event.stream == journal.SYSTEM))
        session.execute(delete(Stream))

    def told(number):
        with desk.database.transaction() as session:
            journal.write(session, case=None, kind="told", at=desk.now(), officer=None, payload={"number": number})

    assert at_once(8, told) == [None] * 8
    assert history.verify(desk) == ()
    with desk.database.reading() as session:
        assert session.scalars(select(Event.seq).where(Event.stream == journal.SYSTEM).order_by(Event.seq)).all() == list(range(1, 9))
