"""Drafts of processes: their heads, their files, who is there; what is sent to write and to review them."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from web.schemas.page import PageQuery
from web.schemas.process import Files
from web.schemas.shape import Shape, line, moment, words

NUMBERS = 2**31 - 1
"""More than a database counts."""
REASON = 1000
"""Characters of a reason."""


def _counted(**how: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(0, NUMBERS), **how)


class ProcessDraft(Shape):
    """A draft: its state (open, in_review, published, discarded), who did what, and what you may do with it now."""

    id = fields.UUID(dump_only=True)
    process = words("process")
    name = words("name.zh")
    name_en = words("name.en")
    base = fields.Integer(dump_only=True, allow_none=True, metadata={"description": "The version that it began as a copy of."})
    newest = fields.Integer(dump_only=True, metadata={"description": "The newest version when it began; 0 for none."})
    state = words("state")
    revision = fields.Integer(dump_only=True)
    begun_by = words("begun_by")
    begun_at = moment()
    changed_by = words("changed_by")
    changed_at = moment()
    writers = fields.List(fields.String(), dump_only=True, metadata={"description": "Those who wrote in it; none of them publishes it."})
    reason = words("reason", about="Why it was submitted.")
    submitted_by = words("submitted_by")
    submitted_at = moment(null=True)
    comment = words("comment", about="Why it was sent back last.")
    commented_by = words("commented_by")
    commented_at = moment(null=True)
    published = fields.Integer(dump_only=True, allow_none=True, metadata={"description": "The version that came of it."})
    actions = fields.List(fields.String(), dump_only=True, metadata={"description": "edit, submit, return, publish, discard"})


class OneDraft(ProcessDraft):
    """A draft as an answer of its own (the specification wants another name for it than for the row of a list)."""


class ImportNote(Shape):
    """What an import did to another tool's diagram; `refused`: it stays in the file, where the check finds it."""

    file = words("file")
    element = words("element")
    refused = fields.Boolean(dump_only=True)
    message = words("message.zh")
    message_en = words("message.en")


class ImportNotes(Shape):
    """Everything that an import has to tell, the refusals first."""

    notes = fields.List(fields.Nested(ImportNote), dump_only=True)


class Presence(Shape):
    """Somebody else who has the draft open."""

    name = words("name")
    since = moment()


class DraftFile(Shape):
    """A file of a draft; `text` is null for what is not edited as text, and for a file that was removed."""

    path = words("path")
    revision = fields.Integer(dump_only=True)
    text = words("text", null=True)
    by = words("by")
    at = moment(null=True)


class DraftFiles(Shape):
    """A draft as an editor needs it. `me` is your own name, `here` are the others who have it open."""

    id = fields.UUID(attribute="row.id", dump_only=True)
    process = words("row.process")
    name = words("row.name.zh")
    name_en = words("row.name.en")
    base = fields.Integer(attribute="row.base", dump_only=True, allow_none=True)
    state = words("row.state")
    revision = fields.Integer(attribute="row.revision", dump_only=True)
    actions = fields.List(fields.String(), attribute="row.actions", dump_only=True)
    me = words("me")
    here = fields.List(fields.Nested(Presence), dump_only=True)
    files = fields.List(fields.Nested(DraftFile), dump_only=True)


class Here(Shape):
    """The others who have the draft open."""

    here = fields.List(fields.Nested(Presence), dump_only=True)


class SavedFile(Here):
    """What became of a file."""

    revision = fields.Integer(dump_only=True)
    at = moment()


class RepairedFile(Shape):
    """A file after one finding was repaired."""

    path = words("path")
    text = words("text")
    revision = fields.Integer(dump_only=True)


class FindingToRepair(Shape):
    """A finding of the check, as it was told."""

    file = fields.String(required=True, validate=validate.Length(1, 200))
    rule = fields.String(required=True, validate=validate.Length(1, 100))
    element = fields.String(required=True, validate=validate.Length(0, 200))


class WrittenText(Shape):
    """The text of a file, and the revision that it began with; 0 for a new file."""

    text = fields.String(required=True)
    revision = _counted(required=True)


class WrittenFile(WrittenText):
    """A file of a draft to be saved."""

    path = fields.String(required=True, validate=validate.Length(1, 200))


class RevisionQuery(Shape):
    """The revision of the file that is meant."""

    revision = fields.Integer(required=True, validate=validate.Range(0, NUMBERS))


class RemovedFile(RevisionQuery):
    """A file of a draft to be removed."""

    path = fields.String(required=True, validate=validate.Length(1, 200))


class DraftQuery(PageQuery):
    """Which drafts are asked for."""

    state = fields.String(
        load_default="open",
        validate=validate.OneOf(["open", "in_review", "closed"]),
        metadata={"description": "closed: published or discarded."},
    )


class NewDraft(Files):
    """A draft of these files, or (with `base` alone) a copy of that version."""

    files = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 200)), values=fields.String(), validate=validate.Length(min=1, max=200)
    )
    base = _counted(metadata={"description": "The version that the draft begins with, or that the files were drawn from."})


class Reason(Shape):
    """Why."""

    reason = line(longest=REASON)


class PublishedOver(Reason):
    """Why, and over what."""

    over = _counted(
        load_default=None,
        allow_none=True,
        metadata={"description": "The newest version that you have seen; without it, the one that was newest when the draft began."},
    )


class SentBack(Shape):
    """Why it goes back to its writers."""

    comment = line(longest=REASON)
