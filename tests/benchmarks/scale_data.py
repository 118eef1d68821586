"""A province's work: any number of open tasks of 200 agencies with their cases, clocks and officers, made inside the database."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, timedelta
from uuid import UUID

import click
from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.orm import Session

from tests.benchmarks.scale_sql import Speech, bare_tables, speech
from tests.factories.desks import MONDAY, people_of
from workflows import tally
from workflows.desk import Desk
from workflows.records import Agency, Officer, TallyMoment, Version
from workflows.rulebook import Rule
from workflows.views import Officer as OfficerView

AGENCIES, CITIES = 200, 10
NOW = (MONDAY + timedelta(days=2, hours=4)).astimezone(UTC)
DAY = 86400
SPREAD = 60
"""Days before and after now over which due moments lie."""
WARNING = 3 * DAY
"""Seconds before the due moment from which on a task is yellow."""
STATE_BYTES = 500
OWN_AGENCY, OWN_ROWS = 7, 120
POSTS = (*["officer"] * 6, "head", "intake", "legal", "supervisor")
"""The roles of an agency's ten people."""
DIGITS = """
    SELECT n, h % 200 AS a, h / 200 % 40 AS s, h / 8000 % 6 AS p, h / 48000 % 2 AS claimed, h / 96000 % 10 AS undated,
        (n * 1103515245 + 12345) % 2147483648 % (2 * {spread}) - {spread} AS due
    FROM (SELECT n, (n * 2654435761) % 4294967296 AS h FROM {series}) AS x"""
"""The digits of one scattered number say agency, step, person, whether it is claimed and whether it is due; `due` in seconds from now."""
ROLE = "CASE WHEN s % 8 = 0 THEN 'head' WHEN s % 11 = 1 THEN 'legal' ELSE 'officer' END"
NUMBER = "CASE WHEN s % 8 = 0 THEN 6 WHEN s % 11 = 1 THEN 8 ELSE p END"
PROCESS = "CASE WHEN s < 30 THEN 'joint_case' WHEN s < 36 THEN 'criminal_transfer' ELSE 'supervision' END"


@dataclass(frozen=True)
class Province:
    """A desk whose database holds `tasks` open tasks, and some of its people."""

    desk: Desk
    tasks: int
    officer: OfficerView
    intake: OfficerView
    supervisor: OfficerView
    """Sees all agencies."""
    city: OfficerView
    """Sees a tenth of them."""


def province(desk: Desk, tasks: int) -> Province:
    """Fill the desk's database. The tally is settled and PostgreSQL has its statistics, as after a night's rest."""
    began = time.monotonic()
    desk.clock.now = NOW
    with desk.database.transaction() as session:
        _people(session)
        version = session.scalars(select(Version).where(Version.process == "joint_case")).one()
    words = speech(desk, int(NOW.timestamp()))
    desk.database.close()  # SQLite changes its journal only for who is alone
    with desk.database.engine.connect() as connection, bare_tables(connection, words):
        _rows(connection, words, version, desk.rules.rules["plan.opinion"], tasks)
    _count(desk)
    if not desk.database.is_sqlite:
        with desk.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
            connection.execute(text("CHECKPOINT"))
    click.echo(f"{tasks:,} open tasks on {desk.database.engine.dialect.name}: {time.monotonic() - began:.0f} s", err=True)
    who = people_of(desk)
    return Province(desk, tasks, who["p007.0"], who["p007.7"], who["root.9"], who["city3.9"])


def _people(session: Session) -> None:
    cities = [f"city{number}" for number in range(CITIES)]
    below = [(f"p{number:03}", cities[number * CITIES // AGENCIES]) for number in range(AGENCIES)]
    tree = [("root", None), *((city, "root") for city in cities), *below]
    rows = [{"code": code, "function": "HEALTH", "level": "district", "name": f"虚构·{code}", "parent": parent} for code, parent in tree]
    session.execute(insert(Agency), rows)
    people = [
        {"id": UUID(int=(place + 1) * 100 + number), "username": f"{code}.{number}", "name": f"甲{number}", "agency": code, "roles": [role]}
        | {"password": "", "active": True}
        for place, (code, _) in enumerate([*below, *tree[: 1 + CITIES]])
        for number, role in enumerate(POSTS)
    ]
    session.execute(insert(Officer), people)


def _rows(connection: Connection, words: Speech, version: Version, rule: Rule, tasks: int) -> None:
    cases, spread = tasks // 2, SPREAD * DAY
    key, moment, agency = words.key, words.moment, words.agency
    words.run(
        connection,
        f"""INSERT INTO case_file (id, number, title, process, version, digest, status, state, row_version, agency, opened_by,
                opened_at, record_length, record_head)
            SELECT {key(1, "n")}, '虚构联〔2026〕' || n || '号', '虚构·' || n || '号诊所案', 'joint_case', {version.number},
                '{version.digest}', CASE WHEN n % 20 = 0 THEN 'suspended' ELSE 'open' END, {words.blob(STATE_BYTES)}, 1,
                {agency("n % 200")}, {words.person("(n % 200 + 1) * 100 + 7")}, {moment(f"-(n * 1103515245 % 2147483648 % {2 * spread})")}, 0, ''
            FROM {words.series(cases)}""",
    )
    parts = (("receiving", agency("n % 200")), ("lead", agency("(n + 1) % 200")), ("superior", "'city' || (n % 200) / 20"))
    for kind, (capacity, place) in enumerate(parts, start=10):
        words.run(
            connection,
            f"""INSERT INTO participant (id, "case", agency, capacity, cause, since)
                SELECT {key(kind, "n")}, {key(1, "n")}, {place}, '{capacity}', '', {moment("-864000")} FROM {words.series(cases)}""",
        )
    _tasks(connection, words, tasks)
    _full_pages(connection, words, tasks)
    words.run(
        connection,
        f"""INSERT INTO clock (id, "case", task, rule, article, unit, length, agency, started_at, due_at, warn_at, provisional, state,
                escalation, alarm_at)
            SELECT {key(3, "n")}, {key(1, f"(n - 1) % {cases} + 1")}, {key(2, "n")}, '{rule.id}', '{rule.article}', '{rule.unit}',
                {rule.length}, {agency("a")}, {moment(f"due - {14 * DAY}")}, {moment("due")}, {moment(f"due - {WARNING}")}, false, 'running',
                CASE WHEN due <= 0 THEN 4 WHEN due <= {WARNING} THEN 1 ELSE 0 END,
                CASE WHEN due <= 0 THEN NULL WHEN due <= {WARNING} THEN {moment("due")} ELSE {moment(f"due - {WARNING}")} END
            FROM ({DIGITS.format(spread=spread, series=words.series(tasks))}) AS d""",
    )


def _tasks(connection: Connection, words: Speech, tasks: int) -> None:
    """So many open tasks, and a fifth of them done."""
    done, spread, moment = tasks // 5, SPREAD * DAY, words.moment
    officer = words.person(f"(a + 1) * 100 + {NUMBER}")
    words.run(
        connection,
        f"""INSERT INTO task (id, "case", process, element, name, name_en, scope, via, agency, role, assignee, state, revision,
                opened_at, due_at, warn_at, urged, completed_at, completed_by)
            SELECT {words.key(2, "n")}, {words.key(1, f"(n - 1) % {tasks // 2} + 1")}, {PROCESS}, 'step_' || s, '第' || s || '步',
                'Step ' || s, '', '', {words.agency("a")}, {ROLE}, CASE WHEN claimed = 1 THEN {officer} END,
                CASE WHEN n <= {tasks} THEN 'open' ELSE 'completed' END, 1, {moment(f"due - {14 * DAY}")},
                CASE WHEN undated > 0 THEN {moment("due")} END, CASE WHEN undated > 0 THEN {moment(f"due - {WARNING}")} END, 0,
                CASE WHEN n > {tasks} THEN {moment(f"-(due + {spread})")} END, CASE WHEN n > {tasks} THEN {officer} END
            FROM ({DIGITS.format(spread=spread, series=words.series(tasks + done))}) AS d""",
    )


def _full_pages(connection: Connection, words: Speech, tasks: int) -> None:
    """The officer whose lists are read has more than a page in each, however few tasks there are: both sides show as many rows."""
    me, moment = words.person(f"({OWN_AGENCY} + 1) * 100"), words.moment
    words.run(
        connection,
        f"""INSERT INTO task (id, "case", process, element, name, name_en, scope, via, agency, role, assignee, state, revision,
                opened_at, due_at, warn_at, urged, completed_at, completed_by)
            SELECT {words.key(4, "n")}, {words.key(1, "n")}, 'joint_case', 'step_7', '第7步', 'Step 7', '', '', {words.agency(str(OWN_AGENCY))},
                'officer', CASE WHEN n % 3 > 0 THEN {me} END, CASE WHEN n % 3 = 2 THEN 'completed' ELSE 'open' END, 1, {moment("-n")},
                {moment("n * 3600")}, {moment("n * 3600 - 7200")}, 0, CASE WHEN n % 3 = 2 THEN {moment("-n")} END,
                CASE WHEN n % 3 = 2 THEN {me} END
            FROM {words.series(OWN_ROWS)}""",
    )


def _count(desk: Desk) -> None:
    """What the migration does with a database that has tasks already."""
    at = NOW.replace(tzinfo=None).isoformat(" ", "microseconds") if desk.database.is_sqlite else NOW
    with desk.database.transaction() as session:
        session.execute(delete(TallyMoment))
        session.execute(insert(TallyMoment).values(id=1, at=NOW))
        session.execute(
            text("""
            INSERT INTO task_tally (agency, process, element, name, name_en, tasks, dated, red, warned)
            SELECT agency, process, element, max(name), max(name_en), count(*), count(due_at),
                sum(CASE WHEN due_at < :now THEN 1 ELSE 0 END), sum(CASE WHEN warn_at <= :now THEN 1 ELSE 0 END)
            FROM task WHERE state = 'open' GROUP BY agency, process, element"""),
            {"now": at},
        )
    tally.settle(desk)
