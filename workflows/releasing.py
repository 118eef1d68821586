"""Publish bundles from files, by whoever runs the machine: the same checks and the same second person as for a draft.

A draft knows who wrote it; files do not. So the two people are named by their accounts, and the record keeps both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import diagrams, proofs, publishing
from workflows.contracts import Finding
from workflows.desk import Desk
from workflows.engine.bundle import MANIFEST, pack
from workflows.errors import DiagramRefused, OneCaseError, OwnWork, WrongAnswers
from workflows.records import Officer, Version
from workflows.views import VersionRow

MACHINE = "onecase"
"""The author of what is published before there are two designers."""
WRITES = "designer"
ENOUGH = 2
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Answerable:
    """Who answers for a version: names for the version, accounts for the record; no reviewer before there are two designers."""

    author: str
    reviewer: str
    accounts: Mapping[str, str]


def release(
    desk: Desk,
    bundles: Sequence[Files],
    *,
    reason: str,
    author: str = "",
    reviewer: str = "",
    without_paths: str = "",
    watch: Callable[[int], None] = lambda _: None,
) -> tuple[VersionRow, ...]:
    """Publish what changed in each bundle as its next version, once check, scenarios and every path of all of them are without an error.

    `author` and `reviewer` are user names of two designers; both may be left out only while there are not two. `without_paths` is the
    reason for not going the paths, and is kept in the record. `watch` is told the number of states looked at, and may raise to stop.
    Raises DiagramRefused with every finding, WrongAnswers, OwnWork, OneCaseError; nothing is published then.
    """
    if not reason.strip():
        raise OneCaseError("请填写发布理由。", "Give a reason for publishing.")
    with desk.database.reading() as session:
        people = _answerable(session, author.strip(), reviewer.strip())
        new = [files for files in bundles if not _is_newest(session, files)]
    _refuse([finding for files in new for finding in diagrams.check(desk, files)])
    skipped = {"without_paths": without_paths.strip()} if without_paths.strip() else {}
    if not skipped:
        _refuse([finding for files in new if MANIFEST in files for finding in _paths(desk, files, watch)])
    notes = {**people.accounts, **skipped}
    return tuple(diagrams.publish(desk, people.author, files, reason=reason, reviewer=people.reviewer, notes=notes) for files in bundles)


def _answerable(session: Session, author: str, reviewer: str) -> Answerable:
    active = session.execute(select(Officer.username, Officer.name, Officer.roles).where(Officer.active))
    designers = {username: name for username, name, roles in active if WRITES in roles}
    if not author and not reviewer and len(designers) < ENOUGH:
        return Answerable(MACHINE, "", {})
    if author == reviewer != "":
        raise OwnWork("起草人与审核人不能是同一人。", "Nobody reviews their own work; the author and the reviewer are two people.")
    wrong = {field: _missing(field, name) for field, name in (("author", author), ("reviewer", reviewer)) if name not in designers}
    if wrong:
        raise WrongAnswers(wrong)
    accounts = {"author_account": author, "reviewer_account": reviewer}
    return Answerable(designers[author], designers[reviewer], accounts)


def _missing(field: str, name: str) -> tuple[str, str]:
    if name:
        return f"“{name}”不是在用的流程设计账号。", f"“{name}” is not the account of an active process designer."
    zh, en = {"author": ("起草人", "the author"), "reviewer": ("审核人", "the reviewer, a second person")}[field]
    return f"请写明{zh}的用户名。", f"Name {en}, by user name."


def _is_newest(session: Session, files: Files) -> bool:
    same = session.scalars(select(Version).where(Version.digest == pack(files)[0])).first()
    return same is not None and same == publishing.newest(session, same.process)


def _paths(desk: Desk, files: Files, watch: Callable[[int], None]) -> tuple[Finding, ...]:
    found = proofs.known(desk, files)
    if found is None:
        found = proofs.prove(desk, files, watch)
        proofs.keep(desk, files, found)
    return found


def _refuse(findings: Sequence[Finding]) -> None:
    if any(finding.severity == "error" for finding in findings):
        raise DiagramRefused(findings)
