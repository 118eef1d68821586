"""一案多查: the parties that a case leads to each get a case or a notice, and the case from which they came closes last (SD-1.4)."""

import pytest

from tests.factories.family import children, facts
from workflows import casefile, tasks
from workflows.errors import GateClosed, WrongAnswers


def party(name, role, jurisdiction, **more):
    return {
        "link_name": f"虚构·{name}",
        "link_role": role,
        "link_matter": "drug_device",
        "link_jurisdiction": jurisdiction,
        "link_facts": "进货单据",
        **more,
    }


SUPPLIER = party("天一供货商", "supplier", "outside", link_region="虚构省丙市")
PLATFORM = party("云集平台", "platform", "agency", link_agency="qinglan-cac", link_matter="harmful_info")
EMPLOYER = party("云朵连锁", "employer", "own", link_matter="illegal_practice")
LANDLORD = party("虚构路房东", "landlord", "unknown")


def found(play, *parties, **more):
    case = play(reached="identify_links", **more)
    case.do("identify_links", links_found="found", linked_parties=list(parties))
    return case


def opened(play, *parties):
    case = found(play, *parties)
    case.do("approve_links", by="health.head")
    return case, children(case)


def test_most_cases_lead_to_nobody_else(play):
    case = play(reached="identify_links")
    case.do("identify_links", links_found="none")
    assert case.elements() == ["classify"]


def test_the_head_approves_and_may_send_them_back(play):
    case = found(play, SUPPLIER)
    assert case.task("approve_links").role == "head"
    case.do("approve_links", links_decision="return")
    assert case.elements() == ["identify_links"]
    assert children(case) == []


def test_each_kind_of_party_gets_what_it_should(play):
    case, linked = opened(play, SUPPLIER, PLATFORM, EMPLOYER, LANDLORD)
    with case.desk.database.reading():
        kinds = [facts(one).get("notice_route") for one in linked]
    assert sorted(str(kind) for kind in kinds) == ["None", "local", "outside", "unknown"]
    assert "虚构·天一供货商 —供货商→ 虚构·云朵工作室" in facts(case)["link_graph"]
    assert "另案处理审批表" in {row.name for row in casefile.documents(case.desk, case.people["health.head"], case.case)}


def test_a_party_of_the_own_remit_begins_as_a_clue_that_knows_where_it_came_from(play):
    case, [child] = opened(play, EMPLOYER)
    page = child.page("register_clue")
    assert page.data["subject_name"] == "虚构·云朵连锁"
    assert page.data["source_agency"] == "qinglan-health"
    assert case.page("classify").row.case.number in page.data["clue_summary"]


def test_a_notice_is_signed_for_and_answered(play):
    _, [child] = opened(play, PLATFORM)
    child.do("send_notice", by="health.officer", notice_route="local", notice_agency="qinglan-cac")
    assert "线索通报函" in {row.name for row in casefile.documents(child.desk, child.people["health.officer"], child.case)}
    assert child.task("sign_notice").agency == "qinglan-cac"
    child.do("sign_notice", by="cac.officer")
    child.do("give_notice_answer", by="cac.officer", notice_result="filed")
    assert child.status() == "closed"


def test_a_notice_that_is_not_their_remit_comes_back_and_goes_elsewhere(play):
    _, [child] = opened(play, PLATFORM)
    child.do("send_notice", notice_route="local", notice_agency="qinglan-cac")
    child.do("sign_notice", notice_receipt="rejected")
    child.do("send_notice", notice_route="unknown")
    assert child.task("designate_receiver").agency == "yunhai-health"
    child.do("designate_receiver", receiver_decision="local", notice_agency="qinglan-amr")
    assert child.task("sign_notice").agency == "qinglan-amr"
    child.do("sign_notice")
    assert child.task("give_notice_answer").agency == "qinglan-amr", "who returned it is asked nothing more"


def test_another_province_is_written_to_through_the_superior_and_urged(play):
    _, [child] = opened(play, SUPPLIER)
    child.do("send_notice", notice_route="outside", notice_region="虚构省丙市药品监督管理局")
    child.do("designate_receiver", by="superior.officer", receiver_decision="outside", notice_region="虚构省丙市药品监督管理局")
    child.do("record_outside", outside_answer="urge")
    child.do("record_outside", outside_answer="answered")
    assert child.status() == "closed"


def test_where_nobody_is_competent_it_stays_on_file_with_the_reason(play):
    _, [child] = opened(play, LANDLORD)
    child.do("send_notice", notice_route="unknown")
    child.do("designate_receiver", receiver_decision="none", receiver_reason="无对应职责")
    assert child.status() == "closed"


def test_story_9_one_case_many_investigations_the_parent_closes_last(play, desk):
    """A cosmetic studio, its supplier in another province, the platform that advertised it and the landlord: four threads, one end."""
    case, linked = opened(play, SUPPLIER, PLATFORM, LANDLORD)
    case.reach("close_case")
    task = case.task("close_case")
    with pytest.raises(GateClosed) as refused:
        case.do("close_case")
    assert "二（一）5" in refused.value.article
    assert tasks.get(desk, case.who(task), task.id).row.id == task.id, "the step still waits"
    for child in linked:
        child.finish(receiver_decision="none", outside_answer="answered", notice_agency="qinglan-cac")
        assert child.status() == "closed"
    case.finish()
    assert case.status() == "closed"


def test_a_party_that_another_agency_is_competent_for_must_say_which(play, desk, people):
    case = play(reached="identify_links")
    task = case.task("identify_links")
    told = {"links_found": "found", "linked_parties": [{**PLATFORM, "link_agency": ""}]}
    with pytest.raises(WrongAnswers) as refused:
        tasks.complete(desk, people["health.officer"], task.id, revision=task.revision, answers=told)
    assert set(refused.value.fields) == {"linked_parties"}
