"""督办: an order is signed for, replied to, assessed; the case under it does not close before."""

import pytest
from sqlalchemy import select

from tests.factories.play import Play
from workflows import casefile, cases, supervision
from workflows.errors import GateClosed, NotAllowed, NotFound, WrongAnswers
from workflows.records import Clock, Message


def order(case, by="supervisor", addressee="qinglan-health", kind="report", text="三日内报告", reply_days=3):
    return supervision.order(
        case.desk, case.people[by], case.case, addressee=addressee, kind=kind, text=text, reply_days=reply_days
    )  # fmt: skip


def driver(case, ref):
    return Play(case.desk, case.people, ref.id)


def test_an_order_runs_from_receipt_over_reply_to_assessment(play):
    case = play(reached="triage")
    the_order = driver(case, order(case))

    assert the_order.elements() == ["receive_order"]
    assert the_order.task("receive_order").agency == "qinglan-health"
    the_order.do("receive_order")
    the_order.do("reply_order", reply_text="已办理")
    assert the_order.task("assess_reply").agency == "yunhai-gov"
    the_order.do("assess_reply", by="supervisor", assessment="again")
    assert the_order.elements() == ["reply_order"], "a reply that does not satisfy is written again"
    the_order.do("reply_order", reply_text="补充报告")
    the_order.do("assess_reply", assessment="satisfied")
    the_order.do("close_order")
    assert the_order.status() == "closed"


def test_the_addressee_is_told_and_the_reply_is_due_in_the_days_that_the_order_sets(play, desk):
    case = play(reached="triage")
    the_order = driver(case, order(case, reply_days=5))
    the_order.do("receive_order")
    with desk.database.reading() as session:
        told = session.scalars(select(Message.to_role).where(Message.kind == "order", Message.to_agency == "qinglan-health")).all()
        lengths = session.scalars(select(Clock.length).where(Clock.rule == "supervision.reply")).all()
    assert told == ["head"]
    assert lengths == [5]


def test_a_case_is_not_closed_while_an_order_under_it_is_open(play):
    case = play(reached="close_case", classification="none")
    the_order = driver(case, order(case))

    with pytest.raises(GateClosed) as refused:
        case.do("close_case")
    assert cases.get(case.desk, case.people["supervisor"], the_order.case).case.number in refused.value.zh
    assert case.status() == "open"

    the_order.finish(reply_text="已办理", assessment="satisfied")
    case.do("close_case")
    assert case.status() == "closed"


def test_an_order_stands_in_the_record_of_the_case_and_on_its_page(play, people):
    case = play(reached="triage")
    ref = order(case)
    page = cases.get(case.desk, people["supervisor"], case.case)
    assert [child.number for child in page.children] == [ref.number]
    assert cases.get(case.desk, people["supervisor"], ref.id).parent.id == case.case


@pytest.mark.parametrize(("by", "refusal"), [("health.officer", NotAllowed), ("superior.officer", NotAllowed), ("amr.head", NotFound)])
def test_only_a_supervisor_or_head_above_the_addressee_orders(play, by, refusal):
    case = play(reached="triage")
    with pytest.raises(refusal):
        order(case, by=by)


def test_a_head_does_not_order_an_agency_that_is_not_below_his(play):
    case = play(reached="triage")
    with pytest.raises(NotAllowed, match="below"):
        order(case, by="health.head")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "shout"}, "kind"),
        ({"text": " "}, "text"),
        ({"reply_days": 0}, "reply_days"),
        ({"reply_days": 61}, "reply_days"),
        ({"addressee": "qinglan-eco"}, "addressee"),
    ],
)
def test_an_order_is_refused_field_by_field(play, wrong, field):
    case = play(reached="triage")
    with pytest.raises(WrongAnswers) as refused:
        order(case, **wrong)
    assert set(refused.value.fields) == {field}


def test_more_time_is_asked_for_and_decided_and_the_reply_is_due_anew(play):
    case = play(reached="triage")
    the_order = driver(case, order(case, reply_days=3))
    the_order.do("receive_order")
    first = the_order.task("reply_order").due_at
    case.desk.clock.forward(days=2)
    the_order.do("reply_order", reply_kind="extension", extension_days=10)
    assert the_order.task("decide_extension").agency == "yunhai-gov"
    the_order.do("decide_extension", reply_days=10)
    assert the_order.task("reply_order").due_at > first


def test_after_a_talk_the_addressee_replies_again(play):
    case = play(reached="triage")
    the_order = driver(case, order(case))
    the_order.do("receive_order")
    the_order.do("reply_order")
    the_order.do("assess_reply", assessment="talk")
    the_order.do("hold_talk", talk_text="限期整改", reply_days=5)
    assert the_order.elements() == ["reply_order"]
    told = casefile.documents(case.desk, case.people["supervisor"], the_order.case)
    assert {row.name for row in told} == {"督办通知书", "督办回执", "情况说明", "约谈通知书"}


def test_who_refuses_is_reported_to_the_government(play, desk):
    case = play(reached="triage")
    the_order = driver(case, order(case))
    the_order.do("receive_order")
    the_order.do("reply_order", reply_text="不予办理")
    the_order.do("assess_reply", assessment="refer", assessment_text="拒不办理")
    assert the_order.status() == "closed"
    with desk.database.reading() as session:
        told = session.execute(select(Message.to_agency, Message.to_role).where(Message.kind == "accountability")).all()
    assert told == [("yunhai-gov", "supervisor")]
