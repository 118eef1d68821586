"""The message box: what other agencies, the clocks and the supervisors sent."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.audience import CASE_WORKERS, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.links import PAGE_ROWS, local_address
from workflows import inbox

screen = Blueprint("notices", __name__, url_prefix="/notices")


@screen.get("")
@audience(*CASE_WORKERS)
def box() -> str:
    """Newest first; unread ones stand out."""
    page = inbox.notices(current_desk(), current_officer(), cursor=request.args.get("cursor"), limit=PAGE_ROWS)
    return render_template("notices/box.html", page=page)


@screen.post("/read")
@audience(*CASE_WORKERS)
def read_these() -> Response:
    """Mark all notices of one page of the box as read."""
    for notice_id in request.form.getlist("notice", type=UUID):
        inbox.read_notice(current_desk(), current_officer(), notice_id)
    return redirect(local_address(request.form.get("then")) or url_for("notices.box"), code=303)


@screen.post("/<uuid:notice_id>/read")
@audience(*CASE_WORKERS)
def read(notice_id: UUID) -> Response:
    """Mark as read, then open the case it is about or stay in the box."""
    inbox.read_notice(current_desk(), current_officer(), notice_id)
    return redirect(local_address(request.form.get("then")) or url_for("notices.box"), code=303)
