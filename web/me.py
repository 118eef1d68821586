"""My own data, and changing the password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer, forget
from web.errors import explain
from web.language import sentence as _
from workflows import officers, training
from workflows.errors import OneCaseError

screen = Blueprint("me", __name__, url_prefix="/me")


@screen.get("")
@audience("signed_in")
def card() -> str:
    """Name, agency, roles, certificate, training hours."""
    return _shown("")


@screen.post("/password")
@audience("signed_in")
def change_password() -> Response | tuple[str, int]:
    """Change the password; every session ends, so the new one is needed at once."""
    officer, old, new = current_officer(), request.form.get("old", ""), request.form.get("new", "")
    if new != request.form.get("again", ""):
        return _shown(_("两次输入的新密码不一致。")), 422
    try:
        officers.change_password(current_desk(), officer, old, new)
    except OneCaseError as error:
        return _shown(explain(error)), error.status
    forget()
    flash(_("密码已修改，请用新密码登录"), "done")
    return redirect(url_for("sign_in.form"), code=303)


def _shown(wrong: str) -> str:
    officer = current_officer()
    hours = training.ledger(current_desk(), officer, officer.username)
    return render_template("me/card.html", person=officer, error=wrong, hours=hours)
