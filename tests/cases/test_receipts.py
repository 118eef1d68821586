"""A clue is forwarded or divided: every addressee signs for it, and what is rejected comes back to triage."""

from sqlalchemy import select

from workflows.records import Participant

TWO = ["qinglan-psb", "qinglan-cac"]


def test_a_forwarded_clue_ends_here_when_everybody_has_signed(play):
    case = play(reached="sign_receipt", triage="forward", targets=TWO)
    case.do("sign_receipt", "qinglan-psb", receipt="accepted")
    assert case.status() == "open", "one addressee has not signed yet"
    case.do("sign_receipt", "qinglan-cac", receipt="accepted")
    assert case.status() == "closed"


def test_a_divided_clue_goes_on_here_as_well(play):
    case = play(reached="sign_receipt", triage="split", targets=TWO)
    case.do("sign_receipt", "qinglan-psb")
    case.do("sign_receipt", "qinglan-cac")
    assert case.elements() == ["confirm_hits"], "earlier penalties are checked before anybody is asked to lead"


def test_one_rejection_brings_the_clue_back_to_triage(play):
    case = play(reached="sign_receipt", triage="forward", targets=TWO)
    case.do("sign_receipt", "qinglan-psb", receipt="rejected", receipt_note="不属本机关管辖")
    case.do("sign_receipt", "qinglan-cac", receipt="accepted")
    assert case.elements() == ["triage"]

    case.do("triage", triage="host")
    assert case.elements() == ["confirm_hits"]


def test_a_rejected_clue_can_be_forwarded_to_somebody_else(play):
    case = play(reached="sign_receipt", triage="forward", targets=["qinglan-psb"])
    case.do("sign_receipt", "qinglan-psb", receipt="rejected")
    case.do("triage", triage="forward", targets=["qinglan-cac"])
    case.do("sign_receipt", "qinglan-cac", receipt="accepted")
    assert case.status() == "closed"


def test_a_clue_that_was_rejected_once_can_go_to_the_same_agency_again(play):
    case = play(reached="sign_receipt", triage="forward", targets=["qinglan-psb"])
    case.do("sign_receipt", "qinglan-psb", receipt="rejected")
    case.do("triage", triage="forward", targets=["qinglan-psb"])
    assert case.status() == "open", "the earlier rejection decides nothing"
    case.do("sign_receipt", "qinglan-psb", receipt="accepted")
    assert case.status() == "closed"


def test_who_signed_takes_part_and_who_rejected_does_not(play, desk):
    case = play(reached="sign_receipt", triage="split", targets=TWO)
    case.do("sign_receipt", "qinglan-psb", receipt="rejected")
    case.do("sign_receipt", "qinglan-cac", receipt="accepted")
    with desk.database.reading() as session:
        receivers = session.scalars(
            select(Participant.agency).where(Participant.case == case.case, Participant.capacity == "receiver")
        ).all()
    assert receivers == ["qinglan-cac"]
