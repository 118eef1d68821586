"""Only the head, or who presides, decides a transfer; a deputy does not (令310 第五条)."""

from dataclasses import replace

import pytest

from workflows import officers, tasks
from workflows.errors import NotAllowed


def test_a_deputy_is_refused_with_the_article(play, people):
    case = play(reached="decide_transfer", classification="crime")
    task = case.task("decide_transfer")

    with pytest.raises(NotAllowed, match="deputy may not decide") as refused:
        tasks.complete(
            case.desk,
            people["health.deputy"],
            task.id,
            revision=task.revision,
            answers={"transfer_decision": "approve", "transfer_reason": "同意"},
        )

    assert refused.value.article == "《行政执法机关移送涉嫌犯罪案件的规定》第五条"
    assert "副职负责人不能代为决定" in refused.value.zh
    assert case.elements() == ["decide_transfer"]


def test_the_same_officer_may_decide_once_he_presides(play, people, desk):
    case = play(reached="decide_transfer", classification="crime")
    officers.set_roles(desk, people["security"], "health.deputy", ["presiding"])
    presiding = replace(people["health.deputy"], roles=frozenset({"presiding"}))
    # The head who is away hands the task over; with one head only it was assigned to him.
    task = case.task("decide_transfer")
    tasks.transfer(desk, people["health.head"], task.id, to="health.deputy", reason="外出，由主持工作的负责人决定")
    case.people = {**people, "health.deputy": presiding}
    case.do("decide_transfer", by="health.deputy", transfer_decision="approve")
    assert case.elements() == ["hand_over"]


def test_the_page_tells_a_deputy_why_he_may_not(play, people):
    case = play(reached="decide_transfer", classification="crime")
    page = case.page("decide_transfer", by="health.deputy")
    assert "complete" not in page.actions
    assert "第五条" in page.refusals["complete"].zh
    assert "complete" in case.page("decide_transfer", by="health.head").actions
