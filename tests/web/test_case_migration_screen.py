"""Moving running cases by the page and by the API: what is told of a case, what is ticked, what is refused."""

from __future__ import annotations

import pytest
from apiflask import APIFlask

from tests.factories.versions import LATER, a_step_before, published, version_of, without
from tests.web.callers import Caller
from tests.web.designers import Designer
from tests.web.visitors import Visitor

SKIPPED = ("penalty_notice", a_step_before("notify_party"))
GONE = ("administrative_penalty", without("propose_penalty"))


@pytest.fixture
def case(play):
    return play("decide_penalty")


def place(number: int) -> str:
    return f"/diagrams/joint_case/{number}/cases"


class TestThePage:
    def test_a_case_is_known_by_its_number_and_where_it_waits_and_by_nothing_else(self, app: APIFlask, case, desk):
        page = Designer(app).read(place(published(desk, LATER)))
        assert "可迁移" in page
        assert "checked" in page
        assert "虚构·云朵工作室" not in page
        assert case.page("decide_penalty").row.case.number in page

    def test_what_is_ticked_moves_and_it_is_said(self, app: APIFlask, case, desk):
        number, designer = published(desk, LATER), Designer(app)
        answer = designer.post(place(number), case=str(case.case), reason="改了反馈")
        assert answer.status_code == 303
        page = designer.read(place(number))
        assert "已迁移 1 件" in page
        assert "没有在其他版本上办理的案件" in page
        assert version_of(desk, case.case) == number

    def test_a_blocked_case_cannot_be_ticked_and_is_not_moved_by_hand_either(self, app: APIFlask, case, desk):
        number, designer = published(desk, GONE), Designer(app)
        assert f'value="{case.case}"' not in designer.read(place(number))
        designer.post(place(number), case=str(case.case), reason="硬迁", decided="on")
        assert "1 件留在原版本" in designer.read(place(number))
        assert version_of(desk, case.case) == 1

    def test_without_a_reason_nothing_moves_and_the_ticks_stay(self, app: APIFlask, case, desk):
        number = published(desk, SKIPPED)
        answer = Designer(app).post(place(number), case=str(case.case), reason=" ", decided="on")
        assert answer.status_code == 422
        assert "请填写迁移理由" in answer.text
        assert f'value="{case.case}" aria-label' in answer.text.replace("\n", "")
        assert version_of(desk, case.case) == 1

    @pytest.mark.parametrize("field", ["not-an-id", "' OR 1=1 --", "00000000-0000-0000-0000-000000000000"])
    def test_what_is_no_case_of_the_process_is_left_alone(self, app: APIFlask, case, desk, field):
        number, designer = published(desk, LATER), Designer(app)
        assert designer.post(place(number), case=field, reason="试").status_code == 303
        assert "没有选中可迁移的案件" in designer.read(place(number))

    @pytest.mark.parametrize("name", ["health.head", "health.officer", "admin", "auditor"])
    def test_nobody_but_a_designer_sees_it(self, app: APIFlask, case, desk, name):
        number = published(desk, LATER)
        assert Visitor(app, name).get(place(number)).status_code == 403
        assert Designer(app).get(place(99)).status_code == 404


class TestTheInterface:
    def test_a_program_looks_and_moves(self, app: APIFlask, case, desk):
        number, caller = published(desk, SKIPPED), Caller(app, "designer")
        address = f"/processes/joint_case/versions/{number}/migration"
        [foretold] = caller.read(address)["cases"]
        assert (foretold["verdict"], foretold["version"], foretold["moved"]) == ("decide", 1, False)
        assert "title" not in foretold
        body = {"cases": [str(case.case)], "reason": "补告知"}
        assert not caller.post(address, body).json["cases"][0]["moved"]
        assert caller.post(address, {**body, "decided": True}).json["cases"][0]["moved"]
        assert caller.read(address) == {"number": number, "total": 0, "cases": []}

    @pytest.mark.parametrize(
        "body", [{}, {"cases": [], "reason": "x"}, {"cases": ["x"], "reason": "x"}, {"cases": ["00000000-0000-0000-0000-000000000000"]}]
    )
    def test_a_wrong_request_is_refused(self, app: APIFlask, case, desk, body):
        number = published(desk, LATER)
        assert Caller(app, "designer").post(f"/processes/joint_case/versions/{number}/migration", body).status_code == 422
        assert Caller(app, "health.head").get(f"/processes/joint_case/versions/{number}/migration").status_code == 403
