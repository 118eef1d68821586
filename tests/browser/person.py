"""A person at the screen: a browser context of one's own, signed in through the form once, watched all the time."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.watch import Watch

PASSWORD = "onecase-demo"
DESKTOP = (1280, 900)
PHONE = (390, 844)
PATIENCE = 30_000
"""Milliseconds before a thing that does not come is given up; the machine may be busy."""


class Person:
    """One officer. `page` is the page in front of them."""

    def __init__(self, browser: Browser, address: str, username: str) -> None:
        self.username = username
        self.watch = Watch()
        self.address = address
        width, height = DESKTOP
        self.context: BrowserContext = browser.new_context(
            base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": width, "height": height}
        )
        self.context.set_default_timeout(PATIENCE)
        self.watch.over(self.context)
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        """The page in front of the person; a new one if it was closed."""
        if self._page is None or self._page.is_closed():
            self._page = self.context.new_page()
        return self._page

    def sign_in(self, password: str = PASSWORD) -> Person:
        """Through the form, like everybody."""
        self.open("/sign-in")
        self.type_name_and_password(password)
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self

    def type_name_and_password(self, password: str = PASSWORD) -> None:
        self.page.get_by_label("用户名").fill(self.username)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录").click()

    def open(self, path: str) -> Page:
        """Go to an address of ours."""
        self.page.goto(urljoin(self.address, path))
        return self.page

    def heading(self) -> Locator:
        return self.page.locator("h1")

    def sees(self, words: str) -> None:
        """The words are on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def size(self, viewport: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": viewport[0], "height": viewport[1]})

    def api(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The public interface in this person's name."""
        answer = self.context.request.fetch(
            urljoin(self.address, f"/api/v1{path}"),
            method=method,
            headers={"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"},
            data=json.dumps(body or {}) if method != "GET" else None,
        )
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json() if answer.status != 204 else None

    def case(self, title: str, process: str = "joint_case") -> str:
        """The id of the case with this in its title."""
        found = [one["id"] for one in self.api("GET", f"/cases?q={title}&limit=100")["items"] if one["process"] == process]
        assert len(found) == 1, f"{self.username} sees {len(found)} cases named {title}"
        return str(found[0])

    def close_pages(self) -> None:
        for page in self.context.pages:
            page.close()

    def _token(self) -> str:
        if not hasattr(self, "_kept_token"):
            answer = self.context.request.post(
                urljoin(self.address, "/api/v1/tokens"), data={"username": self.username, "password": PASSWORD}
            )
            assert answer.ok, answer.text()
            self._kept_token: str = answer.json()["token"]
        return self._kept_token


def number_in(text: str) -> int:
    """The only number in a text."""
    found = re.findall(r"\d+", text)
    assert len(found) == 1, f"one number expected: {text!r}"
    return int(found[0])
