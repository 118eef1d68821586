"""The inbox: what waits for this officer, the most urgent first. The whole state of the list is in its address."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from web.audience import CASE_WORKERS, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.language import sentence as _
from web.links import PAGE_ROWS
from web.navigation import landing
from workflows import inbox

screen = Blueprint("inbox", __name__)

VIEWS = ("todo", "pool", "done", "started", "followed")
LIGHTS = ("red", "yellow", "green")


@screen.get("/")
@audience("signed_in")
def home() -> Response:
    """To where this officer's day begins."""
    return redirect(landing(current_officer()))


@screen.get("/inbox")
@audience(*CASE_WORKERS)
def todo() -> str:
    """待办 / 待领 / 已办 / 我发起 / 关注."""
    desk, officer = current_desk(), current_officer()
    view = _one_of(VIEWS, request.args.get("view")) or VIEWS[0]
    light, q = _one_of(LIGHTS, request.args.get("light")), request.args.get("q", "").strip()
    page = inbox.list_tasks(desk, officer, view, light=light, q=q, sort="due", cursor=request.args.get("cursor"), limit=PAGE_ROWS)
    counts = inbox.counts(desk, officer)
    return render_template("inbox/todo.html", view=view, views=_views(), light=light, q=q, page=page, counts=counts)


def _views() -> tuple[tuple[str, str], ...]:
    words = (_("待办"), _("待领"), _("已办"), _("我发起"), _("关注"))
    return tuple(zip(VIEWS, words, strict=True))


def _one_of(allowed: tuple[str, ...], wanted: str | None) -> str | None:
    return wanted if wanted in allowed else None
