"""Every route says who it is for."""

from __future__ import annotations

from uuid import UUID

import pytest

from web.app import create_app
from web.audience import PUBLIC, SIGNED_IN
from workflows.vocabulary import ROLES

OPEN_TO_ALL = {
    "sign_in.form", "sign_in.sign_in", "sign_in.sign_out", "sign_in.language", "api_tokens.sign_in",  # the door
    "assets.asset", "openapi.spec", "api_page.index",  # what is the same for everybody
    "operations.alive", "operations.ready", "operations.metrics",  # the machine room
}  # fmt: skip
"""The only views that somebody who is not signed in may open. A new one is added here on purpose or not at all."""


@pytest.fixture
def app(desk):
    return create_app(desk, desk.settings)


def test_every_view_declares_its_audience(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert len(endpoints) > 40
    assert [endpoint for endpoint in sorted(endpoints) if not getattr(app.view_functions[endpoint], "audience", ())] == []


def test_an_audience_is_everybody_who_is_signed_in_or_known_roles(app):
    for endpoint, view in app.view_functions.items():
        assert set(view.audience) <= {PUBLIC, SIGNED_IN, *ROLES}, endpoint


def test_only_the_door_and_the_machine_room_are_open_to_everybody(app):
    assert {endpoint for endpoint, view in app.view_functions.items() if PUBLIC in view.audience} == OPEN_TO_ALL


def sample(converter) -> object:
    """Something that fits into a place of a URL."""
    kind = type(converter).__name__
    return UUID(int=1) if "UUID" in kind else 1 if "Integer" in kind else "x"


def test_who_is_not_signed_in_gets_nothing_of_the_rest(app):
    client = app.test_client()
    guarded = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OPEN_TO_ALL and "GET" in rule.methods]
    assert len(guarded) > 20
    for rule in guarded:
        url = rule.build({name: sample(converter) for name, converter in rule._converters.items()})[1]
        assert client.get(url).status_code in {302, 303, 401}, rule.endpoint
