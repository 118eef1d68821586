"""The list of cases that this officer may see, and opening a new one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from web.audience import CASE_WORKERS, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.links import PAGE_ROWS
from workflows import cases

screen = Blueprint("cases", __name__, url_prefix="/cases")

STATUSES = ("open", "suspended", "closed", "cancelled")
LIGHTS = ("red", "yellow", "green")


@screen.get("")
@audience(*CASE_WORKERS)
def every() -> str:
    """Cases by status and light; the number of all of them is always shown."""
    desk, officer = current_desk(), current_officer()
    status, light = request.args.get("status", "open"), request.args.get("light")
    q = request.args.get("q", "").strip()
    page = cases.list_cases(
        desk,
        officer,
        status=status if status in STATUSES else None,
        q=q,
        light=light if light in LIGHTS else None,
        cursor=request.args.get("cursor"),
        limit=PAGE_ROWS,
    )
    return render_template("cases/every.html", page=page, status=status, light=light, q=q, may_open=bool(cases.startable(desk, officer)))


@screen.get("/new")
@audience(*CASE_WORKERS)
def new() -> str:
    """开立案件 / 登记线索: which process, and a title."""
    processes = cases.startable(current_desk(), current_officer())
    return render_template("cases/new.html", processes=processes, chosen=request.args.get("process"), title="")


@screen.post("")
@audience(*CASE_WORKERS)
def open_case() -> Response | tuple[str, int]:
    """Open the case and go straight to its first task; the task asks for the facts."""
    desk, officer = current_desk(), current_officer()
    process, title = request.form.get("process", ""), request.form.get("title", "").strip()
    if not title or not process:
        processes = cases.startable(desk, officer)
        return render_template("cases/new.html", processes=processes, chosen=process, title=title, missing=True), 422
    case, first = cases.open_case(desk, officer, process=process, title=title, facts={})
    flash(_("已开立 %(number)s", number=case.number), "done")
    return redirect(_first_step(case.id, first), code=303)


def _first_step(case_id: object, first: tuple[object, ...]) -> str:
    if first:
        return url_for("tasks.show", task_id=first[0].id)  # type: ignore[attr-defined]
    return url_for("case.overview", case_id=case_id)
