"""Signing in and out, and the language switch that works before anybody is known."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from web.audience import audience
from web.current_desk import current_desk, current_settings
from web.current_officer import forget, officer_or_none, remember
from web.errors import sentence
from web.language import LANGUAGES
from web.links import local_address, referring_page
from web.navigation import landing
from web.security import limiter
from workflows import officers
from workflows.contracts import Text
from workflows.errors import LockedOut, NotAllowed, OneCaseError

screen = Blueprint("sign_in", __name__)

DEMO_ACCOUNTS = (
    ("health.intake", Text("卫健 · 受理", "Health · intake")),
    ("health.officer", Text("卫健 · 承办人", "Health · officer")),
    ("health.officer2", Text("卫健 · 承办人", "Health · officer")),
    ("health.head", Text("卫健 · 负责人", "Health · head")),
    ("health.legal", Text("卫健 · 法制审核", "Health · legal reviewer")),
    ("amr.officer", Text("市监 · 承办人", "Market · officer")),
    ("amr.head", Text("市监 · 负责人", "Market · head")),
    ("hsa.officer", Text("医保 · 承办人", "Insurance · officer")),
    ("hsa.head", Text("医保 · 负责人", "Insurance · head")),
    ("mpa.officer", Text("药监 · 承办人", "Drugs · officer")),
    ("psb.officer", Text("公安 · 承办人", "Police · officer")),
    ("psb.head", Text("公安 · 负责人", "Police · head")),
    ("proc.officer", Text("检察院 · 承办人", "Procuratorate · officer")),
    ("cac.officer", Text("网信 · 承办人", "Cyberspace · officer")),
    ("superior.officer", Text("上级机关 · 承办人", "Superior · officer")),
    ("supervisor", Text("督查", "Supervisor")),
    ("designer", Text("流程设计", "Process designer")),
    ("admin", Text("系统管理员", "Administrator")),
    ("security", Text("安全管理员", "Security administrator")),
    ("auditor", Text("审计员", "Auditor")),
)
"""Shown on the sign-in page of the demonstration only; a click fills in the name."""


@screen.get("/sign-in")
@audience("public")
def form() -> str | Response:
    """The calm page before everything; somebody who is signed in already goes on to the work."""
    officer = officer_or_none()
    if officer is not None:
        return redirect(local_address(request.args.get("next")) or landing(officer))
    return _page(username=request.args.get("username", ""))


@screen.post("/sign-in")
@audience("public")
@limiter.limit("30 per minute")
def sign_in() -> str | Response | tuple[str, int]:
    """Check name and password; a lock after too many failures is the verb's business."""
    username = request.form.get("username", "").strip()
    password = request.form.get("password", "")
    try:
        token, officer = officers.sign_in(current_desk(), username, password, kind="browser", address=request.remote_addr or "")
    except (NotAllowed, LockedOut) as error:
        return _page(username=username, error=error), error.status
    remember(token)
    return redirect(local_address(request.form.get("next")) or landing(officer), code=303)


@screen.post("/sign-out")
@audience("public")
def sign_out() -> Response:
    """End the session here and on the server."""
    token = forget()
    if token:
        officers.sign_out(current_desk(), token)
    return redirect(url_for("sign_in.form"), code=303)


@screen.post("/language")
@audience("public")
def language() -> Response:
    """Keep the chosen language in the session and stay on the page."""
    wanted = request.form.get("language", "")
    if wanted in LANGUAGES:
        session["language"] = wanted
    return redirect(_same_page(), code=303)


def _same_page() -> str:
    """The page that the switch stood on, with a search that was typed meanwhile."""
    drawn, now = local_address(request.form.get("next")) or "/", referring_page()
    return now if now.split("?")[0] == drawn.split("?")[0] else drawn


def _page(*, username: str, error: OneCaseError | None = None) -> str:
    return render_template(
        "sign_in/form.html",
        username=username,
        error=sentence(error) if error else None,
        next=local_address(request.values.get("next")) or "",
        accounts=DEMO_ACCOUNTS if current_settings().demo else (),
    )
