"""A decision table of a draft is typed into, and its tests say at once what came of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.studio import Studio

pytestmark = pytest.mark.browser


def test_the_tests_of_a_table_run_after_each_change_and_nothing_is_stored(person: Callable[[str], Person]) -> None:
    designer = person("designer")
    studio = Studio(designer).copy("campaign_report")
    file = "tables/coverage.dmn"
    studio.open(file)
    studio.page.get_by_role("link", name="按表格编辑").click()
    page, said = studio.page, studio.page.locator("#told")
    expect(said.get_by_text("通过")).to_have_count(0)
    first = page.locator('[name="drop-0"]')
    first.check()
    expect(said.get_by_text("不通过", exact=True).first).to_be_visible()
    first.uncheck()
    expect(said.get_by_text("不通过", exact=True)).to_have_count(0)
    expect(said.get_by_text("通过", exact=True).first).to_be_visible()
    page.locator('[name="basis-0"]').fill("依据\x01第一条")
    page.locator('[name="basis-0"]').blur()
    expect(said).to_contain_text("看不见的控制字符")
    designer.watch.found()  # the answer that says so is a 422
    answer = designer.context.request.get(page.url.partition("/tables/")[0] + "/files")
    assert next(one for one in answer.json()["files"] if one["path"] == file)["revision"] == 1
    page.on("dialog", lambda dialog: dialog.accept())  # what was typed is not saved
