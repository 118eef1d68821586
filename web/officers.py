"""Users: the administrator makes and stops accounts, the security administrator gives roles (三员分立)."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.errors import explain
from web.language import sentence as _
from web.links import PAGE_ROWS, local_address
from workflows import agencies, officers
from workflows.errors import OneCaseError
from workflows.vocabulary import ROLES

screen = Blueprint("officers", __name__, url_prefix="/officers")


@screen.get("")
@audience("admin", "security")
def people() -> str:
    """Everybody with an account, by agency and name."""
    desk, officer = current_desk(), current_officer()
    agency, q = request.args.get("agency") or None, request.args.get("q", "").strip()
    page = officers.list_officers(desk, officer, agency=agency, q=q, cursor=request.args.get("cursor"), limit=PAGE_ROWS)
    return render_template(
        "officers/people.html", page=page, agency=agency, q=q, agencies=agencies.list_agencies(desk, officer), roles=ROLES
    )


@screen.get("/new")
@audience("admin")
def new() -> str:
    """The form for a new account."""
    return _form({})


@screen.post("")
@audience("admin")
def create() -> Response | tuple[str, int]:
    """Make an account; what was typed is kept when something is wrong."""
    typed = request.form
    try:
        made = officers.create(
            current_desk(),
            current_officer(),
            username=typed.get("username", "").strip(),
            name=typed.get("name", "").strip(),
            agency=typed.get("agency", ""),
            roles=frozenset(typed.getlist("roles")),
            certificate=typed.get("certificate", "").strip() or None,
            certificate_until=_date(typed.get("certificate_until")),
            password=typed.get("password", ""),
        )
    except OneCaseError as error:
        return _form(typed, error), error.status
    flash(_("已建立账号 %(name)s", name=made.username), "done")
    return redirect(url_for("officers.people", q=made.username), code=303)


@screen.post("/<username>/active")
@audience("admin")
def set_active(username: str) -> Response:
    """Stop or restore an account; a stopped one is signed out at once."""
    active = request.form.get("active") == "1"
    officers.set_active(current_desk(), current_officer(), username, active)
    flash(_("已启用 %(name)s", name=username) if active else _("已停用 %(name)s", name=username), "done")
    return _back()


@screen.post("/<username>/password")
@audience("admin")
def reset_password(username: str) -> Response:
    """Give a new first password; the person changes it at the next sign-in."""
    officers.reset_password(current_desk(), current_officer(), username, request.form.get("password", ""))
    flash(_("已重置 %(name)s 的密码", name=username), "done")
    return _back()


@screen.post("/<username>/roles")
@audience("security")
def set_roles(username: str) -> Response:
    """Give and take roles."""
    roles = frozenset(request.form.getlist("roles"))
    officers.set_roles(current_desk(), current_officer(), username, roles)
    flash(_("已更新 %(name)s 的角色", name=username), "done")
    return _back()


def _form(typed: object, error: OneCaseError | None = None) -> str:
    every = agencies.list_agencies(current_desk(), current_officer())
    words = explain(error) if error else None
    return render_template("officers/new.html", typed=typed, error=words, agencies=every, roles=ROLES)


def _back() -> Response:
    return redirect(local_address(request.form.get("back")) or url_for("officers.people"), code=303)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
