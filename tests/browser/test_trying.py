"""The designer plays a case of a draft in the workbench, keeps the run as a scenario, and sees what the scenarios pass."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, expect

from tests.browser.person import DESKTOP, PHONE, Person
from tests.browser.studio import DIAGRAM, Studio
from tests.browser.test_tour import AXE

pytestmark = pytest.mark.browser

NAME = "虚构·报告后评价满意：一次“超期”"
WIDE = (1440, 900)


@pytest.fixture
def studio(person: Callable[[str], Person]) -> Studio:
    designer = person("designer")
    designer.size(WIDE)
    return Studio(designer).copy("supervision")


@pytest.fixture
def panel(studio: Studio) -> Locator:
    studio.page.get_by_role("button", name="试办", exact=True).click()
    shown = studio.page.get_by_role("complementary", name="试办")
    expect(shown.get_by_role("button", name=re.compile("^签收督办单"))).to_be_visible()
    return shown


def complete(panel: Locator) -> None:
    panel.get_by_role("button", name="完成", exact=True).click()


def waits(panel: Locator, name: str) -> None:
    expect(panel.get_by_role("button", name=re.compile(f"^{name}"), expanded=True)).to_be_visible()


def reported(panel: Locator) -> None:
    """The second task, done."""
    panel.get_by_role("radio", name="报告办理情况").check()
    panel.get_by_role("textbox", name="办理情况").fill("已责令停止执业并立案查处")
    complete(panel)


def test_a_case_is_played_a_clock_runs_out_a_step_is_taken_back_and_the_run_is_kept(studio: Studio, panel: Locator) -> None:
    expect(studio.element("receive_order")).to_have_class(re.compile("oc-stands"))
    complete(panel)
    waits(panel, "报告办理情况")
    panel.get_by_role("button", name=re.compile("^让期限届满")).click()
    expect(panel.get_by_text("已届满")).to_be_visible()
    reported(panel)
    waits(panel, "评价")
    expect(studio.element("reply_order")).to_have_class(re.compile("oc-been"))
    expect(studio.element("assess_reply")).to_have_class(re.compile("oc-stands"))
    expect(panel.get_by_text(re.compile("^已超期"))).to_be_visible()
    panel.get_by_role("button", name="退一步").click()
    waits(panel, "报告办理情况")
    expect(studio.element("assess_reply")).not_to_have_class(re.compile("oc-stands"))
    reported(panel)
    waits(panel, "评价")
    panel.get_by_label("满意，销号", exact=True).check()
    panel.get_by_label("满意", exact=True).check()
    complete(panel)
    expect(panel.get_by_role("listitem").filter(has_text=re.compile("^评价$"))).to_be_visible()
    panel.get_by_role("button", name="存为场景").click()
    dialog = studio.page.get_by_role("dialog")
    dialog.locator("input").fill(NAME)
    dialog.get_by_role("button", name="新建", exact=True).click()
    expect(panel.get_by_role("button", name=f"演示：{NAME}")).to_be_visible()
    path = next(file["path"] for file in studio.files() if "虚构" in file["path"])
    kept = yaml.safe_load(studio.stored(path))
    assert kept["name"] == NAME
    assert [next(iter(step)) for step in kept["steps"]] == ["do", "wait", "do", "do"]
    assert kept["steps"][2]["answers"]["reply_text"] == "已责令停止执业并立案查处"
    checked = studio.person.context.request.post(
        f"{studio.page.url.partition('#')[0]}/check",
        headers={"X-CSRFToken": studio.page.locator('meta[name="csrf-token"]').get_attribute("content") or ""},
    )
    assert checked.json() == {"findings": []}


def test_the_coverage_is_painted_with_how_many_scenarios_pass(studio: Studio, panel: Locator) -> None:
    panel.get_by_label("在图上显示覆盖率").check()
    expect(studio.element("hold_talk")).to_have_class(re.compile("oc-covered"))
    expect(studio.page.locator(f"{DIAGRAM} .djs-connection.oc-uncovered").first).to_be_attached()
    expect(studio.page.locator(f"{DIAGRAM} .oc-passes.is-none").first).to_be_attached()
    expect(panel.get_by_text(re.compile(r"29/34（85%）"))).to_be_visible()
    panel.get_by_label("在图上显示覆盖率").uncheck()
    expect(studio.element("hold_talk")).not_to_have_class(re.compile("oc-covered"))


def test_random_courses_are_drawn_as_a_plot(studio: Studio, panel: Locator) -> None:
    panel.get_by_text("用时推演").click()
    panel.get_by_role("button", name="推演", exact=True).click()
    expect(panel.get_by_text(re.compile("^半数案件在"))).to_be_visible()
    expect(panel.get_by_role("img", name=re.compile("工作日的分布"))).to_be_visible()
    expect(panel.get_by_role("progressbar", name=re.compile("件超期")).first).to_be_visible()
    panel.get_by_role("button", name="编辑用时与选择的估计").click()
    studio.saved()
    assert "receive_order: [0.5, 1, 3]" in studio.stored("guesses.yaml")


def test_the_panel_has_no_barriers(studio: Studio, panel: Locator) -> None:
    complete(panel)
    waits(panel, "报告办理情况")
    panel.get_by_text("用时推演").click()
    panel.get_by_role("button", name="推演", exact=True).click()
    expect(panel.get_by_role("img", name=re.compile("工作日的分布"))).to_be_visible()
    panel.get_by_label("在图上显示覆盖率").check()
    studio.page.evaluate(AXE_SCRIPT)
    for size in (WIDE, PHONE):
        studio.person.size(size)
        assert studio.page.evaluate(AXE) == []
    studio.person.size(DESKTOP)


def test_what_was_typed_stays_when_it_is_refused(studio: Studio, panel: Locator) -> None:
    complete(panel)
    waits(panel, "报告办理情况")
    panel.get_by_role("textbox", name="办理情况").fill("只写了一半")
    complete(panel)
    expect(panel.get_by_role("alert")).to_contain_text("需要更正")
    expect(panel.get_by_role("textbox", name="办理情况")).to_have_value("只写了一半")
    waits(panel, "报告办理情况")


def test_a_draft_that_was_changed_is_walked_again(studio: Studio, panel: Locator) -> None:
    complete(panel)
    waits(panel, "报告办理情况")
    panel.get_by_role("button", name="关闭").click()
    studio.rename("reply_order", "虚构·书面报告")
    studio.saved()
    studio.page.get_by_role("button", name="试办", exact=True).click()
    waits(panel, "虚构·书面报告")


def test_an_existing_scenario_is_played_and_closing_takes_the_marks_away(studio: Studio, panel: Locator) -> None:
    panel.get_by_role("button", name=re.compile("^演示：申请延期")).click()
    expect(panel.get_by_text("案件已办结。")).to_be_visible()
    expect(studio.element("decide_extension")).to_have_class(re.compile("oc-been"))
    panel.get_by_role("button", name="关闭").click()
    expect(studio.element("decide_extension")).not_to_have_class(re.compile("oc-been"))
    expect(studio.panel()).to_be_visible()


def test_the_panel_can_be_used_on_a_phone(studio: Studio, panel: Locator) -> None:
    studio.person.size(PHONE)
    complete(panel)
    waits(panel, "报告办理情况")
    assert studio.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    studio.person.size(DESKTOP)
