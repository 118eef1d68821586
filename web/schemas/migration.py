"""Running cases on another version of their process: what would become of each, and what is sent to move them."""

from __future__ import annotations

from marshmallow import fields, validate

from web.schemas.shape import Shape, line, words
from workflows.case_migration.moving import LONGEST_REASON, MOST


class StandingPlace(Shape):
    """A step at which a case waits."""

    process = words("process")
    element = words("element")
    name = words("name.zh")
    name_en = words("name.en")


class MigrationReason(Shape):
    """Why a case is blocked or needs a decision, or what is good to know."""

    weight = words("weight", about="blocked, decide or note")
    rule = words("rule")
    process = words("process")
    element = words("element")
    message = words("message.zh")
    message_en = words("message.en")


class CaseOnVersion(Shape):
    """A case: where it stands, and what would become of it, or became. Nothing of its content."""

    id = fields.UUID(dump_only=True)
    number = words("number")
    version = fields.Integer(dump_only=True, metadata={"description": "The version that it ran on."})
    agency = words("agency.zh")
    agency_en = words("agency.en")
    places = fields.List(fields.Nested(StandingPlace), dump_only=True)
    verdict = words("verdict", about="moves, decide or blocked")
    reasons = fields.List(fields.Nested(MigrationReason), dump_only=True)
    moved = fields.Boolean(dump_only=True)


class MigrationPreview(Shape):
    """Every unfinished case of the process that runs on another version; at most the oldest that one look judges, `total` counts all."""

    number = fields.Integer(dump_only=True)
    total = fields.Integer(dump_only=True)
    cases = fields.List(fields.Nested(CaseOnVersion), dump_only=True)


class Moved(Shape):
    """What became of each case that was named; those that are closed, or on the version already, are left out."""

    cases = fields.List(fields.Nested(CaseOnVersion), dump_only=True)


class CasesToMove(Shape):
    """Which cases are to move, why, and whether what needs a decision is wanted."""

    cases = fields.List(fields.UUID(), required=True, validate=validate.Length(1, MOST))
    reason = line(longest=LONGEST_REASON)
    decided = fields.Boolean(load_default=False)
