"""Decision tables of a published version: read as tables, with their tests, and tried with facts of one's own."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.diagrams import READERS
from web.downloads import download
from workflows import decision_sheets, diagrams
from workflows.contracts import Text
from workflows.errors import WrongAnswers

screen = Blueprint("decision_tables", __name__, url_prefix="/diagrams/<key>/<int(max=2147483647):number>/tables")

TRIED = "tried"
"""Stands in the address once somebody tried the table, so that an answer to nothing is told from no question."""


@screen.get("/<name>")
@audience(*READERS)
def sheet(key: str, number: int, name: str) -> tuple[str, int]:
    """One table in words, what its tests decide now, and what it decides on the facts in the address."""
    desk, officer, given = current_desk(), current_officer(), request.args.to_dict(flat=False)
    decided, wrong = None, {}
    try:
        decided = decision_sheets.decide(desk, officer, key, number, name, given) if TRIED in given else None
    except WrongAnswers as error:
        wrong = error.fields
    return render_template(
        "diagrams/table.html",
        process=diagrams.versions(desk, officer, key),
        number=number,
        sheets=decision_sheets.list_sheets(desk, officer, key, number),
        sheet=decision_sheets.sheet(desk, officer, key, number, name),
        given=given,
        decided=decided,
        wrong={fact: Text(*words) for fact, words in wrong.items()},
    ), (422 if wrong else 200)


@screen.get("/<name>.dmn")
@audience(*READERS)
def dmn(key: str, number: int, name: str) -> Response:
    """The table's file, to be edited by any DMN editor."""
    return download(f"{name}.dmn", decision_sheets.dmn(current_desk(), current_officer(), key, number, name))
