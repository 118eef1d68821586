"""The list of cases that this officer may see, and opening a new one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.audience import CASE_WORKERS, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.errors import explain
from web.language import sentence as _
from web.links import PAGE_ROWS
from workflows import cases
from workflows.errors import OneCaseError, WrongAnswers

screen = Blueprint("cases", __name__, url_prefix="/cases")

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
        status=status if status in cases.STATUSES else None,
        q=q,
        light=light if light in LIGHTS else None,
        cursor=request.args.get("cursor"),
        limit=PAGE_ROWS,
    )
    may_open = bool(cases.startable(desk, officer))
    return render_template("cases/every.html", page=page, status=status, light=light, q=q, may_open=may_open)


@screen.get("/new")
@audience(*CASE_WORKERS)
def new() -> str:
    """开立案件 / 登记线索: which process, and a title."""
    return _form(request.args.get("process", ""), "")


@screen.post("")
@audience(*CASE_WORKERS)
def open_case() -> Response | tuple[str, int]:
    """Open the case and go straight to its first task; the task asks for the facts."""
    process, title = request.form.get("process", ""), request.form.get("title", "").strip()
    try:
        case, first = cases.open_case(current_desk(), current_officer(), process=process, title=title, facts={})
    except WrongAnswers as error:
        return _form(process, title, error), error.status
    flash(_("已开立 %(number)s", number=case.number), "done")
    step = url_for("tasks.show", task_id=first[0].id) if first else url_for("case.overview", case_id=case.id)
    return redirect(step, code=303)


def _form(process: str, title: str, error: OneCaseError | None = None) -> str:
    processes = cases.startable(current_desk(), current_officer())
    words = explain(error) if error else None
    return render_template("cases/new.html", processes=processes, chosen=process, title=title, error=words)
