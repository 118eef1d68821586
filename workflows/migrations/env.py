"""Alembic's entry: the URL comes from the caller, or from the settings when alembic is run by hand."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

from workflows.database import Database
from workflows.records import Base
from workflows.settings import Settings

ONE_AT_A_TIME = 0x6F6E6563617365
"""The key of PostgreSQL's advisory lock, `onecase` in hex: machines that start together migrate one after the other."""


def run() -> None:
    """Run the migrations in one transaction on their own connection."""
    url = context.config.attributes.get("url") or Settings.from_environment().database_url
    database = Database(url, patient=True)
    try:
        with database.engine.connect().execution_options(onecase_write=True) as connection:
            context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=database.is_sqlite)
            with context.begin_transaction():
                if not database.is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
                context.run_migrations()
            connection.commit()
    finally:
        database.close()


run()
