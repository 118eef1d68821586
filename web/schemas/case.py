"""Cases: the head that other shapes carry, the row of a list, the whole page, and what opens one."""

from __future__ import annotations

from marshmallow import fields, validate

from web.schemas.page import PageQuery
from web.schemas.shape import LINE, Shape, line, moment, words
from web.schemas.task import LIGHTS, CaseHead, TaskRow

STATUSES = ("open", "suspended", "closed", "cancelled")


class NewCase(Shape):
    """A case to open. `facts` may be partial; the first task asks for the rest."""

    process = fields.String(required=True, validate=validate.Length(min=1, max=100), metadata={"description": "Key of the process."})
    title = fields.String(required=True, validate=validate.Length(min=1, max=LINE))
    facts = fields.Dict(keys=fields.String(), load_default=dict)


class CaseRow(Shape):
    """A line of the list of cases."""

    id = fields.UUID(attribute="case.id", dump_only=True)
    number = words("case.number")
    title = words("case.title")
    process = words("case.process")
    status = words("case.status")
    lead = words("lead.code", null=True)
    lead_name = words("lead.name.zh", null=True)
    opened_at = moment()
    closed_at = moment(null=True)
    light = words("light", null=True)
    open_tasks = fields.Integer(dump_only=True)
    steps = fields.Function(lambda row: [str(step) for step in row.steps], metadata={"type": "array", "items": {"type": "string"}})


class CaseQuery(PageQuery):
    """Filters of the list of cases."""

    status = fields.String(load_default=None, validate=validate.OneOf(STATUSES))
    light = fields.String(load_default=None, validate=validate.OneOf(LIGHTS))
    q = fields.String(load_default="", validate=validate.Length(max=200), metadata={"description": "Words in number, title or subject."})


class OpenedCase(CaseHead):
    """A case that was just opened, and what it waits for."""

    tasks = fields.List(fields.Nested(TaskRow))


class Stage(Shape):
    """A step of the main road: `done`, `active` or `ahead`."""

    element = words("element")
    name = words("name.zh")
    name_en = words("name.en")
    state = words("state")


class CaseUnder(CaseHead):
    """A case under another one, and what it is to it."""

    relation = words("relation.zh")
    relation_en = words("relation.en")
    suspends = fields.Boolean(dump_only=True, metadata={"description": "Whether the case above it rests until this one is closed."})


class Openable(Shape):
    """A process that you may open under a case."""

    process = words("process")
    name = words("name.zh")
    name_en = words("name.en")
    suspends = fields.Boolean(dump_only=True)


class OpenedUnder(CaseHead):
    """The case that was opened under another one."""


class NewCaseUnder(Shape):
    """A case to open under another one; without a title it gets the process's name and the title of the case above."""

    process = fields.String(required=True, validate=validate.Length(min=1, max=100), metadata={"description": "Key of the process."})
    title = line(required=False, longest=LINE, empty=True)
    facts = fields.Dict(keys=fields.String(), load_default=dict)


class ReportableEvent(Shape):
    """News that the case waits for and that you may report."""

    message = words("message", about="What to report it as.")
    name = words("name.zh")
    name_en = words("name.en")
    branch = words("branch", about="The branch that it is reported for; empty for the whole case.")


class ReportedEvent(Shape):
    """News to report: which, in which branch, and what happened."""

    message = line(longest=LINE)
    branch = line(required=False, longest=LINE, empty=True)
    text = fields.String(required=True, validate=validate.Length(min=1, max=4000), metadata={"description": "What happened."})


class CasePage(Shape):
    """A case. Its parts (diagram, clocks, record, documents, participants, facts) have calls of their own."""

    id = fields.UUID(attribute="case.id", dump_only=True)
    number = words("case.number")
    title = words("case.title")
    process = words("case.process")
    process_name = words("process_name.zh")
    process_name_en = words("process_name.en")
    version = fields.Integer(dump_only=True)
    status = words("case.status", about="open, suspended, closed or cancelled")
    opened_at = moment()
    opened_by = words("opened_by")
    closed_at = moment(null=True)
    lead = words("lead.code", null=True)
    lead_name = words("lead.name.zh", null=True)
    parent = fields.Nested(CaseHead, allow_none=True, dump_only=True)
    children = fields.List(fields.Nested(CaseUnder), dump_only=True)
    tasks = fields.List(fields.Nested(TaskRow), attribute="open_tasks", dump_only=True)
    light = words("worst_light", null=True)
    why = fields.List(fields.String(), dump_only=True, metadata={"description": "Why you can see this case."})
    actions = fields.List(fields.String(), dump_only=True)
    stages = fields.List(fields.Nested(Stage), dump_only=True)
    events = fields.List(fields.Nested(ReportableEvent), dump_only=True, metadata={"description": "What you may report now."})
