"""The whole road in one go: a designer draws a process from an empty pool, is told three things and mends them, plays it; a second one

publishes it; an officer opens a case on it and finishes its first task.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.form_filler import FormFiller
from tests.browser.person import Person
from tests.browser.studio import DIAGRAM, Studio
from workflows.engine.diagram import read_diagram

pytestmark = pytest.mark.browser

KEY, NAME = "drawn_from_nothing", "虚构·从空白画起的流程"
TITLE = "虚构·新流程第一案"
WIDE = (1500, 1000)
LANES = (("受理", "receiving", "officer"), ("审批", "receiving", "head"), ("法制", "receiving", "legal"))


def finding(studio: Studio, words: str) -> Locator:
    return studio.page.locator("#findings li").filter(has_text=words)


def ids(studio: Studio, kind: str) -> list[str]:
    """The elements of a kind, from left to right."""
    script = """(type) => window.opened.current.modeler.get('elementRegistry').filter((one) => one.type === type && !one.labelTarget)
      .sort((one, other) => one.x - other.x || one.y - other.y).map(({ id }) => id)"""
    return list(studio.run(script, f"bpmn:{kind}"))


def an_empty_pool(studio: Studio) -> None:
    """Of what a new process comes with, only the start stays."""
    for element in ("first_step", "end"):
        studio.select(element)
        studio.page.keyboard.press("Delete")
        expect(studio.element(element)).to_have_count(0)


def wider(studio: Studio, by: float) -> None:
    """The selected pool's lower edge is drawn down, in pixels of the window."""
    handle = studio.page.locator(f"{DIAGRAM} .djs-resizer-s").bounding_box()
    assert handle is not None
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    studio.page.mouse.move(x, y)
    studio.page.mouse.down()
    studio.page.mouse.move(x, y + by / 2)
    studio.page.mouse.move(x, y + by)
    studio.page.mouse.up()
    studio.page.get_by_role("button", name="适应窗口").click()


def drawn(studio: Studio) -> None:
    """Three lanes: register, decide, and where it is agreed to, review; a question between them, two ends."""
    studio.select("participant")
    wider(studio, 420)
    studio.pad("lane-divide-three")
    lanes = ids(studio, "Lane")
    rows = [studio.middle(lane)[1] for lane in sorted(lanes, key=lambda lane: studio.middle(lane)[1])]
    left = studio.middle("start")[0]
    steps = (
        ("user-task", 110, 0, "登记事项"),
        ("user-task", 220, 1, "审批"),
        ("gateway-xor", 330, 1, ""),
        ("user-task", 430, 2, "法制复核"),
    )
    for kind, right, row, name in steps:
        studio.place(kind, left + right, rows[row])
        if name:
            studio.name(name)
    for right, row, name in ((530, 2, "办结"), (430, 1, "不同意")):
        studio.place("end-event-none", left + right, rows[row])
        named(studio, ids(studio, "EndEvent")[-1] if row == 2 else ids(studio, "EndEvent")[0], name)


def named(studio: Studio, element: str, name: str) -> None:
    """By the properties of the selected element."""
    expect(studio.panel().get_by_label("编号", exact=True)).to_have_value(element)
    studio.panel().get_by_label("中文名称").fill(name)
    script = "([id, name]) => window.opened.current.modeler.get('elementRegistry').get(id).businessObject.name === name"
    studio.page.wait_for_function(script, arg=[element, name])


def aside(studio: Studio) -> None:
    """A click beside the pool: what was selected no longer covers its neighbours with its buttons."""
    canvas = studio.page.locator(f"{DIAGRAM} .djs-container").bounding_box()
    assert canvas is not None
    studio.page.mouse.click(canvas["x"] + canvas["width"] / 2, canvas["y"] + 12)


def pick(studio: Studio, element: str) -> None:
    studio.page.get_by_role("button", name="适应窗口").click()
    aside(studio)
    studio.select(element)


def joined(studio: Studio) -> None:
    register, decide, review = ids(studio, "UserTask")
    [gateway] = ids(studio, "ExclusiveGateway")
    ends = {
        studio.run("(id) => window.opened.current.modeler.get('elementRegistry').get(id).businessObject.name", end): end
        for end in ids(studio, "EndEvent")
    }
    for source, target in (
        ("start", register),
        (register, decide),
        (decide, gateway),
        (gateway, review),
        (review, ends["办结"]),
        (gateway, ends["不同意"]),
    ):
        aside(studio)
        studio.connect(source, target)


def described(studio: Studio) -> None:
    """Who works in the lanes; what the tasks ask; the question of the gateway and one of its answers; a clock."""
    places = sorted(ids(studio, "Lane"), key=lambda lane: studio.middle(lane)[1])
    for lane, (name, agency, role) in zip(places, LANES, strict=True):
        studio.run("(id) => window.opened.current.select(id)", lane)
        named(studio, lane, name)
        studio.panel().get_by_label("单位").select_option(agency)
        studio.panel().get_by_label("角色").select_option(role)
    register, decide, review = ids(studio, "UserTask")
    for task in (register, review):
        pick(studio, task)
        studio.panel().get_by_label("表单", exact=True).select_option("first_step")
    pick(studio, decide)
    studio.panel().get_by_label("本步期限").select_option("clue.triage")
    [gateway] = ids(studio, "ExclusiveGateway")
    pick(studio, gateway)
    named(studio, gateway, "同意吗？")


def asked(studio: Studio) -> None:
    """A form of its own for the decision, made beside the diagram."""
    studio.new("新建表单", "approval")
    studio.page.locator('.fjs-palette-field[data-field-type="checkbox"]').focus()
    studio.page.keyboard.press("Enter")
    studio.page.locator('.oc-studio-sheet .fjs-element[data-field-type="checkbox"]').click()
    studio.panel().get_by_label("中文标签").first.fill("同意")
    studio.panel().get_by_label("事实", exact=True).fill("agreed")
    studio.saved()
    studio.page.wait_for_function("() => !window.opened.unsaved")


def test_from_an_empty_pool_to_the_first_task_of_a_case(person: Callable[[str], Person]) -> None:
    designer, reviewer, officer = person("designer"), person("designer2"), person("health.officer")
    designer.size(WIDE)
    studio = Studio(designer).begin(KEY, NAME)
    an_empty_pool(studio)
    drawn(studio)
    joined(studio)
    described(studio)
    studio.saved()

    mended(studio)
    played(studio)
    submitted(studio)
    published(reviewer, studio.page.url.partition("#")[0].rsplit("/", 1)[-1])
    opened_and_begun(officer)


def mended(studio: Studio) -> None:
    """Told: no form, no answer at the question, no way for everything else. Mended: by a form, by a condition and its words, at a press."""
    decide, [gateway] = ids(studio, "UserTask")[1], ids(studio, "ExclusiveGateway")
    formless, undecided, defaultless = (finding(studio, words) for words in ("没有表单", "没有条件，也不是默认连线", "没有默认连线"))
    for told in (formless, undecided, defaultless):
        expect(told.first).to_be_visible()
    asked(studio)
    studio.open(f"{KEY}.bpmn")
    pick(studio, decide)
    studio.panel().get_by_label("表单", exact=True).select_option("approval")
    expect(formless).to_have_count(0)
    flows = [flow for flow in read_diagram(studio.stored(f"{KEY}.bpmn").encode()).flows if flow.source == gateway]
    review = ids(studio, "UserTask")[2]
    for flow in flows:
        studio.run("(id) => window.opened.current.select(id)", flow.id)
        named(studio, flow.id, "同意" if flow.target == review else "不同意")
        if flow.target == review:
            studio.panel().get_by_label("条件", exact=True).fill("agreed == true")
            studio.page.keyboard.press("Tab")
            script = "([id, words]) => window.opened.current.modeler.get('elementRegistry').get(id).businessObject.conditionExpression?.body === words"
            studio.page.wait_for_function(script, arg=[flow.id, "agreed == true"])
    expect(undecided).to_have_count(1)
    defaultless.get_by_role("button", name="一键修复").click()
    expect(studio.page.get_by_text("已修复，可以撤销。")).to_be_visible()
    for told in (undecided, defaultless):
        expect(told).to_have_count(0)
    expect(studio.page.locator("#findings li").filter(has_text="错误")).to_have_count(0)


def played(studio: Studio) -> None:
    """Agreed to, and reviewed: the case of the draft ends."""
    studio.page.get_by_role("button", name="试办", exact=True).click()
    panel = studio.page.get_by_role("complementary", name="试办")
    for step, answer in (("登记事项", "登记在案"), ("审批", ""), ("法制复核", "合法")):
        expect(panel.get_by_role("button", name=re.compile(f"^{step}"), expanded=True)).to_be_visible()
        if answer:
            panel.get_by_role("textbox", name="办理结果").fill(answer)
        else:
            panel.get_by_role("checkbox", name="同意").check()
        panel.get_by_role("button", name="完成", exact=True).click()
    expect(panel.get_by_text("案件已办结。")).to_be_visible()
    panel.get_by_role("button", name="关闭").click()


def submitted(studio: Studio) -> None:
    studio.page.get_by_role("button", name="提交审核").first.click()
    dialog = studio.page.get_by_role("dialog")
    dialog.get_by_label("修改说明").fill("虚构的新流程")
    dialog.get_by_role("button", name="提交审核").click()
    expect(studio.page.locator("[data-state]").first).to_have_text("审核中")


def published(reviewer: Person, draft: str) -> None:
    reviewer.open(f"/designs/{draft}/review")
    reviewer.page.get_by_label("发布理由").fill("同意")
    reviewer.page.get_by_role("button", name="发布为第 1 版").click()
    reviewer.page.wait_for_url(f"**/diagrams/{KEY}")


def opened_and_begun(officer: Person) -> None:
    """A case of the new process, and its first task done by whoever opened it."""
    officer.open("/cases/new")
    officer.page.get_by_role("radio", name=re.compile(NAME)).check()
    officer.page.get_by_label("案名").fill(TITLE)
    officer.page.get_by_role("button", name="开立").click()
    officer.sees("已开立")
    case = officer.case(TITLE, KEY)
    [task] = [
        one
        for one in officer.api("GET", "/tasks?view=todo")["items"] + officer.api("GET", "/tasks?view=pool")["items"]
        if one["case"]["id"] == case
    ]
    assert task["name"] == "登记事项"
    if task["assignee"] is None:
        officer.api("POST", f"/tasks/{task['id']}/claim")
    officer.open(f"/tasks/{task['id']}")
    FormFiller(officer.page).fill({"result_text": "现场情况已登记"})
    officer.page.get_by_role("button", name="完成", exact=True).click()
    expect(officer.page.locator(".oc-toast").filter(has_text="已完成")).to_be_visible()
