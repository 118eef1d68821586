"""Migrations are numbered in one line, make the tables that the records describe, and are never written by two at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from workflows import database
from workflows.database import MIGRATIONS, Database, alembic_config
from workflows.records import Base

VERSIONS = sorted((MIGRATIONS / "versions").glob("*.py"))


def test_migrations_are_numbered_without_a_gap_and_say_what_they_do():
    assert [place.name[:4] for place in VERSIONS] == [f"{number:04d}" for number in range(1, len(VERSIONS) + 1)]
    for place in VERSIONS:
        assert re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", place.name)
        source = place.read_text(encoding="utf-8")
        assert re.search(rf"^revision\b.*= ['\"]{place.name[:4]}['\"]", source, re.MULTILINE), place.name


def test_there_is_one_line_of_migrations():
    script = ScriptDirectory.from_config(alembic_config("sqlite://"))
    assert script.get_heads() == [VERSIONS[-1].name[:4]]
    order = [revision.revision for revision in reversed(list(script.walk_revisions()))]
    assert order == [place.name[:4] for place in VERSIONS]


@pytest.mark.both_databases
def test_the_migrations_make_exactly_the_tables_that_the_records_describe(desk):
    with desk.database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


@pytest.mark.both_databases
def test_a_record_without_a_migration_would_be_seen(desk):
    with desk.database.transaction() as session:
        session.execute(text("alter table remark add column planted integer"))
    with desk.database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) != []


def test_migrating_twice_changes_nothing(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'm.db'}"
    database.migrate(url)
    one = Database(url)
    with one.engine.connect() as connection:
        before = connection.execute(text("select sql from sqlite_master order by name")).all()
    database.migrate(url)
    with one.engine.connect() as connection:
        assert connection.execute(text("select sql from sqlite_master order by name")).all() == before
    one.close()
