"""Training hours: the officers of an agency, and the ledger of one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.audience import audience
from web.current_desk import current_desk, current_time
from web.current_officer import current_officer
from web.errors import explain
from web.formats import BEIJING
from web.language import local
from web.language import sentence as _
from web.links import PAGE_ROWS
from web.registers.doors import TRAINERS
from workflows import training
from workflows.contracts import Text
from workflows.errors import NotAllowed, OneCaseError, WrongAnswers

screen = Blueprint("training", __name__, url_prefix="/registers/training")


@screen.get("")
@audience(*TRAINERS)
def every() -> str:
    """Officers of the own agency and those below, with their hours of the year."""
    q, year = request.args.get("q", "").strip(), _year()
    page = training.list_ledgers(current_desk(), current_officer(), year=year, q=q, cursor=request.args.get("cursor"), limit=PAGE_ROWS)
    return render_template("registers/training.html", page=page, q=q, year=year, years=_years())


@screen.get("/<username>")
@audience("signed_in")
def ledger(username: str) -> str:
    """One's own ledger, or that of an officer whose hours one keeps."""
    return _shown(username)


@screen.post("/<username>")
@audience(*TRAINERS)
def record(username: str) -> Response | tuple[str, int]:
    """Add a line; what was typed stays when something is wrong."""
    typed = request.form
    try:
        training.record(
            current_desk(),
            current_officer(),
            username,
            on=_day(typed.get("on", "")),
            hours=typed.get("hours", ""),
            topic=typed.get("topic", ""),
            provider=typed.get("provider", ""),
        )
    except (WrongAnswers, NotAllowed) as error:
        return _shown(username, error), error.status
    flash(_("已登记 %(hours)s 学时", hours=typed.get("hours", "").strip()), "done")
    return redirect(url_for("training.ledger", username=username), code=303)


@screen.post("/<username>/<uuid:line_id>/withdraw")
@audience(*TRAINERS)
def withdraw(username: str, line_id: UUID) -> Response | tuple[str, int]:
    """Take a line out of the sum, with a reason."""
    try:
        training.withdraw(current_desk(), current_officer(), line_id, request.form.get("reason", ""))
    except WrongAnswers as error:
        return _shown(username, error), error.status
    flash(_("已撤回该条学时"), "done")
    return redirect(url_for("training.ledger", username=username), code=303)


def _shown(username: str, error: OneCaseError | None = None) -> str:
    desk, officer = current_desk(), current_officer()
    found = training.ledger(desk, officer, username, year=_year())
    wrong = {name: local(Text(*both)) for name, both in error.fields.items()} if isinstance(error, WrongAnswers) else {}
    sentence = explain(error) if error else ""
    keeps = training.may_record(desk, officer, username)
    return render_template(
        "registers/ledger.html", ledger=found, keeps=keeps, wrong=wrong, error=sentence, typed=request.form, years=_years()
    )


def _this_year() -> int:
    return current_time().astimezone(BEIJING).year


def _years() -> tuple[int, ...]:
    return tuple(range(_this_year(), _this_year() - 5, -1))


def _year() -> int:
    asked = request.args.get("year", type=int)
    return asked if asked in _years() else _this_year()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
