"""Test clients that use the pages as one officer does: with a cookie, and with the CSRF token that each page carries."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

PASSWORD = "onecase-demo"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """A browser without scripts. Without a username nobody is signed in."""

    def __init__(self, app: Flask, username: str = "") -> None:
        self.client = app.test_client()
        self.token = ""
        if username:
            answer = self.post("/sign-in", before="/sign-in", username=username, password=PASSWORD)
            assert answer.status_code == 303, answer.text

    def get(self, address: str, **headers: str) -> TestResponse:
        return self.client.get(address, headers=headers)

    def read(self, address: str) -> str:
        answer = self.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return answer.text

    def post(self, address: str, *, before: str = "/me", **fields: Any) -> TestResponse:
        """Open the page `before`, take its token, and send the form."""
        found = TOKEN.search(self.client.get(before).text)
        token = found.group(1) if found else ""
        return self.client.post(address, data={**fields, "csrf_token": token})
