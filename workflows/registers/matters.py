"""The matter list in force: the last version that was published, or the one that ships until somebody publishes one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from sqlalchemy import Connection, func, select

from workflows.records import Matter, MatterList
from workflows.register_rows import MatterRow
from workflows.rulebook import shipped

SHIPPED = 0
"""The version of the list that ships."""
DRAFT, PUBLISHED = "draft", "published"


@cache
def shipped_matters() -> tuple[Mapping[str, Any], ...]:
    """The rows of `bpmn/matters.yaml`."""
    return tuple(yaml.safe_load((shipped() / "matters.yaml").read_text(encoding="utf-8"))["matters"])


def in_force(connection: Connection) -> int:
    """The version in force; 0 is the list that ships."""
    return connection.scalar(select(func.max(MatterList.version)).where(MatterList.status == PUBLISHED)) or SHIPPED


def matter(connection: Connection, code: str) -> MatterRow | None:
    """The matter of this code in the list in force."""
    version = in_force(connection)
    if version == SHIPPED:
        return next((_row(row, SHIPPED) for row in shipped_matters() if row["code"] == code), None)
    found = connection.execute(select(Matter.__table__).where(Matter.version == version, Matter.code == code)).mappings().one_or_none()
    return _row(dict(found), version) if found else None


def names(connection: Connection) -> dict[str, tuple[str, str]]:
    """Chinese and English name by code, of the list in force."""
    version = in_force(connection)
    if version == SHIPPED:
        return {row["code"]: (row["name"], row["name_en"]) for row in shipped_matters()}
    rows = connection.execute(select(Matter.code, Matter.name, Matter.name_en).where(Matter.version == version).order_by(Matter.place))
    return {row.code: (row.name, row.name_en) for row in rows}


def _row(row: Mapping[str, Any], version: int) -> MatterRow:
    return MatterRow(row["code"], row["name"], row["lead"], tuple(row["members"]), row["basis"], version, row["name_en"])
