"""The workbench as people see it: the list of drafts, the review, the buttons that begin, submit, send back and publish."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from apiflask import APIFlask

from tests.web.designers import Designer
from tests.web.visitors import Visitor
from workflows.designing.archive import unpacked
from workflows.rulebook import shipped_bundles


def changed(designer: Designer, note: str = "# 用语\n") -> str:
    """A draft of the supervision process in which something differs."""
    draft = designer.begin(process="supervision")
    file = designer.files(draft)["bundle.yaml"]
    assert designer.write(draft, "bundle.yaml", file["text"] + note, file["revision"]).status_code == 200
    return draft


def decided(designer: Designer, draft: str, **fields: str) -> tuple[int, str]:
    answer = designer.post(f"{draft}/review", before=f"{draft}/review", **fields)
    return answer.status_code, answer.text


class TestBeginning:
    def test_a_version_is_copied_by_its_button_and_the_list_shows_the_draft(self, app: APIFlask) -> None:
        designer = Designer(app)
        versions = designer.read("/diagrams/supervision")
        assert "从第 1 版新建草稿" in versions
        draft = designer.begin(process="supervision", number="1")
        assert re.fullmatch(r"/designs/[0-9a-f-]{36}", draft)
        shown = designer.read("/designs")
        assert all(words in shown for words in ("督办", "图甲·流程设计", "第 1 版", "编辑中"))
        assert "data-may-edit" in designer.read(draft)

    def test_an_empty_process_begins_with_a_name_and_a_key(self, app: APIFlask) -> None:
        designer = Designer(app)
        assert set(designer.files(designer.begin(key="home_visits", name="上门巡查"))) == {
            "bundle.yaml", "forms/first_step.form", "home_visits.bpmn",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("fields", "status", "said"),
        [
            ({"key": "Bad Key", "name": "甲"}, 422, "标识"),
            ({"key": "supervision", "name": "督办"}, 409, "已发布"),
            ({"process": "nothing"}, 404, "没有找到"),
            ({"process": "supervision", "number": "99999999999999999999"}, 404, "没有找到"),
            ({"process": "supervision", "number": "one"}, 404, "没有找到"),
            ({}, 422, "请选择文件"),
        ],
    )
    def test_what_cannot_be_begun_is_said_on_the_page_and_what_was_typed_stays(self, app: APIFlask, fields, status, said) -> None:
        answer = Designer(app).post("/designs", **fields)
        assert answer.status_code == status
        assert said in answer.text
        assert all(f'value="{value}"' in answer.text for key, value in fields.items() if key in {"name", "key"})

    def test_a_zip_and_a_diagram_are_brought_and_a_zip_goes_out_the_same(self, app: APIFlask) -> None:
        designer = Designer(app)
        out = designer.get("/diagrams/supervision/1/bundle.zip")
        assert unpacked("x.zip", out.data) == shipped_bundles()["supervision"]
        draft = designer.begin(file=(io.BytesIO(out.data), "supervision.zip"))
        assert designer.get(f"{draft}/bundle.zip").data == out.data
        diagram = designer.files(designer.begin())["home_visits.bpmn"]["text"]
        assert "bundle.yaml" in designer.files(designer.begin(file=(io.BytesIO(diagram.encode()), "x.bpmn")))

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"<a"])
    def test_a_file_that_is_no_bundle_is_refused_and_nothing_is_stored(self, app: APIFlask, content: bytes) -> None:
        designer = Designer(app)
        assert designer.post("/designs", file=(io.BytesIO(content), "x.zip")).status_code == 422
        assert "这里没有草稿" in designer.read("/designs")

    @pytest.mark.parametrize("megabytes", [10, 17, 100])
    def test_a_file_that_is_too_large_is_refused_and_nothing_is_stored(self, app: APIFlask, megabytes: int) -> None:
        designer = Designer(app)
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="x.zip"\r\nContent-Type: application/zip\r\n\r\n'
        body = head + b"x" * (megabytes * 1024 * 1024) + b"\r\n--x--\r\n"  # the client's own form would keep a file of it open
        answer = designer.client.post("/designs", data=body, content_type="multipart/form-data; boundary=x", headers=designer.headers)
        assert answer.status_code == 413
        assert "这里没有草稿" in designer.read("/designs")

    def test_a_damaged_zip_is_refused_where_it_is_only_checked_too(self, app: APIFlask) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            made.writestr("bundle.yaml", "x" * 100)
        broken = out.getvalue().replace(b"xxxx", b"yyyy", 1)
        answer = Designer(app).post("/diagrams/check", before="/diagrams/check", file=(io.BytesIO(broken), "x.zip"))
        assert answer.status_code == 422
        assert "损坏" in answer.text


class TestReview:
    def test_a_draft_is_submitted_sent_back_submitted_again_and_published_by_another(self, app: APIFlask) -> None:
        one, two = Designer(app), Designer(app, "designer2")
        draft = changed(one)
        assert decided(one, draft, then="submit", reason="改用语")[0] == 303
        assert "待审核" in two.read("/designs?state=in_review")
        shown = two.read(f"{draft}/review")
        assert all(words in shown for words in ("bundle.yaml", "修改", "改用语", "没有发现问题", "发布为第 2 版"))
        assert "forms/receive_order.form" not in shown, "what did not change is not listed"
        assert decided(two, draft, then="return", comment="请写明依据")[0] == 303
        assert "请写明依据" in one.read(draft)
        assert "请写明依据" in one.read("/designs")
        assert decided(one, draft, then="submit", reason="已补")[0] == 303
        assert decided(two, draft, then="publish", reason="同意", over="1")[0] == 303
        versions = one.read("/diagrams/supervision")
        assert "图甲·流程设计" in versions
        assert "图乙·流程设计" in versions
        assert "同意" in versions
        assert "已发布" in one.read("/designs?state=closed")

    def test_an_author_is_offered_no_publishing_and_refused_when_asking_for_it(self, app: APIFlask) -> None:
        one, two = Designer(app), Designer(app, "designer2")
        draft = changed(one)
        decided(one, draft, then="submit", reason="改用语")
        assert 'value="publish"' not in one.read(f"{draft}/review")
        status, text = decided(one, draft, then="publish", reason="同意", over="1")
        assert status == 403
        assert "另一人" in text
        assert 'value="publish"' in two.read(f"{draft}/review")
        assert decided(two, draft, then="publish", reason="同意", over="1")[0] == 303

    def test_a_draft_with_errors_is_not_submitted_and_the_reason_stays(self, app: APIFlask) -> None:
        designer = Designer(app)
        draft = designer.begin(process="supervision")
        form = designer.files(draft)["forms/receive_order.form"]
        designer.send("DELETE", f"{draft}/files/forms/receive_order.form?revision={form['revision']}")
        status, text = decided(designer, draft, then="submit", reason="改用语")
        assert status == 422
        assert all(words in text for words in ("receive_order", "改正前不能继续", "改用语", "删除"))

    def test_the_page_warns_when_another_version_came_between_and_publishing_names_what_was_seen(self, app: APIFlask) -> None:
        one, two = Designer(app), Designer(app, "designer2")
        first, second = changed(one), changed(one, "# 另一处\n")
        for draft in (first, second):
            decided(one, draft, then="submit", reason="改用语")
        assert decided(two, first, then="publish", reason="同意", over="1")[0] == 303
        status, text = decided(two, second, then="publish", reason="同意", over="1")
        assert status == 409
        assert "第 2 版" in text
        assert 'name="over" value="2"' in text
        assert decided(two, second, then="publish", reason="同意", over="2")[0] == 303

    def test_a_draft_is_discarded_by_who_wrote_it(self, app: APIFlask) -> None:
        one, two = Designer(app), Designer(app, "designer2")
        draft = one.begin()
        assert 'value="discard"' not in two.read(f"{draft}/review")
        assert decided(two, draft, then="discard")[0] == 403
        assert decided(one, draft, then="discard")[0] == 303
        assert "已作废" in one.read("/designs?state=closed")

    @pytest.mark.parametrize("fields", [{"then": "erase"}, {}, {"then": "publish", "reason": "x", "over": "many"}])
    def test_a_choice_that_there_is_none_is_not_found(self, app: APIFlask, fields) -> None:
        designer = Designer(app)
        assert decided(designer, designer.begin(), **fields)[0] == 404


def test_the_menu_counts_what_waits_for_ones_own_review(app: APIFlask) -> None:
    one, two = Designer(app), Designer(app, "designer2")
    draft = changed(one)
    counted = re.compile(r'href="/designs"[^<]*>.*?<b class="oc-count">1</b>', re.DOTALL)
    menu = re.compile(r'<nav class="oc-nav".*?</nav>', re.DOTALL)
    for person, waits in ((two, False), (one, False)):
        assert bool(counted.search(menu.search(person.read("/me"))[0])) is waits
    decided(one, draft, then="submit", reason="改用语")
    for person, waits in ((two, True), (one, False), (Visitor(app, "admin"), False)):
        assert bool(counted.search(menu.search(person.read("/me"))[0])) is waits


class TestWhoMay:
    @pytest.mark.parametrize("username", ["health.officer", "supervisor", "security", "auditor"])
    def test_the_workbench_is_for_designers(self, app: APIFlask, username: str) -> None:
        draft = Designer(app).begin()
        visitor = Visitor(app, username)
        assert 'href="/designs"' not in visitor.read("/me")
        for address in ("/designs", draft, f"{draft}/review", f"{draft}/files", f"{draft}/bundle.zip", "/designs/vocabulary"):
            assert visitor.get(address).status_code == 403, address
        assert visitor.post("/designs", key="home_visits", name="甲").status_code == 403

    def test_an_administrator_looks_and_changes_nothing(self, app: APIFlask) -> None:
        draft = Designer(app).begin()
        admin = Designer(app, "admin")
        for address in ("/designs", draft, f"{draft}/review", f"{draft}/files", f"{draft}/bundle.zip", "/designs/vocabulary"):
            assert admin.get(address).status_code == 200, address
        assert "新建草稿" not in admin.read("/designs")
        assert "data-may-edit" not in admin.read(draft)
        for address in ("/designs", f"{draft}/review"):
            assert admin.post(address, then="discard", key="home_visits", name="甲").status_code == 403

    def test_english_pages_say_it_in_english(self, app: APIFlask) -> None:
        designer = Designer(app)
        draft = designer.begin()
        designer.post("/language", language="en")
        assert "Drafts" in designer.read("/designs")
        assert "Submit for review" in designer.read(f"{draft}/review")
        assert designer.get("/designs?state=nothing").status_code == 400
