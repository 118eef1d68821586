"""A clock that runs out decides nothing: it is recorded, told once, and climbs from officer and head to lead and superior.

Only an event that is drawn moves a case by its time (the closing of a round of opinions, a superior that designates nobody), and it
moves it to a person; those have a later day than the clock of the task they stand on.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from workflows import casefile, clocks, history, inbox, outbox
from workflows.records import Case, Clock, ClockEntry, Message


def told(desk, case, kind="clock_breached"):
    with desk.database.reading() as session:
        rows = session.scalars(select(Message).where(Message.case == case.case, Message.kind == kind).order_by(Message.at, Message.key))
        return [(row.to_agency, row.to_role) for row in rows]


def ledger(desk, case, rule):
    with desk.database.reading() as session:
        query = select(ClockEntry.kind).join(Clock, Clock.id == ClockEntry.clock).where(Clock.case == case.case, Clock.rule == rule)
        return list(session.scalars(query.order_by(ClockEntry.at, ClockEntry.id)))


def moved(desk, case):
    """Everything that moves when a case moves."""
    with desk.database.reading() as session:
        row = session.get_one(Case, case.case)
        return row.state, row.status, case.elements()


def sweep_until_quiet(desk):
    rounds = 0
    while clocks.sweep(desk):
        rounds += 1
        assert rounds < 20, "the sweep never comes to rest"
    return rounds


def test_before_the_limit_the_officer_is_warned_once(play, desk):
    case = play(reached="give_opinion")  # three working days from Monday: due on Thursday, yellow on the day before
    desk.clock.to("2026-03-05 09:00")
    sweep_until_quiet(desk)
    sweep_until_quiet(desk)
    assert told(desk, case, "clock_nearing") == [("qinglan-amr", "officer")]
    assert told(desk, case) == []
    assert case.task("give_opinion").state == "open"


def test_a_breach_climbs_from_officer_and_head_to_the_lead_and_to_the_superior(play, desk):
    case = play(reached="give_opinion")
    ladder = []
    for day in ("2026-03-05", "2026-03-06", "2026-03-09", "2026-03-10", "2026-03-20"):
        desk.clock.to(f"{day} 09:00")
        sweep_until_quiet(desk)
        ladder.append(told(desk, case))

    assert ladder[0] == []
    assert set(ladder[1]) == {("qinglan-amr", "officer"), ("qinglan-amr", "head")}, "the day after the limit"
    assert set(ladder[2]) - set(ladder[1]) == {("qinglan-health", "officer")}, "the lead, a working day later"
    assert set(ladder[3]) - set(ladder[2]) == {("yunhai-amr", "officer"), ("yunhai-amr", "supervisor")}, "the superior, another one later"
    assert ladder[4] == ladder[3], "and nothing after that"


def test_a_breach_decides_nothing(play, desk):
    case = play(reached="prepare_visit")
    before = moved(desk, case)
    desk.clock.forward(days=60)
    sweep_until_quiet(desk)
    assert moved(desk, case) == before
    case.do("prepare_visit", case.task("prepare_visit").scope)
    assert "record_findings" in case.elements(), "who is late may still do the task"


def test_the_silence_of_a_member_is_recorded_and_is_no_consent(play, desk, people):
    case = play(reached="give_opinion")
    desk.clock.forward(days=4)
    sweep_until_quiet(desk)
    lines = history.record(desk, people["health.officer"], case.case).items
    assert [line.detail["rule"] for line in lines if line.kind == "clock_breached"] == ["plan.opinion"]
    assert case.elements() == ["give_opinion"], "the silent member may still answer"
    assert "plan_objected" not in case.facts()
    case.do("give_opinion", opinion="agree")
    assert case.elements() == ["sign_plan"]


def test_however_often_the_sweep_runs_everybody_is_told_once(play, desk):
    case = play(reached="give_opinion")
    desk.clock.to("2026-03-06 09:00")
    for _ in range(5):
        clocks.sweep(desk)
    assert len(told(desk, case)) == len(set(told(desk, case))) == 2
    assert ledger(desk, case, "plan.opinion").count("breach") == 1


def test_after_ten_days_of_downtime_each_clock_makes_one_step(play, desk):
    case = play(reached="sign_receipt", triage="forward", targets=["qinglan-psb"])
    desk.clock.to("2026-03-19 09:00")

    assert clocks.sweep(desk) == len({case.case}), "one clock is due, and makes one step"
    assert clocks.sweep(desk) == 0

    everybody = {
        ("qinglan-psb", "officer"),
        ("qinglan-psb", "head"),
        ("yunhai-psb", "officer"),
        ("yunhai-psb", "supervisor"),
    }
    assert set(told(desk, case)) == everybody
    assert told(desk, case, "clock_nearing") == [], "nobody is warned of what is already over"
    assert sorted(ledger(desk, case, "clue.receipt")) == ["breach", "escalate", "escalate", "start"]


def test_a_task_that_is_done_in_time_is_never_mentioned(play, desk):
    case = play(reached="give_opinion")
    case.do("give_opinion")
    desk.clock.forward(days=30)
    sweep_until_quiet(desk)
    assert "plan.opinion" not in {row.rule for row in casefile.clocks(desk, case.people["health.officer"], case.case) if row.breached_at}


def test_a_task_done_too_late_keeps_its_breach(play, desk):
    case = play(reached="give_opinion")
    desk.clock.forward(days=4)
    sweep_until_quiet(desk)
    case.do("give_opinion")
    (row,) = [row for row in casefile.clocks(desk, case.people["health.officer"], case.case) if row.rule == "plan.opinion"]
    assert row.state == "stopped"
    assert row.breached_at is not None


def test_what_the_clock_says_arrives_in_the_boxes(play, desk, people):
    case = play(reached="give_opinion")
    desk.clock.to("2026-03-06 09:00")
    sweep_until_quiet(desk)
    outbox.deliver(desk)
    assert "clock_breached" in {row.kind for row in inbox.notices(desk, people["amr.officer"]).items}
    assert "clock_breached" in {row.kind for row in inbox.notices(desk, people["amr.head"]).items}
    assert "clock_breached" not in {row.kind for row in inbox.notices(desk, people["mpa.officer"]).items}
    assert case.elements() == ["give_opinion"]


ROADS = {
    "crime, filed by the police": {"classification": "crime"},
    "crime, filed on the procuratorate's notice": {
        "classification": "crime", "filing": "not_filed", "objection": "reconsider", "reconsideration": "uphold", "proc_opinion": "notify_file",
    },
    "penalty after a lead dispute and a receipt": {
        "triage": "split", "targets": ["qinglan-psb"], "lead_answer": "decline", "negotiation": "failed", "lead_candidate": "qinglan-health",
    },
}  # fmt: skip


@pytest.mark.parametrize("road", ROADS)
def test_the_road_of_a_case_is_the_same_when_every_clock_of_a_task_runs_out(play, desk, road):
    in_time = play(**ROADS[road]).finish()
    late = play(**ROADS[road])
    while waiting := late.waiting():
        desk.clock.now = max([desk.clock.now, *(task.due_at + timedelta(days=1) for task in waiting if task.due_at)])
        sweep_until_quiet(desk)
        late.step()

    assert sorted(late.done) == sorted(in_time.done), "steps of parallel branches are done in the order in which they were opened"
    assert late.status() == in_time.status() == "closed"
    with desk.database.reading() as session:
        rows = session.execute(select(Clock.rule, Clock.breached_at).where(Clock.case == late.case, Clock.task.is_not(None))).all()
    assert rows
    assert all(breached for _, breached in rows), "every clock of a task ran out on the way"
