"""Tasks: the row of an inbox, the whole task with its form, and what is sent to complete or hand over one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marshmallow import fields, validate

from web.schemas.clock import TaskClock
from web.schemas.page import PageQuery
from web.schemas.shape import TEXT, Shape, line, moment, words
from workflows.inbox import SORTS, VIEWS

LIGHTS = ("green", "yellow", "red", "none")
"""`none`: without a clock."""


class OfficerId(fields.UUID):
    """The id of an officer, however it is spelled inside."""

    def _serialize(self, value: str | UUID | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ARG002 - theirs
        return None if value is None else str(value if isinstance(value, UUID) else UUID(value))


def officer_id(attribute: str) -> OfficerId:
    """Who has claimed a task, as in `GET /me`."""
    about = "Id of the officer, null while nobody has claimed it."
    return OfficerId(attribute=attribute, dump_only=True, allow_none=True, metadata={"description": about})


class CaseHead(Shape):
    """The head of a case."""

    id = fields.UUID(dump_only=True)
    number = words("number")
    title = words("title")
    process = words("process")
    status = words("status")


class TaskRow(Shape):
    """A line of an inbox."""

    id = fields.UUID(dump_only=True)
    name = words("name.zh")
    name_en = words("name.en")
    element = words("element", about="Id of the element in the diagram.")
    process = words("process")
    case = fields.Nested(CaseHead, dump_only=True)
    agency = words("agency.code", about="Code of the agency whose task it is.")
    agency_name = words("agency.name.zh")
    agency_name_en = words("agency.name.en")
    role = words("role")
    scope = words("scope", about="Branch of a parallel stage (an agency code), or empty.")
    assignee = officer_id("assignee")
    assignee_name = words("assignee_name", null=True)
    state = words("state", about="open, completed or cancelled")
    opened_at = moment()
    completed_at = moment(null=True)
    completed_by = words("completed_by", null=True)
    due = moment(null=True)
    light = words("light", null=True, about="green, yellow (nearing), red (overdue), null without a clock")
    urged = fields.Integer(dump_only=True)


class OneTask(TaskRow):
    """A task as an answer of its own (the specification wants another name for it than for the row of a list)."""


class TaskQuery(PageQuery):
    """Which inbox, and what of it."""

    view = fields.String(load_default="todo", validate=validate.OneOf(VIEWS))
    case = fields.UUID(load_default=None, metadata={"description": "Only tasks of this case."})
    light = fields.String(load_default=None, validate=validate.OneOf(LIGHTS))
    q = fields.String(load_default="", validate=validate.Length(max=200))
    sort = fields.String(load_default="due", validate=validate.OneOf(SORTS))


class TaskPage(Shape):
    """Everything needed to do a task: fill `form` (a form-js schema), then complete with `revision` and the answers."""

    id = fields.UUID(attribute="row.id", dump_only=True)
    name = words("row.name.zh")
    name_en = words("row.name.en")
    element = words("row.element")
    process = words("row.process")
    case = fields.Nested(CaseHead, attribute="row.case", dump_only=True)
    agency = words("row.agency.code")
    agency_name = words("row.agency.name.zh")
    agency_name_en = words("row.agency.name.en")
    role = words("row.role")
    scope = words("row.scope")
    assignee = officer_id("row.assignee")
    assignee_name = words("row.assignee_name", null=True)
    state = words("row.state")
    opened_at = moment("row.opened_at")
    completed_at = moment("row.completed_at", null=True)
    completed_by = words("row.completed_by", null=True)
    due = moment("row.due", null=True)
    light = words("row.light", null=True)
    urged = fields.Integer(attribute="row.urged", dump_only=True)
    form = fields.Dict(
        keys=fields.String(), dump_only=True, allow_none=True, metadata={"description": "form-js schema; null if you may only read."}
    )
    data = fields.Dict(
        keys=fields.String(), dump_only=True, metadata={"description": "Prefilled answers and the option lists named by `valuesKey`."}
    )
    revision = fields.Integer(dump_only=True)
    actions = fields.List(fields.String(), dump_only=True, metadata={"description": "Calls that you may make on this task now."})
    refusals = fields.Dict(keys=fields.String(), values=fields.String(), dump_only=True)
    clock = fields.Nested(TaskClock, dump_only=True, allow_none=True)
    draft_at = moment(null=True)
    answers = fields.Dict(keys=fields.String(), dump_only=True, allow_none=True)
    colleagues = fields.Function(
        lambda page: [{"username": username, "name": name} for username, name in page.colleagues],
        metadata={"type": "array", "items": {"type": "object"}, "description": "To whom the task may be handed over."},
    )


class Answers(Shape):
    """A completion: the revision that was shown, and the form's answers."""

    revision = fields.Integer(required=True, strict=True, metadata={"description": "As shown by `GET /tasks/{id}`."})
    answers = fields.Dict(keys=fields.String(), required=True)


class Draft(Shape):
    """Answers to keep without completing."""

    answers = fields.Dict(keys=fields.String(), required=True)


class Saved(Shape):
    """When the draft was kept."""

    draft_at = moment()


class HandOver(Shape):
    """To whom a task goes, and why."""

    to = line(longest=100, about="Username of a colleague.")
    reason = line()


class Remark(Shape):
    """A sentence for a task: an urge or a comment."""

    text = line(longest=TEXT)


class Completed(Shape):
    """The answer to a completion, the same for every repetition of it."""

    case = fields.Nested(CaseHead, dump_only=True)
    next_tasks = fields.List(fields.Nested(TaskRow), dump_only=True)
