"""What a refusal looks like: a problem document (RFC 9457) with a stable code."""

from __future__ import annotations

from marshmallow import fields

from web.schemas.draft import DraftFile
from web.schemas.process import Finding
from web.schemas.shape import Shape


class Problem(Shape):
    """A problem. `code` is stable and for programs; `detail` is a sentence in the language that was asked for."""

    type = fields.String(required=True, metadata={"format": "uri-reference"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    article = fields.String(metadata={"description": "The article of the law that decides, where one does."})
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), metadata={"description": "Field → sentences."})
    findings = fields.List(fields.Nested(Finding), metadata={"description": "What forbids publishing a diagram."})
    theirs = fields.Nested(DraftFile, metadata={"description": "The file as somebody else saved it meanwhile."})
