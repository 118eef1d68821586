"""Papers that no form issues: those of a service, of a case that is opened, and the slip of whoever urges."""

from __future__ import annotations

import pytest

from tests.documents.test_issuing import listed, text
from tests.factories.play import Play
from workflows import casefile, supervision, urging


def test_the_lead_is_asked_and_confirmed_in_writing_by_the_receiving_agency(play):
    case = play(reached="draft_plan")
    asked, confirmed, members = (listed(case, name)[0] for name in ("牵头函", "牵头单位确定函", "成员单位名单"))
    assert (asked.agency.code, confirmed.agency.code) == ("qinglan-health", "qinglan-health")
    assert (asked.number, confirmed.number, members.number) == ("青卫函〔2026〕2号", "青卫函〔2026〕3号", "")
    assert "青岚区卫生健康局" in text(case, confirmed)
    assert "青岚区市场监督管理局" in text(case, members)


def test_who_gets_a_part_of_a_clue_gets_the_slip_and_nobody_else_does(play):
    divided = play(reached="triage")
    divided.do("triage", triage="split", targets=["qinglan-amr", "qinglan-hsa"])
    (slip,) = listed(divided, "分办转办单")
    assert slip.number.startswith("青卫转〔2026〕")
    assert "青岚区市场监督管理局" in text(divided, slip)
    assert listed(play(reached="draft_plan"), "分办转办单") == []


@pytest.mark.parametrize(("typical", "papers"), [("yes", {"通报", "典型案例"}), ("no", {"通报"})])
def test_what_comes_of_a_case_is_told_in_a_circular_and_a_typical_case_goes_up(play, typical, papers):
    case = play(typical_case=typical, result_uses=["verification"]).finish()
    assert {row.name for row in casefile.documents(case.desk, case.people["health.officer"], case.case)} & {"通报", "典型案例"} == papers


def test_an_order_of_supervision_is_a_numbered_paper_of_the_superior(play, desk, people):
    case = play(reached="triage")
    sent = supervision.order(
        desk, people["supervisor"], case.case, addressee="qinglan-health", kind="order", text="请十日内办结", reply_days=5
    )
    the_order = Play(desk, people, sent.id)
    (paper,) = listed(the_order, "督办通知书", "supervisor")
    assert paper.number.endswith("督〔2026〕1号")
    assert "请十日内办结" in text(the_order, paper, "supervisor")
    assert "5个工作日内" in text(the_order, paper, "supervisor")


def test_each_urging_has_its_slip_and_neither_takes_the_others_place(play, desk, people):
    case = play(reached="give_opinion")
    for words in ("请今日办结", "再次催办"):
        urging.urge(desk, people["supervisor"], case.task("give_opinion").id, text=words)
    first, second = sorted(listed(case, "催办单", "supervisor"), key=lambda row: row.issued_at)
    assert (first.state, second.state) == ("current", "current")
    told = text(case, second, "supervisor") + text(case, first, "supervisor")
    assert "请今日办结" in told
    assert "再次催办" in told
    assert case.task("give_opinion").name in told
