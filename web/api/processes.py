"""Processes: what is published, its diagrams, and the check of a diagram before it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from web.api.bundle_files import MULTIPART, encoded, in_json, in_parts, parts
from web.api.door import noun
from web.audience import SIGNED_IN, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.schemas.page import page_of, whole
from web.schemas.process import BpmnQuery, Files, Findings, Process, ProcessVersions
from web.storable import UPLOAD_LIMIT
from workflows import diagrams, views
from workflows.errors import NotFound

blueprint = noun("processes", "流程 · processes and their diagrams", largest=UPLOAD_LIMIT)
NUMBERS = 2**31 - 1
"""More than a database counts."""
DESIGNERS = ("designer", "admin")
BPMN: Any = {200: {"description": "BPMN 2.0 XML", "content": {"application/xml": {"schema": {"type": "string"}}}}}


@blueprint.get("/processes")
@audience(SIGNED_IN)
@blueprint.output(page_of(Process))
@blueprint.doc(summary="Published processes")
def list_processes() -> dict[str, object]:
    """List every process with its newest version."""
    return whole(diagrams.list_processes(current_desk(), current_officer()))


@blueprint.get("/processes/<key>")
@audience(SIGNED_IN)
@blueprint.output(ProcessVersions)
@blueprint.doc(summary="A process and its versions")
def get_process(key: str) -> views.ProcessRow:
    """Give one process."""
    return diagrams.versions(current_desk(), current_officer(), key)


@blueprint.get("/processes/<key>/versions/<int:number>/bpmn")
@audience(SIGNED_IN)
@blueprint.input(BpmnQuery, location="query")
@blueprint.doc(summary="The diagram of a version", responses=BPMN)
def get_bpmn(key: str, number: int, query_data: dict[str, Any]) -> Response:
    """Give the BPMN source."""
    if number > NUMBERS:
        raise NotFound
    desk = current_desk()
    process = diagrams.versions(desk, current_officer(), key)
    version = next((row for row in process.versions if row.number == number), None)
    if version is None:
        raise NotFound
    return Response(diagrams.xml(desk, version.digest, query_data["process"] or key), mimetype="application/xml")


@blueprint.post("/processes/<key>/check")
@audience(*DESIGNERS)
@blueprint.input(Files, validation=False)
@blueprint.output(Findings)
@blueprint.doc(summary="Check a bundle of files; nothing is stored", extensions=dict(MULTIPART))
def check(key: str, json_data: object) -> dict[str, object]:  # noqa: ARG001 - a process may be checked before it exists
    """Say what is wrong with a diagram, on which element, in plain words."""
    return {"findings": diagrams.check(current_desk(), _files())}


def _files() -> Mapping[str, bytes]:
    return parts() if in_parts() else encoded(in_json(Files)["files"])
