"""Alembic's entry: the URL comes from the caller, or from the settings when alembic is run by hand."""

from __future__ import annotations

from alembic import context

from workflows.database import Database
from workflows.records import Base
from workflows.settings import Settings


def run() -> None:
    """Run the migrations in one transaction on their own connection."""
    url = context.config.attributes.get("url") or Settings.from_environment().database_url
    database = Database(url)
    try:
        with database.engine.connect().execution_options(onecase_write=True) as connection:
            context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=database.is_sqlite)
            with context.begin_transaction():
                context.run_migrations()
            connection.commit()
    finally:
        database.close()


run()
