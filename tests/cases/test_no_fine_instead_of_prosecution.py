"""不得以罚代刑: while a transfer is due no fine is decided, whichever door the completion comes through (行政处罚法 第二十七条)."""

import pytest

from workflows.errors import GateClosed

HOLD_TRANSFER = ("verify_crime", "decide_transfer")
FINE = {"penalty_decision": "impose", "penalties_decided": ["warning"], "fine_decided": 20_000}
TOLD = {"penalties": ["warning", "fine"], "penalties_decided": ["warning", "fine"], "fine_amount": 20_000, "fine_decided": 20_000}
"""What the party is told of before the decision: the least fine for practising without being a doctor."""


def test_a_fine_is_refused_while_the_transfer_is_due(play):
    case = play(reached="decide_penalty", hold=HOLD_TRANSFER, classification="both")

    with pytest.raises(GateClosed, match="no fine may be decided") as refused:
        case.do("decide_penalty", **FINE)

    assert "第二十七条" in refused.value.article
    assert "decide_penalty" in case.elements()


def test_another_penalty_may_be_decided_meanwhile_after_legal_review(play):
    case = play(reached="decide_penalty", hold=HOLD_TRANSFER, classification="both", penalties=["revoke_licence"], hearing_request="waived")
    assert "legal_review" in case.done
    case.do("decide_penalty", penalty_decision="impose", penalties_decided=["revoke_licence"], fine_decided=0)
    assert "serve_decision" in case.elements()


def test_a_fine_is_not_even_offered_while_the_transfer_is_due(play):
    case = play(reached="decide_penalty", hold=HOLD_TRANSFER, classification="both")
    offered = {option["value"] for option in case.page("decide_penalty").data["penalty_options"]}
    assert "fine" not in offered
    assert "warning" in offered


def settled(case, **police):
    """Everybody does his part of the transfer; the decision on the penalty waits."""
    while set(case.elements()) != {"decide_penalty"}:
        case.answers |= police
        case.step(hold=("decide_penalty",))


def test_the_same_fine_is_decided_after_the_police_finally_did_not_file(play):
    case = play(reached="decide_penalty", hold=HOLD_TRANSFER, classification="both")
    settled(case, filing="not_filed", objection="accept")
    case.do("decide_penalty", penalty_decision="return")
    case.answers |= TOLD
    case.reach("decide_penalty").do("decide_penalty")
    assert case.elements() == ["serve_decision"]


def test_the_same_fine_stays_refused_after_the_police_filed(play):
    case = play(reached="decide_penalty", hold=HOLD_TRANSFER, classification="both")
    settled(case, filing="filed")
    with pytest.raises(GateClosed) as refused:
        case.do("decide_penalty", **FINE)
    assert "第三十五条" in refused.value.article


def test_the_same_fine_is_decided_in_a_case_without_a_crime(play):
    case = play(reached="decide_penalty", classification="administrative", **TOLD)
    case.do("decide_penalty")
    assert case.elements() == ["serve_decision"]


@pytest.mark.parametrize("decision", ["exempt", "not_established"])
def test_the_case_is_not_ended_without_a_penalty_while_the_transfer_is_open(play, decision):
    case = play(reached="decide_penalty", hold=HOLD_TRANSFER, classification="both")
    with pytest.raises(GateClosed) as refused:
        case.do("decide_penalty", penalty_decision=decision)
    assert "第二十七条" in refused.value.article
    settled(case, filing="not_filed", objection="accept")
    case.do("decide_penalty", penalty_decision=decision)
    assert case.elements() == ["tell_no_penalty"]
