"""The screens of the registers: opened by those they are for, in both languages, with what was typed kept when it is refused."""

from __future__ import annotations

import io
import re

import pytest

from tests.factories.registers import CLINIC, CODE, enter, penalty, subject
from tests.web.visitors import TOKEN, Visitor
from workflows import matter_list as matters
from workflows import penalties, penalty_import, subjects, training

INLINE = re.compile(r"""\sstyle=["']|\son[a-z]+=["']|\shx-on|<style|javascript:""")
FILE = f"当事人名称,统一社会信用代码,违法行为,处罚决定日期,处罚机关,机关类别,决定书文号,处罚种类\n{CLINIC},{CODE},非医师行医,2025-03-03,虚构·乙市卫健委,卫健,乙一号,警告\n"
OPEN_TO = {
    "health.officer": ("/registers/subjects", "/registers/subjects?q=云朵&kind=institution", "/registers/penalties?source=own&act=illegal_practice", "/registers/penalties/imports",
                       "/registers/advertisements?basis=55", "/registers/advertisements/refusals", "/registers/matters", "/registers/matters/0", "/registers/training/health.officer"),
    "supervisor": ("/registers/training", "/registers/training?year=2025&q=x", "/registers/training/health.officer"),
    "admin": ("/registers/subjects", "/registers/penalties", "/registers/penalties/imports", "/registers/training"),
    "designer": ("/registers/matters", "/registers/training/designer"),
}  # fmt: skip
CLOSED_TO = {
    "auditor": (
        "/registers/subjects",
        "/registers/penalties",
        "/registers/advertisements",
        "/registers/penalties/imports",
        "/registers/training",
    ),
    "designer": ("/registers/subjects", "/registers/penalties/imports", "/registers/matters/draft/matter"),
    "health.legal": ("/registers/penalties/imports", "/registers/training"),
    "amr.officer": ("/registers/penalties/imports",),
}


@pytest.fixture
def clinic(play, desk, people):
    enter(play(subject_name=CLINIC), subject(names=("云朵医美",)), penalty("一号"))
    [line] = subjects.list_subjects(desk, people["health.officer"]).items
    return line.id


def upload(visitor, content, name="处罚.csv"):
    token = TOKEN.search(visitor.client.get("/registers/penalties/imports").text).group(1)
    data = {"csrf_token": token, "file": (io.BytesIO(content), name)}
    return visitor.client.post("/registers/penalties/imports", data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("username", OPEN_TO)
def test_a_register_opens_for_those_it_is_for(app, clinic, username):
    visitor = Visitor(app, username)
    for address in OPEN_TO[username]:
        page = visitor.read(address)
        assert page.count("<h1") == 1, address
        assert not INLINE.search(page), address
        assert "/registers" in page, address


@pytest.mark.parametrize("username", CLOSED_TO)
def test_a_register_is_closed_to_the_others(app, clinic, username):
    visitor = Visitor(app, username)
    for address in CLOSED_TO[username]:
        assert visitor.get(address).status_code == 403, address


@pytest.mark.parametrize(("username", "first"), [("health.officer", "/registers/subjects"), ("designer", "/registers/matters")])
def test_the_registers_begin_at_the_first_that_one_may_open(app, username, first):
    assert Visitor(app, username).get("/registers").location == first


def test_a_subject_shows_its_names_its_penalties_and_how_each_was_found(app, clinic):
    page = Visitor(app, "health.officer").read(f"/registers/subjects/{clinic}")
    for words in (CLINIC, CODE, "云朵医美", "一号", "20,000.50 元", "信用代码一致", "虚构·一案"):
        assert words in page, words
    assert Visitor(app, "cac.officer").read(f"/registers/subjects/{clinic}").count("没有您可以查看的案件") == 1
    assert Visitor(app, "health.officer").get("/registers/subjects/00000000-0000-0000-0000-000000000001").status_code == 404


def test_a_file_is_read_looked_at_and_entered(app, desk, people):
    visitor = Visitor(app, "health.officer")
    looked_at = upload(visitor, FILE.encode()).location
    page = visitor.read(looked_at)
    assert "新增 1，变更 0，已有 0" in page
    assert penalties.list_penalties(desk, people["health.officer"]).total == 0
    assert visitor.post(looked_at, before=looked_at).location == looked_at
    assert "已导入" in visitor.read(looked_at)
    assert penalties.list_penalties(desk, people["health.officer"]).total == 1
    assert "处罚.csv" in visitor.read("/registers/penalties/imports")


def test_a_file_with_faults_says_which_and_offers_no_way_to_enter_it(app, desk, people):
    visitor = Visitor(app, "health.officer")
    looked_at = upload(visitor, FILE.replace("非医师行医", "打喷嚏").encode()).location
    page = visitor.read(looked_at)
    assert "事项清单中没有“打喷嚏”" in page
    assert "全部导入" not in page
    assert visitor.post(looked_at, before="/me").status_code == 400
    assert penalties.list_penalties(desk, people["health.officer"]).total == 0


@pytest.mark.parametrize(("content", "words"), [(b"", "文件是空的"), (b"PK\x03\x04", "无法读取"), (b"\xff\xfe\x00", "不是 CSV")])
def test_a_file_that_is_no_table_is_refused_on_the_form(app, content, words):
    answer = upload(Visitor(app, "health.officer"), content)
    assert (answer.status_code, words in answer.text) == (422, True)


def test_no_file_is_refused_on_the_form(app):
    answer = Visitor(app, "health.officer").post("/registers/penalties/imports", before="/registers/penalties/imports")
    assert (answer.status_code, "请选择文件" in answer.text) == (422, True)


def test_the_matter_list_is_drafted_and_published_on_the_screen(app, desk, people):
    visitor = Visitor(app, "health.head")
    draft = visitor.post("/registers/matters/draft", before="/registers/matters").location
    assert draft == "/registers/matters/1"
    form = {
        "new": "1",
        "code": "health_app",
        "name": "互联网诊疗",
        "lead": "HEALTH",
        "members": ["CAC", "AMR"],
        "basis": "某依据",
        "sources": ["routine"],
    }
    refused = visitor.post(
        "/registers/matters/draft/matter", before="/registers/matters/draft/matter", **{**form, "code": "Bad Code", "measures": "写了的"}
    )
    assert refused.status_code == 422
    assert "写了的" in refused.text
    assert "小写字母" in refused.text
    assert visitor.post("/registers/matters/draft/matter", before="/registers/matters/draft/matter", **form).location == draft
    visitor.post("/registers/matters/draft/remove", before=draft, code="touts")
    assert visitor.post("/registers/matters/draft/publish", before=draft, reason="").status_code == 422
    visitor.post("/registers/matters/draft/publish", before=draft, reason="会商")
    page = visitor.read("/registers/matters/1/against/0")
    assert "互联网诊疗" in page
    assert "移除" in page
    assert matters.version(desk, people["designer"]).version == 1


def test_a_draft_that_nobody_began_is_not_found_and_looking_begins_none(app, desk, people):
    visitor = Visitor(app, "health.head")
    assert visitor.get("/registers/matters/draft/matter").status_code == 404
    assert [one.version for one in matters.versions(desk, people["health.head"])] == [0]
    visitor.post("/registers/matters/draft", before="/registers/matters")
    assert visitor.get("/registers/matters/draft/matter").status_code == 200
    assert Visitor(app, "amr.officer").get("/registers/matters/draft/matter").status_code == 404


def test_hours_are_recorded_and_withdrawn_on_the_screen(app, desk, people):
    visitor, ledger = Visitor(app, "health.head"), "/registers/training/health.officer"
    refused = visitor.post(ledger, before=ledger, on="2099-01-01", hours="3", topic="写了的", provider="某处")
    assert (refused.status_code, "写了的" in refused.text, "不晚于今天" in refused.text) == (422, True, True)
    visitor.post(ledger, before=ledger, on="2026-02-02", hours="3.5", topic="行政处罚法", provider="某处")
    [line] = training.ledger(desk, people["health.head"], "health.officer").lines
    assert "3.5" in Visitor(app, "health.officer").read("/me")
    assert visitor.post(f"{ledger}/{line.id}/withdraw", before=ledger, reason="").status_code == 422
    visitor.post(f"{ledger}/{line.id}/withdraw", before=ledger, reason="重复")
    assert "已撤回: 重复" in visitor.read(ledger)
    assert "登记学时" not in Visitor(app, "health.officer").read(ledger)


def test_a_screen_of_another_agencys_officer_is_not_found(app):
    assert Visitor(app, "amr.head").get("/registers/training/health.officer").status_code == 404


def test_the_screens_speak_english(app, clinic):
    visitor = Visitor(app, "health.officer")
    visitor.post("/language", language="en", next="/me")
    for address, words in (
        (f"/registers/subjects/{clinic}", "People behind it"),
        ("/registers/penalties", "Practising medicine without"),
        ("/registers/matters", "Market regulation"),
    ):
        assert words in visitor.read(address), address


def test_a_file_of_another_agency_cannot_be_entered(app, desk, people):
    above = penalty_import.read(desk, people["superior.officer"], "上级.csv", FILE.encode())
    visitor = Visitor(app, "health.officer")
    assert visitor.get(f"/registers/penalties/imports/{above.id}").status_code == 404
    assert visitor.post(f"/registers/penalties/imports/{above.id}").status_code == 404
    assert Visitor(app, "superior.officer").get(f"/registers/penalties/imports/{above.id}").status_code == 200
