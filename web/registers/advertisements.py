"""Punished advertisements with their counter, and refusals with their days."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.links import PAGE_ROWS
from web.registers.doors import READERS
from workflows import advertisements

screen = Blueprint("advertisements", __name__, url_prefix="/registers/advertisements")


@screen.get("")
@audience(*READERS)
def every() -> str:
    """Punished advertisements, the newest act first."""
    q, basis = request.args.get("q", "").strip(), request.args.get("basis")
    basis = basis if basis in advertisements.BASES else None
    page = advertisements.list_violations(
        current_desk(), current_officer(), q=q, basis=basis, cursor=request.args.get("cursor"), limit=PAGE_ROWS
    )
    return render_template("registers/advertisements.html", page=page, q=q, basis=basis, bases=advertisements.BASES)


@screen.get("/refusals")
@audience(*READERS)
def refusals() -> str:
    """Whose applications are not accepted, and until when."""
    q = request.args.get("q", "").strip()
    page = advertisements.list_refusals(current_desk(), current_officer(), q=q, cursor=request.args.get("cursor"), limit=PAGE_ROWS)
    return render_template("registers/refusals.html", page=page, q=q)
