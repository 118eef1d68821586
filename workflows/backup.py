"""Copies of the embedded database: taken while it is in use, checked before they are trusted.

PostgreSQL has tools of its own (pg_dump, pg_basebackup); a copy through our process would be a worse one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from workflows.database import Database
from workflows.errors import OneCaseError

SUFFIXES = ("-wal", "-shm", "-journal")
KEPT_ASIDE = ".before-restore"


class BackupError(OneCaseError):
    """A copy could not be made or must not be used."""

    status = 409
    code = "backup"


def backup(url: str, target: Path) -> None:
    """Copy the database of `url` to the new file `target`; readers and writers go on meanwhile."""
    source = _file_of(url)
    if not source.exists():
        raise BackupError(f"没有找到数据库 {source}。", f"There is no database at {source}.")
    if target.exists():
        raise BackupError(f"{target} 已存在，未覆盖。", f"{target} exists and was not overwritten.")
    with closing(sqlite3.connect(source)) as ours, closing(sqlite3.connect(target)) as copy:
        ours.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    _check(target)


def restore(url: str, source: Path, *, replace: bool = False) -> Path | None:
    """Put a checked copy in the place of `url`'s database. Every process of the installation must be stopped.

    An existing database is only replaced when asked for, and kept beside; returns where.
    """
    _check(source)
    place = _file_of(url)
    aside: Path | None = None
    if place.exists():
        if not replace:
            raise BackupError(f"{place} 已存在；确认替换请加 --replace。", f"{place} exists; add --replace to put the copy in its place.")
        aside = place.with_name(place.name + KEPT_ASIDE)
        if aside.exists():
            raise BackupError(f"{aside} 尚在，请先移走。", f"{aside} is still there; move it away first.")
        backup(url, aside)
        for suffix in ("", *SUFFIXES):
            place.with_name(place.name + suffix).unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(place)) as ours:
        copy.backup(ours)
    return aside


def _file_of(url: str) -> Path:
    database = Database(url)
    if not database.is_sqlite or not database.url.database:
        raise BackupError(
            "此命令只用于内嵌的 SQLite；PostgreSQL 请用 pg_dump 与 pg_restore。",
            "This command is for the embedded SQLite; for PostgreSQL use pg_dump and pg_restore.",
        )
    return Path(database.url.database)


def _check(place: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as copy:
            sound = [row[0] for row in copy.execute("PRAGMA integrity_check")] == ["ok"]
            ours = copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    except sqlite3.DatabaseError:
        sound, ours = False, 0
    if not sound or not ours:
        raise BackupError(f"{place} 不是完好的 OneCase 数据库副本。", f"{place} is not a sound copy of a OneCase database.")
