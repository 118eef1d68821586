"""A designer's browser with the editor's script in it: pages as a visitor sees them, and JSON with the page's own token."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.web.visitors import Visitor

META = re.compile(r'name="csrf-token" content="([^"]+)"')


class Designer(Visitor):
    """Somebody at the workbench."""

    def __init__(self, app: Flask, username: str = "designer") -> None:
        super().__init__(app, username)
        found = META.search(self.get("/me").text)
        self.headers = {"X-CSRFToken": found.group(1) if found else ""}

    def send(self, method: str, address: str, body: Any = None) -> TestResponse:
        return self.client.open(address, method=method, json=body, headers=self.headers)

    def begin(self, **fields: Any) -> str:
        """A draft; the address of its editor."""
        answer = self.post("/designs", **(fields or {"key": "home_visits", "name": "上门巡查"}))
        assert answer.status_code == 303, answer.text
        return str(answer.headers["Location"])

    def files(self, draft: str) -> dict[str, Any]:
        """The files of a draft by path, as the editor gets them."""
        answer = self.get(f"{draft}/files")
        assert answer.status_code == 200, answer.text
        return {file["path"]: file for file in answer.json["files"]}

    def write(self, draft: str, path: str, text: Any, revision: Any) -> TestResponse:
        return self.send("PUT", f"{draft}/files/{path}", {"text": text, "revision": revision})
