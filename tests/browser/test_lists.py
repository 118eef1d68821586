"""No list is cut without saying so: the pages of a list together have as many rows as it says, each row once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import DESKTOP, PHONE, Person
from tests.browser.server import ROWS

pytestmark = pytest.mark.browser

PAGED = (
    ("health.intake", "/inbox?view=started"),
    ("health.officer", "/inbox"),
    ("health.officer", "/inbox?view=done"),
    ("supervisor", "/cases?status=all"),
    ("supervisor", "/overdue/tasks"),
    ("supervisor", "/supervision"),
    ("health.head", "/notices"),
    ("health.officer", "/cases/{case}/record"),
    ("admin", "/officers"),
    ("auditor", "/record"),
)
WHOLE = ("documents", "participants", "clocks")
ROW = "#main .oc-table tbody tr, #main .oc-record > li, #main ul.list-unstyled > li"
PAGER = re.compile(r"(\d+)–(\d+)\D+(\d+)")
MOST = 90
"""Pages after which a list is said to have no end."""


@pytest.mark.parametrize(("username", "path"), PAGED)
def test_the_pages_of_a_list_are_all_of_it(username: str, path: str, person: Callable[[str], Person]) -> None:
    someone = person(username)
    page = someone.open(path.format(case=person("supervisor").case("杜鹃直播带货")))
    rows: list[str] = []
    for _ in range(MOST):
        first, last, total = map(int, PAGER.search(someone.page.locator(".oc-pager > span").inner_text()).groups())
        here = page.locator(ROW).evaluate_all("(rows) => rows.map((row) => row.dataset.href ?? row.innerText)")
        assert (first, last) == (len(rows) + 1, len(rows) + len(here)), "the pager counts other rows than the page has"
        rows += here
        following = page.locator(".oc-pager a[rel=next]")
        if not following.count():
            break
        following.click()
        page.wait_for_url(re.compile(rf"row={len(rows) + 1}\b"))
    assert len(rows) == total == len(set(rows))


def test_a_badge_says_what_its_list_has(person: Callable[[str], Person]) -> None:
    officer = person("health.officer")
    page = officer.open("/inbox")
    badge = int(page.locator(".oc-nav .oc-count").first.inner_text())
    chip = int(page.locator(".oc-chip[aria-current] b").inner_text())
    total = int(PAGER.search(page.locator(".oc-pager > span").inner_text())[3])
    assert badge == chip == total == len(officer.api("GET", "/tasks?view=todo&limit=100")["items"])
    assert total > ROWS, "the list fits on one page and proves nothing"


@pytest.mark.parametrize("part", WHOLE)
def test_a_list_without_pages_is_whole(part: str, person: Callable[[str], Person]) -> None:
    supervisor = person("supervisor")
    case = supervisor.case("白鹭门诊部")
    supervisor.open(f"/cases/{case}/{part}")
    every = supervisor.api("GET", f"/cases/{case}/{part}")
    assert supervisor.page.locator(".oc-table tbody tr").count() == len(every["items"] if isinstance(every, dict) else every) > 0


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_the_word_before_a_row_of_chips_stands_on_one_line(size: tuple[int, int], person: Callable[[str], Person]) -> None:
    designer = person("designer")
    designer.size(size)
    label = designer.open("/diagrams/joint_case/1").locator(".oc-chips > span")
    expect(label).to_have_text("决策表")
    box = label.bounding_box()
    assert box
    assert box["width"] > box["height"] > 0
