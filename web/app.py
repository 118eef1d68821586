"""The composition root of the web: one application, its screens listed one by one."""

from __future__ import annotations

from datetime import timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from web import (
    agencies,
    api,
    assets,
    case,
    case_migration,
    cases,
    comparing,
    current_desk,
    decision_tables,
    designs,
    diagrams,
    directory,
    document_templates,
    documents,
    errors,
    formats,
    heat,
    inbox,
    language,
    links,
    me,
    notices,
    officers,
    operations,
    overdue,
    record,
    registers,
    rules,
    security,
    shell,
    sign_in,
    storable,
    supervision,
    tasks,
    words,
)
from web.attempts import Application
from web.audience import audience
from web.grouping import by_step, cause
from workflows.documents import registry

if TYPE_CHECKING:
    from apiflask import APIFlask

    from workflows.desk import Desk
    from workflows.settings import Settings

SCREENS = (
    sign_in.screen,
    inbox.screen,
    tasks.screen,
    cases.screen,
    case.screen,
    documents.screen,
    document_templates.screen,
    overdue.screen,
    supervision.screen,
    diagrams.screen,
    comparing.screen,
    heat.screen,
    case_migration.screen,
    decision_tables.screen,
    *designs.SCREENS,
    rules.screen,
    officers.screen,
    agencies.screen,
    notices.screen,
    me.screen,
    record.screen,
    operations.screen,
    *registers.SCREENS,
)


def create_app(desk: Desk, settings: Settings) -> APIFlask:
    """An application that works at this desk. Making one touches neither the database nor the network."""
    app = Application(
        "web",
        title="OneCase",
        version=version("onecase"),
        docs_path=None,
        json_errors=False,
        static_folder=None,  # type: ignore[arg-type]
    )
    registry.papers()  # read before the workers part, not within the first step of each
    _configure(app, settings)
    current_desk.seat(app, desk, settings)
    for part in (language, formats, words, registers.words, links, directory, shell, operations, storable, errors, assets):
        part.register(app)
    security.register(app, https=settings.https)
    for screen in SCREENS:
        app.register_blueprint(screen)
    api.register(app)
    _finish_templates(app)
    _declare(app, "openapi.spec")
    return app


def _declare(app: APIFlask, endpoint: str) -> None:
    """A route that a library adds says who it is for as well."""
    view: Any = app.view_functions[endpoint]
    app.view_functions[endpoint] = audience("public")(view)


def _configure(app: APIFlask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=storable.UPLOAD_LIMIT,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.absolute_hours),
        SESSION_COOKIE_NAME="onecase",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open over lunch must still be accepted
        WTF_CSRF_SSL_STRICT=False,  # the referrer is withheld by some office proxies; the token is what protects
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]


def _finish_templates(app: APIFlask) -> None:
    environment = app.jinja_env
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(by_step=by_step, cause=cause, now=current_desk.current_time)
    environment.filters.update(dict=dict)
    environment.globals["ui"] = environment.get_template("ui.html").module
