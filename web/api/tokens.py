"""Tokens: signing in to the API and out of it."""

from __future__ import annotations

from flask import request

from web.api.door import noun
from web.audience import PUBLIC, SIGNED_IN, audience
from web.current_desk import current_desk
from web.schemas.token import Credentials, Token
from web.security import limiter
from workflows import officers

blueprint = noun("tokens", "登录与退出 · signing in and out")
GUESSES = "300 per minute"
"""From one address; the account itself is locked long before (officers.sign_in)."""


@blueprint.post("/tokens")
@audience(PUBLIC)
@limiter.limit(GUESSES)
@blueprint.input(Credentials)
@blueprint.output(Token, status_code=201)
@blueprint.doc(summary="Sign in", responses=[429])
def sign_in(json_data: dict[str, str]) -> dict[str, object]:
    """Exchange a username and a password for a token."""
    desk = current_desk()
    token, officer = officers.sign_in(desk, json_data["username"], json_data["password"], kind="api", address=request.remote_addr or "")
    return {"token": token, "type": "Bearer", "officer": officer}


@blueprint.delete("/tokens/current")
@audience(SIGNED_IN)
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Sign out: the token of this request is void from now on")
def sign_out() -> str:
    """End the token of this request."""
    officers.sign_out(current_desk(), request.headers["Authorization"].partition(" ")[2].strip())
    return ""
