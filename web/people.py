"""Everybody who may sign in, for the person at the machine: the demo's table and `onecase user list`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from workflows import officers
from workflows.contracts import AgencyRef, Text
from workflows.views import Officer

if TYPE_CHECKING:
    from workflows.desk import Desk

INSTALLER = Officer(
    id=UUID(int=0),
    username="installer",
    name="安装人员",
    agency=AgencyRef("", "", "", Text("本机", "this machine")),
    roles=frozenset({"admin"}),
)
"""Who sits at the machine and could read the database file anyway; only ever reads through this name."""
LARGEST = 100


def everybody(desk: Desk) -> Iterator[Officer]:
    """Every account, in the order of usernames."""
    cursor = None
    while True:
        page = officers.list_officers(desk, INSTALLER, cursor=cursor, limit=LARGEST)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return
