"""The same on a real PostgreSQL: it migrates, runs whole cases, keeps its record, and serves many at once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, text

from tests.delivery.test_at_once import at_once
from tests.factories.desks import people_of
from tests.factories.play import Play, filled
from workflows import cases, clocks, doctor, history, inbox, outbox, tasks
from workflows.errors import OneCaseError
from workflows.records import Base, Case, ClockEntry, Event, Message, Notice

pytestmark = pytest.mark.postgres


@pytest.fixture
def pg_people(pg_desk):
    return people_of(pg_desk)


def test_the_migrations_make_the_tables_that_the_records_describe(pg_desk):
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415

    with pg_desk.database.engine.connect() as connection:
        assert "PostgreSQL" in connection.scalar(text("select version()"))
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_whole_case_runs_to_its_end_and_everything_about_it_is_sound(pg_desk, pg_people):
    case = Play.open(pg_desk, pg_people, classification="both")
    case.inboxes = True
    while case.step():
        pg_desk.clock.forward(hours=30)
        clocks.sweep(pg_desk)
    outbox.deliver(pg_desk, limit=1000)

    assert case.status() == "closed"
    assert {"hand_over", "decide_penalty", "receive_feedback", "close_case"} <= set(case.done)
    assert history.verify(pg_desk) == ()
    assert doctor.examine(pg_desk) == ()
    assert inbox.notices(pg_desk, pg_people["psb.officer"]).total > 0


def test_lists_and_pages_come_in_the_same_order_on_both_databases(pg_desk, pg_people, desk, people):
    for one, known in ((pg_desk, pg_people), (desk, people)):
        for number in range(7):
            one.clock.forward(minutes=1)
            Play.open(one, known, title=f"虚构·{number}_50% 号案")
    pages = []
    for one, known in ((pg_desk, pg_people), (desk, people)):
        cursor, seen = None, []
        while True:
            page = cases.list_cases(one, known["superior.officer"], q="_50%", cursor=cursor, limit=3)
            seen += [row.case.title for row in page.items]
            cursor = page.next
            if cursor is None:
                break
        pages.append((page.total, seen))
    assert pages[0] == pages[1]
    assert pages[0][0] == 7


def test_sixteen_completions_at_once_are_one(pg_desk, pg_people):
    case = Play.open(pg_desk, pg_people).reach("triage")
    task = case.task("triage")
    page = case.page("triage", by="health.officer")
    given = at_once(
        16,
        lambda number: tasks.complete(
            pg_desk, pg_people["health.officer"], task.id, revision=page.revision, answers=filled(page, case.answers)
        ),
    )
    assert [answer for answer in given if isinstance(answer, Exception)] == []
    assert len({tuple(row.id for row in answer.next_tasks) for answer in given}) == 1
    with pg_desk.database.reading() as session:
        assert session.scalar(select(func.count()).where(Event.stream == str(case.case), Event.kind == "task_completed")) == 2
    assert history.verify(pg_desk) == ()


@pytest.mark.parametrize("round_", range(3))
def test_a_task_that_several_claim_at_once_belongs_to_one(pg_desk, pg_people, round_):
    case = Play.open(pg_desk, pg_people).reach("give_opinion")
    task = case.task("give_opinion")
    two = [pg_people["amr.officer"], pg_people["amr.officer2"]]
    given = at_once(8, lambda number: tasks.claim(pg_desk, two[number % 2], task.id))
    assert len([answer for answer in given if isinstance(answer, OneCaseError)]) == 4
    winner = next(answer.assignee for answer in given if not isinstance(answer, Exception))
    assert {answer.assignee for answer in given if not isinstance(answer, Exception)} == {winner}
    assert case.task("give_opinion").assignee.hex == winner


def test_numbers_have_no_gaps_and_the_first_of_a_year_is_given_once(pg_desk, pg_people):
    opened = at_once(6, lambda number: Play.open(pg_desk, pg_people, title=f"虚构·{number}"))
    assert [one for one in opened if isinstance(one, Exception)] == []
    with pg_desk.database.reading() as session:
        numbers = sorted(session.scalars(select(Case.number)))
    assert len(set(numbers)) == 6
    assert numbers[-1].endswith("6号")


def test_two_sweepers_and_two_deliverers_do_everything_once(pg_desk, pg_people):
    Play.open(pg_desk, pg_people, members=["qinglan-amr", "qinglan-mpa"]).reach("prepare_visit")
    pg_desk.clock.forward(days=60)
    at_once(4, lambda number: [clocks.sweep(pg_desk) for _ in range(4)])
    at_once(4, lambda number: [outbox.deliver(pg_desk) for _ in range(4)])
    with pg_desk.database.reading() as session:
        breaches = session.execute(
            select(ClockEntry.clock, func.count()).where(ClockEntry.kind == "breach").group_by(ClockEntry.clock)
        ).all()
        messages = session.scalar(select(func.count()).select_from(Message))
        notices = session.scalar(select(func.count()).select_from(Notice))
    assert breaches
    assert {count for _, count in breaches} == {1}
    assert notices == messages
    assert history.verify(pg_desk) == ()


def test_what_no_database_can_store_is_refused_at_the_field(pg_desk, pg_people):
    case = Play.open(pg_desk, pg_people)
    with pytest.raises(OneCaseError) as refused:
        case.do("register_clue", subject_name="虚构\x00诊所")
    assert set(refused.value.fields) == {"subject_name"}
    case.do("register_clue", subject_name="虚构·👩‍⚕️诊所")


def test_a_draft_may_hold_whatever_was_typed(pg_desk, pg_people):
    case = Play.open(pg_desk, pg_people)
    task = case.task("register_clue")
    tasks.save(pg_desk, pg_people["health.intake"], task.id, answers={"subject_name": "写到\x00一半", "clue_summary": "\ud800"})
    assert "写到" in tasks.get(pg_desk, pg_people["health.intake"], task.id).data["subject_name"]
