"""One new case, from the clue to its closing, by the people whose case it is, each at their own browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, quote

import pytest
from playwright.sync_api import expect

from tests.browser.form_filler import FormFiller
from tests.browser.person import Person
from web.demo_answers import ANSWERS as DEMO_ANSWERS
from web.demo_matters import MATTERS
from workflows.working_days import CHINA

pytestmark = pytest.mark.browser

TITLE = "虚构·星芒医美工作室无证注射案"
NOW = datetime.now(CHINA)
TODAY = NOW.date().isoformat()
ANSWERS: dict[str, Any] = {
    **{key: TODAY for key in DEMO_ANSWERS if key.endswith("_on")},
    **{key: value for key, value in {**DEMO_ANSWERS, **MATTERS["illegal_practice"]}.items() if not callable(value)},
    "clue_summary": "群众反映该工作室由非医师开展注射美容，已有就诊人员受损。（演示数据）",
    "subject_name": "虚构·星芒医美工作室",
    "matter": "illegal_practice",
    "other_matters": ["medical_ad", "drug_device"],
    "plan_start": TODAY,
    "plan_end": (NOW + timedelta(days=30)).date().isoformat(),
    "plan_division": [
        {"agency": "qinglan-amr", "duty": "核查广告与收费。"},
        {"agency": "qinglan-mpa", "duty": "核查药品与器械来源。"},
    ],
    "members": ["qinglan-amr", "qinglan-mpa"],
    "opinion_text": "同意方案，按分工落实。",
    "plan_decision": "approve",
    "visit_outcome": "done",
    "recusal_applied": "no",
    "finding_text": "现场未能出示有效许可，存在涉案物品，已制作笔录。（演示）",
    "crime_signs": "yes",
    "evidence": [
        {**one, "evidence_custodian": "市甲", "evidence_digest": ""}
        for one in (
            {"evidence_name": "现场检查笔录", "evidence_kind": "record", "evidence_count": 1, "evidence_place": "案卷"},
            {"evidence_name": "涉案产品", "evidence_kind": "object", "evidence_count": 12, "evidence_place": "证物室"},
        )
    ],
    "classification": "both",
    "penalties": ["warning", "confiscate_goods"],  # a fine is not offered while a transfer is due
    "penalties_decided": ["warning", "confiscate_goods"],
    "counted_amount": 0,
    "fine_amount": 0,
    "fine_decided": 0,
    "act_on": TODAY,
    "discovered_on": TODAY,
    "handed_over_at": NOW.strftime("%Y-%m-%dT%H:00"),
    **dict.fromkeys(("pack_letter", "pack_report", "pack_items", "pack_appraisal", "pack_other"), True),
    "feedback_text": "案件已依法办理，现将结果反馈贵单位。（演示）",
    "reporter_answer_due": "yes",
    "result_use_text": "已纳入本单位日常监管。",
}

# Who does which step. `over the API`: a step of a kind that two people have done in the browser already.
BROWSER, API = True, False
ROAD = (
    ("health.officer", "triage", BROWSER),
    ("health.intake", "reply_reporter", BROWSER),
    ("health.officer", "confirm_hits", BROWSER),
    ("health.officer", "confirm_candidate", BROWSER),
    ("health.head", "answer_lead", BROWSER),
    ("health.officer", "assess_criteria", BROWSER),
    ("health.head", "decide_plan_need", BROWSER),
    ("health.officer", "draft_plan", BROWSER),
    ("amr.officer", "give_opinion", BROWSER),
    ("mpa.officer", "give_opinion", BROWSER),
    ("health.head", "sign_plan", BROWSER),
    ("amr.officer", "prepare_visit", BROWSER),
    ("health.officer", "prepare_visit", API),
    ("mpa.officer", "prepare_visit", API),
    ("amr.officer", "record_findings", BROWSER),
    ("health.officer", "record_findings", API),
    ("mpa.officer", "record_findings", API),
    ("health.officer", "write_report", BROWSER),
    ("health.officer", "identify_links", BROWSER),
    ("health.legal", "classify", BROWSER),
    ("health.officer", "apply_filing", BROWSER),
    ("health.head", "approve_filing", BROWSER),
    ("health.officer", "propose_penalty", BROWSER),
    ("health.officer", "notify_party", BROWSER),
    ("health.officer", "take_statement", BROWSER),
    ("health.legal", "legal_review", BROWSER),
    ("health.head", "decide_penalty", BROWSER),
    ("health.officer", "serve_decision", BROWSER),
    ("health.officer", "verify_crime", BROWSER),
    ("health.head", "decide_transfer", BROWSER),
    ("health.officer", "hand_over", BROWSER),
    ("health.officer", "copy_penalty", BROWSER),  # the penalty was decided before the transfer
    ("psb.officer", "receive_transfer", BROWSER),
    ("psb.officer", "review_filing", BROWSER),
    ("proc.officer", "receive_copy", BROWSER),
    ("psb.head", "decide_filing", BROWSER),
    ("health.officer", "hand_over_items", BROWSER),
    ("health.officer", "recheck_penalty", BROWSER),
    ("health.officer", "prepare_publication", BROWSER),
    ("amr.officer", "sign_publication", BROWSER),
    ("health.officer", "sign_publication", API),
    ("mpa.officer", "sign_publication", API),
    ("health.head", "approve_publication", BROWSER),
    ("health.officer", "publish_double", BROWSER),
    ("health.officer", "prepare_credit", BROWSER),
    ("health.officer", "push_credit", BROWSER),
    ("health.officer", "write_feedback", BROWSER),
    ("health.intake", "answer_reporter", BROWSER),
    ("proc.officer", "receive_feedback", BROWSER),
    ("psb.officer", "receive_feedback", API),
    ("amr.officer", "receive_feedback", API),
    ("mpa.officer", "receive_feedback", API),
    ("psb.officer", "register_investigation", BROWSER),  # the criminal case is a case of its own, and this one closes after it
    ("psb.officer", "report_progress", BROWSER),
    ("proc.officer", "record_prosecution", BROWSER),
    ("health.officer", "receive_judgment", BROWSER),
    ("health.head", "close_case", BROWSER),
)


@dataclass
class Journey:
    """The case on its way."""

    case: str
    done: list[tuple[str, str, bool]] = field(default_factory=list)

    def step(self, person: Person, element: str, *, browser: bool) -> None:
        task = self._found(person, element)
        if browser:
            self._in_the_browser(person, task)
        else:
            self._over_the_api(person, task)
        self.done.append((person.username, element, browser))

    def _found(self, person: Person, element: str) -> dict[str, Any]:
        for view in ("todo", "pool"):
            for task in person.api("GET", f"/tasks?view={view}&q={quote(TITLE)}")["items"]:
                if task["element"] == element:
                    return {**task, "view": view}
        raise AssertionError(f"{element} is in no list of {person.username}; done so far: {self.done}")

    def _in_the_browser(self, person: Person, task: dict[str, Any]) -> None:
        """Find it in the list, take it if nobody has it, fill it in, press 完成."""
        page = person.page
        if f"/tasks/{task['id']}" not in page.url:  # after a step of the same case the next one is there already
            person.open(f"/inbox?view={task['view']}&q={TITLE}")
            row = page.locator(f'tr[data-href="/tasks/{task["id"]}"]')
            row.get_by_role("button", name="领取并办理").click() if task["view"] == "pool" else row.get_by_role("link").first.click()
        expect(person.heading()).to_have_text(task["name"])
        complete(person, ANSWERS)

    def _over_the_api(self, person: Person, task: dict[str, Any]) -> None:
        if task["view"] == "pool":
            person.api("POST", f"/tasks/{task['id']}/claim")
        page = person.api("GET", f"/tasks/{task['id']}")
        known = {**page["data"], **ANSWERS, **second_officer(page["data"])}
        asked = re.findall(r'"key": ?"(\w+)"|"path": ?"(\w+)"', json.dumps(page["form"]))
        keys = {one for pair in asked for one in pair if one}
        answers = {key: value for key, value in known.items() if key in keys}
        person.api("POST", f"/tasks/{task['id']}/complete", {"revision": page["revision"], "answers": answers})


def second_officer(data):
    """The first colleague that the task offers, where it asks for one."""
    offered = data.get("officers") or []
    return {"second_officer": offered[0]["value"]} if offered else {}


def complete(person: Person, answers: dict[str, Any]) -> None:
    """Fill in the form in front of the person and press 完成; what leaves the browser is what was filled in."""
    page = person.page
    form = FormFiller(page)
    colleagues = second_officer(form.data)
    given = form.fill({**answers, **colleagues})
    with page.expect_request(lambda request: request.url.endswith("/complete")) as sent:
        page.get_by_role("button", name="完成", exact=True).click()
    left = json.loads(parse_qs(sent.value.post_data or "")["answers"][0])
    assert {key: left.get(key) for key in given} == given
    expect(page.locator(".oc-toast").filter(has_text="已完成")).to_be_visible()


def test_a_case_goes_from_clue_to_closed_through_the_hands_of_its_officers(person: Callable[[str], Person]) -> None:
    intake = person("health.intake")
    intake.open("/inbox")
    intake.page.locator(".oc-head").get_by_role("link", name="登记线索").click()
    intake.page.get_by_label("案名").fill(TITLE)
    intake.page.get_by_role("button", name="开立").click()
    intake.sees("已开立")
    complete(intake, ANSWERS)
    journey = Journey(intake.case(TITLE))

    for username, element, browser in ROAD:
        journey.step(person(username), element, browser=browser)

    head = person("health.head")
    head.open(f"/cases/{journey.case}")
    expect(head.heading()).to_have_text(TITLE)
    expect(head.page.locator(".oc-head .badge")).to_have_text("已办结")
    head.sees("没有正在办理的步骤。")
    head.open(f"/cases/{journey.case}/facts")
    for words in ("虚构·星芒医美工作室", "没收非法财物", "非法行医罪", "演示立案 0001"):
        head.sees(words)
    in_browser = [(who, element) for who, element, browser in journey.done if browser]
    assert len({who for who, _ in in_browser}) >= 6
    assert {element for _, element, _ in journey.done} == {element for _, element in in_browser}
