"""Two versions side by side in a browser: marks on both pictures, one view for both, and a switch for what changes how cases run."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from workflows.designing.blank import blank

pytestmark = pytest.mark.browser
KEY = "compared_here"
PLACE = f"/processes/{KEY}/drafts"
STEP = "first_step"


def published(author: Person, reviewer: Person, files: dict[str, str]) -> None:
    draft = author.api("POST", PLACE, {"files": files})
    author.api("POST", f"{PLACE}/{draft['id']}/submit", {"reason": "比较试验"})
    reviewer.api("POST", f"{PLACE}/{draft['id']}/publish", {"reason": "同意"})


def seen(page: Page, side: int) -> list[float]:
    """What part of a drawing is seen: the matrix of its viewport."""
    matrix = str(page.locator("[data-xml-url] .viewport").nth(side).get_attribute("transform"))
    return [round(float(number), 1) for number in re.findall(r"-?[\d.]+", matrix)]


def test_both_pictures_are_marked_move_together_and_show_only_what_matters(person: Callable[[str], Person]) -> None:
    author, reviewer = person("designer"), person("designer2")
    files = {path: content.decode() for path, content in blank(KEY, "比较试验", "A trial of comparing").items()}
    published(author, reviewer, files)
    drawing, form = files[f"{KEY}.bpmn"], files["forms/first_step.form"]
    step = drawing.index("<bpmn:userTask")
    named = drawing[:step] + drawing[step:].replace('name="', 'name="新·', 1)
    shape = named.index("dc:Bounds")
    moved = named[:shape] + named[shape:].replace('x="', 'x="1', 1)
    task = moved[step:].split('id="', 1)[1].split('"', 1)[0]
    published(
        author,
        reviewer,
        {
            **files,
            f"{KEY}.bpmn": moved.replace("<bpmn:userTask", '<bpmn:userTask onecase:officers="2"', 1),
            "forms/first_step.form": form.replace('"label": "', '"label": "新·', 1),
        },
    )

    author.open(f"/diagrams/{KEY}")
    author.page.get_by_role("link", name="第 2 版与上一版比较").click()
    page = author.page
    expect(page.locator("[data-compare][data-ready]")).to_be_visible()
    for side in range(2):
        expect(page.locator("[data-xml-url]").nth(side).locator(f".djs-element[data-element-id='{task}'].oc-diff-changed")).to_have_count(1)
    rows = page.locator("tr[data-effect]")
    every = rows.count()
    assert {row.get_attribute("data-effect") for row in rows.all()} == {"execution", "words", "layout"}

    page.get_by_role("button", name="只看影响办理的").click()
    expect(page.locator("tr[data-effect]:visible")).to_have_count(page.locator("tr[data-effect='execution']").count())
    expect(page.locator(".oc-diff-moved, .oc-diff-worded")).to_have_count(0)
    expect(page.get_by_role("button", name="只看影响办理的")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="只看影响办理的").click()
    expect(page.locator("tr[data-effect]:visible")).to_have_count(every)

    page.locator(f"[data-find='{task}']").first.click()
    for side in range(2):
        expect(page.locator("[data-xml-url]").nth(side).locator(f"[data-element-id='{task}'].oc-diff-found")).to_have_count(1)
    assert seen(page, 0) == seen(page, 1)
    before = page.locator("[data-xml-url] .viewport").first.get_attribute("transform")
    page.locator("[data-xml-url]").nth(1).get_by_role("button", name="缩小").click()
    page.wait_for_function(
        "(before) => document.querySelector('[data-xml-url] .viewport').getAttribute('transform') !== before", arg=before
    )
    assert seen(page, 0) == seen(page, 1)


def test_a_review_leads_to_the_comparison_of_the_draft(person: Callable[[str], Person]) -> None:
    reviewer = person("designer")
    draft = reviewer.api("GET", "/processes/supervision/drafts?state=in_review")["items"][0]
    reviewer.open(f"/designs/{draft['id']}/review")
    reviewer.page.get_by_role("link", name="逐项对照图、表单和决策表").click()
    reviewer.sees("写明整改情况和复查结论")
    reviewer.sees("流程图没有不同")
