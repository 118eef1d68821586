"""A transfer and its copy leave in one step, or neither does (令310 第六条; 鲁卫医监字〔2024〕1号 二（一）6)."""

import pytest
from sqlalchemy import select

from tests.factories.desks import with_services
from tests.factories.play import Play
from workflows import cases_under, tasks
from workflows.contracts import HandlerResult, Message, Text
from workflows.errors import HandlerFailed, WrongAnswers
from workflows.records import Event, Fact, Participant
from workflows.records import Message as MessageRow


def messages_of(desk, case, *kinds):
    with desk.database.reading() as session:
        rows = session.scalars(select(MessageRow).where(MessageRow.case == case.case, MessageRow.kind.in_(kinds))).all()
        return {row.kind: row.to_agency for row in rows}


def events_of(desk, case):
    with desk.database.reading() as session:
        return list(session.scalars(select(Event.kind).where(Event.stream == str(case.case)).order_by(Event.seq)))


def facts_of(desk, case):
    with desk.database.reading() as session:
        return dict(session.execute(select(Fact.name, Fact.value).where(Fact.case == case.case, Fact.scope == "")).all())


def test_police_and_procuratorate_are_told_in_the_step_that_hands_the_case_over(play, desk):
    case = play(reached="hand_over", classification="crime")
    before = events_of(desk, case)
    assert messages_of(desk, case, "transfer", "transfer_copy") == {}

    case.do("hand_over")

    assert messages_of(desk, case, "transfer", "transfer_copy") == {"transfer": "qinglan-psb", "transfer_copy": "qinglan-proc"}
    assert events_of(desk, case) == [*before, "task_completed"], "one step, one line of the record"
    assert case.elements() == ["receive_copy", "receive_transfer"]
    with desk.database.reading() as session:
        joined = dict(session.execute(select(Participant.capacity, Participant.agency).where(Participant.case == case.case)).all())
    assert (joined["police"], joined["procuratorate"]) == ("qinglan-psb", "qinglan-proc")


def test_a_service_that_fails_leaves_neither_the_transfer_nor_the_copy(play, desk, people):
    case = play(reached="hand_over", classification="crime")
    before = (events_of(desk, case), case.task("hand_over").revision)

    def half_done(call):
        HandlerResult(messages=(Message("transfer", "qinglan-psb", Text("移送"), Text("移送")),))
        raise RuntimeError("the gateway is down")

    case.desk = with_services(desk, transfer_and_copy=half_done)
    with pytest.raises(HandlerFailed, match="stays where it was"):
        case.do("hand_over")

    case.desk = desk
    assert messages_of(desk, case, "transfer", "transfer_copy") == {}
    assert (events_of(desk, case), case.task("hand_over").revision) == before
    case.do("hand_over")
    assert set(messages_of(desk, case, "transfer", "transfer_copy")) == {"transfer", "transfer_copy"}, "the step can be repeated"


def test_what_a_service_wrote_is_gone_when_a_later_service_of_the_same_step_fails(play, desk):
    case = play(reached="hand_over_items", classification="crime")

    def fails(call):
        raise LookupError("no such agency")

    case.desk = with_services(desk, collect_recipients=fails)  # comes after settle_transfer, in one step
    with pytest.raises(HandlerFailed):
        case.do("hand_over_items")

    def outcomes():
        with desk.database.reading() as session:
            return session.scalars(select(Fact.value).where(Fact.case == case.case, Fact.name == "transfer_outcome")).all()

    assert outcomes() == []
    case.desk = desk
    case.do("hand_over_items")
    assert outcomes() == ["filed"]


def test_a_package_without_one_of_the_five_parts_does_not_go_over(play):
    case = play(reached="hand_over", classification="crime")
    with pytest.raises(WrongAnswers) as refused:
        case.do("hand_over", pack_appraisal=False)
    assert set(refused.value.fields) == {"pack_appraisal"}
    case.do("hand_over", pack_appraisal=True)


def test_the_police_decide_in_their_own_time_and_the_transfer_goes_on_when_the_procuratorate_has_signed_too(play):
    case = play(reached="receive_transfer", classification="crime")
    case.do("receive_transfer")
    assert case.elements() == ["receive_copy", "review_filing"], "the three days of the police do not wait for another's signature"
    case.do("review_filing")
    case.do("decide_filing")
    assert case.elements() == ["receive_copy"]
    case.do("receive_copy")
    assert case.elements() == ["hand_over_items"]


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"transfer_decision": "reject"}, "rejected"),
        ({"filing": "filed"}, "filed"),
        ({"filing": "not_filed", "objection": "accept"}, "not_filed"),
        ({"filing": "not_filed", "objection": "reconsider", "reconsideration": "file"}, "filed"),
        ({"filing": "not_filed", "objection": "reconsider", "reconsideration": "uphold", "still_objects": "no"}, "not_filed"),
        ({"filing": "not_filed", "objection": "reconsider", "reconsideration": "uphold", "proc_opinion": "agree"}, "not_filed"),
        ({"filing": "not_filed", "objection": "supervise", "proc_opinion": "notify_file"}, "filed"),
        (
            {"filing": "not_filed", "objection": "supervise", "notice_result": "refused", "correction_result": "filed"},
            "filed",
        ),
    ],
)
def test_what_came_of_the_transfer_is_settled_and_decides_whether_a_penalty_follows(play, desk, answers, outcome):
    case = play(reached="decide_transfer", classification="crime")
    case.answers |= answers
    while not {"apply_filing", "write_feedback"} & set(case.elements()):
        case.step()
    assert facts_of(desk, case)["transfer_outcome"] == outcome
    assert case.elements() == (["write_feedback"] if outcome == "filed" else ["apply_filing"])


def test_only_the_agency_that_has_the_task_completes_it(play, people):
    case = play(reached="decide_filing", classification="crime")
    task = case.task("decide_filing")
    with pytest.raises(Exception, match="Not found") as refused:
        tasks.complete(case.desk, people["health.head"], task.id, revision=task.revision, answers={"filing": "filed", "filing_reason": "x"})
    assert refused.value.code == "not_found"
    case.do("decide_filing", by="psb.head")


def test_a_crime_found_elsewhere_is_transferred_under_the_case_in_which_it_was_found(play, desk, people):
    case = play(reached="record_findings")
    ref = cases_under.open_case(desk, people["health.officer"], case.case, process="criminal_transfer", title="", facts={})
    transfer = Play(desk, people, ref.id, dict(case.answers))
    transfer.reach("hand_over")
    assert transfer.known()["subject_name"] == case.known()["subject_name"]
    transfer.do("hand_over")
    assert messages_of(desk, transfer, "transfer", "transfer_copy") == {"transfer": "qinglan-psb", "transfer_copy": "qinglan-proc"}
    transfer.finish()
    assert transfer.status() == "closed"
    assert case.status() == "open"
