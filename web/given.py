# ruff: noqa: PLC0415 - a command imports what it needs, so that the others start at once
"""What a command is given: a folder of bundles, a moment, the database that the environment names. What is not there ends it with a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from web.terminal import end

if TYPE_CHECKING:
    from workflows.desk import Desk
    from workflows.settings import Settings


def bundles_of(path: Path) -> list[dict[str, bytes]]:
    """The files of every bundle in a folder of bundles, else of the one that `path` is."""
    from workflows.rulebook import bundles_in

    return list(bundles_in(path).values()) if path.is_dir() and bundles_in(path) else [files_of(path)]


def files_of(path: Path) -> dict[str, bytes]:
    """A bundle folder's files with those that it includes, those of a zip, or one file by its name."""
    from workflows.designing.archive import unpacked
    from workflows.rulebook import read_bundle

    if path.is_file():
        return unpacked(path.name, path.read_bytes())
    try:
        files = read_bundle(path, beside=path.resolve().parent)
    except LookupError as error:
        end(str(error))
    if not files:
        end(f"{path} 中没有流程文件 / there is no .bpmn file in {path}")
    return files


def moment(text: str) -> Any:
    """The aware moment that ISO 8601 text names. Raises BadParameter, which says how to write it."""
    from datetime import datetime

    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"“{text}”不是 ISO 8601 时间 / is not an ISO 8601 time: 2026-04-29T10:00+08:00", param_hint="--from"
        ) from None
    if start.tzinfo is None:
        raise click.BadParameter(f"“{text}”缺少时区，请写 {text}+08:00 / has no offset; write {text}+08:00", param_hint="--from")
    return start


def settings_here() -> Settings:
    """What the environment says."""
    from workflows.settings import Settings

    return Settings.from_environment()


def open_database(chosen: Settings | None = None) -> Desk:
    """A desk on a database that exists."""
    from dataclasses import replace

    from web.assemble import desk_of

    opened = desk_of(chosen or replace(settings_here(), patient=True))
    click.get_current_context().call_on_close(opened.database.close)
    place = opened.database.url.database
    if opened.database.is_sqlite and place and not Path(place).exists():
        end(f"没有找到数据库 {place}，请先运行 onecase migrate / there is no database yet; run onecase migrate first")
    return opened
