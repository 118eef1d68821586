# ruff: noqa: PLC0415 - imported when it is needed
"""The composition root: the verbs' desk with the handlers' table, and the application on top of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from handlers import TABLE
from workflows.desk import Desk, open_desk
from workflows.settings import Settings, named_jurisdiction

if TYPE_CHECKING:
    from flask import Flask


def desk_of(settings: Settings) -> Desk:
    """A desk with every service that a diagram may call; the database is opened when first needed."""
    return open_desk(settings, handlers=TABLE)


def desk_without_database() -> Desk:
    """A desk for verbs that only need rules and services: checking a diagram, computing a due moment. Nothing is written."""
    return desk_of(Settings(database_url="sqlite://", data_dir=Path(), secret_key="", jurisdiction=named_jurisdiction()))


def application(settings: Settings) -> Flask:
    """The web application of one process."""
    from web import logs, proving
    from web.app import create_app

    logs.configure()
    return create_app(replace(desk_of(settings), prover=proving.apart), settings)
