"""A migrated desk with the published bundles and the demonstration's people, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask

from web.app import create_app
from web.assemble import desk_of
from web.demo import publish_shipped
from web.demo_seed import _people
from workflows import database
from workflows.desk import Desk
from workflows.settings import Settings


@pytest.fixture(scope="session")
def ready_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("ready") / "onecase.db"
    settings = _settings(place)
    database.migrate(settings.database_url)
    desk = desk_of(settings)
    publish_shipped(desk)
    _people(desk, desk.now().date())
    desk.database.close()
    return place


@pytest.fixture
def settings(ready_database: Path, tmp_path: Path) -> Settings:
    place = tmp_path / "onecase.db"
    shutil.copy(ready_database, place)
    return _settings(place)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    desk = desk_of(settings)
    yield desk
    desk.database.close()


@pytest.fixture
def app(desk: Desk, settings: Settings) -> APIFlask:
    return create_app(desk, settings)


def _settings(place: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{place}", data_dir=place.parent, secret_key="test", demo=True)
