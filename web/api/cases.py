"""Cases: open one, find one, read it."""

from __future__ import annotations

from typing import Any

from web.api.door import ident, noun
from web.audience import CASE_WORKERS, SIGNED_IN, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.schemas.case import CasePage, CaseQuery, CaseRow, NewCase, NewCaseUnder, Openable, OpenedCase, OpenedUnder, ReportedEvent
from web.schemas.page import page_of, whole
from workflows import cases, cases_under, views

blueprint = noun("cases", "案件 · cases")


@blueprint.post("/cases")
@audience(*CASE_WORKERS)
@blueprint.input(NewCase)
@blueprint.output(OpenedCase, status_code=201)
@blueprint.doc(summary="Open a case", responses=[403, 409, 503])
def open_case(json_data: dict[str, Any]) -> dict[str, object]:
    """Open a case; `facts` may be partial, the first task asks for the rest."""
    case, tasks = cases.open_case(current_desk(), current_officer(), **json_data)
    return {**vars(case), "tasks": tasks}


@blueprint.get("/cases")
@audience(SIGNED_IN)
@blueprint.input(CaseQuery, location="query")
@blueprint.output(page_of(CaseRow))
@blueprint.doc(summary="Cases that you may see")
def list_cases(query_data: dict[str, Any]) -> views.Page[views.CaseRow]:
    """List the cases of this officer."""
    return cases.list_cases(current_desk(), current_officer(), **query_data)


@blueprint.get("/cases/<case_id>")
@audience(SIGNED_IN)
@blueprint.output(CasePage)
@blueprint.doc(summary="A case")
def get_case(case_id: str) -> views.CasePage:
    """Give one case: status, open tasks, stages, and why you can see it."""
    return cases.get(current_desk(), current_officer(), ident(case_id))


@blueprint.get("/cases/<case_id>/openable")
@audience(SIGNED_IN)
@blueprint.output(page_of(Openable))
@blueprint.doc(summary="Processes that you may open under a case")
def openable(case_id: str) -> dict[str, object]:
    """List what may be opened under the case by this officer."""
    return whole(cases_under.openable(current_desk(), current_officer(), ident(case_id)))


@blueprint.post("/cases/<case_id>/cases")
@audience(*CASE_WORKERS)
@blueprint.input(NewCaseUnder)
@blueprint.output(OpenedUnder, status_code=201)
@blueprint.doc(summary="Open a case under another one", responses=[403, 409, 503])
def open_under(case_id: str, json_data: dict[str, Any]) -> views.CaseRef:
    """Open a procedure of its own under a case; some let the case rest until they are closed."""
    return cases_under.open_case(current_desk(), current_officer(), ident(case_id), **json_data)


@blueprint.post("/cases/<case_id>/events")
@audience(*CASE_WORKERS)
@blueprint.input(ReportedEvent)
@blueprint.output(CasePage)
@blueprint.doc(summary="Report news that a case waits for", responses=[403, 409, 503])
def report_event(case_id: str, json_data: dict[str, Any]) -> views.CasePage:
    """Report what happened; whatever waits for it in that branch goes on. The case as it stands then is the answer."""
    desk, officer = current_desk(), current_officer()
    cases.report_event(desk, officer, ident(case_id), **json_data)
    return cases.get(desk, officer, ident(case_id))
