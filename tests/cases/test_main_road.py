"""The main road: from the clue to the closed case."""

from workflows import history


def test_a_small_case_goes_from_the_clue_to_its_end_through_the_inboxes(play, desk, people):
    case = play()
    case.inboxes = True
    case.finish()

    assert case.status() == "closed"
    assert case.done == [
        "register_clue", "triage", "confirm_hits", "confirm_candidate", "answer_lead", "assess_criteria", "decide_plan_need", "draft_plan", "give_opinion",
        "sign_plan", "prepare_visit", "prepare_visit", "record_findings", "record_findings", "write_report", "identify_links", "classify", "apply_filing",
        "approve_filing", "propose_penalty", "notify_party", "take_statement", "decide_penalty", "serve_decision", "recheck_penalty",
        "prepare_publication", "sign_publication", "sign_publication", "approve_publication", "publish_double", "prepare_credit", "push_credit",
        "write_feedback", "receive_feedback", "close_case",
    ]  # fmt: skip


def test_every_step_stands_in_the_record_and_the_record_holds(play, desk, people):
    case = play().finish()

    lines = history.record(desk, people["health.officer"], case.case, limit=200).items
    completed = [line.detail["element"] for line in reversed(lines) if line.kind == "task_completed"]
    assert completed == case.done
    assert (lines[-1].kind, lines[0].kind) == ("case_opened", "case_closed")
    assert history.verify(desk) == ()
