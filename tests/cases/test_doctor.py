"""The doctor finds every case that cannot move, names it, and says how to put it right; of healthy ones it says nothing."""

from __future__ import annotations

import inspect
import re
import sys

import pytest
from sqlalchemy import text

from tests.factories.diagrams import bundle, diagram, form
from tests.factories.play import Play
from workflows import cases, clocks, diagrams, doctor, supervision
from workflows.doctor import EXAMINATIONS
from workflows.records import Case


def findings(desk):
    return {(finding.rule, finding.element) for finding in doctor.examine(desk)}


def number(case):
    with case.desk.database.reading() as session:
        return session.get_one(Case, case.case).number


def planted(case, statement: str, **values):
    with case.desk.database.transaction() as session:
        done = session.execute(text(statement), {"case": case.case.hex, **values})
        assert done.rowcount > 0, statement
    for finding in doctor.examine(case.desk):
        assert re.search(r"[\u4e00-\u9fff]", finding.message), finding
        assert finding.message_en, finding
        assert finding.severity == "error", finding
    return findings(case.desk)


def test_nothing_is_found_in_healthy_cases_open_and_closed(play, desk):
    play(reached="give_opinion")
    assert findings(desk) == set()


def test_nothing_is_found_in_a_closed_case(play, desk):
    case = play(reached="close_case", classification="none")
    case.do("close_case")
    assert findings(desk) == set()


def test_a_state_that_cannot_be_read(play):
    case = play(reached="give_opinion")
    assert ("state_unreadable", number(case)) in planted(case, "update case_file set state = :blob where id = :case", blob=b"\x09nonsense")


def test_a_state_that_is_cut_off(play):
    case = play(reached="give_opinion")
    assert ("state_unreadable", number(case)) in planted(case, "update case_file set state = substr(state, 1, 100) where id = :case")


def test_a_task_that_is_missing_in_the_work_list(play):
    case = play(reached="give_opinion")
    assert ("work_list_differs", number(case)) in planted(
        case, "update task set state = 'cancelled' where \"case\" = :case and state = 'open'"
    )


def test_a_task_that_the_engine_does_not_wait_for(play):
    case = play(reached="give_opinion")
    found = planted(case, "update task set state = 'open' where \"case\" = :case and element = 'triage'")
    assert ("work_list_differs", number(case)) in found


def test_a_task_that_nobody_can_do(play):
    case = play(reached="give_opinion")
    assert ("nobody_can", number(case)) in planted(case, "update officer set active = false where agency = 'qinglan-amr'")


def test_an_assignee_who_has_left(play):
    case = play(reached="confirm_candidate")
    found = planted(case, "update officer set active = false where username = 'health.officer'")
    assert ("assignee_cannot", number(case)) in found


def test_an_assignee_who_lost_the_role(play):
    case = play(reached="confirm_candidate")
    found = planted(case, "update officer set roles = '[\"intake\"]' where username = 'health.officer'")
    assert ("assignee_cannot", number(case)) in found


@pytest.fixture
def closed(play):
    case = play(reached="close_case", classification="none")
    case.do("close_case")
    return case


def test_a_case_that_counts_as_open_and_waits_for_nothing(closed):
    assert ("stuck", number(closed)) in planted(closed, "update case_file set status = 'open' where id = :case")


def test_an_open_task_in_a_closed_case(closed):
    assert ("open_task_in_closed", number(closed)) in planted(
        closed, "update task set state = 'open' where \"case\" = :case and element = 'triage'"
    )


def test_a_running_clock_in_a_closed_case(closed):
    assert ("clock_in_closed", number(closed)) in planted(closed, "update clock set state = 'running' where \"case\" = :case")


def test_an_open_order_under_a_closed_case(play):
    case = play(reached="close_case", classification="none")
    supervision.order(case.desk, case.people["supervisor"], case.case, addressee="qinglan-health", kind="report", text="报告", reply_days=3)
    found = planted(case, "update case_file set status = 'closed' where id = :case")
    assert ("open_child", number(case)) in found


def test_an_alarm_that_nobody_sweeps(play, desk):
    case = play(reached="give_opinion")
    desk.clock.forward(days=30)
    assert ("alarm_not_swept", number(case)) in findings(desk)
    while clocks.sweep(desk):
        pass
    assert findings(desk) == set()


def test_a_timer_event_that_lost_its_clock(desk, people):
    text = "start s\nuser a form=f\nboundary late on=a clock=clue.triage\nend e\nend e2\ns > a > e\nlate > e2"
    diagrams.publish(desk, "tests", bundle("trial", {"trial": diagram("trial", text)}, forms={"f": form("said")}), reason="a trial")
    ref, _ = cases.open_case(desk, people["health.officer"], process="trial", title="虚构·定时", facts={})
    case = Play(desk, people, ref.id)
    assert findings(desk) == set()
    found = planted(case, "update clock set state = 'stopped', alarm_at = null where \"case\" = :case")
    assert ("timer_without_clock", number(case)) in found


def test_a_clock_whose_task_is_over(play):
    case = play(reached="give_opinion")
    found = planted(case, "update clock set state = 'running', alarm_at = null where \"case\" = :case and rule = 'clue.triage'")
    assert ("clock_without_task", number(case)) in found


def test_two_leads_at_once(play):
    case = play(reached="give_opinion")
    assert ("two_leads", number(case)) in planted(
        case, "update participant set capacity = 'lead', until = null where \"case\" = :case and capacity = 'member'"
    )


def test_a_message_that_was_given_up(play):
    case = play(reached="give_opinion")
    found = planted(case, "update message set try_at = null, attempts = 6, error = 'no route' where \"case\" = :case")
    assert "message_given_up" in {rule for rule, _ in found}


def test_every_finding_of_the_doctor_is_planted_here():
    said = set(re.findall(r'_error\(\s*"(\w+)"', inspect.getsource(doctor)))
    here = inspect.getsource(sys.modules[__name__])
    assert said
    assert {rule for rule in said if f'"{rule}"' not in here} == set()
    assert len(EXAMINATIONS) == 6
