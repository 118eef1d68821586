"""PostgreSQL does what SQLite does: a whole case with all that belongs to it, lists in the same order, the same characters."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.factories.desks import people_of
from tests.factories.play import Play
from workflows import cases, clocks, doctor, history, inbox, outbox, tasks
from workflows.errors import OneCaseError

pytestmark = pytest.mark.postgres


@pytest.fixture
def pg_desk(desk_on):
    return desk_on("postgresql")


@pytest.fixture
def pg_people(pg_desk):
    return people_of(pg_desk)


def test_the_server_is_a_postgresql(pg_desk):
    with pg_desk.database.reading() as session:
        assert "PostgreSQL" in session.scalar(text("select version()"))


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


def test_lists_and_pages_come_in_the_same_order_on_both_databases(pg_desk, pg_people, desk_on):
    desk = desk_on("sqlite")
    people = people_of(desk)
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
