"""Take the README's pictures from a running demonstration: `python docs/pictures.py http://127.0.0.1:8000`.

Needs the development environment and an installed Chromium; writes docs/pictures/*.png.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PLACE = Path(__file__).parent / "pictures"
SIZE = {"width": 1280, "height": 800}
SUBJECT = "云朵"
OWN_TITLE = re.compile(rf"^\s*虚构·{SUBJECT}")
"""The cases under the story's own case say first what they are."""


def main(base: str) -> None:
    """One picture per entry, each by the person who would see it."""
    PLACE.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        for person, pictures in PICTURES.items():
            page = browser.new_context(viewport=SIZE, locale="zh-CN").new_page()
            sign_in(page, base, person)
            for name, open_it in pictures.items():
                open_it(page, base)
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(1200)
                page.screenshot(path=PLACE / f"{name}.png")
            page.context.close()


def sign_in(page: Page, base: str, person: str) -> None:
    """Through the form, like everybody."""
    page.goto(f"{base}/sign-in")
    page.fill("input[name=username]", person)
    page.fill("input[name=password]", "onecase-demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def at(path: str) -> Callable[[Page, str], None]:
    """Open a path."""
    return lambda page, base: page.goto(base + path)


def story(part: str = "") -> Callable[[Page, str], None]:
    """Open a part of the story's case."""

    def open_it(page: Page, base: str) -> None:
        page.goto(f"{base}/cases?status=all&q={SUBJECT}")
        links = page.locator('a[href^="/cases/"]:not([href="/cases/new"]):not([href*="?"])')
        href = links.filter(has_text=OWN_TITLE).first.get_attribute("href")
        page.goto(base + str(href) + part)

    return open_it


def step(name: str) -> Callable[[Page, str], None]:
    """Open a finished step of the story's case from the list of what one has done."""

    def open_it(page: Page, base: str) -> None:
        page.goto(f"{base}/inbox?view=done&q={SUBJECT}")
        page.locator(f'a[href^="/tasks/"]:has-text("{name}")').first.click()

    return open_it


PICTURES = {
    "health.officer": {
        "inbox": at("/inbox"),
        "lead": step("提出牵头建议"),
        "plan": story("/plan"),
        "diagram": story("/diagram"),
        "transfer": step("移送公安机关"),
        "record": story("/record"),
    },
    "supervisor": {"overdue": at("/overdue")},
}

if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
