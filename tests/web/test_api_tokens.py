"""Signing in to the public interface."""

from __future__ import annotations

from apiflask import APIFlask

from tests.web.callers import PASSWORD, Caller
from workflows import officers
from workflows.desk import Desk


def test_a_password_is_exchanged_for_a_token_that_says_who_it_belongs_to(app: APIFlask) -> None:
    officer = Caller(app, "health.officer").read("/me")
    assert officer["username"] == "health.officer"
    assert "officer" in officer["roles"]
    assert officer["agency_function"] == "HEALTH"


def test_a_wrong_password_gets_no_token(app: APIFlask) -> None:
    answer = app.test_client().post("/api/v1/tokens", json={"username": "health.officer", "password": "wrong"})
    assert answer.status_code in (401, 403)
    assert answer.mimetype == "application/problem+json"


def test_an_unknown_name_is_refused_in_the_words_of_a_wrong_password(app: APIFlask) -> None:
    wrong = app.test_client().post("/api/v1/tokens", json={"username": "health.officer", "password": "wrong"})
    unknown = app.test_client().post("/api/v1/tokens", json={"username": "nobody.at.all", "password": "wrong"})
    assert (wrong.status_code, wrong.json) == (unknown.status_code, unknown.json)


def test_without_a_token_the_door_is_closed(app: APIFlask) -> None:
    answer = app.test_client().get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.json["code"] == "not_signed_in"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_browser_session_does_not_open_the_api(app: APIFlask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    signed_in = browser.post("/sign-in", data={"username": "health.officer", "password": PASSWORD})
    assert signed_in.status_code == 303
    assert browser.get("/api/v1/me").status_code == 401


def test_a_token_of_a_browser_is_not_a_token_of_the_api(app: APIFlask, desk: Desk) -> None:
    token, _ = officers.sign_in(desk, "health.officer", PASSWORD, kind="browser", address="127.0.0.1")
    answer = app.test_client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_after_signing_out_the_token_is_void(app: APIFlask) -> None:
    officer = Caller(app, "health.officer")
    assert officer.client.delete("/api/v1/tokens/current", headers=officer.headers).status_code == 204
    assert officer.get("/me").status_code == 401
