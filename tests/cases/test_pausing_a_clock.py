"""A clock is paused, resumed and extended on the grounds of its rule, by who may, and the ledger and the record say why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories.stored import clock_of, entries_of
from workflows import casefile, clocks, doctor, history, ledger, overdue
from workflows.errors import GateClosed, NotAllowed, NotFound, WrongAnswers
from workflows.records import Clock, Message
from workflows.working_days import CHINA

WHY = "委托检测机构检测涉案产品"


@pytest.fixture
def case(play):
    """A penalty case on the day of its filing: ninety days run at the health bureau."""
    return play(reached="legal_review", classification="administrative", case_complexity="public_interest")


@pytest.fixture
def ninety(desk, case):
    return clock_of(desk, case, "penalty.decide")


def due_of(desk, case, rule="penalty.decide"):
    return clock_of(desk, case, rule).due_at.astimezone(CHINA).date()


def test_a_test_is_excluded_and_moves_the_due_day_by_its_days(desk, people, case, ninety):
    before = due_of(desk, case)
    desk.clock.forward(days=3)
    paused = clocks.pause(desk, people["health.head"], ninety.id, reason=WHY, basis="testing")
    assert (paused.state, paused.actions) == ("paused", ("resume",))
    desk.clock.forward(days=10)
    resumed = clocks.resume(desk, people["health.head"], ninety.id, reason="检验报告已收到")
    assert (resumed.state, resumed.excluded) == ("running", 10)
    assert due_of(desk, case) == before + timedelta(days=10)


def test_a_paused_clock_neither_warns_nor_breaches(desk, people, case, ninety):
    clocks.pause(desk, people["health.head"], ninety.id, reason=WHY, basis="testing")
    desk.clock.forward(days=200)
    while clocks.sweep(desk):
        pass
    assert clock_of(desk, case, "penalty.decide").breached_at is None
    clocks.resume(desk, people["health.head"], ninety.id, reason="检验报告已收到")
    assert clock_of(desk, case, "penalty.decide").due_at > desk.now()
    assert not any(finding.rule.startswith("clock") for finding in doctor.examine(desk))


def test_one_that_is_not_paused_breaches_on_its_day(desk, case, ninety):
    desk.clock.forward(days=200)
    while clocks.sweep(desk):
        pass
    assert clock_of(desk, case, "penalty.decide").breached_at is not None


def test_the_task_that_ends_the_clock_is_due_when_the_clock_is(desk, people, case, ninety):
    case.reach("decide_penalty")
    assert case.task("decide_penalty").due_at == ninety.due_at
    clocks.pause(desk, people["health.head"], ninety.id, reason=WHY, basis="testing")
    assert case.task("decide_penalty").due_at is None, "nobody is late while time does not count"
    desk.clock.forward(days=5)
    clocks.resume(desk, people["health.head"], ninety.id, reason="检验报告已收到")
    assert case.task("decide_penalty").due_at == clock_of(desk, case, "penalty.decide").due_at == ninety.due_at + timedelta(days=5)
    clocks.extend(desk, people["health.head"], ninety.id, reason="涉及多个主体", basis="complex", length=20)
    assert case.task("decide_penalty").due_at == ninety.due_at + timedelta(days=25)


def test_a_task_that_opens_during_a_pause_has_no_due_day_and_gets_one_afterwards(desk, people, case, ninety):
    clocks.pause(desk, people["health.head"], ninety.id, reason=WHY, basis="testing")
    case.reach("decide_penalty")
    assert case.task("decide_penalty").due_at is None
    clocks.resume(desk, people["health.head"], ninety.id, reason="检验报告已收到")
    assert case.task("decide_penalty").due_at == clock_of(desk, case, "penalty.decide").due_at


def test_the_wall_counts_a_paused_task_as_untimed_and_later_again(desk, people, case, ninety):
    case.reach("decide_penalty")
    clocks.pause(desk, people["health.head"], ninety.id, reason=WHY, basis="testing")
    desk.clock.forward(days=120)
    assert overdue.wall(desk, people["supervisor"]).total.none == 1
    clocks.resume(desk, people["health.head"], ninety.id, reason="检验报告已收到")
    wall = overdue.wall(desk, people["supervisor"]).total
    assert (wall.none, wall.red) == (0, 0)


def test_deciding_while_the_clock_is_paused_stops_it(desk, people, case, ninety):
    clocks.pause(desk, people["health.head"], ninety.id, reason=WHY, basis="testing")
    case.reach("decide_penalty").do("decide_penalty")
    stopped = clock_of(desk, case, "penalty.decide")
    assert stopped.state == "stopped"
    assert [entry.kind for entry in entries_of(desk, stopped)] == ["start", "pause", "stop"]


def test_thirty_days_more_are_the_heads_to_give_once(desk, people, case, ninety):
    before = due_of(desk, case)
    extended = clocks.extend(desk, people["health.head"], ninety.id, reason="涉及多个主体", basis="complex")
    assert (extended.length, extended.actions) == (120, ("pause",))
    assert due_of(desk, case) == before + timedelta(days=30)
    with pytest.raises(GateClosed, match="1 time"):
        clocks.extend(desk, people["health.head"], ninety.id, reason="再延", basis="complex")


def test_an_extension_beyond_the_law_is_refused_with_its_article(desk, people, case, ninety):
    with pytest.raises(WrongAnswers) as refused:
        clocks.extend(desk, people["health.head"], ninety.id, reason="涉及多个主体", basis="complex", length=31)
    assert "30" in refused.value.fields["length"][0]
    assert entries_of(desk, ninety)[-1].kind == "start", "nothing was written"


@pytest.mark.parametrize("who", ["health.head", "health.legal"])
def test_head_and_legal_reviewer_of_the_agency_pause_and_resume(desk, people, case, ninety, who):
    assert clocks.pause(desk, people[who], ninety.id, reason=WHY, basis="testing").state == "paused"
    assert clocks.resume(desk, people[who], ninety.id, reason="检验报告已收到").state == "running"


@pytest.mark.parametrize("who", ["health.officer", "health.deputy", "amr.head", "superior.officer", "supervisor"])
def test_nobody_else_pauses_it(desk, people, case, ninety, who):
    with pytest.raises((NotAllowed, NotFound)):
        clocks.pause(desk, people[who], ninety.id, reason=WHY, basis="testing")
    assert clock_of(desk, case, "penalty.decide").state == "running"


@pytest.mark.parametrize("who", ["health.legal", "health.officer", "health.deputy", "amr.head"])
def test_only_the_head_extends_it(desk, people, case, ninety, who):
    with pytest.raises((NotAllowed, NotFound)):
        clocks.extend(desk, people[who], ninety.id, reason="涉及多个主体", basis="complex")


def test_whoever_has_nothing_to_do_with_the_case_does_not_learn_of_the_clock(desk, people, case, ninety):
    with pytest.raises(NotFound):
        clocks.pause(desk, people["eco.head"], ninety.id, reason=WHY, basis="testing")


@pytest.mark.parametrize(
    ("rule", "verb"), [("penalty.review", "pause"), ("penalty.review", "extend")],
)  # fmt: skip
def test_a_clock_whose_rule_knows_no_ground_stays_as_it_is(desk, people, case, rule, verb):
    with pytest.raises(GateClosed) as refused:
        getattr(clocks, verb)(desk, people["health.head"], clock_of(desk, case, rule).id, reason=WHY, basis="testing")
    assert refused.value.article


def test_a_ground_that_the_rule_does_not_name_is_refused_and_the_ones_it_names_are_said(desk, people, case, ninety):
    with pytest.raises(WrongAnswers) as refused:
        clocks.pause(desk, people["health.head"], ninety.id, reason=WHY, basis="holiday")
    assert "检测" in refused.value.fields["basis"][0]


@pytest.mark.parametrize("reason", ["", "  ", "很" * 201])
def test_without_a_reason_nothing_is_done(desk, people, case, ninety, reason):
    with pytest.raises(WrongAnswers):
        clocks.pause(desk, people["health.head"], ninety.id, reason=reason, basis="testing")
    assert clock_of(desk, case, "penalty.decide").state == "running"


def test_after_the_end_a_clock_can_neither_be_paused_nor_extended(desk, people, case, ninety):
    desk.clock.forward(days=91)
    for verb, basis in (("pause", "testing"), ("extend", "complex")):
        with pytest.raises(GateClosed, match="ended"):
            getattr(clocks, verb)(desk, people["health.head"], ninety.id, reason=WHY, basis=basis)


def test_on_its_last_day_it_still_can(desk, people, case, ninety):
    desk.clock.forward(days=90)
    assert clocks.extend(desk, people["health.head"], ninety.id, reason=WHY, basis="complex").length == 120


def test_twice_paused_once_resumed_and_stopped_are_refused_in_words(desk, people, case, ninety):
    head = people["health.head"]
    with pytest.raises(GateClosed, match="not paused"):
        clocks.resume(desk, head, ninety.id, reason="无")
    clocks.pause(desk, head, ninety.id, reason=WHY, basis="testing")
    with pytest.raises(GateClosed, match="paused already"):
        clocks.pause(desk, head, ninety.id, reason=WHY, basis="hearing")
    with pytest.raises(GateClosed, match="before it is extended"):
        clocks.extend(desk, head, ninety.id, reason=WHY, basis="complex")
    case.reach("decide_penalty").do("decide_penalty")
    with pytest.raises(GateClosed, match="stopped"):
        clocks.resume(desk, head, ninety.id, reason="无")


def test_ledger_and_record_say_who_when_why_and_by_which_article(desk, people, case, ninety):
    head = people["health.head"]
    clocks.pause(desk, head, ninety.id, reason=WHY, basis="testing")
    desk.clock.forward(days=4)
    clocks.resume(desk, head, ninety.id, reason="检验报告已收到")
    clocks.extend(desk, head, ninety.id, reason="涉及多个主体", basis="complex", length=15)
    rows = entries_of(desk, clock_of(desk, case, "penalty.decide"))
    assert [(row.kind, row.units, bool(row.basis), row.officer == head.id) for row in rows] == [
        ("start", 90, True, False), ("pause", None, True, True), ("resume", None, False, True), ("extend", 15, True, True),
    ]  # fmt: skip
    lines = [line for line in history.record(desk, head, case.case).items if line.kind.startswith("clock_")]
    assert [line.kind for line in lines] == ["clock_extended", "clock_resumed", "clock_paused"]
    assert lines[2].detail["reason"] == WHY
    assert lines[0].detail["length"] == 15
    assert "作出处罚决定" in lines[0].title.zh
    assert history.verify(desk) == ()


def test_who_was_warned_is_warned_again_of_the_new_end_and_once(desk, people, case, ninety):
    desk.clock.forward(days=80)
    clocks.sweep(desk)
    clocks.extend(desk, people["health.head"], ninety.id, reason="涉及多个主体", basis="complex")
    for _ in range(4):
        desk.clock.forward(days=10)
        clocks.sweep(desk)
    with desk.database.reading() as session:
        kind = Message.key.startswith(f"clock_nearing:{ninety.id}")
        assert len(session.scalars(select(Message).where(kind)).all()) == 2


def test_the_page_offers_the_verbs_to_who_may_and_to_nobody_else(desk, people, case):
    def offered(username):
        return next(row.actions for row in casefile.clocks(desk, people[username], case.case) if row.rule == "penalty.decide")

    assert offered("health.head") == ("pause", "extend")
    assert offered("health.legal") == ("pause",)
    assert offered("health.officer") == offered("superior.officer") == ()


def test_the_due_moment_of_every_clock_is_what_its_ledger_says(desk, people, case, ninety):
    clocks.pause(desk, people["health.head"], ninety.id, reason=WHY, basis="testing")
    desk.clock.forward(days=6)
    clocks.resume(desk, people["health.head"], ninety.id, reason="检验报告已收到")
    case.finish()
    with desk.database.reading() as session:
        for clock in session.scalars(select(Clock).where(Clock.case == case.case)):
            known = ledger.read(clock, entries_of(desk, clock))
            assert ledger.due(desk.rules, desk.rules.rules[clock.rule], known).at == clock.due_at, clock.rule
