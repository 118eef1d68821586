"""What goes to the police: all five parts, to the organ of the same level, certified copies where earlier penalties are the ground, no reporter."""

from datetime import date

import pytest
from sqlalchemy import select

from workflows.errors import WrongAnswers
from workflows.records import Message

TWICE = [
    {
        "prior_number": "云卫罚〔2021〕3号",
        "prior_authority": "云海市卫生健康委员会",
        "prior_decided_on": "2021-05-10",
        "prior_certified": True,
    },
    {
        "prior_number": "邻卫罚〔2023〕9号",
        "prior_authority": "邻海市卫生健康委员会",
        "prior_decided_on": "2023-08-21",
        "prior_certified": True,
    },
]
PARTS = {
    "pack_letter": "第（一）项",
    "pack_report": "第（二）项",
    "pack_items": "第（三）项",
    "pack_appraisal": "第（四）项",
    "pack_other": "第（五）项",
}


def refused(case, element="hand_over", **answers):
    with pytest.raises(WrongAnswers) as refusal:
        case.do(element, **answers)
    return refusal.value.fields


@pytest.mark.parametrize("part", PARTS)
def test_a_missing_part_is_named_with_its_place_in_article_six(play, part):
    case = play(reached="hand_over", classification="crime")
    fields = refused(case, **{part: False})
    assert set(fields) == {part}
    assert "第六条" in fields[part][0]
    assert PARTS[part] in fields[part][0]
    case.do("hand_over", **{part: True})


def test_every_missing_part_is_named_at_once_and_nothing_typed_is_lost(play):
    case = play(reached="hand_over", classification="crime")
    before = case.task("hand_over").revision
    assert set(refused(case, **dict.fromkeys(PARTS, False))) == set(PARTS)
    assert case.task("hand_over").revision == before


@pytest.mark.parametrize("organ", ["yunhai-psb", "qinglan-proc"])
def test_a_transfer_to_another_level_or_to_nobody_of_the_police_is_refused_with_article_five(play, organ):
    case = play(reached="hand_over", classification="crime")
    fields = refused(case, police_agency=organ)
    assert set(fields) == {"police_agency"}
    if organ == "yunhai-psb":
        assert "第五条" in fields["police_agency"][0]


def test_the_police_of_the_same_level_are_offered_first(play):
    case = play(reached="hand_over", classification="crime")
    assert case.page("hand_over").data["police_organs"][0]["value"] == "qinglan-psb"
    case.do("hand_over", police_agency="qinglan-psb")


@pytest.mark.parametrize(("told", "ok"), [("由王小虚举报发现", False), ("电话 000-1111-2222 反映", False), ("由群众反映发现", True)])
def test_the_package_never_tells_who_reported(play, told, ok):
    case = play(
        reached="hand_over", classification="crime", clue_source="complaint", reporter_name="王小虚", reporter_phone="000-1111-2222"
    )  # fmt: skip
    if ok:
        case.do("hand_over", package_note=told)
    else:
        assert "举报人" in refused(case, package_note=told)["package_note"][0]


def test_two_earlier_penalties_as_the_ground_need_two_certified_copies(play):
    case = play(reached="hand_over", classification="crime", crime_ground="two_penalties")
    assert "核验件" in refused(case)["prior_decisions"][0]
    assert "核验件" in refused(case, prior_decisions=[TWICE[0], {**TWICE[1], "prior_certified": False}])["prior_decisions"][0]
    case.do("hand_over", prior_decisions=TWICE)


def test_another_ground_needs_no_earlier_decisions(play):
    play(reached="hand_over", classification="crime", crime_ground="slight_disability").do("hand_over")


def test_a_head_who_refuses_a_third_offence_says_why_the_two_penalties_do_not_count(play):
    case = play(reached="decide_transfer", classification="crime", crime_ground="two_penalties")
    fields = refused(case, "decide_transfer", transfer_decision="reject")
    assert "第二条第（四）项" in fields["penalties_refuted"][0]
    case.do("decide_transfer", transfer_decision="reject", penalties_refuted="其中一次处罚已被撤销。")


def test_a_receipt_is_not_older_than_the_handing_over_and_not_of_tomorrow(play, desk):
    case = play(reached="receive_transfer", classification="crime")
    today = desk.now().date()
    for day in (date(today.year, today.month, today.day - 1), date(today.year, today.month, today.day + 1)):
        assert "第七条" in refused(case, "receive_transfer", psb_received_on=day.isoformat())["psb_received_on"][0]
    case.do("receive_transfer", psb_received_on=today.isoformat())


def test_members_hear_that_their_part_stays_administrative(play, desk):
    case = play(reached="hand_over", classification="crime", administrative_members=["qinglan-amr"])
    case.do("hand_over")
    with desk.database.reading() as session:
        assert session.scalars(select(Message.to_agency).where(Message.kind == "part_stays")).all() == ["qinglan-amr"]


def test_a_penalty_given_before_the_transfer_is_copied_within_ten_days(play, desk):
    case = play(reached="hand_over", classification="crime", penalty_given="yes")
    case.do("hand_over")
    assert case.elements() == ["copy_penalty", "receive_copy", "receive_transfer"]
    case.do("copy_penalty", penalty_given_on="2026-02-25")
    twin = play(classification="crime", penalty_given="no").reach("receive_copy")
    assert twin.elements() == ["receive_copy", "receive_transfer"]
