"""Pages put together are the whole list: each row once, in the documented order, whatever moments are equal or missing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.worklist import WorkList, moment
from workflows import inbox, overdue, rows

MOMENTS = st.none() | st.integers(0, 3)
LISTS = st.lists(st.tuples(MOMENTS, st.integers(0, 2)), max_size=14)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def paged(listing, limit):
    """Every page of a list put together, and the totals that the pages said."""
    cursor, seen, totals = None, [], []
    while True:
        page = listing(cursor=cursor, limit=limit)
        assert len(page.items) <= limit
        assert page.next is None or len(page.items) == limit, "a page that is not the last is full"
        seen += [row.id for row in page.items]
        totals.append(page.total)
        cursor = page.next
        if cursor is None:
            return seen, totals


def check(desk, people, moments, limit):
    me = people["health.officer"]
    tasks = WorkList(desk)
    mine = [{"due_at": moment(due), "opened_at": moment(opened), "assignee": me.id} for due, opened in moments]
    done = [{"state": "completed", "completed_at": moment(at), "completed_by": me.id} for _, at in moments]
    tasks.add(*mine, *({**row, "assignee": None} for row in mine), *done) if moments else None
    size = len(moments)
    lists = [tasks.ids[:size], tasks.ids[size : 2 * size], tasks.ids[2 * size :]]
    due = {key: (row[0] is None, row[0] or 0, key) for ids in lists for key, row in zip(ids, moments, strict=True)}
    second = {key: (row[1], key) for ids in lists for key, row in zip(ids, moments, strict=True)}
    expected = {
        ("todo", "due"): sorted(lists[0], key=due.get),
        ("pool", "due"): sorted(lists[1], key=due.get),
        ("todo", "opened"): sorted(lists[0], key=second.get),
        ("done", "due"): sorted(lists[2], key=second.get, reverse=True),
    }
    for (view, sort), wanted in expected.items():
        seen, totals = paged(lambda view=view, sort=sort, **how: inbox.list_tasks(desk, me, view, sort=sort, **how), limit)
        assert seen == wanted, (view, sort)
        assert set(totals) == {len(wanted)}
    for asked in ({}, {"agency": "qinglan-health"}, {"step": "joint_case/triage"}):
        seen, totals = paged(lambda asked=asked, **how: overdue.list_tasks(desk, people["supervisor"], **asked, **how), limit)
        assert seen == sorted(lists[0] + lists[1], key=due.get)
        assert set(totals) == {2 * size}


@pytest.mark.both_databases
@settings(max_examples=30, suppress_health_check=QUIET)
@given(moments=LISTS, limit=st.integers(1, 5))
def test_the_pages_are_the_list(desk, people, moments, limit):
    check(desk, people, moments, limit)


def test_a_long_list_says_that_more_follow_and_not_how_many(desk, people, monkeypatch):
    me = people["health.officer"]
    tasks = WorkList(desk)
    tasks.add(*({"state": "completed", "completed_at": moment(at), "completed_by": me.id} for at in range(12)))
    monkeypatch.setattr(rows, "COUNTED", 5)
    monkeypatch.setattr(inbox, "COUNTED", 5)
    seen, totals = paged(lambda **how: inbox.list_tasks(desk, me, "done", **how), 5)
    assert len(seen) == 12
    assert totals == [None] * 3


def test_the_lists_with_a_badge_are_always_counted(desk, people, monkeypatch):
    me = people["health.officer"]
    tasks = WorkList(desk)
    tasks.add(*({"assignee": me.id, "due_at": moment(at)} for at in range(12)))
    monkeypatch.setattr(inbox, "COUNTED", 5)
    assert inbox.list_tasks(desk, me, "todo", limit=5).total == inbox.counts(desk, me).todo == 12
