"""The database is away, busy, or takes back what was done: work is done again where it may be, else a clear answer says when to come again."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text

from tests.factories import postgres
from tests.factories.desks import desk_at, furnish, people_of
from tests.factories.play import Play, filled
from tests.web.callers import Caller
from tests.web.visitors import Visitor
from web import work
from web.app import create_app
from workflows import cases, database, history, idempotency, outbox, tasks
from workflows.errors import DatabaseAway, DatabaseBusy, OutcomeUnknown
from workflows.records import Case, Event, Officer

OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
MYSELF = "SELECT pg_terminate_backend(pg_backend_pid())"
NEW = {"process": "joint_case", "title": "虚构·一案", "facts": {}}
on_postgresql = pytest.mark.postgres


@pytest.fixture
def pg(desk_on):
    return desk_on("postgresql")


def drop_connections(desk):
    """What a restart of the server or a network that breaks does to everybody."""
    engine = database.Database(desk.settings.database_url).engine
    with engine.connect() as connection:
        connection.execute(text(OTHERS))
    engine.dispose()


def answer_of(caller, task, **answers):
    page = caller.read(f"/tasks/{task.id}")
    given = filled(tasks.get(caller.desk, caller.person, task.id), answers)
    return {"revision": page["revision"], "answers": given}


def completions(desk, case):
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).where(Event.stream == str(case), Event.kind == "task_completed"))


@pytest.fixture
def clue(pg):
    """A case whose first task waits, the application, and the officer whose task it is."""
    people = people_of(pg)
    play = Play.open(pg, people)
    caller = Caller(create_app(pg, pg.settings), "health.intake")
    caller.desk, caller.person = pg, people["health.intake"]
    return play, caller


@on_postgresql
def test_connections_that_broke_between_two_requests_are_not_noticed_by_anybody(clue, pg):
    play, caller = clue
    task = play.task("register_clue")
    body = answer_of(caller, task, **play.answers)
    drop_connections(pg)
    assert caller.post(f"/tasks/{task.id}/complete", body).status_code == 200
    drop_connections(pg)
    assert caller.get("/tasks").status_code == 200
    drop_connections(pg)
    assert Visitor(create_app(pg, pg.settings), "health.intake").get("/").status_code in (200, 302, 303)
    assert completions(pg, play.case) == 1


@on_postgresql
def test_a_connection_that_breaks_within_a_step_makes_the_step_begin_again(clue, pg):
    play, caller = clue
    task = play.task("register_clue")
    body = answer_of(caller, task, **play.answers)
    broken = []

    @event.listens_for(pg.database.engine, "before_cursor_execute")
    def _break(connection, cursor, statement, parameters, context, executemany):
        if statement.startswith("UPDATE case_file") and not broken:
            broken.append(statement)
            cursor.execute(MYSELF)

    assert caller.post(f"/tasks/{task.id}/complete", body).status_code == 200
    assert broken
    assert completions(pg, play.case) == 1
    assert history.verify(pg) == ()


@on_postgresql
@pytest.mark.parametrize("arrived", [True, False])
def test_a_connection_that_breaks_at_the_commit_leaves_the_outcome_open_and_the_task_may_be_sent_again(clue, pg, arrived):
    play, caller = clue
    task = play.task("register_clue")
    body = answer_of(caller, task, **play.answers)
    breaking_at_commit(pg, arrived=arrived)
    answer = caller.post(f"/tasks/{task.id}/complete", body, Idempotency_Key="once")
    assert (answer.status_code, answer.json["code"]) == (503, "outcome_unknown")
    assert int(answer.headers["Retry-After"]) > 0
    assert completions(pg, play.case) == (1 if arrived else 0)

    assert caller.post(f"/tasks/{task.id}/complete", body, Idempotency_Key="once").status_code == 200
    assert completions(pg, play.case) == 1
    assert play.elements() == ["triage"]


def breaking_at_commit(desk, *, arrived):
    """The next commit of a step gets no answer; it has `arrived` at the server or not."""
    stepping = threading.local()
    done = []

    @event.listens_for(desk.database.engine, "before_cursor_execute")
    def _watch(connection, cursor, statement, parameters, context, executemany):
        stepping.step = getattr(stepping, "step", False) or statement.startswith(("UPDATE case_file", "INSERT INTO case_file"))

    @event.listens_for(desk.database.engine, "commit")
    def _break(connection):
        if not getattr(stepping, "step", False) or done:
            return
        done.append(True)
        driver = connection.connection.dbapi_connection
        if arrived:
            driver.commit()
        with pytest.raises(driver_error()):
            driver.execute(MYSELF)


def driver_error():
    from psycopg import Error  # noqa: PLC0415 - only what runs on PostgreSQL needs its driver

    return Error


@on_postgresql
@pytest.mark.parametrize("arrived", [True, False])
def test_a_case_is_opened_once_under_its_key_whatever_became_of_the_commit(pg, arrived):
    caller = Caller(create_app(pg, pg.settings), "health.intake")
    breaking_at_commit(pg, arrived=arrived)
    assert caller.post("/cases", NEW, Idempotency_Key="k").json["code"] == "outcome_unknown"
    pg.clock.forward(minutes=2)
    again = caller.post("/cases", NEW, Idempotency_Key="k")
    if arrived:
        assert (again.status_code, again.json["code"]) == (409, "idempotency_answer_lost")
    else:
        assert again.status_code == 201
    with pg.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 1


@pytest.mark.both_databases
def test_a_process_that_ends_between_the_work_and_its_answer_has_opened_its_case_once(desk, people, monkeypatch):
    caller = Caller(create_app(desk, desk.settings), "health.intake")
    with monkeypatch.context() as ended:
        ended.setattr(idempotency, "remember", lambda *_args, **_more: None)
        assert caller.post("/cases", NEW, Idempotency_Key="k").status_code == 201
    assert caller.post("/cases", NEW, Idempotency_Key="k").json["code"] == "idempotency_running"
    desk.clock.now += timedelta(minutes=2)
    assert caller.post("/cases", NEW, Idempotency_Key="k").json["code"] == "idempotency_answer_lost"
    assert cases.list_cases(desk, people["health.intake"]).total == 1


@pytest.mark.both_databases
def test_a_process_that_ended_before_the_work_was_done_leaves_its_key_to_the_next(desk, people):
    caller = Caller(create_app(desk, desk.settings), "health.intake")
    with desk.database.transaction() as session:
        me = session.scalars(select(Officer).where(Officer.username == "health.intake")).one()
    assert caller.post("/cases", {**NEW, "title": ""}, Idempotency_Key="other").status_code == 422
    assert idempotency.remembered(desk, me, "k", "POST /api/v1/cases", "h") is None
    desk.clock.now += timedelta(minutes=2)
    assert idempotency.remembered(desk, me, "k", "POST /api/v1/cases", "h") is None
    with desk.database.transaction() as session:
        idempotency.note_done(session, me, "k", "POST /api/v1/cases")
        with pytest.raises(idempotency.StillRunningError):
            idempotency.note_done(session, me, "k", "POST /api/v1/cases")


@on_postgresql
def test_the_server_stops_and_starts_again_and_nobody_needs_to_be_restarted(tmp_path_factory, monkeypatch):
    monkeypatch.setattr(database, "PAUSES", (0.01, 0.02))
    folder = tmp_path_factory.mktemp("server") / "data"
    with postgres.started(folder) as server:
        desk = desk_at(server.get_uri(), folder.parent)
        furnish(desk)
        app = create_app(desk, desk.settings)
        caller, visitor = Caller(app, "health.intake"), Visitor(app, "health.intake")
        assert app.test_client().get("/readyz").status_code == 200
        server.stop()

        assert app.test_client().get("/readyz").status_code == 503
        assert app.test_client().get("/healthz").status_code == 200
        refused = caller.post("/cases", NEW, Idempotency_Key="k")
        assert (refused.status_code, refused.mimetype, refused.json["code"]) == (503, "application/problem+json", "database_away")
        assert int(refused.headers["Retry-After"]) > 0
        english = caller.get("/tasks", Accept_Language="en")
        assert english.json["detail"].startswith("The database cannot be reached")
        page = visitor.get("/inbox")
        assert (page.status_code, page.mimetype) == (503, "text/html")
        assert "数据库暂时连接不上" in page.text
        assert int(page.headers["Retry-After"]) > 0
        with pytest.raises(DatabaseAway):
            work.work_once(desk)

        postgres.start_again(server)
        assert caller.post("/cases", NEW, Idempotency_Key="k").status_code == 201
        assert visitor.get("/inbox").status_code == 200
        assert app.test_client().get("/readyz").status_code == 200
        assert work.work_once(desk) >= 0
        assert history.verify(desk) == ()
        desk.database.close()


@on_postgresql
def test_two_who_wait_for_each_other_are_both_done_in_the_end(pg, clue):
    play, _ = clue
    people = people_of(pg)
    two = [play.case, Play.open(pg, people).case]
    met = threading.Barrier(2, timeout=10)
    first = [True, True]

    def both(number):
        with pg.database.transaction() as session:
            for place, case in enumerate(two if number else reversed(two)):
                row = session.scalars(select(Case).where(Case.id == case).with_for_update()).one()
                row.title += str(number)
                session.flush()
                if place == 0 and first[number]:
                    first[number] = False
                    met.wait()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda number: pg.database.retried(lambda: both(number)), range(2)))
    with pg.database.reading() as session:
        assert {"".join(sorted(title[-2:])) for title in session.scalars(select(Case.title))} == {"01"}


@on_postgresql
def test_what_the_server_could_not_put_in_order_is_done_again(pg, clue):
    play, _ = clue
    tries = []

    def rename():
        tries.append(True)
        with pg.database.transaction() as session:
            session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            row = session.get_one(Case, play.case)
            if len(tries) == 1:
                pool.submit(cases.comment, pg, people_of(pg)["health.intake"], play.case, text="先来一步").result()
            row.title = "改名"

    with ThreadPoolExecutor(1) as pool:
        pg.database.retried(rename)
    assert len(tries) == 2
    assert history.verify(pg) == ()


@pytest.mark.both_databases
def test_who_waits_too_long_for_a_lock_is_told_so_and_the_work_is_not_begun_again(desk_on, kind, monkeypatch):
    monkeypatch.setattr(database, "BUSY_MS", 300)
    desk = desk_on(kind)
    people = people_of(desk)
    play = Play.open(desk, people)
    app = create_app(desk, desk.settings)
    caller = Caller(app, "health.intake")
    other = desk_at(desk.settings.database_url, desk.settings.data_dir)
    with other.database.transaction() as session:
        session.scalars(select(Case).with_for_update()).all()
        refused = caller.post(f"/cases/{play.case}/comments", {"text": "等不到"})
        assert (refused.status_code, refused.json["code"]) == (503, "database_busy")
        assert int(refused.headers["Retry-After"]) > 0
        assert caller.get(f"/cases/{play.case}").status_code == 200, "reading goes on"
    other.database.close()
    assert caller.post(f"/cases/{play.case}/comments", {"text": "等到了"}).status_code == 204


@on_postgresql
def test_who_finds_every_connection_taken_is_told_so(pg, monkeypatch):
    monkeypatch.setattr(database, "POOL_SECONDS", 0.2)
    small = database.Database(pg.settings.database_url, pool_size=1)
    with small.reading() as one, small.reading() as two, small.reading() as three:
        for session in (one, two, three):
            session.execute(text("SELECT 1"))
        with pytest.raises(DatabaseBusy):
            small.ask()
    small.ask()
    small.close()


@on_postgresql
def test_a_connection_that_rested_is_asked_before_it_is_used(pg, monkeypatch):
    monkeypatch.setattr(database, "PING_AFTER_SECONDS", 0.0)
    pg.database.ask()
    drop_connections(pg)
    pg.database.ask()


@pytest.mark.both_databases
def test_what_is_committed_is_never_done_again(desk):
    done = []

    def twice():
        with desk.database.transaction() as session:
            session.execute(text("UPDATE officer SET name = name"))
        done.append(True)
        raise DatabaseAway(again=True)

    with pytest.raises(OutcomeUnknown):
        desk.database.retried(twice)
    assert done == [True]


@pytest.mark.both_databases
def test_what_goes_along_with_the_work_happens_with_it_or_not_at_all(desk):
    along = []

    def fails():
        with desk.database.transaction():
            raise DatabaseAway(again=False)

    with desk.database.accompanied(lambda session: along.append(session.in_transaction())):
        with pytest.raises(DatabaseAway):
            fails()
        assert along == []
        with desk.database.transaction():
            pass
        with desk.database.transaction():
            pass
    with desk.database.transaction():
        pass
    assert along == [True], "with the first that is committed"


@on_postgresql
def test_our_own_database_is_no_failure_of_the_channel(pg):
    Play.open(pg, people_of(pg)).reach("answer_lead")
    tries = []

    def gateway(session, message):
        tries.append(message.key)
        if len(tries) == 1:
            session.execute(text(MYSELF))
        outbox.to_notices(session, message)

    with pytest.raises(DatabaseAway):
        outbox.deliver(pg, channel=gateway)
    assert outbox.deliver(pg, channel=gateway) == 1
    assert len(set(tries)) == 1
