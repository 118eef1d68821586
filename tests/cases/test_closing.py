"""A case ends when every branch of its handling has ended, and everybody hears of it."""

from sqlalchemy import select

from workflows.records import Clock, Message, Task


def test_a_case_with_both_parts_waits_for_the_slower_one(play):
    case = play(reached="serve_decision", hold=("verify_crime",), classification="both")
    case.do("serve_decision")
    assert case.elements() == ["verify_crime"], "the penalty is served, the transfer is not settled"
    case.reach("write_feedback")
    assert case.elements() == ["write_feedback"]


def test_a_transfer_that_is_settled_first_waits_for_the_penalty(play):
    case = play(reached="hand_over_items", hold=("apply_filing",), classification="both")
    case.do("hand_over_items")
    assert case.elements() == ["apply_filing"]


def test_feedback_goes_to_the_giver_and_to_every_participant_but_the_lead(play):
    case = play(
        reached="receive_feedback", matter="medical_ad", members=["qinglan-cac", "qinglan-mpa"], clue_source="agency", source_agency="qinglan-hsa",
        classification="crime",
    )  # fmt: skip
    asked = sorted(task.agency for task in case.waiting())
    assert asked == ["qinglan-cac", "qinglan-health", "qinglan-hsa", "qinglan-mpa", "qinglan-proc", "qinglan-psb"]


def test_the_case_closes_only_after_everybody_has_received_the_feedback(play):
    case = play(reached="receive_feedback", classification="none", members=["qinglan-amr", "qinglan-hsa"])
    branches = [task.scope for task in case.waiting()]
    for branch in branches[:-1]:
        case.do("receive_feedback", branch)
        assert set(case.elements()) == {"receive_feedback"}
    case.do("receive_feedback", branches[-1])
    assert case.elements() == ["close_case"]


def test_a_closed_case_has_no_open_task_and_no_running_clock_and_everybody_is_told(play, desk):
    case = play(reached="close_case", classification="none")
    case.do("close_case")
    with desk.database.reading() as session:
        assert not session.scalars(select(Task).where(Task.case == case.case, Task.state == "open")).all()
        assert not session.scalars(select(Clock).where(Clock.case == case.case, Clock.state == "running")).all()
        told = session.scalars(select(Message.to_agency).where(Message.case == case.case, Message.kind == "case_closed")).all()
    assert sorted(told) == ["qinglan-amr", "qinglan-health"]


def test_who_uses_the_result_hears_what_for_and_says_how(play, desk):
    case = play(reached="write_feedback", classification="none")
    case.do("write_feedback", result_uses=["agreement", "honours"])
    assert "qinglan-hsa" in {task.agency for task in case.waiting() if task.element == "receive_feedback"}
    with desk.database.reading() as session:
        told = session.execute(select(Message.to_agency, Message.body).where(Message.kind == "result_use")).all()
    assert {agency: body["text"][0].split("用于")[1] for agency, body in told} == {
        "qinglan-hsa": "医保协议管理。", "qinglan-health": "评优评先、职称晋升。",
    }  # fmt: skip


def test_a_reporter_is_answered_by_the_intake_and_nobody_else_reads_it(play):
    case = play(reached="write_feedback", classification="none")
    case.do("write_feedback", reporter_answer_due="yes")
    task = case.task("answer_reporter")
    assert (task.agency, task.role) == ("qinglan-health", "intake")
    case.do("answer_reporter", reporter_answer_text="查处结果")
    assert "reporter_answer_text" in case.facts("health.intake")
    assert "reporter_answer_text" not in case.facts("health.officer")
