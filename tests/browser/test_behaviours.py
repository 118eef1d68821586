"""What a person may rely on while working: nothing typed is lost, refusals are explained, keys work, numbers lead to their lists."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.form_filler import FormFiller
from tests.browser.person import DESKTOP, PHONE, Person

pytestmark = pytest.mark.browser

SUMMARY = "线索摘要：某工作室无证开展注射。"
TYPE_AND_TICK = """
([text, box]) => {
  text.value = '线索摘要：某工作室无证开展注射。';
  text.dispatchEvent(new InputEvent('input', { bubbles: true }));
  box.click();
}
"""
UNCOVERED = """
(logo) => {
  logo.scrollIntoView({ block: 'center' });
  const { left, top, width, height } = logo.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return width > 20 && height > 10 && logo.contains(there);
}
"""


@pytest.fixture
def intake(person: Callable[[str], Person]) -> Person:
    return person("health.intake")


@pytest.fixture
def clue(intake: Person) -> str:
    """The address of a new clue's first task."""
    opened = intake.api("POST", "/cases", {"process": "joint_case", "title": "虚构·新线索", "facts": {}})
    return f"/tasks/{opened['tasks'][0]['id']}"


def press_complete(page: Page) -> None:
    page.get_by_role("button", name="完成", exact=True).click()


def wait_for_draft(page: Page) -> None:
    expect(page.locator("[data-draft-state]")).to_have_attribute("data-state", "saved")


def typed(page: Page, key: str) -> str:
    return FormFiller(page).field(key).locator("input, textarea").input_value()


def test_an_empty_form_goes_nowhere_and_names_what_is_missing(intake: Person, clue: str) -> None:
    page = intake.open(clue)
    FormFiller(page).fill({"clue_summary": SUMMARY})
    press_complete(page)
    missing = page.locator("[data-form-summary] li")
    expect(missing).to_have_count(4)
    expect(page.locator("[data-form-summary]")).to_be_focused()
    missing.filter(has_text="名称或姓名").get_by_role("link").click()
    expect(FormFiller(page).field("subject_name").locator("input")).to_be_focused()
    assert typed(page, "clue_summary") == SUMMARY


def test_what_the_server_finds_wrong_stands_at_its_field_and_nothing_typed_is_lost(intake: Person, clue: str) -> None:
    intake.watch.expected.add(422)
    page = intake.open(clue)
    FormFiller(page).fill({"clue_summary": SUMMARY, "subject_address": "虚构路 1 号"})
    page.evaluate("document.querySelector('button[value=complete]').formNoValidate = true")  # the browser does not look: the server must
    press_complete(page)
    expect(page.locator("[data-form-summary] li")).to_have_count(4)
    for key in ("clue_source", "subject_name", "matter", "found_on"):
        expect(FormFiller(page).field(key).locator(".fjs-form-field-error")).to_be_visible()
    assert typed(page, "clue_summary") == SUMMARY
    assert typed(page, "subject_address") == "虚构路 1 号"
    page.reload()  # the address of the refused answer
    expect(intake.heading()).to_have_text("登记线索")


def test_what_is_typed_is_kept_as_a_draft(intake: Person, clue: str) -> None:
    page = intake.open(clue)
    FormFiller(page).fill({"clue_summary": SUMMARY, "subject_kind": "person"})
    wait_for_draft(page)
    page.evaluate("sessionStorage.clear()")  # another machine has nothing in its tab
    page.reload()
    assert typed(page, "clue_summary") == SUMMARY
    expect(FormFiller(page).field("subject_kind").get_by_text("个人")).to_be_visible()
    intake.sees("草稿保存于")


def test_what_is_typed_a_moment_before_another_field_changes_stays(intake: Person, clue: str) -> None:
    page = intake.open(clue)
    form = FormFiller(page)
    text, box = form.field("clue_summary").locator("textarea"), form.field("other_matters").get_by_label("非法行医", exact=True)
    page.evaluate(TYPE_AND_TICK, [text.element_handle(), box.element_handle()])
    wait_for_draft(page)
    expect(text).to_have_value(SUMMARY)
    expect(box).to_be_checked()


def test_the_second_of_two_tabs_gets_the_first_ones_result(intake: Person, clue: str) -> None:
    answers = {"clue_source": "grid", "subject_name": "虚构·甲", "matter": "touts", "found_on": "2026-03-02", "clue_summary": "先提交的"}
    first, second = intake.open(clue), intake.context.new_page()
    second.goto(first.url)
    for page, summary in ((first, "先提交的"), (second, "后提交的")):
        FormFiller(page).fill({**answers, "clue_summary": summary})
        wait_for_draft(page)
    press_complete(first)
    expect(first.locator(".oc-toast").filter(has_text="已完成")).to_be_visible()
    press_complete(second)
    second.wait_for_url(lambda url: clue not in url)
    second.goto(f"{intake.address.rstrip('/')}{clue}")
    expect(second.get_by_text("办结于").first).to_be_visible()
    assert typed(second, "clue_summary") == "先提交的"


def test_a_task_that_changed_meanwhile_keeps_what_was_typed(intake: Person, clue: str) -> None:
    answers = {"clue_source": "grid", "subject_name": "虚构·乙", "matter": "touts", "found_on": "2026-03-02", "clue_summary": SUMMARY}
    intake.watch.expected.add(409)
    page = intake.open(clue)
    FormFiller(page).fill(answers)
    for verb in ("unclaim", "claim"):
        intake.api("POST", f"{clue}/{verb}")
    press_complete(page)
    expect(page.locator("#refused")).to_contain_text("有变化")
    expect(page.locator("#refused")).to_contain_text("您填写的内容都还在下面")
    assert typed(page, "clue_summary") == SUMMARY
    assert typed(page, "subject_name") == "虚构·乙"
    press_complete(page)
    expect(page.locator(".oc-toast").filter(has_text="已完成")).to_be_visible()


def test_a_deputy_reads_why_she_may_not_decide_a_transfer(person: Callable[[str], Person]) -> None:
    head, deputy = person("health.head"), person("health.deputy")
    case = head.case("银杏医疗美容门诊部")
    task = next(one for one in head.api("GET", f"/tasks?view=todo&case={case}")["items"] if one["element"] == "decide_transfer")
    page = deputy.open(f"/tasks/{task['id']}")
    expect(page.locator(".oc-note-warning")).to_contain_text("您现在不能办理这一步")
    expect(page.locator(".oc-note-warning")).to_contain_text("第五条")
    expect(page.get_by_role("button", name="完成", exact=True)).to_have_count(0)
    page = head.open(f"/tasks/{task['id']}")
    expect(page.get_by_role("button", name="完成", exact=True)).to_be_visible()


def test_the_language_is_changed_in_place_and_stays(person: Callable[[str], Person]) -> None:
    officer = person("health.officer")
    page = officer.open("/inbox?view=done")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "view=done" in page.url
    page.get_by_role("link", name="Cases", exact=True).click()
    expect(officer.heading()).to_have_text("Cases")
    page.get_by_role("button", name="中文").click()
    expect(officer.heading()).to_have_text("案件")


def test_a_list_is_worked_through_by_keyboard(person: Callable[[str], Person]) -> None:
    page = person("health.officer").open("/inbox")
    rows = page.locator("tr[data-href]")
    for key, current in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(rows.nth(current)).to_have_class(re.compile("is-current"))
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.locator("[data-search]").blur()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    wanted = rows.nth(1).get_attribute("data-href")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_diagram_shows_where_the_case_is_and_whose_work_the_drawing_is(phone: bool, person: Callable[[str], Person]) -> None:
    officer = person("health.officer")
    case = officer.case("百合美容会所")
    drawings = [one for one in officer.api("GET", f"/cases/{case}/diagram")["items"] if one["tokens"]]
    assert len(drawings) > 1, "the case is inside a called process"
    for one in drawings:
        page = officer.open(f"/cases/{case}/diagram?process={one['process']}")
        officer.size(PHONE if phone else DESKTOP)
        expect(page.locator(".djs-container svg .djs-shape").first).to_be_visible()
        badges = {badge.get_attribute("data-badge"): badge.locator("b").inner_text() for badge in page.locator("[data-badge]").all()}
        assert badges == {element: str(count) for element, count in one["tokens"].items()}
        expect(page.locator("[data-diagram]")).to_have_attribute("data-unknown-marks", "0")
        logo = page.locator(".bjs-powered-by")
        expect(logo).to_be_visible()
        page.wait_for_function(UNCOVERED, arg=logo.element_handle())


def test_menu_and_search_stay_while_a_long_page_scrolls(person: Callable[[str], Person]) -> None:
    officer = person("health.officer")
    page = officer.open(f"/cases/{officer.case('白鹭门诊部')}/facts")
    page.evaluate("scrollTo(0, document.scrollingElement.scrollHeight)")
    assert page.evaluate("scrollY") > 900
    for part in (".oc-side", ".oc-top"):
        assert page.locator(part).bounding_box()["y"] == pytest.approx(0, abs=1), f"{part} has gone away with the page"


def test_every_choice_of_a_low_field_can_be_reached(person: Callable[[str], Person]) -> None:
    """The list of a select at the end of a form lies above the bar of buttons, not under it."""
    officer = person("health.officer")
    case = officer.case("百合美容会所")
    task = next(one for one in officer.api("GET", f"/tasks?view=todo&case={case}")["items"] if one["element"] == "record_findings")
    page = officer.open(f"/tasks/{task['id']}")
    form = FormFiller(page)
    form.fill({"evidence": [{"evidence_name": "笔录", "evidence_kind": "record"}]})
    expect(form.field("evidence").get_by_text("勘验检查笔录")).to_be_visible()


def test_every_number_on_the_wall_opens_a_list_of_exactly_that_many(person: Callable[[str], Person]) -> None:
    supervisor = person("supervisor")
    page = supervisor.open("/overdue")
    expect(page.locator("[data-chart] canvas, [data-chart] svg").first).to_be_visible()
    numbers = page.locator('#main .oc-figure, #main td a[href*="/overdue/tasks"]').evaluate_all(
        "(links) => links.map((link) => [link.getAttribute('href'), Number((link.querySelector('b') ?? link).textContent)])"
    )
    assert len(numbers) > 10
    for href, number in numbers:
        answer = supervisor.context.request.get(f"{supervisor.address.rstrip('/')}{href}").text()
        assert f"共 {number} 个正在办理的步骤" in answer, f"{href} has not {number}"
    head = page.locator(".oc-figure").evaluate_all("(all) => all.reduce((sum, one) => sum + Number(one.querySelector('b').textContent), 0)")
    supervisor.sees(f"所辖各单位正在办理的 {head} 个步骤")
    page.locator(".oc-figure.is-red").click()
    expect(supervisor.heading()).to_have_text("超期")


def test_a_supervisor_urges_and_orders(person: Callable[[str], Person]) -> None:
    supervisor = person("supervisor")
    page = supervisor.open("/overdue/tasks?light=green&q=百合美容会所")
    if not page.locator("tr[data-href]").count():
        page = supervisor.open("/overdue/tasks?q=百合美容会所")
    row = page.locator("tr[data-href]").filter(has_text="记录检查结果与证据").last
    wanted = row.get_attribute("data-href")
    before = row.locator(".badge").count() and int(re.sub(r"\D", "", row.locator(".badge").first.inner_text()))
    row.get_by_role("button", name="催办").click()
    page.get_by_role("dialog").get_by_role("button", name="催办").click()
    expect(page.locator(".oc-toast").filter(has_text="已催办")).to_be_visible()
    row = page.locator(f'tr[data-href="{wanted}"]')
    expect(row.locator(".badge").first).to_have_text(f"催办 {before + 1}")

    row.get_by_role("link", name="督办").click()
    page.get_by_label("督办事项").fill("请说明进度。")
    page.get_by_label("要求说明").check()
    page.get_by_role("button", name="发出督办").click()
    said = page.locator(".oc-toast").filter(has_text="已发出督办")
    expect(said).to_be_visible()
    number = said.inner_text().split()[-1]
    supervisor.open("/supervision?status=open")
    expect(page.get_by_text(number).first).to_be_visible()


def test_five_failures_lock_an_account_and_the_page_says_so(person: Callable[[str], Person], stranger: Callable[[str], Person]) -> None:
    admin = person("admin")
    page = admin.open("/officers/new")
    values = {"用户名": "throw.away", "姓名": "试用人员", "初始密码": "Onecase-2026-x"}
    for label, value in values.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("单位", exact=True).select_option(label="青岚区卫生健康局")
    page.get_by_label("承办人", exact=True).check()
    page.get_by_role("button", name="建立").click()
    admin.sees("已建立账号 throw.away")

    somebody = stranger("throw.away")
    somebody.watch.expected |= {401, 429}
    somebody.open("/sign-in")
    for _ in range(4):
        somebody.type_name_and_password("wrong")
        expect(somebody.page.locator("#wrong")).to_have_text("用户名或密码不正确。")
    somebody.type_name_and_password("wrong")
    expect(somebody.page.locator("#wrong")).to_contain_text("账号已锁定")
    somebody.type_name_and_password("Onecase-2026-x")
    expect(somebody.page.locator("#wrong")).to_contain_text("账号已锁定")
    admin.open("/officers?q=throw.away")
    admin.sees("已锁定")


def test_after_a_silence_one_signs_in_again_and_is_where_one_wanted_to_be(
    stranger: Callable[[str], Person], database: Path, intake: Person, clue: str
) -> None:
    """What was typed when the sign-in ended is there as well."""
    back = stranger("health.intake")
    back.sign_in()
    page = back.open(clue)
    page.route("**/draft", lambda route: route.abort())  # nothing reaches the server any more
    FormFiller(page).fill({"clue_summary": SUMMARY})
    page.unroute("**/draft")
    back.watch.found()  # the draft that was not saved
    _silence(database, "health.intake")
    page.on("dialog", lambda warning: warning.accept())  # leave with something typed? yes
    page.get_by_role("link", name="案件", exact=True).click()
    page.wait_for_url(re.compile(r"/sign-in\?next="))
    back.type_name_and_password()
    expect(back.heading()).to_have_text("案件")
    back.open(clue)
    assert typed(page, "clue_summary") == SUMMARY
    back.sees("已恢复")


def _silence(database: Path, username: str) -> None:
    """From the newest sign-in of this person nothing has been heard for an hour."""
    newest = (
        "SELECT token_hash FROM sign_in JOIN officer ON officer.id = sign_in.officer "
        "WHERE username = ? AND kind = 'browser' ORDER BY sign_in.at DESC LIMIT 1"
    )
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        query = f"UPDATE sign_in SET seen_at = datetime(seen_at, '-1 hour') WHERE token_hash = ({newest})"
        assert connection.execute(query, (username,)).rowcount == 1
