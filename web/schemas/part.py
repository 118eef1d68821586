"""The parts of a case: facts, participants, documents, clocks, drawings, events, comments."""

from __future__ import annotations

from marshmallow import fields

from web.schemas.clock import Ground, TaskClock
from web.schemas.shape import Shape, beijing, moment, words
from workflows.views import ClockRow


class Fact(Shape):
    """One fact with its provenance."""

    name = words("name")
    label = words("label.zh")
    label_en = words("label.en")
    scope = words("scope")
    value = fields.Raw(dump_only=True, allow_none=True)
    value_text = words("value_text.zh")
    step = words("group.zh", about="The step that produced it.")
    task_id = fields.UUID(dump_only=True, allow_none=True)
    by = words("by", null=True)
    at = moment()


class Participant(Shape):
    """An agency's part in a case."""

    agency = words("agency.code")
    agency_name = words("agency.name.zh")
    agency_name_en = words("agency.name.en")
    function = words("agency.function")
    capacity = words("capacity", about="receiving, candidate, lead, member, superior …")
    capacity_name = words("capacity_name.zh")
    cause = words("cause")
    since = moment()
    until = moment(null=True)
    people = fields.List(fields.String(), dump_only=True)


class Change(Shape):
    """A value on a document that is another one in the case now."""

    label = words("label.zh")
    label_en = words("label.en")
    old = words("old.zh")
    new = words("new.zh")
    at = moment()


class Document(Shape):
    """A document that a step issued (文书). `content` is filled when one document is opened."""

    id = fields.UUID(dump_only=True)
    name = words("name")
    number = words("number", about="Empty for papers that bear none.")
    agency = words("agency.code")
    agency_name = words("agency.name.zh")
    by = words("by")
    issued_at = moment()
    task_id = fields.UUID(dump_only=True)
    scope = words("scope")
    kind = words("kind.zh")
    article = words("article", about="What the document rests on.")
    version = fields.Integer(dump_only=True)
    state = words("state", about="current, stale (a fact on it changed) or replaced")
    changes = fields.List(fields.Nested(Change), dump_only=True)
    blanks = fields.List(fields.String(), dump_only=True, metadata={"description": "Labels of facts that the paper needs and lacks."})
    replaces = fields.UUID(dump_only=True, allow_none=True)
    replaced_by = fields.UUID(dump_only=True, allow_none=True)
    content = fields.Function(
        lambda row: [{"label": str(label), "value": str(value)} for label, value in row.content],
        metadata={"type": "array", "items": {"type": "object"}},
    )


class Clock(TaskClock):
    """A clock of a case and its ledger. `actions`: what you may do with it now."""

    binds = words("binds", about="Whose limit it is: agency, party or effect.")
    counting = words("counting", about="A last day on a holiday: no_roll_forward or roll_to_working_day.")
    other_due = moment(null=True)
    paused_since = moment(null=True)
    excluded = fields.Float(dump_only=True, metadata={"description": "Time that did not count so far: hours, working or calendar days."})
    actions = fields.List(fields.String(), dump_only=True, metadata={"description": "pause, resume, extend"})
    excludes = fields.List(fields.Nested(Ground), dump_only=True)
    extends = fields.List(fields.Nested(Ground), dump_only=True)
    to_be_confirmed = fields.Boolean(dump_only=True)
    task_id = fields.UUID(dump_only=True, allow_none=True)
    task_name = words("task_name.zh", null=True)
    agency = words("agency.code", null=True)
    breached_at = moment(null=True)
    stopped_at = moment(null=True)
    entries = fields.Method("ledger", metadata={"type": "array", "items": {"type": "object"}})

    def ledger(self, clock: ClockRow) -> list[dict[str, str]]:
        """Each row of the ledger."""
        return [{"at": beijing(when), "kind": kind, "reason": reason} for when, kind, reason in clock.entries]


class OneClock(Clock):
    """A clock as an answer of its own (the specification wants another name for it than for the row of a list)."""


class Drawing(Shape):
    """One diagram of a case with its state; `bpmn` is the source unless it was asked for without."""

    process = words("process")
    name = words("name.zh")
    name_en = words("name.en")
    tokens = fields.Dict(keys=fields.String(), values=fields.Integer(), dump_only=True, metadata={"description": "Element → open tasks."})
    done = fields.List(fields.String(), dump_only=True)
    lights = fields.Dict(keys=fields.String(), values=fields.String(), dump_only=True)
    called = fields.Dict(keys=fields.String(), values=fields.String(), dump_only=True, metadata={"description": "Call activity → process."})
    bpmn = fields.String(dump_only=True)


class Event(Shape):
    """A line of the record; `digest` chains it to the line before."""

    seq = fields.Integer(dump_only=True)
    at = moment()
    kind = words("kind")
    title = words("title.zh")
    title_en = words("title.en")
    who = words("who")
    agency = words("agency")
    detail = fields.Dict(keys=fields.String(), dump_only=True)
    digest = words("digest")


class Comment(Shape):
    """A remark in a case's thread."""

    at = moment()
    who = words("who")
    agency = words("agency")
    text = words("text")
    task = words("task_name.zh", null=True)
