"""The desk and the settings of the running application, for every route that calls a verb."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import Flask, current_app

if TYPE_CHECKING:
    from workflows.desk import Desk
    from workflows.settings import Settings


def seat(app: Flask, desk: Desk, settings: Settings) -> None:
    """Give the application its desk; called once, by `create_app`."""
    app.extensions["onecase_desk"] = desk
    app.extensions["onecase_settings"] = settings


def current_desk() -> Desk:
    """The desk that every verb gets as its first argument."""
    desk: Desk = current_app.extensions["onecase_desk"]
    return desk


def current_settings() -> Settings:
    """The settings that the process was started with."""
    settings: Settings = current_app.extensions["onecase_settings"]
    return settings


def current_time() -> datetime:
    """Now, by the desk's own watch (tests and the demo may turn it)."""
    return current_desk().now()
