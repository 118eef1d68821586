"""The directory of agencies: who is above whom, how many people, how much open work."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from workflows import agencies
from workflows.views import AgencyRow

screen = Blueprint("agencies", __name__, url_prefix="/agencies")


@screen.get("")
@audience("admin", "security")
def directory() -> str:
    """Every agency of the installation; the list is short enough to be whole."""
    q = request.args.get("q", "").strip()
    every = agencies.list_agencies(current_desk(), current_officer())
    found = tuple(row for row in every if _matches(row, q))
    names = {row.agency.name.zh: row.agency.name for row in every}
    return render_template("agencies/directory.html", rows=found, names=names, all=len(every), q=q)


def _matches(row: AgencyRow, q: str) -> bool:
    words = f"{row.agency.name.zh} {row.agency.name.en} {row.agency.code} {row.agency.function} {row.parent_name or ''}"
    return q.lower() in words.lower()
