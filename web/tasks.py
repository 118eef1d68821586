"""One task on one page: the form, the clock with its article, the facts, the diagram, the talk; and what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.audience import CASE_WORKERS, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.errors import sentence
from web.formats import iso
from web.language import ENGLISH, language, local
from web.language import sentence as _
from web.links import local_address
from web.storable import read_object
from workflows import casefile, tasks, urging
from workflows.errors import GateClosed, NotAllowed, OneCaseError, Stale, WrongAnswers
from workflows.views import Completed, Drawing, TaskPage

screen = Blueprint("tasks", __name__, url_prefix="/tasks/<uuid:task_id>")


@screen.get("")
@audience(*CASE_WORKERS)
def show(task_id: UUID) -> str:
    """The task as it stands, with the draft if there is one."""
    return _page(task_id)


@screen.post("/complete")
@audience(*CASE_WORKERS)
def complete(task_id: UUID) -> Response | tuple[str, int]:
    """Finish the task and go on to the next. Whatever is refused, nothing typed is lost."""
    answers = _answers()
    try:
        done = tasks.complete(
            current_desk(), current_officer(), task_id, revision=request.form.get("revision", 0, type=int), answers=answers
        )
    except (WrongAnswers, GateClosed, NotAllowed, Stale) as error:
        return _page(task_id, typed=answers, error=error), error.status
    flash(_("已完成「%(name)s」", name=request.form.get("name", "")), "done")
    return redirect(_after(done), code=303)


@screen.get("/complete")
@audience(*CASE_WORKERS)
def refused(task_id: UUID) -> Response:
    """Somebody reloads the address of a completion that was refused: back to the form."""
    return redirect(url_for("tasks.show", task_id=task_id))


@screen.post("/draft")
@audience(*CASE_WORKERS)
def draft(task_id: UUID) -> Response:
    """Save what has been typed so far; called by the page itself while typing."""
    saved_at = tasks.save(current_desk(), current_officer(), task_id, answers=_answers())
    return make_response(jsonify(saved_at=iso(saved_at)))


@screen.post("/claim")
@audience(*CASE_WORKERS)
def claim(task_id: UUID) -> Response:
    """Take a task out of the pool, then open it or go back to the list with its filters."""
    row = tasks.claim(current_desk(), current_officer(), task_id)
    flash(_("已领取「%(name)s」", name=local(row.name)), "done")
    return _back(task_id)


@screen.post("/unclaim")
@audience(*CASE_WORKERS)
def unclaim(task_id: UUID) -> Response:
    """Put a task back into the pool of its agency."""
    row = tasks.unclaim(current_desk(), current_officer(), task_id)
    flash(_("已放回「%(name)s」，同事可以领取", name=local(row.name)), "done")
    return _back(task_id)


@screen.post("/transfer")
@audience(*CASE_WORKERS)
def transfer(task_id: UUID) -> Response:
    """Hand the task over to a colleague, with a reason; its clock runs on."""
    to, reason = request.form.get("to", ""), request.form.get("reason", "").strip()
    row = tasks.transfer(current_desk(), current_officer(), task_id, to=to, reason=reason)
    flash(_("已转办给%(name)s", name=row.assignee_name or to), "done")
    return redirect(url_for("inbox.todo"), code=303)


@screen.post("/urge")
@audience(*CASE_WORKERS)
def urge(task_id: UUID) -> Response:
    """催办: remind the agency that has the task; it is written into the record."""
    urging.urge(current_desk(), current_officer(), task_id, text=request.form.get("text", "").strip())
    flash(_("已催办，承办单位会收到提醒"), "done")
    return _back(task_id)


@screen.post("/comment")
@audience(*CASE_WORKERS)
def comment(task_id: UUID) -> Response:
    """A remark on the task, seen by everybody on the case."""
    text = request.form.get("text", "").strip()
    if text:
        tasks.comment(current_desk(), current_officer(), task_id, text=text)
    return redirect(url_for("tasks.show", task_id=task_id, _anchor="talk"), code=303)


def _page(task_id: UUID, *, typed: Mapping[str, Any] | None = None, error: OneCaseError | None = None) -> str:
    desk, officer = current_desk(), current_officer()
    task = tasks.get(desk, officer, task_id, language=language())
    case_id = task.row.case.id
    return render_template(
        "tasks/show.html",
        task=task,
        row=task.row,
        data={**task.data, **(typed or {})},
        typed=typed,
        error=error,
        error_words=sentence(error) if error else None,
        field_errors=_field_errors(error, task),
        errors_json={key: [words] for key, _label, words in _field_errors(error, task)},
        drawing=_drawing(casefile.diagram(desk, officer, case_id, process=task.row.process), task.row.process),
        comments=casefile.comments(desk, officer, case_id),
    )


def _drawing(drawings: tuple[Drawing, ...], process: str) -> Drawing | None:
    """The diagram that the task stands in, else the main one."""
    return next((d for d in drawings if d.process == process), drawings[0] if drawings else None)


def _field_errors(error: OneCaseError | None, task: TaskPage) -> list[tuple[str, str, str]]:
    """(key, label, sentence) of each answer that needs correcting, in the order of the form."""
    if not isinstance(error, WrongAnswers):
        return []
    labels = dict(_labels((task.form or {}).get("components", ())))
    order = {key: place for place, key in enumerate(labels)}
    place = 1 if language() == ENGLISH else 0
    keys = sorted(error.fields, key=lambda key: order.get(key, len(order)))
    return [(key, labels.get(key, key), error.fields[key][place]) for key in keys]


def _labels(components: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for component in components:
        key = component.get("key") or component.get("path")
        if key:
            found.append((key, component.get("label") or key))
        found.extend(_labels(component.get("components", ())))
    return found


def _answers() -> dict[str, Any]:
    """The answers that the form viewer left in the hidden field; anything but a JSON object counts as no answer."""
    return read_object(request.form.get("answers") or "{}")


def _after(done: Completed) -> str:
    """The next task of the same case, else the officer's next one, else the inbox."""
    return url_for("tasks.show", task_id=done.next_tasks[0].id) if done.next_tasks else url_for("inbox.todo")


def _back(task_id: UUID) -> Response:
    target = local_address(request.form.get("back")) or url_for("tasks.show", task_id=task_id)
    return redirect(target, code=303)
