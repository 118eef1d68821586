"""The designer's workbench as a person uses it: the palette and the canvas by mouse, the properties by their labels, the files by their names."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.person import Person

KEEP_WORKSPACE = "addEventListener('onecase:design-ready', ({ detail }) => { window.opened = detail.workspace; });"
DIAGRAM = ".oc-studio-diagram:not([hidden])"
GHOST = 450
"""Milliseconds in which the canvas takes a click for a part of the one that placed an element."""
WIDEST = 250
"""Pixels; what is wider is a pool or a lane."""


class Studio:
    """One draft in one tab."""

    def __init__(self, person: Person, page: Page | None = None) -> None:
        self.person = person
        self.page = page or person.page
        self.page.add_init_script(KEEP_WORKSPACE)

    def begin(self, key: str, name: str) -> Studio:
        """A new, nearly empty process."""
        self.page.goto(f"{self.person.address}designs")
        self.page.get_by_label("新流程的名称").fill(name)
        self.page.get_by_label(re.compile("^标识")).fill(key)
        self.page.get_by_role("button", name="新建空白流程").click()
        return self.ready()

    def copy(self, process: str) -> Studio:
        """A draft that begins as the newest version of a process."""
        self.page.goto(f"{self.person.address}designs")
        self.page.get_by_label("从已发布的流程").select_option(process)
        self.page.get_by_role("button", name="复制为草稿").click()
        return self.ready()

    def again(self) -> Studio:
        """The same draft in another tab of the same person."""
        other = Studio(self.person, self.person.context.new_page())
        other.page.goto(self.page.url)
        return other.ready()

    def reload(self) -> Studio:
        self.page.reload()
        return self.ready()

    def ready(self) -> Studio:
        expect(self.page.locator("[data-state]").first).not_to_be_empty()
        self.page.wait_for_function("() => window.opened?.current")
        return self

    def open(self, path: str) -> None:
        """A file of the tree."""
        self.page.locator(f'[data-path="{path}"]').click()
        expect(self.page.locator(f'[data-path="{path}"]')).to_have_attribute("aria-current", "true")

    def new(self, kind: str, name: str) -> None:
        """`new("新建流程图", "second")`."""
        self.page.get_by_role("button", name=kind, exact=True).click()
        dialog = self.page.get_by_role("dialog")
        dialog.locator("input").fill(name)
        dialog.get_by_role("button", name="新建", exact=True).click()

    def element(self, element: str) -> Locator:
        return self.page.locator(f'{DIAGRAM} g.djs-element[data-element-id="{element}"]').first

    def place(self, kind: str, x: float, y: float) -> None:
        """From the palette to a point of the window, by two clicks."""
        self.page.locator(f'{DIAGRAM} .djs-palette [data-action="create.{kind}"]').click()
        self.page.mouse.move(x - 5, y)
        self.page.mouse.move(x, y)
        self.page.mouse.click(x, y)
        self.page.wait_for_timeout(GHOST)

    def name(self, words: str) -> None:
        """What is written right after a task was placed."""
        self.page.locator(f"{DIAGRAM} .djs-direct-editing-content").fill(words)
        self.page.keyboard.press("Enter")

    def select(self, element: str) -> None:
        """By a click: in the middle, or on the name at the left edge of a pool or lane."""
        if "selected" in (self.element(element).get_attribute("class") or "").split():
            return  # a second click soon after the first would begin to edit the name
        x, y = self.middle(element)
        box = self.element(element).bounding_box()
        self.page.mouse.click(box["x"] + 10 if box["width"] > WIDEST else x, y)
        expect(self.element(element)).to_have_class(re.compile("selected"))

    def pad(self, action: str) -> None:
        """A button beside the selected element."""
        self.page.locator(f'{DIAGRAM} .djs-context-pad [data-action="{action}"]').click()

    def connect(self, source: str, target: str) -> None:
        """A flow, by two clicks."""
        self.select(source)
        self.pad("connect")
        self.page.mouse.move(*self.middle(target))
        self.page.mouse.click(*self.middle(target))
        self.page.wait_for_timeout(GHOST)

    def panel(self) -> Locator:
        return self.page.locator("[data-panel]")

    def middle(self, element: str) -> tuple[float, float]:
        box = self.element(element).bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def saved(self) -> None:
        """Everything is on the server."""
        expect(self.page.locator("[data-saved]")).to_have_attribute("data-state", "saved")

    def stored(self, path: str) -> str:
        """The text of a file as the server has it."""
        return str(next(file for file in self.files() if file["path"] == path)["text"])

    def files(self) -> list[dict[str, Any]]:
        """What the server has."""
        answer = self.person.context.request.get(f"{self.page.url.partition('#')[0]}/files")
        assert answer.ok, answer.text()
        return list(answer.json()["files"])

    def rename(self, element: str, words: str) -> None:
        """By the properties."""
        self.select(element)
        self.panel().get_by_label("中文名称").fill(words)

    def run(self, script: str, argument: Any = None) -> Any:
        """A function over the open workspace, for what a hand cannot reach."""
        return self.page.evaluate(script, argument)
