"""News that officers report and clocks of timer events move a case: once, recorded, by whoever may, and not while it rests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories.diagrams import bundle, diagram, form
from tests.factories.play import Play
from workflows import cases, clocks, diagrams, doctor, history
from workflows.errors import GateClosed, NotAllowed, NotFound, Stale, WrongAnswers
from workflows.records import Case, Clock, ClockEntry, Event, Message, Task

SETTING, STATUTE = "clue.triage", "transfer.decide"
"""Three working days of the house's own; three days of the law."""
INTERRUPTED = """
start s
xor m
user investigate form=f
boundary news on=investigate message=resistance
boundary late on=investigate clock={clock}{more}
user police form=f
user reminded form=f
end e
end e2
s > m > investigate > e
news > police > m
late > reminded > e2
"""


@pytest.fixture
def case(desk, people):
    def begin(text: str = INTERRUPTED.format(clock=SETTING, more=""), **told):
        files = bundle("trial_events", {"trial_events": diagram("trial_events", text)}, forms={"f": form("said")}, **told)
        diagrams.publish(desk, "tests", files, reason="a trial")
        ref, _ = cases.open_case(desk, people["health.officer"], process="trial_events", title="虚构·事件", facts={})
        return ref.id

    return begin


def waits(desk, case_id) -> list[str]:
    with desk.database.reading() as session:
        return sorted(session.scalars(select(Task.element).where(Task.case == case_id, Task.state == "open")))


def timer_clocks(desk, case_id) -> list[Clock]:
    with desk.database.reading() as session:
        rows = list(session.scalars(select(Clock).where(Clock.case == case_id).order_by(Clock.started_at)))
        session.expunge_all()
        return rows


def lines(desk, people, case_id, kind: str) -> list:
    return [line for line in history.record(desk, people["health.officer"], case_id).items if line.kind == kind]


def report(desk, officer, case_id, **more):
    return cases.report_event(desk, officer, case_id, **{"message": "resistance", "text": "当事人持械阻拦", **more})


def test_news_interrupts_the_task_is_recorded_and_the_work_is_taken_up_again(desk, people, case):
    one = case()
    [event] = cases.get(desk, people["health.officer"], one).events
    assert (event.message, event.name.en, event.branch) == ("resistance", "News of resistance", "")
    report(desk, people["health.officer"], one)
    assert waits(desk, one) == ["police"]
    [line] = lines(desk, people, one, "event_reported")
    assert (line.who, line.detail["text"], line.title.zh) == (people["health.officer"].name, "当事人持械阻拦", "报告事件：resistance")
    assert cases.get(desk, people["health.officer"], one).events == ()
    assert history.verify(desk) == ()


def test_news_that_nothing_waits_for_is_refused_and_changes_nothing(desk, people, case):
    one = case()
    for wrong in ({"message": "flight"}, {"branch": "qinglan-amr"}):
        with pytest.raises(Stale):
            report(desk, people["health.officer"], one, **wrong)
    report(desk, people["health.officer"], one)
    with pytest.raises(Stale):
        report(desk, people["health.officer"], one)
    assert len(lines(desk, people, one, "event_reported")) == 1


def test_only_the_lanes_agency_and_role_report(desk, people, case):
    one = case()
    with pytest.raises(NotAllowed):
        report(desk, people["health.head"], one)
    assert cases.get(desk, people["health.head"], one).events == ()
    with pytest.raises(NotFound):
        report(desk, people["amr.officer"], one)
    with pytest.raises(WrongAnswers):
        report(desk, people["health.officer"], one, text="  ")
    assert waits(desk, one) == ["investigate"]


def test_nothing_is_reported_and_no_timer_fires_while_the_case_rests(desk, people, case):
    one = case()
    with desk.database.transaction() as session:
        session.get(Case, one).status = "suspended"
    with pytest.raises(GateClosed):
        report(desk, people["health.officer"], one)
    desk.clock.forward(days=20)
    clocks.sweep(desk)
    assert waits(desk, one) == ["investigate"]
    with desk.database.transaction() as session:
        session.get(Case, one).status = "open"
    clocks.sweep(desk)
    assert waits(desk, one) == ["reminded"]


def test_the_clock_of_a_timer_starts_with_the_task_and_stops_with_it(desk, people, case):
    one = case()
    [clock] = timer_clocks(desk, one)
    assert (clock.rule, clock.task, clock.state, clock.agency) == (SETTING, None, "running", "qinglan-health")
    report(desk, people["health.officer"], one)
    [clock] = timer_clocks(desk, one)
    assert (clock.state, clock.alarm_at) == ("stopped", None)
    desk.clock.forward(days=30)
    assert clocks.sweep(desk) == 0
    assert waits(desk, one) == ["police"]


def test_a_clock_that_runs_out_fires_its_event_once(desk, people, case):
    one = case()
    desk.clock.forward(days=30)
    assert clocks.sweep(desk) == 1
    assert clocks.sweep(desk) == 0
    assert waits(desk, one) == ["reminded"]
    [line] = lines(desk, people, one, "timer_fired")
    assert (line.detail["rule"], line.detail["element"]) == (SETTING, "late")
    assert lines(desk, people, one, "clock_breached") == []
    [clock] = timer_clocks(desk, one)
    assert (clock.state, clock.breached_at) == ("stopped", None)


def test_before_it_runs_out_a_timer_only_warns(desk, people, case):
    one = case()
    [clock] = timer_clocks(desk, one)
    desk.clock.now = clock.due_at
    clocks.sweep(desk)
    assert waits(desk, one) == ["investigate"]
    with desk.database.reading() as session:
        assert "clock_nearing" in session.scalars(select(Message.kind).where(Message.case == one)).all()
    desk.clock.forward(seconds=1)
    clocks.sweep(desk)
    assert waits(desk, one) == ["reminded"]


def test_a_limit_of_the_law_that_runs_out_is_a_breach_and_leaves_the_task_alone(desk, people, case):
    one = case(INTERRUPTED.format(clock=STATUTE, more=" cancel=false"))
    desk.clock.now = timer_clocks(desk, one)[0].due_at + timedelta(seconds=1)
    clocks.sweep(desk)
    assert waits(desk, one) == ["investigate", "reminded"]
    assert [line.detail["rule"] for line in lines(desk, people, one, "clock_breached")] == [STATUTE]
    assert len(lines(desk, people, one, "timer_fired")) == 1
    with desk.database.reading() as session:
        kinds = session.scalars(select(ClockEntry.kind).join(Clock, Clock.id == ClockEntry.clock).where(Clock.case == one)).all()
    assert sorted(kinds) == ["breach", "start", "stop"]
    clocks.sweep(desk)
    assert waits(desk, one) == ["investigate", "reminded"]
    assert history.verify(desk) == ()


def test_an_event_gateway_goes_the_way_of_what_comes_first(desk, people, case):
    text = (
        f"start s\nuser a form=f\nevent g\ncatch reply message=reply\ncatch silence clock={SETTING}\nuser answered form=f\nuser silent form=f\nend e\nend e2\n"
        "s > a > g > reply > answered > e\ng > silence > silent > e2"
    )
    first, second = case(text), case(text)
    for one in (first, second):
        play_only(desk, people, one)
        assert waits(desk, one) == []
    report(desk, people["health.officer"], first, message="reply")
    desk.clock.forward(days=30)
    clocks.sweep(desk)
    assert (waits(desk, first), waits(desk, second)) == (["answered"], ["silent"])


def test_a_case_that_waits_for_news_alone_is_healthy(desk, people, case):
    one = case("start s\nuser a form=f\ncatch n message=reply\nend e\ns > a > n > e")
    play_only(desk, people, one)
    assert doctor.examine(desk) == ()
    report(desk, people["health.officer"], one, message="reply")
    with desk.database.reading() as session:
        assert session.get(Case, one).status == "closed"


def test_the_clock_of_a_timer_is_not_the_clock_of_the_case_under_the_same_rule(desk, people, case):
    text = (
        f"start s\nuser a form=f startsClock={SETTING}\nsub x {{\nstart i\nuser b form=f stopsClock={SETTING}\nuser c form=f\nend ie\ni > b > c > ie\n}}\n"
        f"boundary late on=x clock={SETTING}\nuser r form=f\nend e\nend e2\ns > a > x > e\nlate > r > e2"
    )
    one = case(text)
    play_only(desk, people, one)
    assert sorted(clock.state for clock in timer_clocks(desk, one)) == ["running", "running"]
    play_only(desk, people, one)
    assert sorted(clock.state for clock in timer_clocks(desk, one)) == ["running", "stopped"]
    desk.clock.forward(days=30)
    clocks.sweep(desk)
    assert waits(desk, one) == ["r"]


def test_a_timer_that_cannot_go_on_is_tried_again_and_holds_up_nobody(desk, people, case):
    text = f"start s\ncatch t clock={SETTING}\nservice x service=trial_fails\nend e\ns > t > x > e"
    broken = replace(desk, services={**desk.services, "trial_fails": replace(next(iter(desk.services.values())), call=fails)})
    files = bundle("trial_events", {"trial_events": diagram("trial_events", text)}, forms={"f": form("said")})
    diagrams.publish(broken, "tests", files, reason="a trial")
    cases.open_case(broken, people["health.officer"], process="trial_events", title="虚构·坏", facts={})
    other = case()
    desk.clock.forward(days=30)
    clocks.sweep(broken)
    assert waits(desk, other) == ["reminded"]
    with desk.database.reading() as session:
        assert len(session.scalars(select(Event).where(Event.kind == "timer_fired")).all()) == 1


def fails(_call):
    message = "it fails"
    raise RuntimeError(message)


def play_only(desk, people, case_id) -> None:
    """Complete the one task that waits."""
    play = Play(desk, people, case_id, {"said": "按规定办理"})
    [task] = play.waiting()
    play.do(task.element)
