"""Supervision: the wall of overdue steps, orders, the figures, and faults of the record."""

from __future__ import annotations

from marshmallow import fields, validate

from web.schemas.page import PageQuery, page_of
from web.schemas.shape import TEXT, Shape, line, moment, words
from web.schemas.task import LIGHTS, CaseHead, TaskRow

KINDS = ("order", "report", "explain")


class WallCell(Shape):
    """A number on the wall, by light; `none` counts tasks without a clock."""

    key = words("key")
    name = words("name.zh")
    name_en = words("name.en")
    red = fields.Integer(dump_only=True)
    yellow = fields.Integer(dump_only=True)
    green = fields.Integer(dump_only=True)
    none = fields.Integer(dump_only=True)
    total = fields.Integer(dump_only=True)


class Figures(Shape):
    """Open tasks below this officer, worst first."""

    total = fields.Nested(WallCell, dump_only=True)
    by_agency = fields.List(fields.Nested(WallCell), dump_only=True)
    by_step = fields.List(fields.Nested(WallCell), dump_only=True)


class OverdueFigures(Figures):
    """The figures as an answer of their own."""


class Overdue(page_of(TaskRow)):  # type: ignore[misc]
    """The figures and one page of the tasks behind them."""

    figures = fields.Nested(Figures, dump_only=True)


class LateClock(Shape):
    """A limit of a whole case that ran out and is not met."""

    id = fields.UUID(dump_only=True)
    case = fields.Nested(CaseHead, dump_only=True)
    rule = words("rule")
    name = words("name.zh")
    name_en = words("name.en")
    article = words("article")
    agency = words("agency.code")
    agency_name = words("agency.name.zh")
    due = moment()


class OverdueQuery(PageQuery):
    """Which open tasks."""

    agency = fields.String(load_default=None, validate=validate.Length(max=100))
    step = fields.String(load_default=None, validate=validate.Length(max=200))
    light = fields.String(load_default=None, validate=validate.OneOf(LIGHTS))
    q = fields.String(load_default="", validate=validate.Length(max=200))


class Order(Shape):
    """A supervision order (督办) to an agency about a case."""

    addressee = line(longest=100, about="Code of the agency that must answer.")
    kind = fields.String(load_default="order", validate=validate.OneOf(KINDS))
    text = line(longest=TEXT)
    reply_days = fields.Integer(required=True, strict=True, validate=validate.Range(1, 365))


class GivenOrder(CaseHead):
    """The order, a case of its own below the supervised one."""


class InboxCounts(Shape):
    """The badges of the inbox."""

    todo = fields.Integer(dump_only=True)
    pool = fields.Integer(dump_only=True)
    todo_red = fields.Integer(dump_only=True)
    todo_yellow = fields.Integer(dump_only=True)
    notices = fields.Integer(dump_only=True)


class Fault(Shape):
    """A broken place in the record."""

    stream = words("stream")
    seq = fields.Integer(dump_only=True)
    kind = words("kind")
    text = words("text.zh")
    text_en = words("text.en")


class Verification(Shape):
    """Whether the record is whole, and where it is not."""

    intact = fields.Boolean(dump_only=True)
    faults = fields.List(fields.Nested(Fault), dump_only=True)
