"""One case: its head on every part, each part under its own address, and what a supervisor may do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web import link_tree
from web.audience import CASE_WORKERS, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.directory import below, every_agency
from web.downloads import download
from web.element_names import names_of
from web.errors import explain
from web.language import sentence as _
from web.links import PAGE_ROWS, local_address
from workflows import casefile, cases, cases_under, history, links, supervision
from workflows import clocks as winding
from workflows.documents import case_file as exporting
from workflows.errors import GateClosed, NotAllowed, OneCaseError, Stale, WrongAnswers
from workflows.views import CasePage

screen = Blueprint("case", __name__, url_prefix="/cases/<uuid:case_id>")

LATEST = 6
"""Lines of the record on the overview."""
REPLY_DAYS = 5
"""Working days that an order offers for the reply."""
WINDING: dict[str, Callable[..., object]] = {"pause": winding.pause, "resume": winding.resume, "extend": winding.extend}
PLAN_WORDS = ("plan", "division", "measure", "方案", "分工")
"""A fact belongs to the plan when its name or the step that made it carries one of these."""


@screen.get("")
@audience(*CASE_WORKERS)
def overview(case_id: UUID) -> str:
    """What is open, which clocks run, what the case is about, and what happened last."""
    return _overview(case_id)


@screen.post("/events")
@audience(*CASE_WORKERS)
def report_event(case_id: UUID) -> Response | tuple[str, int]:
    """报告事件: news that the case waits for."""
    typed = {key: request.form.get(key, "").strip() for key in ("message", "branch", "text")}
    try:
        cases.report_event(current_desk(), current_officer(), case_id, **typed)
    except (WrongAnswers, NotAllowed, Stale, GateClosed) as error:
        return _overview(case_id, typed, error), error.status
    flash(_("已报告「%(event)s」", event=typed["message"]), "done")
    return redirect(url_for("case.overview", case_id=case_id), code=303)


def _overview(case_id: UUID, typed: dict[str, str] | None = None, error: OneCaseError | None = None) -> str:
    desk, officer = current_desk(), current_officer()
    return _part(
        "overview",
        case_id,
        facts=casefile.facts(desk, officer, case_id),
        clocks=tuple(clock for clock in casefile.clocks(desk, officer, case_id) if clock.state != "stopped"),
        latest=history.record(desk, officer, case_id, limit=LATEST),
        typed=typed,
        error=explain(error) if error else None,
    )


@screen.get("/facts")
@audience(*CASE_WORKERS)
def facts(case_id: UUID) -> str:
    """Every fact with who gave it, when, and in which step."""
    return _part("facts", case_id, facts=casefile.facts(current_desk(), current_officer(), case_id))


@screen.get("/plan")
@audience(*CASE_WORKERS)
def plan(case_id: UUID) -> str:
    """The one plan of this one case (一案一策)."""
    every = casefile.facts(current_desk(), current_officer(), case_id)
    called = current_desk().place.terms.get("plan")
    return _part("plan", case_id, facts=tuple(fact for fact in every if _of_plan(fact)), plan_term=called and called.text)


@screen.get("/participants")
@audience(*CASE_WORKERS)
def participants(case_id: UUID) -> str:
    """Which agencies take part, in which capacity and why."""
    return _part("participants", case_id, participants=casefile.participants(current_desk(), current_officer(), case_id))


@screen.get("/documents")
@audience(*CASE_WORKERS)
def documents(case_id: UUID) -> str:
    """The documents that the steps issued."""
    return _part("documents", case_id, documents=casefile.documents(current_desk(), current_officer(), case_id))


@screen.get("/file.<kind>")
@audience(*CASE_WORKERS)
def case_file(case_id: UUID, kind: str) -> Response:
    """The case file (案卷) as .zip or .pdf."""
    if kind not in exporting.FORMATS:
        abort(404)
    return download(*exporting.export(current_desk(), current_officer(), case_id, kind))


@screen.get("/clocks")
@audience(*CASE_WORKERS)
def clocks(case_id: UUID) -> str:
    """Every clock with its article and its ledger."""
    return _part("clocks", case_id, clocks=casefile.clocks(current_desk(), current_officer(), case_id), typed={})


@screen.post("/clocks/<uuid:clock_id>/<any(pause, resume, extend):verb>")
@audience(*CASE_WORKERS)
def wind(case_id: UUID, clock_id: UUID, verb: str) -> Response | tuple[str, int]:
    """Pause a clock, let it run again, or extend it; a refusal keeps what was typed."""
    typed: dict[str, Any] = {"reason": request.form.get("reason", "")}
    if verb != "resume":
        typed["basis"] = request.form.get("basis", "")
    if verb == "extend":
        typed["length"] = request.form.get("length", 0, type=int)
    desk, officer = current_desk(), current_officer()
    try:
        WINDING[verb](desk, officer, clock_id, **typed)
    except (WrongAnswers, NotAllowed, GateClosed) as error:
        kept = {**typed, "clock": clock_id, "verb": verb, "error": explain(error), "article": error.article}
        return _part("clocks", case_id, clocks=casefile.clocks(desk, officer, case_id), typed=kept), error.status
    flash({"pause": _("已暂停计算"), "resume": _("已恢复计算"), "extend": _("期限已延长")}[verb], "done")
    return redirect(url_for("case.clocks", case_id=case_id), code=303)


@screen.get("/record")
@audience(*CASE_WORKERS)
def record(case_id: UUID) -> str:
    """The record of the case, newest first, page by page."""
    page = history.record(current_desk(), current_officer(), case_id, cursor=request.args.get("cursor"), limit=PAGE_ROWS * 2)
    return _part("record", case_id, page=page)


@screen.get("/diagram")
@audience(*CASE_WORKERS)
def diagram(case_id: UUID) -> str:
    """Where the case stands on its diagrams: the main one, and those it calls."""
    drawings = casefile.diagram(current_desk(), current_officer(), case_id)
    wanted = request.args.get("process")
    chosen = next((d for d in drawings if d.process == wanted), drawings[0] if drawings else None)
    return _part("diagram", case_id, drawings=drawings, drawing=chosen, names=names_of(chosen))


@screen.get("/comments")
@audience(*CASE_WORKERS)
def comments(case_id: UUID) -> str:
    """Everybody on the case talks in one thread."""
    return _part("comments", case_id, comments=casefile.comments(current_desk(), current_officer(), case_id))


@screen.get("/orders")
@audience(*CASE_WORKERS)
def orders(case_id: UUID) -> str:
    """The supervision orders of the case, and the form for a new one."""
    return _orders(case_id, {"addressee": request.args.get("addressee", ""), "kind": "order", "text": "", "reply_days": REPLY_DAYS})


@screen.get("/related")
@audience(*CASE_WORKERS)
def related(case_id: UUID) -> str:
    """The cases above and under this one, and what may be opened under it."""
    return _related(case_id, {"process": "", "title": ""})


@screen.post("/related")
@audience(*CASE_WORKERS)
def open_under(case_id: UUID) -> Response | tuple[str, int]:
    """发起关联程序."""
    typed = {key: request.form.get(key, "").strip() for key in ("process", "title")}
    try:
        opened = cases_under.open_case(current_desk(), current_officer(), case_id, facts={}, **typed)
    except (WrongAnswers, NotAllowed) as error:
        return _related(case_id, typed, error), error.status
    flash(_("已立案 %(number)s", number=opened.number), "done")
    return redirect(url_for("case.overview", case_id=opened.id), code=303)


@screen.post("/comments")
@audience(*CASE_WORKERS)
def comment(case_id: UUID) -> Response:
    """Say something on the case."""
    text = request.form.get("text", "").strip()
    if text:
        cases.comment(current_desk(), current_officer(), case_id, text=text)
    return redirect(url_for("case.comments", case_id=case_id), code=303)


@screen.post("/follow")
@audience(*CASE_WORKERS)
def follow(case_id: UUID) -> Response:
    """关注 / 取消关注."""
    on = request.form.get("on") == "1"
    cases.follow(current_desk(), current_officer(), case_id, on)
    flash(_("已关注，可在工作台「关注」中查看") if on else _("已取消关注"), "done")
    return redirect(url_for("case.overview", case_id=case_id), code=303)


@screen.post("/orders")
@audience(*CASE_WORKERS)
def order(case_id: UUID) -> Response | tuple[str, int]:
    """督办: an order, a request for a report or for an explanation; it runs as a case of its own."""
    typed = {key: request.form.get(key, "").strip() for key in ("addressee", "kind", "text")}
    days = request.form.get("reply_days", 0, type=int)
    try:
        sent = supervision.order(current_desk(), current_officer(), case_id, reply_days=days, **typed)
    except (WrongAnswers, NotAllowed) as error:
        return _orders(case_id, {**typed, "reply_days": days}, error), error.status
    flash(_("已发出督办 %(number)s", number=sent.number), "done")
    return redirect(local_address(request.form.get("back")) or url_for("case.orders", case_id=case_id), code=303)


def _orders(case_id: UUID, typed: dict[str, Any], error: OneCaseError | None = None) -> str:
    """An order goes to an agency that takes part in the case and is below the officer's own."""
    people = casefile.participants(current_desk(), current_officer(), case_id)
    codes = {row.agency.code for row in people if row.until is None} & below(current_officer())
    addressees = [agency for code, agency in every_agency().items() if code in codes]
    return _part("orders", case_id, addressees=addressees, typed=typed, error=explain(error) if error else None)


def _related(case_id: UUID, typed: dict[str, str], error: OneCaseError | None = None) -> str:
    desk, officer = current_desk(), current_officer()
    root = links.tree(desk, officer, case_id)
    return _part(
        "related",
        case_id,
        tree=root,
        chart=link_tree.picture(root, case_id),
        height=link_tree.height(root),
        openable=cases_under.openable(desk, officer, case_id),
        typed=typed,
        error=explain(error) if error else None,
    )


def _part(part: str, case_id: UUID, **content: Any) -> str:
    page: CasePage = cases.get(current_desk(), current_officer(), case_id)
    return render_template(f"case/{part}.html", part=part, page_of=page, case=page.case, **content)


def _of_plan(fact: Any) -> bool:
    text = f"{fact.name} {fact.group.zh}".lower()
    return any(word in text for word in PLAN_WORDS)
