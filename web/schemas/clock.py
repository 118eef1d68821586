"""Clock rules, the clock of a task, and what is sent to pause, resume or extend a clock."""

from __future__ import annotations

from marshmallow import fields, validate

from web.schemas.shape import Shape, line, moment, words
from workflows.winding import LONGEST_REASON

LONGEST = 3660
"""Units of an extension; the rule itself allows far less."""
BASIS = "Key of the ground; the clock's `excludes` and `extends` list them."


class Ground(Shape):
    """A ground on which time does not count, or on which the term may be longer by `by` units, `times` times."""

    basis = words("basis")
    name = words("name.zh")
    name_en = words("name.en")
    article = words("article")
    by = fields.Integer(dump_only=True)
    times = fields.Integer(dump_only=True)
    to_be_confirmed = fields.Boolean(dump_only=True)


class TaskClock(Shape):
    """The clock that a task runs against."""

    id = fields.UUID(dump_only=True)
    rule = words("rule")
    name = words("name.zh")
    name_en = words("name.en")
    article = words("article")
    unit = words("unit")
    length = fields.Integer(dump_only=True)
    started_at = moment()
    due = moment()
    light = words("light")
    state = words("state", about="running, paused or stopped")
    statutory = fields.Boolean(dump_only=True)
    provisional = fields.Boolean(dump_only=True, metadata={"description": "Reaches into a year whose calendar is not published."})


class ClockRule(Shape):
    """A rule: how long, from what, counted how, by which article, and what follows when it runs out."""

    id = words("id")
    name = words("name.zh")
    name_en = words("name.en")
    article = words("article")
    unit = words("unit", about="working_day, calendar_day, hour, month or year")
    length = fields.Integer(dump_only=True, metadata={"description": "In units; negative is counted back from the start."})
    direction = words("direction", about="forward or backward")
    starts = words("starts.zh")
    starts_en = words("starts.en")
    excludes = fields.List(fields.Nested(Ground), dump_only=True)
    extends = fields.List(fields.Nested(Ground), dump_only=True)
    tells = fields.List(fields.List(fields.String()), dump_only=True, metadata={"description": "Who is told of a breach, step by step."})
    on_breach = words("on_breach.zh")
    on_breach_en = words("on_breach.en")
    binds = words("binds", about="agency, party or effect")
    counting = words("counting", about="no_roll_forward, roll_to_working_day, or open: the jurisdiction decides")
    statutory = fields.Boolean(dump_only=True)
    setting = fields.Boolean(dump_only=True)
    to_be_confirmed = fields.Boolean(dump_only=True)
    jurisdictions = fields.List(fields.String(), dump_only=True)
    note = words("note.zh")
    note_en = words("note.en")


def _reason() -> fields.String:
    return line(longest=LONGEST_REASON - 100, about="Why; kept in the ledger and in the record.")


class PauseClock(Shape):
    """A pause with its ground."""

    basis = line(about=BASIS)
    reason = _reason()


class ResumeClock(Shape):
    """The end of a pause."""

    reason = _reason()


class ExtendClock(Shape):
    """An extension with its ground; without `length` as far as the rule goes."""

    basis = line(about=BASIS)
    reason = _reason()
    length = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, LONGEST))
