"""A draft becomes a version in two browsers: one person submits it, another reads what changed, sends it back, and publishes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from workflows.designing.blank import blank

pytestmark = pytest.mark.browser
KEY = "reviewed_here"
PLACE = f"/processes/{KEY}/drafts"


def test_what_one_submits_another_sends_back_and_publishes(person: Callable[[str], Person]) -> None:
    author, reviewer = person("designer"), person("designer2")
    files = {path: content.decode() for path, content in blank(KEY, "两人审核试验", "A trial of review").items()}
    draft = author.api("POST", PLACE, {"files": files})

    author.open(f"/designs/{draft['id']}/review")
    author.page.get_by_label("提交理由").fill("新流程")
    author.page.get_by_role("button", name="提交审核").click()
    author.sees("已提交审核")

    reviewer.open("/designs?state=in_review")
    expect(reviewer.page.get_by_role("navigation", name="主菜单").locator("a[href='/designs'] .oc-count")).to_be_visible()
    reviewer.page.get_by_role("link", name="两人审核试验", exact=True).click()
    reviewer.sees(f"{KEY}.bpmn")
    reviewer.page.get_by_label("退回理由").fill("请写明适用范围")
    reviewer.page.get_by_role("button", name="退回修改").click()
    reviewer.sees("已退回")

    author.open(f"/designs/{draft['id']}/review")
    author.sees("请写明适用范围")
    author.page.get_by_label("提交理由").fill("已写明")
    author.page.get_by_role("button", name="提交审核").click()
    author.open(f"/designs/{draft['id']}/review")
    author.sees("须由另一人审核发布")
    expect(author.page.get_by_role("button", name="发布为第 1 版")).to_have_count(0)

    reviewer.open(f"/designs/{draft['id']}/review")
    reviewer.page.get_by_label("发布理由").fill("同意")
    reviewer.page.get_by_role("button", name="发布为第 1 版").click()
    reviewer.page.wait_for_url(f"**/diagrams/{KEY}")
    reviewer.sees("图甲·流程设计")
    reviewer.sees("图乙·流程设计")

    reviewer.page.get_by_role("button", name="从第 1 版新建草稿").click()
    reviewer.page.wait_for_url("**/designs/*")
    copied = author.api("GET", PLACE)["items"][0]
    assert (copied["base"], copied["begun_by"]) == (1, "图乙·流程设计")
    reviewer.api("POST", f"{PLACE}/{copied['id']}/discard")
