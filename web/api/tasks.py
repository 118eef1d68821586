"""Tasks: the inbox, one task with its form, and what can be done with it."""

from __future__ import annotations

from typing import Any

from web.api.door import ident, noun
from web.api.language import spoken
from web.audience import SIGNED_IN, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.schemas.page import page_of
from web.schemas.task import Answers, Completed, Draft, HandOver, OneTask, Remark, Saved, TaskPage, TaskQuery, TaskRow
from workflows import inbox, tasks, urging, views

blueprint = noun("tasks", "任务 · the inbox")
REFUSALS = [403, 409]


@blueprint.get("/tasks")
@audience(SIGNED_IN)
@blueprint.input(TaskQuery, location="query")
@blueprint.output(page_of(TaskRow))
@blueprint.doc(summary="The inbox: todo, pool, done, started, cc, followed")
def list_tasks(query_data: dict[str, Any]) -> views.Page[views.TaskRow]:
    """List tasks, worst first unless sorted otherwise."""
    return inbox.list_tasks(current_desk(), current_officer(), query_data.pop("view"), **query_data)


@blueprint.get("/tasks/<task_id>")
@audience(SIGNED_IN)
@blueprint.output(TaskPage)
@blueprint.doc(summary="A task with its form, data, revision and allowed actions")
def get_task(task_id: str) -> views.TaskPage:
    """Give one task; its texts are in the language of `Accept-Language`."""
    return tasks.get(current_desk(), current_officer(), ident(task_id), language=spoken(), facts=False)


@blueprint.post("/tasks/<task_id>/claim")
@audience(SIGNED_IN)
@blueprint.output(OneTask)
@blueprint.doc(summary="Take a task from the pool", responses=REFUSALS)
def claim(task_id: str) -> views.TaskRow:
    """Make it mine."""
    return tasks.claim(current_desk(), current_officer(), ident(task_id))


@blueprint.post("/tasks/<task_id>/unclaim")
@audience(SIGNED_IN)
@blueprint.output(OneTask)
@blueprint.doc(summary="Put a task back into the pool", responses=REFUSALS)
def unclaim(task_id: str) -> views.TaskRow:
    """Give it back."""
    return tasks.unclaim(current_desk(), current_officer(), ident(task_id))


@blueprint.post("/tasks/<task_id>/complete")
@audience(SIGNED_IN)
@blueprint.input(Answers)
@blueprint.output(Completed)
@blueprint.doc(summary="Complete a task", responses=[*REFUSALS, 503])
def complete(task_id: str, json_data: dict[str, Any]) -> views.Completed:
    """Complete a task. Sent twice, the second gets the first's answer."""
    return tasks.complete(current_desk(), current_officer(), ident(task_id), **json_data)


@blueprint.post("/tasks/<task_id>/save")
@audience(SIGNED_IN)
@blueprint.input(Draft)
@blueprint.output(Saved)
@blueprint.doc(summary="Keep a draft of the answers", responses=REFUSALS)
def save(task_id: str, json_data: dict[str, Any]) -> dict[str, object]:
    """Keep what is filled in so far; it comes back in `data`."""
    return {"draft_at": tasks.save(current_desk(), current_officer(), ident(task_id), **json_data)}


@blueprint.post("/tasks/<task_id>/transfer")
@audience(SIGNED_IN)
@blueprint.input(HandOver)
@blueprint.output(OneTask)
@blueprint.doc(summary="Hand a task over to a colleague", responses=REFUSALS)
def transfer(task_id: str, json_data: dict[str, str]) -> views.TaskRow:
    """Hand over; the clock runs on."""
    return tasks.transfer(current_desk(), current_officer(), ident(task_id), **json_data)


@blueprint.post("/tasks/<task_id>/urge")
@audience(SIGNED_IN)
@blueprint.input(Remark)
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Urge whoever has the task (催办)", responses=REFUSALS)
def urge(task_id: str, json_data: dict[str, str]) -> str:
    """Send a reminder that is kept in the record."""
    urging.urge(current_desk(), current_officer(), ident(task_id), **json_data)
    return ""


@blueprint.post("/tasks/<task_id>/comment")
@audience(SIGNED_IN)
@blueprint.input(Remark)
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Comment on a task", responses=REFUSALS)
def comment(task_id: str, json_data: dict[str, str]) -> str:
    """Write a remark on the task into the case's thread."""
    tasks.comment(current_desk(), current_officer(), ident(task_id), **json_data)
    return ""
