"""The designer draws, is told, and loses nothing: the workbench in a real browser."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import expect

from tests.browser.person import DESKTOP, PHONE, Person
from tests.browser.studio import DIAGRAM, Studio
from workflows.engine.diagram import read_diagram

pytestmark = pytest.mark.browser

BPMN = Path(__file__).parents[2] / "bpmn"
SHIPPED = sorted(BPMN.glob("*/*.bpmn"))
DRAWN = {
    "start-event-none", "intermediate-event-catch-message", "intermediate-event-catch-timer", "end-event-none", "gateway-xor", "gateway-parallel",
    "gateway-eventbased", "user-task", "service-task", "business-rule-task", "call-activity", "subprocess-expanded", "text-annotation", "participant",
}  # fmt: skip
TOOLS = {"hand-tool", "lasso-tool", "space-tool", "connection-multi", "create"}
DEFAULTS = {"isSequential": "false", "cancelActivity": "true"}
"""Attributes that say what holds without them; they may be written or not."""
WRITTEN_AGAIN = """
async (texts) => {
  const { modeler } = window.opened.current;
  const written = [];
  for (const text of texts) {
    const { warnings } = await modeler.importXML(text);
    written.push([(await modeler.saveXML({ format: true })).xml, warnings.map(({ message }) => message)]);
  }
  return written;
}
"""
KEPT = "(path) => window.opened.kept.get(path)"
"""What of a file of this draft waits on the designer's machine; other drafts may have left something there as well."""
MENUS = """
(target) => {
  const { modeler } = window.opened.current;
  const menu = modeler.get('popupMenu');
  const element = modeler.get('elementRegistry').get(target) ?? modeler.get('canvas').getRootElement();
  const offered = (name) => { const { entries, headerEntries } = menu._getContext(element, name); return [...Object.keys(entries), ...Object.keys(headerEntries)]; };
  return Object.fromEntries(['bpmn-create', 'bpmn-append', 'bpmn-replace'].map((name) => [name, offered(name)]));
}
"""


@pytest.fixture
def designer(person: Callable[[str], Person]) -> Person:
    return person("designer")


@pytest.fixture
def key(request: pytest.FixtureRequest) -> str:
    """A process of this test's own."""
    return re.sub(r"\W", "_", request.node.name)[-38:].strip("_").lower()


@pytest.fixture
def studio(designer: Person, key: str) -> Studio:
    """A new process, just begun."""
    return Studio(designer).begin(key, "虚构·巡查流程")


def test_a_process_drawn_in_three_lanes_is_there_after_a_reload(studio: Studio) -> None:
    studio.new("新建流程图", "second_road")
    expect(studio.element("lane_1")).to_be_visible()
    studio.select("participant")
    studio.pad("lane-divide-three")
    lanes = studio.page.locator(f"{DIAGRAM} g.djs-element[data-element-id^=Lane_], {DIAGRAM} g.djs-element[data-element-id=lane_1]")
    expect(lanes).to_have_count(3)
    boxes = [lane.bounding_box() for lane in lanes.all()]
    left = studio.middle("start")[0]
    rows = sorted(box["y"] + box["height"] / 2 for box in boxes)
    studio.place("user-task", left + 190, rows[1])
    studio.name("上门巡查")
    studio.place("end-event-none", left + 380, rows[2])
    studio.panel().get_by_label("中文名称").fill("巡查完毕")
    task, end = (made(studio, kind) for kind in ("userTask", "endEvent"))
    studio.connect("start", task)
    studio.connect(task, end)
    studio.select(task)
    studio.panel().get_by_label("英文名称").fill("Visit")
    studio.panel().get_by_label("须两名执法人员").check()
    studio.panel().get_by_label("本步期限").select_option("clue.triage")
    expect(studio.panel().get_by_text(re.compile("若从现在起算：20"))).to_be_visible()
    studio.panel().get_by_label("表单", exact=True).select_option("first_step")
    studio.page.mouse.click(boxes[0]["x"] + boxes[0]["width"] - 20, rows[0])
    studio.panel().get_by_label("单位").select_option("receiving")
    studio.panel().get_by_label("角色").select_option("officer")
    studio.saved()
    studio.reload()
    expect(studio.page.locator('[data-path="second_road.bpmn"]')).to_have_attribute("aria-current", "true")
    expect(studio.element(task)).to_contain_text("上门巡查")
    drawn = read_diagram(studio.stored("second_road.bpmn").encode())
    assert [lane.agency for lane in drawn.lanes].count("receiving") == 1
    assert (drawn.elements[task].form, drawn.elements[task].clock, drawn.elements[task].officers) == ("first_step", "clue.triage", 2)
    assert (drawn.elements[task].name.zh, drawn.elements[task].name.en) == ("上门巡查", "Visit")
    assert {(flow.source, flow.target) for flow in drawn.flows} == {("start", task), (task, end)}
    assert drawn.elements[task].lane != drawn.elements[end].lane


def test_nothing_can_be_drawn_that_the_engine_does_not_execute(designer: Person) -> None:
    studio = Studio(designer).copy("supervision")
    offered = {one.get_attribute("data-action") for one in studio.page.locator(f"{DIAGRAM} .djs-palette .entry").all()}
    assert offered == {f"create.{one}" for one in DRAWN} | TOOLS
    task, gateway = (made(studio, kind) for kind in ("userTask", "exclusiveGateway"))
    menus = studio.run(MENUS, task)
    kinds = {"user-task", "service-task", "rule-task", "call-activity", "expanded-subprocess"}
    gateways = {"exclusive-gateway", "parallel-gateway", "event-based-gateway"}
    events = {"none-end-event", "message-intermediate-catch", "timer-intermediate-catch"}
    edge = {"message-boundary", "timer-boundary", "non-interrupting-message-boundary", "non-interrupting-timer-boundary"}
    assert set(menus["bpmn-append"]) == {f"append-{one}" for one in kinds | gateways | events | edge}
    assert set(menus["bpmn-create"]) == {
        f"create-{one}" for one in kinds | gateways | events | edge | {"none-start-event", "expanded-pool"}
    }
    assert set(menus["bpmn-replace"]) == {f"replace-with-{one}" for one in kinds - {"user-task"}} | {
        "toggle-parallel-mi",
        "toggle-sequential-mi",
    }
    assert set(studio.run(MENUS, gateway)["bpmn-replace"]) == {f"replace-with-{one}" for one in gateways - {"exclusive-gateway"}}
    studio.select(task)
    pad = {one.get_attribute("data-action") for one in studio.page.locator(f"{DIAGRAM} .djs-context-pad .entry").all()}
    assert pad == {
        "append.user-task",
        "append.end-event",
        "append.gateway",
        "append.text-annotation",
        "append",
        "replace",
        "delete",
        "connect",
    }


def test_every_shipped_diagram_is_written_again_as_it_was(studio: Studio) -> None:
    """All that a program reads in it; where the boxes stand too."""
    assert len(SHIPPED) > 40
    written = studio.run(WRITTEN_AGAIN, [place.read_text(encoding="utf-8") for place in SHIPPED])
    for place, (text, warnings) in zip(SHIPPED, written, strict=True):
        assert warnings == [], place.name
        before, after = place.read_bytes(), text.encode()
        assert said(after) == said(before), place.name
        one, other = read_diagram(before), read_diagram(after)
        assert (one.elements, one.flows, one.lanes, one.name) == (other.elements, other.flows, other.lanes, other.name), place.name


def test_what_is_drawn_without_a_network_is_saved_when_it_is_back(studio: Studio, designer: Person) -> None:
    task, file = made(studio, "userTask"), main_file(studio)
    designer.context.set_offline(True)
    studio.rename(task, "断网时改的名")
    expect(studio.page.locator("[data-saved]")).to_contain_text("未保存：网络不通")
    assert "断网时改的名" in studio.run(KEPT, file)["text"]
    designer.context.set_offline(False)
    studio.saved()
    assert "断网时改的名" in studio.stored(file)
    assert studio.run(KEPT, file) is None
    designer.watch.found()  # requests that could not leave


def test_a_step_undone_while_it_was_being_saved_is_undone_on_the_server_too(studio: Studio) -> None:
    task, file, held = made(studio, "userTask"), main_file(studio), []
    studio.page.route("**/files/*", lambda route: route.continue_() if held else held.append(route))
    studio.rename(task, "马上撤回的名称")
    expect(studio.page.locator("[data-saved]")).to_have_attribute("data-state", "sending")
    studio.page.get_by_role("button", name="撤销").click()
    expect(studio.page.locator("[data-saved]")).to_have_attribute("data-state", "waiting")
    assert "马上撤回的名称" not in studio.run(KEPT, file)["text"]
    held[0].continue_()
    studio.saved()
    assert "马上撤回的名称" not in studio.stored(file)


@pytest.mark.parametrize("put_back", [True, False], ids=["restored", "given up"])
def test_after_a_crash_the_changes_that_were_not_saved_are_offered(studio: Studio, designer: Person, put_back: bool) -> None:
    task, file, address = made(studio, "userTask"), main_file(studio), studio.page.url
    designer.context.set_offline(True)
    studio.rename(task, "崩溃前改的名")
    expect(studio.page.locator("[data-saved]")).to_contain_text("未保存")
    studio.page.close(run_before_unload=False)
    designer.context.set_offline(False)
    designer.watch.found()
    after = Studio(designer)
    after.page.goto(address)
    after.ready()
    offer = after.page.get_by_role("alert").filter(has_text="上次未保存的修改")
    expect(offer).to_contain_text(file)
    assert "崩溃前改的名" not in after.stored(file)
    offer.get_by_role("button", name="恢复" if put_back else "放弃").click()
    expect(offer).to_have_count(0)
    if put_back:
        after.saved()
        expect(after.element(task)).to_contain_text("崩溃前改的名")
    assert ("崩溃前改的名" in after.stored(file)) == put_back
    after.reload()
    expect(after.page.get_by_role("alert").filter(has_text="上次未保存的修改")).to_have_count(0)


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_of_two_versions_of_a_file_a_person_decides_which_stays(studio: Studio, designer: Person, keep: str) -> None:
    designer.watch.expected.add(409)
    task, file = made(studio, "userTask"), main_file(studio)
    second = studio.again()
    studio.rename(task, "第一页改的")
    studio.saved()
    second.rename(task, "第二页改的")
    dialog = second.page.get_by_role("dialog")
    expect(dialog).to_contain_text("两份不同的修改")
    with second.page.expect_download() as kept:
        dialog.get_by_role("button", name="下载对方的").click()
    assert "第一页改的" in Path(kept.value.path()).read_text(encoding="utf-8")
    second.page.keyboard.press("Escape")
    dialog.get_by_role("button", name="保留我的" if keep == "mine" else "采用对方的").click()
    second.page.wait_for_function("() => !window.opened.unsaved")
    stays = "第二页改的" if keep == "mine" else "第一页改的"
    assert stays in second.stored(file)
    expect(second.element(task)).to_contain_text(stays)


def test_two_designers_see_each_other_and_what_the_other_saved(studio: Studio, person: Callable[[str], Person]) -> None:
    expect(studio.page.locator("[data-here]")).to_be_hidden()
    colleague = Studio(person("designer2"))
    colleague.page.goto(studio.page.url)
    colleague.ready()
    expect(colleague.page.locator("[data-here]")).to_contain_text("图甲·流程设计")
    studio.rename(made(studio, "userTask"), "甲改的名")
    studio.saved()
    colleague.run("() => document.dispatchEvent(new Event('visibilitychange'))")  # comes back to the tab
    expect(colleague.element(made(colleague, "userTask"))).to_contain_text("甲改的名")
    studio.run("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(studio.page.locator("[data-here]")).to_contain_text("图乙·流程设计")


def test_an_administrator_reads_a_draft_and_can_change_nothing(studio: Studio, person: Callable[[str], Person]) -> None:
    reader = Studio(person("admin"))
    reader.page.goto(studio.page.url)
    reader.ready()
    expect(reader.page.locator("[data-note]")).to_contain_text("不能修改")
    expect(reader.page.locator(f"{DIAGRAM} .djs-palette")).to_be_hidden()
    for words in ("提交审核", "放弃"):
        expect(studio.page.get_by_role("button", name=words).first).to_be_visible()
        expect(reader.page.get_by_role("button", name=words).first).to_be_hidden()


def test_a_finding_leads_to_its_element_and_goes_when_it_is_repaired(studio: Studio) -> None:
    task = made(studio, "userTask")
    studio.select(task)
    studio.panel().get_by_label("表单", exact=True).select_option("")
    studio.saved()
    finding = studio.page.locator("#findings .oc-studio-finding").filter(has_text="没有表单")
    expect(finding).to_be_visible()
    expect(studio.element(task)).to_have_class(re.compile("oc-found-error"))
    studio.page.locator("[data-tool=zoom-out]").click()
    studio.select("participant")
    finding.click()
    expect(studio.element(task)).to_have_class(re.compile("selected"))
    studio.panel().get_by_label("表单", exact=True).select_option("first_step")
    expect(finding).to_have_count(0)
    expect(studio.element(task)).not_to_have_class(re.compile("oc-found-error"))


def test_a_repair_is_one_press_and_one_step_to_undo(designer: Person) -> None:
    studio = Studio(designer).copy("supervision")
    file = main_file(studio)
    default = (
        "() => window.opened.current.modeler.get('elementRegistry').find(({ businessObject: one }) => one?.sourceRef?.default === one).id"
    )
    flow = studio.run(default)
    studio.run("(id) => window.opened.current.select(id)", flow)
    studio.panel().get_by_label("其余情况走此线").uncheck()
    repair = studio.page.get_by_role("button", name="一键修复").first
    repair.click()
    expect(studio.page.get_by_text("已修复，可以撤销。")).to_be_visible()
    expect(studio.page.get_by_role("button", name="一键修复")).to_have_count(0)
    studio.page.wait_for_function("() => !window.opened.unsaved")
    assert flow in {one.default for one in read_diagram(studio.stored(file).encode()).elements.values()}
    studio.page.get_by_role("button", name="撤销").click()
    expect(repair).to_be_visible()
    assert flow not in {one.default for one in read_diagram(studio.stored(file).encode()).elements.values()}


def test_the_engine_reads_what_was_drawn_of_events_branches_and_news(designer: Person, key: str) -> None:
    studio = Studio(designer).begin(key, "虚构·事件")
    task, file = made(studio, "userTask"), main_file(studio)
    x, y = studio.middle(task)
    studio.place("intermediate-event-catch-message", x, y + 40 * studio.run("() => window.opened.current.modeler.get('canvas').zoom()"))
    event = made(studio, "boundaryEvent")
    studio.panel().get_by_label("中文名称", exact=True).fill("遇暴力抗法")
    studio.panel().get_by_label("消息名称（中文）").fill("暴力抗法")
    studio.panel().get_by_label("消息名称（英文）").fill("Violent resistance")
    studio.panel().get_by_label("中断所附活动").uncheck()
    studio.select(task)
    studio.pad("replace")
    studio.page.locator('.djs-popup [data-id="toggle-sequential-mi"]').click()
    studio.panel().get_by_label("列表", exact=True).select_option("members")
    pool = studio.element("participant").bounding_box()
    studio.place("intermediate-event-catch-timer", pool["x"] + pool["width"] - 40, pool["y"] + pool["height"] - 30)
    timer = made(studio, "intermediateCatchEvent")
    studio.panel().get_by_label("期限", exact=True).select_option("clue.triage")
    studio.page.wait_for_function("() => !window.opened.unsaved")
    drawn = read_diagram(studio.stored(file).encode()).elements
    assert (drawn[event].event, drawn[event].attached, drawn[event].interrupts) == ("message", task, False)
    assert (drawn[event].message.zh, drawn[event].message.en) == ("暴力抗法", "Violent resistance")
    assert (drawn[task].collection, drawn[task].sequential) == ("members", True)
    assert (drawn[timer].event, drawn[timer].clock) == ("timer", "clue.triage")
    reopened = studio.reload()
    reopened.select(task)
    expect(reopened.panel().get_by_label("列表", exact=True)).to_have_value("members")


def test_every_path_is_gone_and_the_way_to_a_problem_is_shown_on_the_diagrams(designer: Person) -> None:
    """A penalty that may be decided although the case should go to the police: the gate of the law is taken off its task."""
    studio = Studio(designer).copy("administrative_penalty")
    prove, proof = studio.page.locator("[data-prove]"), studio.page.locator("[data-proof]")
    prove.click()
    expect(proof).to_have_text("全部路径均能正常办结。")
    studio.run("() => window.opened.current.select('decide_penalty')")
    studio.panel().get_by_label("法定关口").select_option("")
    studio.page.wait_for_function("() => !window.opened.unsaved")
    expect(proof).to_be_empty()
    prove.click()
    studio.page.locator("#findings li").filter(has_text="不得以罚代刑").first.get_by_role("button", name="演示路径").click()
    way = studio.page.get_by_role("region", name="路径演示")
    onward = way.get_by_role("button", name="下一步")
    expect(studio.page.locator(".oc-on-path").first).to_be_visible()
    while onward.is_enabled():
        onward.click()
    expect(way).to_contain_text("不得以罚代刑")
    expect(studio.element("decide_penalty")).to_have_class(re.compile("oc-on-path"))
    way.get_by_role("button", name="关闭").click()
    expect(studio.page.locator(".oc-on-path")).to_have_count(0)


def test_steps_are_undone_and_done_again(studio: Studio) -> None:
    task, file = made(studio, "userTask"), main_file(studio)
    before = studio.element(task).text_content()
    studio.rename(task, "改过的名")
    expect(studio.element(task)).to_contain_text("改过的名")
    studio.page.get_by_role("button", name="撤销").click()
    expect(studio.element(task)).to_have_text(before)
    studio.page.get_by_role("button", name="重做").click()
    expect(studio.element(task)).to_contain_text("改过的名")
    studio.page.locator(f"{DIAGRAM} .djs-container > svg").focus()
    studio.page.keyboard.press("Control+z")
    expect(studio.element(task)).to_have_text(before)
    studio.saved()
    studio.page.wait_for_function("() => !window.opened.unsaved")
    assert "改过的名" not in studio.stored(file)


def test_a_step_is_copied_into_another_diagram_with_all_it_says(studio: Studio) -> None:
    task = made(studio, "userTask")
    studio.select(task)
    studio.panel().get_by_label("本步期限").select_option("clue.triage")
    studio.select(task)
    studio.page.keyboard.press("Control+c")
    studio.new("新建流程图", "copied_to")
    expect(studio.element("start")).to_be_visible()
    x, y = studio.middle("start")
    studio.page.mouse.move(x + 200, y + 5)
    studio.page.locator(f"{DIAGRAM} .djs-container > svg").focus()
    studio.page.keyboard.press("Control+v")
    studio.page.mouse.move(x + 250, y)
    studio.page.mouse.click(x + 250, y)
    studio.saved()
    studio.page.wait_for_function("() => !window.opened.unsaved")
    copied = [one for one in read_diagram(studio.stored("copied_to.bpmn").encode()).elements.values() if one.kind == "userTask"]
    assert [(one.form, one.clock) for one in copied] == [("first_step", "clue.triage")]


def test_a_click_is_not_lost_when_the_list_changes_between_press_and_release(studio: Studio) -> None:
    button = studio.page.get_by_role("button", name="新建流程图", exact=True)
    box = button.bounding_box()
    assert box is not None
    studio.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    studio.page.mouse.down()
    studio.run("() => { window.opened.draft.add('meanwhile.form', '{}'); window.opened.tell('saved'); }")
    studio.page.mouse.up()
    expect(studio.page.get_by_role("dialog")).to_be_visible()
    expect(studio.page.locator('[data-path="meanwhile.form"]')).to_be_visible()


def test_a_form_is_opened_from_its_task_and_shown_as_officers_will_see_it(studio: Studio) -> None:
    task = made(studio, "userTask")
    studio.select(task)
    studio.panel().get_by_role("button", name="打开表单").click()
    preview = studio.page.get_by_role("region", name="预览")
    expect(preview.get_by_text("办理结果")).to_be_visible()
    offered = {one.get_attribute("data-field-type") for one in studio.page.locator(".fjs-palette-field").all()}
    assert offered == {"textfield", "textarea", "number", "datetime", "checkbox", "select", "radio", "checklist", "taglist", "text", "group", "dynamiclist", "separator", "spacer"}  # fmt: skip
    studio.page.locator('.fjs-palette-field[data-field-type="radio"]').focus()
    studio.page.keyboard.press("Enter")
    studio.page.locator('.oc-studio-sheet .fjs-element[data-field-type="radio"]').click()
    studio.panel().get_by_label("中文标签").first.fill("是否合格")
    studio.panel().get_by_label("英文标签").first.fill("Fit or not")
    studio.panel().get_by_label("事实", exact=True).fill("fit")
    studio.panel().get_by_label("必填").check()
    expect(preview.get_by_text("是否合格")).to_be_visible()
    studio.saved()
    studio.page.wait_for_function("() => !window.opened.unsaved")
    question = json.loads(studio.stored("forms/first_step.form"))["components"][-1]
    assert (question["type"], question["key"], question["label"], question["properties"]) == (
        "radio",
        "fit",
        "是否合格",
        {"en": "Fit or not"},
    )
    assert question["validate"] == {"required": True}
    studio.open(main_file(studio))
    expect(studio.element(task)).to_be_visible()


def test_a_branch_of_the_road_takes_a_condition_by_pressing_the_facts(designer: Person) -> None:
    studio = Studio(designer).copy("supervision")
    flow = studio.run(
        "() => window.opened.current.modeler.get('elementRegistry').filter(({ businessObject: one }) => one?.conditionExpression)[0].id"
    )
    studio.run("(id) => window.opened.current.select(id)", flow)
    condition = studio.panel().get_by_label("条件", exact=True)
    condition.fill("")
    facts = studio.panel().get_by_role("group", name="可用的事实").get_by_role("button")
    fact = next(one["key"] for one in studio.run("() => window.opened.design.facts()") if one["type"] == "radio")
    condition.fill(fact[:-1])
    facts.filter(has_text=fact).first.click()
    facts.filter(has_text="==").click()
    facts.first.click()
    expect(condition).to_have_value(re.compile(rf'^{fact} == "\w+"$'))
    studio.panel().get_by_label("其余情况走此线").check()
    expect(condition).to_have_count(0)


def test_text_files_are_typed_and_saved(studio: Studio) -> None:
    studio.open("bundle.yaml")
    area = studio.page.locator("textarea.oc-studio-text")
    area.fill(area.input_value() + "description: 虚构的说明\n")
    studio.saved()
    studio.page.wait_for_function("() => !window.opened.unsaved")
    assert "虚构的说明" in studio.stored("bundle.yaml")


def test_on_a_phone_the_diagram_is_read_and_the_page_says_why_it_cannot_be_changed(studio: Studio, designer: Person) -> None:
    expect(studio.page.locator(f"{DIAGRAM} .djs-palette")).to_be_visible()
    designer.size(PHONE)
    expect(studio.page.locator("[data-note]")).to_have_text("修改需要更宽的屏幕；这里可以查看。")
    expect(studio.page.locator(f"{DIAGRAM} .djs-palette")).to_be_hidden()
    expect(studio.element(made(studio, "userTask"))).to_be_visible()
    assert studio.page.evaluate("document.scrollingElement.scrollWidth") <= PHONE[0]
    designer.size(DESKTOP)
    expect(studio.page.locator(f"{DIAGRAM} .djs-palette")).to_be_visible()


def test_a_draft_under_review_stands_still(studio: Studio) -> None:
    task, file = made(studio, "userTask"), main_file(studio)
    studio.page.get_by_role("button", name="提交审核").first.click()
    dialog = studio.page.get_by_role("dialog")
    dialog.get_by_label("修改说明").fill("虚构的理由")
    dialog.get_by_role("button", name="提交审核").click()
    expect(studio.page.locator("[data-state]").first).to_have_text("审核中")
    before = studio.stored(file)
    studio.select(task)
    expect(studio.panel().get_by_label("中文名称")).to_be_disabled()
    expect(studio.page.locator(f"{DIAGRAM} .djs-context-pad .entry")).to_have_count(0)
    studio.page.keyboard.press("Delete")
    studio.element(task).dblclick(force=True)
    studio.page.keyboard.type("abc")
    expect(studio.element(task)).to_be_visible()
    assert studio.stored(file) == before


def made(studio: Studio, kind: str) -> str:
    """The id of the first element of a kind on the open diagram."""
    script = "(type) => window.opened.current.modeler.get('elementRegistry').filter((one) => one.type === type && !one.labelTarget)[0].id"
    return str(studio.run(script, f"bpmn:{kind[0].upper()}{kind[1:]}"))


def main_file(studio: Studio) -> str:
    return str(studio.run("() => window.opened.draft.main.path"))


def said(content: bytes) -> Counter[tuple[str, str, tuple[tuple[str, str], ...], str]]:
    """Every element of a file with its parent, attributes and text; nothing of their order and of the white space between them."""
    found = (node for node in etree.fromstring(content).iter("*"))
    return Counter((node.tag, _parent(node), _attributes(node), (node.text or "").strip()) for node in found)


def _parent(node: etree._Element) -> str:
    parent = node.getparent()
    return parent.get("id", "") if parent is not None else ""


def _attributes(node: etree._Element) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value) for name, value in node.attrib.items() if DEFAULTS.get(name) != value))
