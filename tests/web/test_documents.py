"""Documents at the doors: pages and calls give the files, say what is stale, and give nobody else anything."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest
from apiflask import APIFlask

from tests.documents.files import word
from tests.factories.play import Play
from tests.web.callers import Caller
from tests.web.visitors import Visitor
from workflows import casefile


@pytest.fixture
def stale(play) -> Play:
    """A case whose letter proposing the lead says less than the plan."""
    case = play(reached="draft_plan")
    case.do("draft_plan", members=["qinglan-amr", "qinglan-mpa"])
    return case


def letter(case: Play, state: str = "stale"):
    rows = casefile.documents(case.desk, case.people["health.officer"], case.case)
    return next(row for row in rows if row.name == "牵头建议函" and row.state == state)


class TestPages:
    def test_the_page_shows_the_filled_paper(self, app: APIFlask, stale: Play) -> None:
        page = Visitor(app, "health.officer").read(f"/documents/{letter(stale).id}")
        assert "青卫函〔2026〕1号" in page
        assert "由案件线索主责部门牵头" in page

    def test_the_list_and_the_page_say_what_changed(self, app: APIFlask, stale: Play) -> None:
        visitor = Visitor(app, "health.officer")
        for address in (f"/cases/{stale.case}/documents", f"/documents/{letter(stale).id}"):
            page = visitor.read(address)
            assert "已过时" in page
            assert "青岚区药品监督管理局" in page

    def test_it_is_issued_again_from_the_page(self, app: APIFlask, stale: Play) -> None:
        old = letter(stale).id
        visitor = Visitor(app, "health.officer")
        assert visitor.post(f"/documents/{old}/reissue", before=f"/documents/{old}").status_code == 303
        assert letter(stale, "current").number == "青卫函〔2026〕4号"
        assert "查看替代文书" in visitor.read(f"/documents/{old}")

    def test_another_agency_is_not_offered_to_issue_it_again(self, app: APIFlask, stale: Play) -> None:
        address = f"/documents/{letter(stale).id}"
        assert "重新制发" not in Visitor(app, "amr.officer").read(address)
        assert "重新制发" in Visitor(app, "health.officer").read(address)

    def test_the_word_file_keeps_its_chinese_name(self, app: APIFlask, stale: Play) -> None:
        answer = Visitor(app, "health.officer").get(f"/documents/{letter(stale).id}/file.docx")
        assert answer.status_code == 200
        assert "filename*=UTF-8''%E7%89%B5%E5%A4%B4" in answer.headers["Content-Disposition"]
        assert zipfile.is_zipfile(io.BytesIO(answer.data))

    def test_the_case_file_is_taken_from_the_page(self, app: APIFlask, stale: Play) -> None:
        answer = Visitor(app, "health.officer").get(f"/cases/{stale.case}/file.zip")
        assert "卷内目录.csv" in zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
        assert Visitor(app, "health.officer").get(f"/cases/{stale.case}/file.exe").status_code == 404

    def test_for_another_agency_there_is_no_file(self, app: APIFlask, stale: Play) -> None:
        visitor = Visitor(app, "cac.officer")
        for address in (
            f"/documents/{letter(stale).id}/file.docx",
            f"/documents/{letter(stale).id}/file.pdf",
            f"/cases/{stale.case}/file.zip",
        ):
            assert visitor.get(address).status_code == 404, address

    def test_the_page_of_a_template_lists_what_may_stand_in_it(self, app: APIFlask) -> None:
        visitor = Visitor(app, "designer")
        for language, said in (("zh", "案由"), ("en", "the act that is punished")):
            visitor.post("/language", language=language, next="/me")
            page = visitor.read("/document-templates/penalty_decision")
            assert said in page
            assert all(
                f'<code class="text-break" lang="zh-CN">{{{{ {tag}' in page
                for tag in ("case.cause }}", "peers.police }}", "penalty_facts|句 }}")
            )

    def test_a_designer_replaces_a_template_and_a_wrong_one_is_told_with_its_tag(self, app: APIFlask) -> None:
        visitor = Visitor(app, "designer")
        assert "行政处罚决定书" in visitor.read("/document-templates")
        address = "/document-templates/lead_letter"
        wrong = visitor.post(address, before=address, note="改", file=(io.BytesIO(word("{{ subjct }}")), "t.docx"))
        assert wrong.status_code == 422
        assert "subjct" in wrong.text
        right = visitor.post(address, before=address, note="改了抬头", file=(io.BytesIO(word("{{ subject_name }}")), "t.docx"))
        assert right.status_code == 303
        assert "改了抬头" in visitor.read(address)
        assert visitor.get(f"{address}/file.docx").data.startswith(b"PK")

    def test_an_officer_of_cases_does_not_see_templates(self, app: APIFlask) -> None:
        assert Visitor(app, "health.officer").get("/document-templates").status_code == 403


class TestCalls:
    def test_a_list_tells_standing_and_article(self, app: APIFlask, stale: Play) -> None:
        rows = Caller(app, "health.officer").read(f"/cases/{stale.case}/documents")["items"]
        row = next(row for row in rows if row["name"] == "牵头建议函")
        assert (row["state"], row["kind"], row["number"]) == ("stale", "函", "青卫函〔2026〕1号")
        assert row["changes"][0]["label"] == "成员单位"
        assert "鲁卫医监字" in row["article"]

    def test_files_come_in_the_format_asked_for(self, app: APIFlask, stale: Play) -> None:
        caller = Caller(app, "health.officer")
        assert caller.get(f"/documents/{letter(stale).id}/file").mimetype.endswith("wordprocessingml.document")
        assert caller.get(f"/cases/{stale.case}/file?format=zip").mimetype == "application/zip"
        assert caller.get(f"/cases/{stale.case}/file?format=exe").status_code == 422

    def test_a_document_is_issued_again_by_its_agency_only(self, app: APIFlask, stale: Play) -> None:
        address = f"/documents/{letter(stale).id}/reissue"
        assert Caller(app, "amr.officer").post(address).json["code"] == "not_allowed"
        made = Caller(app, "health.officer").send(address)
        assert made["number"] == "青卫函〔2026〕4号"
        assert Caller(app, "health.officer").post(address).json["code"] == "document_current"

    def test_a_template_is_listed_replaced_and_given_back(self, app: APIFlask) -> None:
        designer = Caller(app, "designer")
        assert len(designer.read("/documents/templates")["items"]) > 100
        content = base64.b64encode(word("{{ subject_name }}")).decode()
        edition = designer.send("/documents/templates/lead_letter", {"content": content, "note": "改"})
        assert (edition["number"], edition["paper"]) == (1, "lead_letter")
        assert designer.get("/documents/templates/lead_letter").data == base64.b64decode(content)
        assert designer.send("/documents/templates/lead_letter", {"content": None, "note": "改回"})["digest"] is None
        assert [row["number"] for row in designer.read("/documents/templates/lead_letter/editions")["items"]] == [2, 1]

    def test_a_hostile_template_is_refused_with_a_stable_code(self, app: APIFlask) -> None:
        content = base64.b64encode(word("{{ ''.__class__.__mro__ }}")).decode()
        answer = Caller(app, "designer").post("/documents/templates/lead_letter", {"content": content, "note": "改"})
        assert (answer.status_code, answer.json["code"]) == (422, "template_refused")

    def test_what_is_no_base64_is_a_wrong_answer(self, app: APIFlask) -> None:
        answer = Caller(app, "designer").post("/documents/templates/lead_letter", {"content": "？", "note": "改"})
        assert answer.status_code == 422

    def test_an_officer_of_cases_replaces_none(self, app: APIFlask) -> None:
        assert Caller(app, "health.officer").get("/documents/templates").status_code == 403
