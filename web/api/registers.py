"""The registers: what is known of subjects beside the cases, and bringing penalties in."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from web.api.door import ident, noun
from web.audience import SIGNED_IN, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.registers.doors import KEEPERS, READERS
from web.schemas.page import PageQuery, page_of
from web.schemas.registers import (
    LONGEST_FILE,
    AdLine,
    AdQuery,
    FileImport,
    MatterList,
    MatterQuery,
    PenaltyFile,
    PenaltyLine,
    PenaltyQuery,
    RefusalLine,
    Subject,
    SubjectFile,
    SubjectQuery,
    Training,
    YearQuery,
)
from workflows import advertisements, penalties, penalty_import, subjects, training
from workflows import matter_list as matters
from workflows.errors import WrongAnswers
from workflows.views import Page
from workflows.views import registers as views

blueprint = noun("registers", "登记簿 · registers", largest=LONGEST_FILE + 4096)


@blueprint.get("/registers/subjects")
@audience(*READERS)
@blueprint.input(SubjectQuery, location="query")
@blueprint.output(page_of(Subject))
@blueprint.doc(summary="Regulated subjects, the newest first")
def list_subjects(query_data: dict[str, Any]) -> Page[views.SubjectLine]:
    """List subjects; natural persons only for those who work on cases."""
    return subjects.list_subjects(current_desk(), current_officer(), **query_data)


@blueprint.get("/registers/subjects/<subject_id>")
@audience(*READERS)
@blueprint.output(SubjectFile)
@blueprint.doc(summary="A subject with people, penalties, advertisements and your cases")
def get_subject(subject_id: str) -> views.SubjectPage:
    """Give one subject."""
    return subjects.get(current_desk(), current_officer(), ident(subject_id))


@blueprint.get("/registers/penalties")
@audience(*READERS)
@blueprint.input(PenaltyQuery, location="query")
@blueprint.output(page_of(PenaltyLine))
@blueprint.doc(summary="Administrative penalties, the newest decision first")
def list_penalties(query_data: dict[str, Any]) -> Page[views.PenaltyLine]:
    """List penalties from every source."""
    return penalties.list_penalties(current_desk(), current_officer(), **query_data)


@blueprint.post("/registers/imports")
@audience(*KEEPERS)
@blueprint.input(PenaltyFile)
@blueprint.output(FileImport, status_code=201)
@blueprint.doc(summary="Read a file of penalties: what is wrong, or what entering it would do; nothing is entered")
def read_file(json_data: dict[str, str]) -> views.FileImport:
    """Read a file."""
    try:
        content = base64.b64decode(json_data["content"], validate=True)
    except (binascii.Error, ValueError):
        raise WrongAnswers({"content": ("不是 base64。", "This is not base64.")}) from None
    return penalty_import.read(current_desk(), current_officer(), json_data["file_name"], content)


@blueprint.get("/registers/imports/<import_id>")
@audience(*KEEPERS)
@blueprint.output(FileImport)
@blueprint.doc(summary="A file that was read")
def get_file(import_id: str) -> views.FileImport:
    """Give a file's faults and rows."""
    return penalty_import.get(current_desk(), current_officer(), ident(import_id))


@blueprint.post("/registers/imports/<import_id>/enter")
@audience(*KEEPERS)
@blueprint.output(FileImport)
@blueprint.doc(summary="Enter a file, all of it or nothing; again changes nothing")
def enter_file(import_id: str) -> views.FileImport:
    """Enter a file."""
    return penalty_import.enter(current_desk(), current_officer(), ident(import_id))


@blueprint.get("/registers/advertisements")
@audience(*READERS)
@blueprint.input(AdQuery, location="query")
@blueprint.output(page_of(AdLine))
@blueprint.doc(summary="Punished advertisements, the newest act first, with the counter of 24 months")
def list_violations(query_data: dict[str, Any]) -> Page[views.AdLine]:
    """List punished advertisements."""
    return advertisements.list_violations(current_desk(), current_officer(), **query_data)


@blueprint.get("/registers/refusals")
@audience(*READERS)
@blueprint.input(PageQuery, location="query")
@blueprint.output(page_of(RefusalLine))
@blueprint.doc(summary="Refusals of advertisement applications")
def list_refusals(query_data: dict[str, Any]) -> Page[views.RefusalLine]:
    """List refusals."""
    return advertisements.list_refusals(current_desk(), current_officer(), **query_data)


@blueprint.get("/registers/matters")
@audience(SIGNED_IN)
@blueprint.input(MatterQuery, location="query")
@blueprint.output(MatterList)
@blueprint.doc(summary="The matter list in force, or one of its versions", responses=[404])
def get_matters(query_data: dict[str, Any]) -> views.MatterVersion:
    """Give a version of the matter list."""
    return matters.version(current_desk(), current_officer(), query_data["version"])


@blueprint.get("/registers/training/<username>")
@audience(SIGNED_IN)
@blueprint.input(YearQuery, location="query")
@blueprint.output(Training)
@blueprint.doc(summary="Training hours of a year: your own, or of an officer whose hours you keep")
def get_training(username: str, query_data: dict[str, Any]) -> views.TrainingLedger:
    """Give a ledger."""
    return training.ledger(current_desk(), current_officer(), username, year=query_data["year"])
