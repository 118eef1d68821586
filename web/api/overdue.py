"""Supervision: what is overdue below this officer, and orders to those who let it be."""

from __future__ import annotations

from typing import Any

from web.api.door import ident, noun
from web.audience import SIGNED_IN, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.schemas.case import CaseRow
from web.schemas.page import PageQuery, page_of
from web.schemas.supervision import GivenOrder, LateClock, Order, Overdue, OverdueQuery
from workflows import overdue, supervision, views

blueprint = noun("overdue", "督查督办 · supervision")


@blueprint.get("/overdue")
@audience(SIGNED_IN)
@blueprint.input(OverdueQuery, location="query")
@blueprint.output(Overdue)
@blueprint.doc(summary="Open tasks of the agencies below, worst first, with figures", responses=[403])
def list_overdue(query_data: dict[str, Any]) -> dict[str, object]:
    """List what a supervisor watches; the figures count every open task by light."""
    desk, officer = current_desk(), current_officer()
    page = overdue.list_tasks(desk, officer, **query_data)
    return {**vars(page), "figures": overdue.wall(desk, officer)}


@blueprint.get("/overdue/clocks")
@audience(SIGNED_IN)
@blueprint.input(PageQuery, location="query")
@blueprint.output(page_of(LateClock))
@blueprint.doc(summary="Limits of whole cases below that ran out and are not met, longest overdue first", responses=[403])
def list_late_clocks(query_data: dict[str, Any]) -> views.Page[views.LateClock]:
    """List what no task shows: the ninety days of a penalty and the like."""
    return overdue.clocks(current_desk(), current_officer(), **query_data)


@blueprint.post("/cases/<case_id>/orders")
@audience(SIGNED_IN)
@blueprint.input(Order)
@blueprint.output(GivenOrder, status_code=201)
@blueprint.doc(summary="Order an agency to act, report or explain (督办)", responses=[403, 409, 503])
def give_order(case_id: str, json_data: dict[str, Any]) -> views.CaseRef:
    """Open a supervision order as a case of its own below the supervised one."""
    return supervision.order(current_desk(), current_officer(), ident(case_id), **json_data)


@blueprint.get("/orders")
@audience(SIGNED_IN)
@blueprint.input(PageQuery, location="query")
@blueprint.output(page_of(CaseRow))
@blueprint.doc(summary="Supervision orders", responses=[403])
def list_orders(query_data: dict[str, Any]) -> views.Page[views.CaseRow]:
    """List the orders that this officer gave or must see answered."""
    return supervision.orders(current_desk(), current_officer(), **query_data)
