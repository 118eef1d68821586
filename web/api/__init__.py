"""The public interface under `/api/v1`: one file per noun, every route guarded, documented and repeatable."""

from __future__ import annotations

from apiflask import APIFlask

from web.api import (
    cases,
    clocks,
    comparisons,
    documents,
    drafts,
    figures,
    heat,
    me,
    migration,
    openapi,
    overdue,
    parts,
    processes,
    reading_page,
    record,
    registers,
    tasks,
    tokens,
)

NOUNS = (
    tokens, me, tasks, cases, parts, documents, clocks, processes, comparisons, heat, drafts, migration, overdue, figures, record, registers,
)  # fmt: skip


def register(app: APIFlask) -> None:
    """Add the routes, the specification and the page that shows it."""
    openapi.register(app)
    for noun in NOUNS:
        app.register_blueprint(noun.blueprint)
    app.register_blueprint(reading_page.blueprint)
