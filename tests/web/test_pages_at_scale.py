"""No page reads a table of cases or tasks from end to end: what a page costs does not grow with what it does not show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import event

from tests.factories.play import Play
from tests.web.test_screens import OPEN_TO, PARTS
from tests.web.visitors import Visitor
from workflows.desk import Desk

GROWING = ("task", "case_file", "fact", "event", "clock", "notice", "participant", "outbox", "document", "penalty", "subject")
"""Tables that have a row for each thing that ever happened."""
WHOLE = re.compile(rf"SCAN ({'|'.join(GROWING)})\b")
IN_ORDER = re.compile(r"ORDER BY .*LIMIT", re.DOTALL)
"""A page of a list walks its index from where the page begins, and the plan of that says SCAN as well."""
READ_ALL = re.compile(r"/diagrams(?!.*/tables/)|/record/check")
"""Pages whose purpose it is: those of processes count the cases of each, one proves every record."""
pytestmark = pytest.mark.sqlite  # PostgreSQL plans by the size of its tables, and these are small


@contextmanager
def queries(desk: Desk) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database meanwhile."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, text: str, given: Any, *_: Any) -> None:
        if text.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append((text, tuple(given)))

    event.listen(desk.database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(desk.database.engine, "before_cursor_execute", note)


def whole_tables(desk: Desk, asked: list[tuple[str, Any]]) -> list[str]:
    """The steps of the plans that read a growing table whole, each with its statement."""
    with desk.database.engine.connect() as connection:
        return [
            f"{row.detail}: {text}"
            for text, given in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given)
            if WHOLE.match(row.detail) and not IN_ORDER.search(text)
        ]


@pytest.mark.parametrize("username", OPEN_TO)
def test_a_page_looks_up_what_it_shows(desk: Desk, app: APIFlask, username: str) -> None:
    visitor = Visitor(app, username)
    with queries(desk) as asked:
        for address in OPEN_TO[username]:
            if not READ_ALL.match(address):
                visitor.read(address)
    assert asked
    assert whole_tables(desk, asked) == []


def test_a_page_that_reads_a_whole_table_is_found_out(desk: Desk, app: APIFlask) -> None:
    with queries(desk) as asked:
        Visitor(app, "supervisor").read("/diagrams/joint_case")
    assert any("case_file" in step for step in whole_tables(desk, asked))


def test_the_pages_of_a_case_look_up_what_they_show(desk: Desk, app: APIFlask, play: Callable[..., Play]) -> None:
    case = play(reached="draft_plan").case
    visitor = Visitor(app, "health.officer")
    with queries(desk) as asked:
        for part in set(PARTS) - {"/diagram"}:  # it says how many cases wait at each step
            visitor.read(f"/cases/{case}{part}")
    assert whole_tables(desk, asked) == []
