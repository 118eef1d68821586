"""The sign-in that a request comes with, its account and the directory's epoch: one statement, since every request asks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ClauseElement, Connection, bindparam, select

from workflows.in_hand import columns
from workflows.prepared import Prepared, select_all
from workflows.records import Epoch, Officer, SignIn


@dataclass(slots=True)
class Account:
    """What every request reads of the account that it comes from."""

    id: UUID
    username: str
    name: str
    agency: str
    roles: list[str]
    certificate: str | None
    certificate_until: date | None
    active: bool
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in as it is stored, ended or not."""

    kind: str
    """`browser` or `api`."""
    seen_at: datetime
    ends_at: datetime
    epoch: str
    """The directory's; empty before its first change."""
    account: Account


def _by_token(_dialect: str) -> ClauseElement:
    table = SignIn.__table__
    found = select(table.c.kind, table.c.seen_at, table.c.ends_at, Epoch.of_directory().scalar_subquery(), *columns(Account, Officer))
    return found.join_from(table, Officer.__table__).where(table.c.token_hash == bindparam("token_hash"))


BY_TOKEN = Prepared(_by_token)


def look(connection: Connection, token_hash: str) -> SignedIn | None:
    """The sign-in whose token has this hash, or None."""
    [rows] = select_all(connection, [(BY_TOKEN, {"token_hash": token_hash})])
    if not rows:
        return None
    [[kind, seen_at, ends_at, epoch, *account]] = rows
    return SignedIn(kind, seen_at, ends_at, epoch or "", Account(*account))
