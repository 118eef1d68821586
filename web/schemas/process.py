"""Processes, their versions, and what a check finds in a diagram."""

from __future__ import annotations

from marshmallow import fields, validate

from web.schemas.shape import Shape, moment, words


class Version(Shape):
    """A published version."""

    process = words("process")
    number = fields.Integer(dump_only=True)
    name = words("name.zh")
    name_en = words("name.en")
    digest = words("digest", about="Hash of the whole bundle.")
    author = words("author")
    reviewer = words("reviewer", about="The second person, who published it; empty where it did not come of a draft.")
    reason = words("reason")
    published_at = moment()
    open_cases = fields.Integer(dump_only=True)
    all_cases = fields.Integer(dump_only=True)


class Process(Shape):
    """A process with its newest version."""

    key = words("key")
    name = words("name.zh")
    name_en = words("name.en")
    latest = fields.Nested(Version, dump_only=True)


class ProcessVersions(Process):
    """A process with all its versions, newest first."""

    versions = fields.List(fields.Nested(Version), dump_only=True)


class Files(Shape):
    """The files of a bundle as text: name → content."""

    files = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 200)),
        values=fields.String(),
        required=True,
        validate=validate.Length(min=1, max=200),
    )


class BpmnQuery(Shape):
    """Which diagram of a bundle."""

    process = fields.String(
        load_default=None, validate=validate.Length(max=200), metadata={"description": "A called process of the same bundle."}
    )


class PathStep(Shape):
    """What happens at one place of a path."""

    text = words("zh")
    text_en = words("en")


class Finding(Shape):
    """One thing that a check found; `severity` is error (may not be published) or warning."""

    severity = words("severity")
    rule = words("rule")
    element = words("element")
    message = words("message")
    message_en = words("message_en")
    file = words("file")
    path = fields.List(fields.String(), dump_only=True, metadata={"description": "The way to it, as process/element."})
    steps = fields.List(fields.Nested(PathStep), dump_only=True, metadata={"description": "What happens on the way, one for each of path."})
    fix = words("fix.zh", null=True, about="What its one-click repair is called; null where it has none.")
    fix_en = words("fix.en", null=True)


class Findings(Shape):
    """What a check found; publishable when no finding is an error."""

    findings = fields.List(fields.Nested(Finding), dump_only=True)
