"""Where time goes on a version of a process."""

from __future__ import annotations

from marshmallow import fields

from web.schemas.shape import Shape, words


class HeatPeriod(Shape):
    """From which day to which, both included, in China's time."""

    since = fields.Date(load_default=None, metadata={"description": "Without one, ninety days before the last."})
    until = fields.Date(load_default=None, metadata={"description": "Without one, today."})


class HeatPlace(Shape):
    """The numbers of a step; of a call, those of what is inside it, without a wait."""

    element = words("element")
    name = words("name.zh")
    name_en = words("name.en")
    called = words("called", about="The called process; empty for a step.")
    entered = fields.Integer(attribute="figures.entered", dump_only=True)
    finished = fields.Integer(attribute="figures.finished", dump_only=True)
    waiting = fields.Integer(attribute="figures.waiting", dump_only=True, metadata={"description": "At this moment."})
    median = fields.Float(attribute="figures.median", dump_only=True, allow_none=True, metadata={"description": "Working days."})
    p90 = fields.Integer(attribute="figures.p90", dump_only=True, allow_none=True, metadata={"description": "Working days."})
    breaches = fields.Integer(attribute="figures.breaches", dump_only=True)


class HeatDrawing(Shape):
    """One diagram of the version."""

    process = words("process")
    name = words("name.zh")
    name_en = words("name.en")
    places = fields.List(fields.Nested(HeatPlace), dump_only=True)


class RuleBreaches(Shape):
    """How often a limit of whole cases was broken."""

    rule = words("rule")
    name = words("name.zh")
    name_en = words("name.en")
    article = words("article")
    breaches = fields.Integer(dump_only=True)


class Heat(Shape):
    """The numbers of a version over a period."""

    process = words("process")
    number = fields.Integer(dump_only=True)
    since = fields.Date(dump_only=True)
    until = fields.Date(dump_only=True)
    everything = fields.Boolean(dump_only=True, metadata={"description": "Whether every agency is counted, or those that you supervise."})
    drawings = fields.List(fields.Nested(HeatDrawing), dump_only=True)
    rules = fields.List(fields.Nested(RuleBreaches), dump_only=True)
