"""The web application on the furnished desk."""

from __future__ import annotations

import pytest
from apiflask import APIFlask

from web.app import create_app
from workflows.desk import Desk


@pytest.fixture
def app(desk: Desk) -> APIFlask:
    """An application at the desk; its time is the desk's movable clock."""
    return create_app(desk, desk.settings)
