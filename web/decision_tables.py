"""Decision tables of a published version: read as tables with their tests, tried, and changed in a grid."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.diagrams import READERS
from web.downloads import download
from workflows import decision_editing, decision_sheets
from workflows.contracts import Text
from workflows.decision_editing import Grid, GridRow
from workflows.errors import WrongAnswers

screen = Blueprint("decision_tables", __name__, url_prefix="/diagrams/<key>/<int(max=2147483647):number>/tables")

SPARE = 2
"""Empty rows at the end of a grid."""
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
        key=key,
        number=number,
        sheets=decision_sheets.list_sheets(desk, officer, key, number),
        sheet=decision_sheets.sheet(desk, officer, key, number, name),
        given=given,
        decided=decided,
        wrong={fact: Text(*words) for fact, words in wrong.items()},
    ), (422 if wrong else 200)


@screen.get("/<name>/edit")
@audience("designer")
def edit(key: str, number: int, name: str) -> str:
    """The table as a grid to type into."""
    grid = decision_editing.grid(current_desk(), current_officer(), key, number, name)
    return _grid(key, number, name, grid, grid.rows)


@screen.post("/<name>/edit")
@audience("designer")
def edited(key: str, number: int, name: str) -> str | Response | tuple[str, int]:
    """Check what was typed, or give the changed file; nothing is stored, and everything typed stands there again."""
    desk, officer = current_desk(), current_officer()
    grid = decision_editing.grid(desk, officer, key, number, name)
    rows = typed_rows(len(grid.columns))
    try:
        content = decision_editing.edited(desk, officer, key, number, name, rows)
    except WrongAnswers as error:
        return _grid(key, number, name, grid, rows, wrong={place: Text(*words) for place, words in error.fields.items()}), error.status
    if request.form.get("then") == "file":
        return download(f"{name}.dmn", content)
    findings, tests = decision_editing.check(desk, officer, key, number, name, content)
    return _grid(key, number, name, grid, rows, findings=findings, tests=tests)


def typed_rows(columns: int) -> tuple[GridRow, ...]:
    """The rows of the form in their order, without those that were dropped and those that nobody filled."""
    form = request.form
    numbers = [row for row in form.getlist("row")[: decision_editing.MOST + SPARE] if row.isdecimal() and f"drop-{row}" not in form]
    rows = (
        GridRow(
            form.get(f"id-{row}", ""),
            tuple(form.get(f"cell-{row}-{column}", "") for column in range(columns)),
            form.get(f"basis-{row}", ""),
        )
        for row in numbers
    )
    return tuple(row for row in rows if not row.empty)


def grid_rows(grid: Grid, rows: tuple[GridRow, ...]) -> tuple[GridRow, ...]:
    """The rows with empty ones at the end, for what is still to be typed."""
    empty = GridRow("", tuple(decision_editing.ANY if column.input else "" for column in grid.columns), "")
    return (*rows, *SPARE * (empty,))


def _grid(key: str, number: int, name: str, grid: Grid, rows: tuple[GridRow, ...], **found: Any) -> str:
    desk, officer = current_desk(), current_officer()
    return render_template(
        "diagrams/table_edit.html",
        key=key,
        number=number,
        sheet=decision_sheets.sheet(desk, officer, key, number, name),
        columns=grid.columns,
        rows=grid_rows(grid, rows),
        **found,
    )


@screen.get("/<name>.dmn")
@audience(*READERS)
def dmn(key: str, number: int, name: str) -> Response:
    """The table's file, to be edited by any DMN editor."""
    return download(f"{name}.dmn", decision_sheets.dmn(current_desk(), current_officer(), key, number, name))
