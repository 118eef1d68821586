"""A case comes back from police, procuratorate or court: checked, penalised or answered with reasons, always in writing (令310 第十三条)."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.factories.play import Play
from workflows import cases, clocks
from workflows.errors import GateClosed
from workflows.records import Clock, Message, Task
from workflows.working_days import CHINA

USUAL = {
    "subject_name": "虚构·云朵工作室",
    "reverse_doc_no": "青检意〔2026〕1号",
    "act_on": "2025-06-01",
    "discovered_on": "2025-09-01",
    "penalties_decided": ["warning"],
}


@pytest.fixture
def back(desk, people):
    """A reverse transfer that the intake desk opened."""

    def begin(**answers) -> Play:
        ref, _ = cases.open_case(desk, people["health.intake"], process="reverse_transfer", title="虚构·检察意见", facts={})
        return Play(desk, people, ref.id, {**USUAL, **answers})

    return begin


def clock(desk, case, rule) -> Clock:
    with desk.database.reading() as session:
        found = session.scalars(select(Clock).where(Clock.case == case.case, Clock.rule == rule)).one()
        session.expunge_all()
        return found


def told(desk, case, kind):
    with desk.database.reading() as session:
        return sorted(session.scalars(select(Message.to_agency).where(Message.case == case.case, Message.kind == kind)))


@pytest.mark.parametrize(("source", "answered"), [("proc", "qinglan-proc"), ("psb", "qinglan-psb"), ("by_product", "qinglan-proc")])
def test_a_penalty_follows_and_the_sender_is_answered_in_writing(back, desk, source, answered):
    case = back(reverse_source=source).reach("reply_reverse")
    assert "decide_penalty" in case.done
    case.do("reply_reverse", reverse_reply="已给予行政处罚")
    assert case.status() == "closed"
    assert answered in told(desk, case, "reverse_replied")


def test_a_case_that_is_not_punishable_is_answered_with_reasons(back, desk):
    case = back(reverse_decision="reply", reverse_result="not_penalised").reach("reply_reverse")
    assert "decide_penalty" not in case.done
    case.do("reply_reverse", reverse_reply="违法事实不能成立")
    assert case.status() == "closed"


def test_what_is_not_within_our_powers_goes_back_with_the_competent_agency_and_the_reason(back, desk):
    case = back(reverse_remit="other").reach("return_reverse")
    case.do("return_reverse", competent_agency="青岚区市场监督管理局", return_reason="属广告违法")
    assert case.status() == "closed"
    assert told(desk, case, "reverse_returned") == ["qinglan-proc"]
    assert clock(desk, case, "reverse.reply").state == "stopped"


@pytest.mark.parametrize(
    ("discovered", "harmed", "open_still"),
    [
        ("2025-06-01", False, True),
        ("2025-06-02", False, False),
        ("2025-06-02", True, True),
        ("2028-06-01", True, True),
        ("2028-06-02", True, False),
    ],
)
def test_an_act_is_penalised_only_when_it_was_discovered_in_time(back, desk, discovered, harmed, open_still):
    case = back(act_on="2023-06-01", discovered_on=discovered, harm_to_life=harmed).reach("decide_reverse")
    assert case.known()["limitation"] == ("open" if open_still else "expired")
    if open_still:
        case.do("decide_reverse", reverse_decision="penalise")
        return
    with pytest.raises(GateClosed) as refused:
        case.do("decide_reverse", reverse_decision="penalise")
    assert "第三十六条" in refused.value.article
    case.do("decide_reverse", reverse_decision="reply")


FINED = {"penalties": ["warning", "fine"], "penalties_decided": ["warning", "fine"], "fine_amount": 20_000, "fine_decided": 20_000}


def test_after_a_criminal_fine_the_agency_fines_no_more(back):
    case = back(reverse_source="court", court_fine_imposed="yes").reach("decide_penalty")
    assert "fine" not in {option["value"] for option in case.page("decide_penalty").data["penalty_options"]}
    with pytest.raises(GateClosed) as refused:
        case.do("decide_penalty", penalty_decision="impose", penalties_decided=["warning"], fine_decided=20_000)
    assert "第三十五条" in refused.value.article
    case.do("decide_penalty", penalty_decision="impose", penalties_decided=["warning"], fine_decided=0)


def test_without_a_criminal_fine_it_does(back):
    case = back(reverse_source="court", court_fine_imposed="no", **FINED).reach("decide_penalty")
    case.do("decide_penalty", penalty_decision="impose")
    assert case.elements() == ["serve_decision"]


def test_the_reply_is_due_in_two_months_or_when_the_procuratorate_wants_it(back, desk):
    desk.clock.to("2026-03-10 09:00")
    usual = back().reach("decide_reverse", reverse_decision="reply")
    usual.do("decide_reverse")
    assert usual.task("reply_reverse").due_at.astimezone(CHINA).date().isoformat() == "2026-05-10"

    urgent = back(reply_limit="set", reply_within_days=10).reach("decide_reverse", reverse_decision="reply")
    urgent.do("decide_reverse")
    assert urgent.task("reply_reverse").due_at == datetime(2026, 3, 20, 23, 59, 59, tzinfo=CHINA)
    assert clock(desk, urgent, "reverse.reply").state == "running"
    urgent.do("reply_reverse")
    assert {clock(desk, urgent, rule).state for rule in ("reverse.reply", "reverse.reply_urgent")} == {"stopped"}


def test_a_late_reply_is_told_to_the_procuratorate_and_then_to_the_superior(back, desk):
    case = back().reach("decide_reverse")
    desk.clock.forward(days=120)
    while clocks.sweep(desk):
        pass
    assert {"qinglan-health", "qinglan-proc", "yunhai-health"} <= set(told(desk, case, "clock_breached"))


def test_the_legal_office_checks_before_the_head_decides(back, desk):
    case = back().reach("check_reverse")
    with desk.database.reading() as session:
        assert session.scalars(select(Task.role).where(Task.case == case.case, Task.element == "check_reverse")).one() == "legal"
    case.do("check_reverse", by="health.legal")
    assert case.elements() == ["decide_reverse"]
    assert case.task("decide_reverse").role == "head"
