"""Supervision orders (督办): the list of all that were sent, with where they stand."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from web.audience import WALL, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.links import PAGE_ROWS
from workflows import supervision

screen = Blueprint("supervision", __name__, url_prefix="/supervision")

STATUSES = ("open", "closed")


@screen.get("")
@audience(*WALL)
def orders() -> str:
    """Orders that are open, answered, or all of them."""
    status = request.args.get("status")
    page = supervision.orders(
        current_desk(),
        current_officer(),
        status=status if status in STATUSES else None,
        cursor=request.args.get("cursor"),
        limit=PAGE_ROWS,
    )
    return render_template("supervision/orders.html", page=page, status=status)
