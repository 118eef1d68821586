"""People: sign in and out, the administrator's and the security administrator's work on accounts."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from workflows import access, journal, passwords, signed_in
from workflows.desk import Desk
from workflows.directory import Directory, officer_view
from workflows.errors import LockedOut, NotAllowed, NotFound, NotSignedIn, WrongAnswers
from workflows.records import Officer as OfficerRow
from workflows.records import SignIn
from workflows.rows import as_page
from workflows.views import Officer, Page
from workflows.vocabulary import EXCLUSIVE_ROLES, ROLES

MAX_FAILURES = 5
FAILURE_WINDOW = timedelta(minutes=15)
LOCK_TIME = timedelta(minutes=15)
SEEN_EVERY = timedelta(seconds=60)
"""A sign-in's last use is written at most this often."""
TOKEN_BYTES = 32


def sign_in(desk: Desk, username: str, password: str, *, kind: str = "browser", address: str = "") -> tuple[str, Officer]:
    """A new token for the officer with this password.

    Raises NotAllowed for a wrong name or password (the two are not told apart, and take equally long), LockedOut after five
    failures within 15 minutes. Failures and locks are committed although the sign-in is refused.
    """
    stored = _stored(desk, OfficerRow.username == username.strip())
    fitting = stored if passwords.fits(stored or passwords.nobody(), password) else None
    with desk.database.transaction() as session:
        officer = _try(desk, session, username, fitting)
        if isinstance(officer, Exception):
            refusal: Exception | None = officer
        else:
            refusal = None
            token = secrets.token_urlsafe(TOKEN_BYTES)
            now = desk.now()
            session.execute(delete(SignIn).where(SignIn.ends_at < now))
            ends = now + timedelta(hours=desk.settings.absolute_hours)
            session.add(
                SignIn(token_hash=_hash(token), officer=officer.id, kind=kind, address=address[:60], at=now, seen_at=now, ends_at=ends)
            )
            view = _view(session, officer)
            journal.write(session, case=None, kind="signed_in", at=now, officer=view, payload={"kind": kind, "address": address[:60]})
    if refusal is not None:
        raise refusal
    return token, view


def whose(desk: Desk, token: str, *, kind: str | None = None) -> Officer:
    """The officer whose token this is. Raises NotSignedIn when it has ended: signed out, idle too long, or too old."""
    now, idle = desk.now(), timedelta(minutes=desk.settings.idle_minutes)
    with desk.database.reading() as session:
        found = signed_in.look(session.connection(), _hash(token))
        if (
            found is None
            or not found.account.active
            or found.ends_at < now
            or (kind and found.kind != kind)
            or (found.kind == "browser" and now - found.seen_at > idle)
        ):
            raise NotSignedIn
        agency = Directory(session, found.epoch).refs[found.account.agency]
        view, stale = officer_view(found.account, agency), now - found.seen_at > SEEN_EVERY
    if stale:
        with desk.database.transaction() as session:
            seen = session.get(SignIn, _hash(token))
            if seen is not None:
                seen.seen_at = now
    return view


def sign_out(desk: Desk, token: str) -> None:
    """End the sign-in of this token; the token is worthless from now on."""
    with desk.database.transaction() as session:
        session.execute(delete(SignIn).where(SignIn.token_hash == _hash(token)))


def change_password(desk: Desk, officer: Officer, old: str, new: str) -> None:
    """Change one's own password; every other sign-in of the account ends."""
    passwords.check_new(new)
    stored, known = _stored(desk, OfficerRow.id == officer.id), passwords.hashed(new)
    fits = passwords.fits(stored, old)
    with desk.database.transaction() as session:
        row = session.get_one(OfficerRow, officer.id)
        if not fits or row.password != stored:
            raise WrongAnswers({"old": ("原密码不正确。", "The old password is wrong.")})
        row.password = known
        session.execute(delete(SignIn).where(SignIn.officer == officer.id))
        journal.write(session, case=None, kind="password_changed", at=desk.now(), officer=officer, payload={})


def list_officers(
    desk: Desk, officer: Officer, *, agency: str | None = None, q: str = "", cursor: str | None = None, limit: int = 25
) -> Page[Officer]:
    """Accounts in the order of their names. `cursor` is the last username of the page before."""
    access.require(officer, "admin", "security")
    with desk.database.reading() as session:
        people = Directory(session)
        query = select(OfficerRow)
        if agency:
            query = query.where(OfficerRow.agency == agency)
        if q.strip():
            query = query.where(
                or_(OfficerRow.username.contains(q.strip(), autoescape=True), OfficerRow.name.contains(q.strip(), autoescape=True))
            )
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        if cursor:
            query = query.where(OfficerRow.username > cursor)
        rows = session.scalars(query.order_by(OfficerRow.username).limit(min(limit, 100) + 1)).all()
        shown = rows[: min(limit, 100)]
        following = shown[-1].username if len(rows) > len(shown) else None
        return as_page((officer_view(row, people.refs[row.agency]) for row in shown), following, total)


def create(
    desk: Desk,
    officer: Officer | None,
    *,
    username: str,
    name: str,
    agency: str,
    roles: Iterable[str],
    certificate: str | None = None,
    certificate_until: date | None = None,
    password: str = "",
    password_hash: str = "",
) -> Officer:
    """A new account (administrator; `officer` None: the installer on the machine itself).

    `password_hash` is for imports that bring an argon2id hash along. Raises WrongAnswers per field.
    """
    if officer is not None:
        access.require(officer, "admin")
    wanted = _checked_roles(roles)
    if officer is not None or not password_hash:
        passwords.check_new(password)
    with desk.database.transaction() as session:
        people = Directory(session)
        wrong: dict[str, tuple[str, str]] = {}
        if not username.strip() or session.scalars(select(OfficerRow).where(OfficerRow.username == username.strip())).first():
            wrong["username"] = ("用户名为空或已被使用。", "The user name is empty or taken.")
        if not name.strip():
            wrong["name"] = ("请填写姓名。", "Give the person's name.")
        if agency not in people.refs:
            wrong["agency"] = ("没有这个单位。", "There is no such agency.")
        if wrong:
            raise WrongAnswers(wrong)
        row = OfficerRow(
            id=uuid4(),
            username=username.strip(),
            name=name.strip(),
            agency=agency,
            roles=sorted(wanted),
            certificate=certificate or None,
            certificate_until=certificate_until,
            password=password_hash if officer is None and password_hash else passwords.hashed(password),
            active=True,
            failures=0,
        )
        session.add(row)
        session.flush()
        _told(session, desk, officer, "officer_created", row, roles=row.roles)
        return _view(session, row)


def set_active(desk: Desk, officer: Officer, username: str, active: bool) -> Officer:
    """Open or close an account (administrator). Closing ends its sign-ins at once."""
    access.require(officer, "admin")
    with desk.database.transaction() as session:
        row = _named(session, username)
        row.active = active
        if active:
            row.locked_until, row.failures = None, 0
        else:
            session.execute(delete(SignIn).where(SignIn.officer == row.id))
        _told(session, desk, officer, "officer_activated" if active else "officer_deactivated", row)
        return _view(session, row)


def set_roles(desk: Desk, officer: Officer, username: str, roles: Iterable[str]) -> Officer:
    """Give an account its roles (security administrator; nobody changes the own ones)."""
    access.require(officer, "security")
    wanted = _checked_roles(roles)
    if username == officer.username:
        raise NotAllowed("不能修改自己的角色。", "Nobody changes their own roles.")
    with desk.database.transaction() as session:
        row = _named(session, username)
        before, row.roles = row.roles, sorted(wanted)
        _told(session, desk, officer, "officer_roles", row, before=before, after=row.roles)
        return _view(session, row)


def reset_password(desk: Desk, officer: Officer | None, username: str, password: str) -> None:
    """Give an account a new password (administrator, or the installer on the machine); its sign-ins end."""
    if officer is not None:
        access.require(officer, "admin")
    passwords.check_new(password)
    known = passwords.hashed(password)
    with desk.database.transaction() as session:
        row = _named(session, username)
        row.password, row.failures, row.locked_until = known, 0, None
        session.execute(delete(SignIn).where(SignIn.officer == row.id))
        _told(session, desk, officer, "password_reset", row)


def _stored(desk: Desk, whose: ColumnElement[bool]) -> str:
    """The password's hash, read before the writing: to compare takes long on purpose, and nobody else may write meanwhile."""
    with desk.database.reading() as session:
        return session.scalar(select(OfficerRow.password).where(whose, OfficerRow.active)) or ""


def _try(desk: Desk, session: Session, username: str, fitting: str | None) -> OfficerRow | Exception:
    """The officer who may come in, or the refusal. `fitting` is the stored hash that the password fitted."""
    now = desk.now()
    row = session.scalars(select(OfficerRow).where(OfficerRow.username == username.strip()).with_for_update()).first()
    if row is None or not row.active:
        return _wrong()
    if row.locked_until is not None and row.locked_until > now:
        return _locked(row, now)
    if fitting is not None and row.password == fitting:
        row.failures, row.failing_since, row.locked_until = 0, None, None
        return row
    if row.failing_since is None or now - row.failing_since > FAILURE_WINDOW:
        row.failures, row.failing_since = 0, now
    row.failures += 1
    if row.failures >= MAX_FAILURES:
        row.locked_until, row.failures, row.failing_since = now + LOCK_TIME, 0, None
        journal.write(session, case=None, kind="locked_out", at=now, officer=None, payload={"username": row.username})
        return _locked(row, now)
    return _wrong()


def _wrong() -> NotAllowed:
    refusal = NotAllowed("用户名或密码不正确。", "The user name or the password is wrong.")
    refusal.status = 401
    return refusal


def _locked(row: OfficerRow, now: Any) -> LockedOut:
    minutes = max(1, round((row.locked_until - now).total_seconds() / 60)) if row.locked_until else 1
    return LockedOut(
        f"登录失败次数过多，账号已锁定，请在 {minutes} 分钟后重试。", f"Too many failures: the account is locked for {minutes} minutes."
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _view(session: Session, row: OfficerRow) -> Officer:
    return officer_view(row, Directory(session).refs[row.agency])


def _named(session: Session, username: str) -> OfficerRow:
    row = session.scalars(select(OfficerRow).where(OfficerRow.username == username)).first()
    if row is None:
        raise NotFound
    return row


def _checked_roles(roles: Iterable[str]) -> set[str]:
    wanted = set(roles)
    if not wanted or wanted - ROLES.keys():
        raise WrongAnswers({"roles": ("请选择有效的角色。", "Choose at least one existing role.")})
    if wanted & EXCLUSIVE_ROLES and len(wanted) > 1:
        raise WrongAnswers(
            {
                "roles": (
                    "系统管理员、安全管理员、审计管理员三员分立，不得兼任，也不得办案。",
                    "Administrator, security administrator and auditor exclude each other and every work on cases.",
                )
            }
        )
    return wanted


def _told(session: Session, desk: Desk, officer: Officer | None, kind: str, row: OfficerRow, **more: Any) -> None:
    journal.write(session, case=None, kind=kind, at=desk.now(), officer=officer, payload={"username": row.username, **more})
