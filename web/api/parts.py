"""The parts of a case: facts, participants, documents, clocks, diagram, record, comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marshmallow import fields

from web.api.door import ident, noun
from web.audience import SIGNED_IN, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.schemas.page import PageQuery, page_of, whole
from web.schemas.part import Clock, Comment, Document, Drawing, Event, Fact, Participant
from web.schemas.shape import Shape
from web.schemas.task import Remark
from workflows import casefile, cases, diagrams, history, views

blueprint = noun("case parts", "案件内容 · the parts of a case")


class DiagramQuery(Shape):
    """How much of the drawings."""

    bpmn = fields.Boolean(load_default=True, metadata={"description": "false leaves the BPMN sources out."})


@blueprint.get("/cases/<case_id>/facts")
@audience(SIGNED_IN)
@blueprint.output(page_of(Fact))
@blueprint.doc(summary="What is known, by whom and when")
def facts(case_id: str) -> dict[str, object]:
    """List the facts of a case."""
    return whole(casefile.facts(current_desk(), current_officer(), ident(case_id)))


@blueprint.get("/cases/<case_id>/participants")
@audience(SIGNED_IN)
@blueprint.output(page_of(Participant))
@blueprint.doc(summary="Agencies that take part, and why")
def participants(case_id: str) -> dict[str, object]:
    """List the participants of a case."""
    return whole(casefile.participants(current_desk(), current_officer(), ident(case_id)))


@blueprint.get("/cases/<case_id>/documents")
@audience(SIGNED_IN)
@blueprint.output(page_of(Document))
@blueprint.doc(summary="Documents that were issued")
def documents(case_id: str) -> dict[str, object]:
    """List the documents of a case."""
    return whole(casefile.documents(current_desk(), current_officer(), ident(case_id)))


@blueprint.get("/documents/<document_id>")
@audience(SIGNED_IN)
@blueprint.output(Document)
@blueprint.doc(summary="One document with its content")
def document(document_id: str) -> views.DocumentRow:
    """Give one document."""
    return casefile.document(current_desk(), current_officer(), ident(document_id))


@blueprint.get("/cases/<case_id>/clocks")
@audience(SIGNED_IN)
@blueprint.output(page_of(Clock))
@blueprint.doc(summary="Clocks with their ledgers")
def clocks(case_id: str) -> dict[str, object]:
    """List the clocks of a case."""
    return whole(casefile.clocks(current_desk(), current_officer(), ident(case_id)))


@blueprint.get("/cases/<case_id>/diagram")
@audience(SIGNED_IN)
@blueprint.input(DiagramQuery, location="query")
@blueprint.output(page_of(Drawing))
@blueprint.doc(summary="The case's diagrams with tokens and lights, the main process first")
def diagram(case_id: str, query_data: dict[str, Any]) -> dict[str, object]:
    """Give the drawings of a case, from the bundle that it was opened with."""
    drawings = casefile.diagram(current_desk(), current_officer(), ident(case_id))
    return whole(tuple(_drawn(drawings, with_source=query_data["bpmn"])))


@blueprint.get("/cases/<case_id>/record")
@audience(SIGNED_IN)
@blueprint.input(PageQuery, location="query")
@blueprint.output(page_of(Event))
@blueprint.doc(summary="The record: what happened, newest first")
def record(case_id: str, query_data: dict[str, Any]) -> views.Page[views.EventRow]:
    """List the events of a case."""
    return history.record(current_desk(), current_officer(), ident(case_id), **query_data)


@blueprint.get("/cases/<case_id>/comments")
@audience(SIGNED_IN)
@blueprint.output(page_of(Comment))
@blueprint.doc(summary="Remarks")
def comments(case_id: str) -> dict[str, object]:
    """List the remarks in a case's thread."""
    return whole(casefile.comments(current_desk(), current_officer(), ident(case_id)))


@blueprint.post("/cases/<case_id>/comments")
@audience(SIGNED_IN)
@blueprint.input(Remark)
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Add a remark", responses=[403])
def comment(case_id: str, json_data: dict[str, str]) -> str:
    """Write a remark into the case's thread."""
    cases.comment(current_desk(), current_officer(), ident(case_id), text=json_data["text"])
    return ""


def _drawn(drawings: tuple[views.Drawing, ...], *, with_source: bool) -> Iterator[dict[str, object]]:
    for drawing in drawings:
        source = {"bpmn": diagrams.xml(current_desk(), drawing.xml_digest, drawing.process).decode()} if with_source else {}
        yield {**vars(drawing), **source}
