"""Who is asking: the officer behind the session cookie (pages) or behind the bearer token (API).

The cookie carries nothing but the sign-in token, the CSRF secret and the language; who the token belongs to, and
whether it is still good, is looked up on the server once per request.
"""

from __future__ import annotations

from flask import g, request, session

from web.current_desk import current_desk
from workflows import officers
from workflows.errors import NotSignedIn
from workflows.views import Officer

TOKEN = "token"  # noqa: S105  the key in the session, not a secret


def asks_api() -> bool:
    """Whether the request came through the public interface rather than a page."""
    return request.path.startswith("/api/")


def current_officer() -> Officer:
    """The signed-in officer; raises NotSignedIn."""
    if "officer" not in g:
        g.officer = _look_up()
    officer: Officer = g.officer
    return officer


def officer_or_none() -> Officer | None:
    """The signed-in officer, or None on the pages that anybody may open."""
    try:
        return current_officer()
    except NotSignedIn:
        return None


def remember(token: str) -> None:
    """Begin a browser session. Everything of the former one except the language is dropped (session fixation)."""
    language = session.get("language")
    session.clear()
    session[TOKEN] = token
    if language:
        session["language"] = language


def forget() -> str | None:
    """End the browser session; returns the token so that the server side can be ended too."""
    token: str | None = session.pop(TOKEN, None)
    g.pop("officer", None)
    return token


def _look_up() -> Officer:
    token = _bearer() if asks_api() else session.get(TOKEN)
    if not token:
        raise NotSignedIn
    desk, kind = current_desk(), "api" if asks_api() else "browser"
    return desk.database.retried(lambda: officers.whose(desk, token, kind=kind))


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn
    return token.strip()
