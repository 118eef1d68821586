"""Who reviews did not investigate (行政处罚法 第五十八条)."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from workflows import tasks
from workflows.errors import NotAllowed
from workflows.records import Officer as OfficerRow

ANSWERS = {"legal_opinion": "pass", "legal_opinion_text": "同意"}


def as_reviewer(desk, people, username):
    """The officer, also made a legal reviewer, and the task handed to him."""
    with desk.database.transaction() as session:
        session.execute(update(OfficerRow).where(OfficerRow.username == username).values(roles=["legal", "officer"]))
    return replace(people[username], roles=frozenset({"legal", "officer"}))


def review(case, desk, people, username):
    officer = as_reviewer(desk, people, username)
    task = case.task("legal_review")
    tasks.transfer(desk, people["health.legal"], task.id, to=username, reason="试验")
    return tasks.complete(desk, officer, task.id, revision=case.task("legal_review").revision, answers=ANSWERS)


def investigators(case):
    """Who completed the lead's investigation, and the second officer."""
    return [case.people[name] for name in ("health.officer", "health.officer2")]


@pytest.mark.parametrize("username", ["health.officer", "health.officer2"], ids=["who went", "the second officer"])
def test_an_investigator_of_the_case_may_not_review_it(play, desk, people, username):
    case = play(reached="legal_review", case_complexity="public_interest")
    with pytest.raises(NotAllowed, match="you may not review it") as refused:
        review(case, desk, people, username)
    assert "第五十八条" in refused.value.article


def test_an_officer_of_the_agency_who_did_not_investigate_may_review_it(play, desk, people):
    case = play(reached="legal_review", case_complexity="public_interest")
    review(case, desk, people, "health.intake")
    assert case.elements() == ["decide_penalty"]


def test_the_legal_reviewer_reviews_it(play):
    case = play(reached="legal_review", case_complexity="public_interest")
    case.do("legal_review", by="health.legal")
    assert case.elements() == ["decide_penalty"]


def test_what_the_reviewer_returns_is_proposed_again(play):
    case = play(reached="legal_review", case_complexity="public_interest")
    case.do("legal_review", legal_opinion="return", legal_opinion_text="证据不足")
    assert case.elements() == ["propose_penalty"]
