"""Handlers enter into the registers through their result, in the transaction of the step, and read them for the next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.factories.desks import with_services
from tests.factories.registers import CLINIC, CODE, OTHER_CODE, PERSON, enter, penalty, registers_of, subject
from workflows import history
from workflows.contracts import HandlerResult, NewAdRefusal, NewAdViolation, NewPerson, PenaltyStatus, violations_within
from workflows.errors import HandlerFailed
from workflows.records import Penalty, Subject, SubjectPerson

pytestmark = pytest.mark.both_databases


def counted(desk, record):
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).select_from(record))


def test_what_a_service_enters_is_there_with_its_case_and_a_line_in_the_record(play, desk, people):
    case = play()
    enter(case, subject(names=("云朵医美",), ownership="private"), penalty("甲卫罚〔2025〕1号", source="own"))

    with registers_of(desk, case.case) as found:
        [known] = found.subjects_like(CLINIC, "")
        [row] = found.penalties_in_case()
    assert (known.code, known.ownership, known.names) == (CODE, "private", ("云朵医美",))
    assert (row.subject_code, row.number, row.fine, row.kinds) == (CODE, "甲卫罚〔2025〕1号", Decimal("20000.50"), ("fine",))
    assert row.case_number
    titles = [line.title.zh for line in history.record(desk, people["health.officer"], case.case).items]
    assert "登记：虚构·云朵医疗美容有限公司 甲卫罚〔2025〕1号" in titles
    assert history.verify(desk) == ()


def test_nothing_is_entered_when_the_step_fails(play, desk):
    case = play()
    case.desk = with_services(desk, check_duplicates=lambda _: HandlerResult(entries=(subject(), penalty(""))))
    with pytest.raises(HandlerFailed):
        case.do("register_clue")
    assert counted(desk, Subject) == 0
    case.desk = with_services(
        desk, check_duplicates=lambda _: HandlerResult(facts={"related_cases": []}, entries=(subject(), penalty("一号")))
    )
    case.do("register_clue")
    assert counted(desk, Subject) == 1


def test_the_same_decision_entered_again_is_changed_and_not_doubled(play, desk):
    enter(play(), penalty("一号", fine=None))
    case = enter(play(), penalty("一号", fine=Decimal(5), subject_code=""))
    assert (counted(desk, Penalty), counted(desk, Subject)) == (1, 1)
    with registers_of(desk, case) as found:
        assert [row.fine for row in found.penalties_of(CLINIC, CODE)] == [Decimal(5)]
        assert found.penalties_in_case() == (), "the case that caused it first stays the one"


def test_a_decision_that_names_no_code_is_its_subjects_by_name_only(play, desk):
    case = enter(play(), subject(), penalty("一号"), penalty("二号", subject_code=""))
    with registers_of(desk, case) as found:
        rows = {row.number: (row.subject_code, row.matched_by) for row in found.penalties_of(CLINIC, CODE)}
    assert rows == {"一号": (CODE, "code"), "二号": ("", "name")}


def test_two_authorities_may_use_one_number(play, desk):
    enter(play(), penalty("一号"), penalty("一号", authority="虚构·乙市卫生健康委员会"))
    assert counted(desk, Penalty) == 2


def test_a_subject_is_found_by_code_then_name_then_variant(play, desk):
    case = enter(
        play(),
        subject(name="云朵医疗美容门诊部", code=OTHER_CODE),
        subject(name="云朵医疗美容（青岚）有限公司", code=CODE),
        subject(name="別家诊所", code=""),
    )
    with registers_of(desk, case) as found:
        listed = [one.code for one in found.subjects_like("雲朵醫療美容門診部", CODE)]
        assert listed == [CODE, OTHER_CODE]
        assert {one.code for one in found.subjects_like("云朵医疗美容工作室", "")} == {OTHER_CODE, CODE}
        assert found.subjects_like("", "") == ()
        assert found.subjects_like("不相干", "") == ()


def test_a_code_learnt_later_is_kept_and_another_code_is_another_subject(play, desk):
    enter(play(), subject(code=""), subject())
    desk.clock.forward(minutes=1)
    enter(play(), subject(code=OTHER_CODE))
    case = enter(play(), subject(code="", names=("别名",)))
    with registers_of(desk, case) as found:
        assert {one.code: one.names for one in found.subjects_like(CLINIC, "")} == {CODE: ("别名",), OTHER_CODE: ()}


def test_penalties_follow_the_people_behind_a_subject(play, desk):
    behind = NewPerson("虚构甲", "actual_controller", PERSON)
    case = enter(
        play(),
        subject(people=(behind,)),
        subject(name="换了招牌诊所", code=OTHER_CODE, people=(behind,)),
        penalty("一号"),
        penalty("二号", subject_name="虚构甲", subject_code="", id_number=PERSON, decided_on=date(2024, 1, 2)),
        penalty("三号", subject_name="虚构甲", subject_code="", id_number="E1234567"),
        penalty("四号", subject_name="不相干诊所", subject_code=""),
    )
    with registers_of(desk, case) as found:
        rows = {row.number: row.matched_by for row in found.penalties_of("换了招牌诊所", OTHER_CODE)}
        assert rows == {"一号": "person", "二号": "person"}, "another person of the same name has another number"
        assert {row.number for row in found.penalties_of("虚构甲", "")} >= {"一号", "二号"}
    with desk.database.reading() as session:
        [one, _] = session.scalars(select(SubjectPerson)).all()
        assert (one.id_last, len(one.id_digest)) == (PERSON[-4:], 64)
        assert PERSON not in str([(row.id_digest, row.id_last) for row in session.scalars(select(Subject))])


def test_the_status_of_a_penalty_changes_with_its_reason(play, desk):
    case = enter(play(), penalty("一号"))
    with registers_of(desk, case) as found:
        [row] = found.penalties_of(CLINIC, CODE)
    later = enter(play(), PenaltyStatus(row.id, "annulled", "复议撤销", certified_copy=True))
    with registers_of(desk, later) as found:
        [now] = found.penalties_of(CLINIC, CODE)
    assert now == replace(row, status="annulled", certified_copy=True)


def test_a_status_of_no_penalty_leaves_the_case_where_it_was(play, desk):
    case = play()
    with pytest.raises(HandlerFailed):
        enter(case, PenaltyStatus(case.case, "annulled", "没有"))
    assert case.elements() == ["register_clue"]


def test_advertisements_count_by_act_and_a_refusal_is_in_force_on_its_days(play, desk):
    acts = [date(2024, 3, 9), date(2024, 11, 20), date(2025, 8, 5), date(2026, 3, 10)]
    violations = [NewAdViolation(CLINIC, CODE, day, date(2026, 3, 20), "55", "市监罚一号") for day in acts]
    refusal = NewAdRefusal(CLINIC, CODE, date(2026, 3, 21), date(2027, 3, 20), "《广告法》第五十五条", "不予受理一号")
    case = enter(play(), *violations, refusal)
    with registers_of(desk, case) as found:
        known = found.ad_violations_of("虚构云朵医疗美容有限公司", "")
        assert [one.act_on for one in known] == acts
        assert [one.act_on for one in violations_within(known, date(2026, 3, 10))] == acts[1:]
        for day, refused in ((date(2026, 3, 20), False), (date(2026, 3, 21), True), (date(2027, 3, 20), True), (date(2027, 3, 21), False)):
            assert (found.ad_refusal_on(CLINIC, CODE, day) is not None) is refused, day
        assert found.ad_refusal_on("云朵医疗美容门诊部", "", date(2026, 4, 1)) is None, "a variant is not refused by itself"
        assert found.ad_refusal_on(CLINIC, OTHER_CODE, date(2026, 4, 1)) is None, "nor is a namesake with another code"


def test_the_matter_list_and_the_qualification_are_at_hand(play, desk):
    with registers_of(desk, play().case) as found:
        assert found.matter("medical_ad").lead == "AMR"
        assert found.matter("no_such_matter") is None
        mine = found.qualification("health.officer")
        assert (bool(mine.certificate), mine.hours_this_year) == (True, 0)
        assert found.qualification("nobody") is None


def test_a_case_knows_those_under_it_without_what_is_confidential(play, desk, people):
    from workflows import supervision  # noqa: PLC0415

    case = play(reached="triage")
    supervision.order(desk, people["supervisor"], case.case, addressee="qinglan-health", kind="report", text="请报告", reply_days=3)
    with registers_of(desk, case.case) as found:
        [child] = found.children()
    assert (child.process, child.status, child.relation) == ("supervision", "open", "supervision")
    assert child.facts["order_text"] == "请报告"
    with registers_of(desk, case.case) as found:
        assert "reporter_name" not in found._facts(case.case, _digest(desk, case.case))


def _digest(desk, case):
    from workflows.records import Case  # noqa: PLC0415

    with desk.database.reading() as session:
        return session.get_one(Case, case).digest


@pytest.mark.sqlite
def test_look_ups_walk_along_indexes(play, desk):
    """Where the embedded database would read a whole register, it would say SCAN."""
    from sqlalchemy import event  # noqa: PLC0415

    case = enter(play(), subject(people=(NewPerson("虚构甲", "principal", PERSON),)), penalty("一号"))
    asked = []
    event.listen(desk.database.engine, "before_cursor_execute", lambda _c, _cursor, text, given, _x, _many: asked.append((text, given)))
    with registers_of(desk, case) as found:
        found.subjects_like(CLINIC, CODE)
        found.penalties_of(CLINIC, CODE)
        found.penalties_in_case()
        found.ad_violations_of(CLINIC, CODE)
        found.ad_refusal_on(CLINIC, CODE, date(2026, 1, 1))
        looks = [(text, given) for text, given in asked if text.startswith("SELECT")]
        assert len(looks) > 8
        for text, given in looks:
            plan = found.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given).all()
            assert [row.detail for row in plan if row.detail.startswith("SCAN")] == [], text


def test_two_penalties_in_other_cities_are_found_behind_the_clinic_of_today(desk, play):
    """Story 4: penalised in city X in 2021 as a person and in city Y in 2023 under another sign, caught again in Z."""
    from web.demo_registers import entries  # noqa: PLC0415
    from workflows import registering  # noqa: PLC0415
    from workflows.rulebook import jurisdiction  # noqa: PLC0415

    registering.enter(desk, entries(jurisdiction("demo_registers")))
    with registers_of(desk, play().case) as found:
        rows = found.penalties_of("虚构·水杉诊所", "91990000MADEM0001J")
    assert [(row.decided_on.year, row.region, row.matched_by) for row in rows] == [
        (2023, "虚构·乙市", "name"),
        (2021, "虚构·甲市", "person"),
    ]
    assert {(row.act, row.function, row.status) for row in rows} == {("illegal_practice", "HEALTH", "effective")}
