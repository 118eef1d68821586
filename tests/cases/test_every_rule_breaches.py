"""Whatever limit runs out: exactly the people that its rule names are told, in its order, and nothing is decided by it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.factories.stored import entries_of
from workflows import clocks, history
from workflows.records import Case, Clock, ClockEntry, Fact, Message, Task
from workflows.rulebook import load_rulebook

RULES = load_rulebook().rules
MEMBER = "qinglan-amr"
# Who the words of `tells` are in this case: market regulation has the clock, the health bureau received the clue and leads.
MEANS = {
    "officer": {(MEMBER, "officer")},
    "head": {(MEMBER, "head")},
    "legal": {(MEMBER, "legal")},
    "lead": {("qinglan-health", "officer")},
    "receiving": {("qinglan-health", "officer")},
    "superior": {("yunhai-amr", "officer"), ("yunhai-amr", "supervisor")},
    "government": {("yunhai-gov", "supervisor")},
    "procuratorate": {("qinglan-proc", "officer")},
    "police": {("qinglan-psb", "officer")},
    "health": {("qinglan-health", "officer")},
}


@pytest.fixture
def case(play):
    return play(reached="give_opinion")


def plant(desk, case, rule):
    """A clock of `rule` that market regulation has for the whole case, started now."""
    now = desk.now()
    due = desk.rules.due(rule, now) if rule.length > 0 else desk.rules.due(rule, now, length=-rule.length)
    row = Clock(
        id=uuid4(), case=case.case, task=None, rule=rule.id, article=rule.article, unit=rule.unit, length=abs(rule.length), agency=MEMBER,
        started_at=now, due_at=due.at, warn_at=now, provisional=due.provisional, state="running", escalation=1, alarm_at=due.at,
    )  # fmt: skip
    with desk.database.transaction() as session:
        session.add(row)
        session.flush()
        session.add(ClockEntry(clock=row.id, kind="start", at=now, reason=rule.starts.zh, basis=rule.article, units=row.length))
        session.expunge_all()
    return row


def decided(desk, case):
    """Everything that a decision would change."""
    with desk.database.reading() as session:
        state, status = session.execute(select(Case.state, Case.status).where(Case.id == case.case)).one()
        facts = session.execute(select(Fact.scope, Fact.name, Fact.value, Fact.at).where(Fact.case == case.case)).all()
        work = select(Task.id, Task.state, Task.assignee, Task.revision, Task.due_at).where(Task.case == case.case).order_by(Task.id)
        return state, status, sorted(map(repr, facts)), session.execute(work).all()


def told(desk, clock):
    with desk.database.reading() as session:
        rows = session.scalars(select(Message).where(Message.key.startswith(f"clock_breached:{clock.id}"))).all()
        session.expunge_all()
        return {(row.to_agency, row.to_role): row for row in rows}


def sweep(desk):
    while clocks.sweep(desk):
        pass


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_breach_tells_exactly_those_that_the_rule_names_and_decides_nothing(desk, people, case, rule):
    with desk.database.transaction() as session:  # the case's own clocks are of other tests
        for own in session.scalars(select(Clock)):
            own.alarm_at = None
    before = decided(desk, case)
    clock = plant(desk, case, rule)
    desk.clock.now = clock.due_at
    sweep(desk)
    assert told(desk, clock) == {}, "the last moment still belongs to the term"

    everybody = set()
    for number, step in enumerate(rule.tells):
        desk.clock.now = desk.rules.due(RULES["clue.triage"], clock.due_at, length=number).at if number else clock.due_at
        desk.clock.forward(seconds=1)
        sweep(desk)
        everybody |= set().union(*(MEANS[who] for who in step))
        assert set(told(desk, clock)) == everybody, f"step {number + 1}"
    desk.clock.forward(days=30)
    sweep(desk)
    assert set(told(desk, clock)) == everybody, "and nobody else, ever"

    assert decided(desk, case) == before
    kinds = [entry.kind for entry in entries_of(desk, clock)]
    assert kinds.count("breach") == 1
    assert kinds.count("escalate") == len(rule.tells) - 1
    lines = [line for line in history.record(desk, people["superior.officer"], case.case).items if line.kind == "clock_breached"]
    assert [(line.detail["rule"], line.detail["article"]) for line in lines] == [(rule.id, rule.article)]
    with desk.database.reading() as session:
        assert session.get_one(Clock, clock.id).breached_at is not None


@pytest.mark.parametrize("rule", ["penalty.pay", "ad.refusal", "hearing.request"])
def test_what_binds_the_party_or_ends_an_effect_expires_and_is_nobodys_delay(desk, case, rule):
    clock = plant(desk, case, RULES[rule])
    desk.clock.now = clock.due_at
    desk.clock.forward(seconds=1)
    sweep(desk)
    assert {row.body["subject"][0][:3] for row in told(desk, clock).values()} == {"期满："}


@pytest.mark.parametrize("rule", ["penalty.decide", "psb.filing", "publicity.double"])
def test_what_binds_an_agency_is_overdue_and_the_message_says_what_follows(desk, case, rule):
    clock = plant(desk, case, RULES[rule])
    desk.clock.now = clock.due_at
    desk.clock.forward(seconds=1)
    sweep(desk)
    assert told(desk, clock)
    for row in told(desk, clock).values():
        assert row.body["subject"][0].startswith("超期：")
        assert RULES[rule].on_breach.zh in row.body["text"][0]
        assert RULES[rule].article in row.body["text"][0]


def test_a_clock_whose_rule_is_no_longer_in_the_book_still_tells_the_usual_people(desk, case):
    clock = plant(desk, case, RULES["penalty.decide"])
    with desk.database.transaction() as session:
        session.get(Clock, clock.id).rule = "gone.rule"
    desk.clock.now = clock.due_at
    desk.clock.forward(days=30)
    sweep(desk)
    assert set(told(desk, clock)) == set().union(*(MEANS[who] for who in ("officer", "head", "lead", "superior")))
