"""What every answer carries: the content security policy with a fresh nonce, and the other protective headers.

The policy allows no inline script, no inline style and no `eval`; a browser test listens for violations on every screen.
"""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, storage_uri="memory://", headers_enabled=False)

PAGE_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
PERMISSIONS = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"
YEAR = 31_536_000  # seconds


def register(app: Flask, *, https: bool) -> None:
    """Protect forms, limit rates and dress every answer."""
    csrf.init_app(app)
    limiter.init_app(app)
    app.jinja_env.globals["nonce"] = nonce

    @app.after_request
    def dress(response: Response) -> Response:
        return _dress(response, https=https)


def nonce() -> str:
    """The 128-bit word that this response's own scripts carry."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    word: str = g.nonce
    return word


def _dress(response: Response, *, https: bool) -> Response:
    page = response.mimetype == "text/html"
    headers = response.headers
    headers.setdefault("Content-Security-Policy", PAGE_POLICY.format(nonce=nonce()) if page else DATA_POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = PERMISSIONS
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if page or request.path.startswith("/api/"):
        headers["Cache-Control"] = "no-store"
    if https:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    return response
