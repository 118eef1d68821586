"""Issuing: numbers without gaps for each sign, series and year; values as they stood; stale when a fact on it changes; issued again."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from tests.documents.files import word
from tests.factories.desks import with_services
from tests.factories.play import Play
from workflows import casefile, history
from workflows.documents import papers, templates
from workflows.documents.layout import layout_of
from workflows.documents.papers import NotStale
from workflows.errors import HandlerFailed, NotAllowed, NotFound, OneCaseError
from workflows.records import Document


def listed(case, name, officer="health.officer"):
    return [row for row in casefile.documents(case.desk, case.people[officer], case.case) if row.name == name]


def text(case, row, officer="health.officer"):
    return layout_of(papers.file(case.desk, case.people[officer], row.id, "docx")[1]).text


@pytest.fixture
def proposed(play):
    """A case whose letter proposing the lead is issued, and whose plan is being drafted."""
    return play(reached="draft_plan")


@pytest.fixture
def stale(proposed):
    """The same after the plan named another member than the letter did."""
    proposed.do("draft_plan", members=["qinglan-amr", "qinglan-mpa"])
    return proposed


class TestNumbers:
    def test_a_letter_has_a_number_of_its_series_and_a_form_has_none(self, proposed):
        assert [row.number for row in listed(proposed, "牵头建议函")] == ["青卫函〔2026〕1号"]
        assert [row.number for row in listed(proposed, "线索登记表")] == [""]

    def test_each_series_counts_for_itself(self, play):
        numbers = [row.number for row in casefile.documents(*_reader(play().finish())) if row.number]
        assert {re.sub(r"〔.*", "", number) for number in numbers} >= {"青卫函", "青卫案", "青卫罚告", "青卫罚", "青卫反"}
        for series in {re.sub(r"〔.*", "", number) for number in numbers}:
            counted = sorted(int(re.search(r"〕(\d+)号", number).group(1)) for number in numbers if number.startswith(f"{series}〔"))
            assert counted == list(range(1, len(counted) + 1)), series

    def test_two_cases_of_one_agency_count_on(self, play):
        for wanted in ("青卫函〔2026〕1号", "青卫函〔2026〕4号"):  # between them: the letter to the lead and its confirmation
            assert listed(play().reach("draft_plan"), "牵头建议函")[0].number == wanted

    def test_a_new_year_begins_at_one(self, play, desk):
        play().reach("draft_plan")
        desk.clock.to("2027-01-04 09:00")
        assert listed(play().reach("draft_plan"), "牵头建议函")[0].number == "青卫函〔2027〕1号"

    def test_the_year_is_the_chinese_one(self, play, desk):
        desk.clock.to("2027-01-01 00:30")  # in UTC it is still the old year
        assert listed(play().reach("draft_plan"), "牵头建议函")[0].number == "青卫函〔2027〕1号"

    def test_a_step_that_fails_leaves_no_gap(self, play, desk):
        case = play().reach("confirm_candidate")

        def fail(call):
            raise RuntimeError("the service is away")

        broken = Play(with_services(desk, invite_candidate=fail), case.people, case.case, case.answers)
        for _ in range(3):
            with pytest.raises(HandlerFailed):
                broken.do("confirm_candidate")
        case.do("confirm_candidate")
        assert listed(case, "牵头建议函")[0].number == "青卫函〔2026〕1号"

    @pytest.mark.both_databases
    def test_eight_at_once_get_eight_numbers_in_a_row(self, play):
        cases = [play().reach("confirm_candidate") for _ in range(8)]
        start = Barrier(8)

        def issue(case):
            start.wait()
            for _ in range(20):
                try:
                    return case.do("confirm_candidate")
                except OneCaseError as error:
                    if error.status != 503:
                        raise
            raise AssertionError("never issued")

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(issue, cases))
        numbers = {listed(case, name)[0].number for case in cases for name in ("牵头建议函", "牵头函")}
        assert numbers == {f"青卫函〔2026〕{number}号" for number in range(1, 17)}


class TestStaleness:
    def test_a_document_that_says_what_the_case_says_is_current(self, proposed):
        proposed.do("draft_plan")
        (row,) = listed(proposed, "牵头建议函")
        assert (row.state, row.changes) == ("current", ())

    def test_a_changed_fact_marks_it_stale_and_says_which_from_what_to_what_and_when(self, stale):
        (row,) = listed(stale, "牵头建议函")
        assert row.state == "stale"
        assert [(str(one.label), str(one.old), str(one.new)) for one in row.changes] == [
            ("成员单位", "青岚区市场监督管理局", "青岚区市场监督管理局、青岚区药品监督管理局")
        ]
        assert row.changes[0].at == stale.desk.now()

    def test_the_stale_document_still_says_what_it_said(self, stale):
        (row,) = listed(stale, "牵头建议函")
        assert "青岚区药品监督管理局" not in text(stale, row)

    def test_a_fact_that_becomes_known_later_makes_nothing_stale(self, play):
        case = play(classification="both").finish()
        assert {row.state for row in casefile.documents(*_reader(case))} == {"current"}

    def test_a_plan_signed_again_takes_the_place_of_the_first(self, play):
        case = play().reach("sign_plan", plan_decision="return")
        case.do("sign_plan")
        case.reach("sign_plan", plan_decision="approve")
        case.do("sign_plan")
        first, second = listed(case, "联合执法方案")
        assert (first.state, first.replaced_by, second.state) == ("replaced", second.id, "current")

    def test_another_agency_of_the_case_sees_the_same(self, stale):
        assert listed(stale, "牵头建议函", "amr.officer")[0].state == "stale"


class TestBlanks:
    def test_what_a_paper_needs_and_the_case_does_not_know_is_named(self, proposed, desk):
        with desk.database.transaction() as session:
            row = session.scalars(select(Document).where(Document.case == proposed.case, Document.name == "牵头建议函")).one()
            row.content = {**row.content, "facts": {**row.content["facts"], "subject_name": ""}}
        (found,) = listed(proposed, "牵头建议函")
        assert [str(one) for one in found.blanks] == ["名称或姓名"]
        assert "＿＿" in text(proposed, found)

    def test_a_full_paper_has_none(self, proposed):
        assert listed(proposed, "牵头建议函")[0].blanks == ()


class TestIssuingAgain:
    def test_a_numbered_document_gets_the_next_number_and_names_the_one_that_it_replaces(self, stale, people):
        (old,) = listed(stale, "牵头建议函")
        made = papers.reissue(stale.desk, people["health.officer"], old.id)
        assert (made.number, made.replaces, made.state, made.version) == ("青卫函〔2026〕4号", old.id, "current", 2)
        assert "本文书替代青卫函〔2026〕1号《牵头建议函》" in text(stale, made)
        assert "青岚区药品监督管理局" in text(stale, made)
        assert [row.state for row in listed(stale, "牵头建议函")] == ["replaced", "current"]

    def test_a_form_gets_the_next_version_and_no_number(self, proposed, desk, people):
        with desk.database.transaction() as session:
            row = session.scalars(select(Document).where(Document.case == proposed.case, Document.name == "线索登记表")).one()
            row.content = {**row.content, "facts": {**row.content["facts"], "subject_name": "写错的名称"}}
        (old,) = listed(proposed, "线索登记表")
        assert old.state == "stale"
        made = papers.reissue(desk, people["health.intake"], old.id)
        assert (made.number, made.version) == ("", 2)
        assert "本文书替代第1版《线索登记表》" in text(proposed, made)

    def test_the_record_says_who_did_it(self, stale, people, desk):
        papers.reissue(desk, people["health.officer"], listed(stale, "牵头建议函")[0].id)
        line = history.record(desk, people["health.officer"], stale.case).items[0]
        assert (line.kind, line.detail["replaces"], line.detail["changed"]) == ("document_reissued", "青卫函〔2026〕1号", ["成员单位"])
        assert history.verify(desk) == ()

    def test_a_current_document_is_not_issued_again(self, proposed, people):
        with pytest.raises(NotStale):
            papers.reissue(proposed.desk, people["health.officer"], listed(proposed, "牵头建议函")[0].id)

    def test_a_document_is_issued_again_once(self, stale, people):
        (old,) = listed(stale, "牵头建议函")
        papers.reissue(stale.desk, people["health.officer"], old.id)
        with pytest.raises(NotStale):
            papers.reissue(stale.desk, people["health.officer"], old.id)

    @pytest.mark.parametrize("username", ["amr.officer", "superior.officer", "health.legal"])
    def test_another_agency_or_another_role_does_not(self, stale, people, username):
        with pytest.raises(NotAllowed):
            papers.reissue(stale.desk, people[username], listed(stale, "牵头建议函")[0].id)

    def test_who_takes_no_part_does_not_know_that_it_exists(self, stale, people):
        with pytest.raises(NotFound):
            papers.reissue(stale.desk, people["cac.officer"], listed(stale, "牵头建议函")[0].id)


class TestTemplatesOfAnAgency:
    def replace(self, case, *lines, agency="qinglan-health"):
        return templates.replace(case.desk, case.people["designer"], "lead_proposal", word(*lines), note="改", agency=agency)

    def test_the_newest_is_used_for_what_is_issued_from_then_on_and_an_issued_one_stays(self, stale, people):
        (old,) = listed(stale, "牵头建议函")
        before = text(stale, old)
        self.replace(stale, "{{ own.name }}的新式牵头函：{{ members }}")
        assert text(stale, old) == before
        made = papers.reissue(stale.desk, people["health.officer"], old.id)
        assert text(stale, made) == "青岚区卫生健康局的新式牵头函：青岚区市场监督管理局、青岚区药品监督管理局"

    def test_a_step_uses_it_as_well(self, play):
        case = play().reach("confirm_candidate")
        self.replace(case, "新式：{{ members }}，{{ 案情['调整理由'] }}")
        case.do("confirm_candidate", candidate_reason="理由甲")
        assert text(case, listed(case, "牵头建议函")[0]) == "新式：青岚区市场监督管理局，理由甲"

    def test_another_agency_keeps_what_ships(self, play):
        case = play().reach("confirm_candidate")
        self.replace(case, "新式：{{ members }}", agency="yunhai-health")
        case.do("confirm_candidate")
        assert "新式" not in text(case, listed(case, "牵头建议函")[0])

    def test_a_fact_that_only_its_template_names_makes_the_document_stale_too(self, play, desk):
        case = play().reach("triage")
        templates.replace(
            desk, case.people["designer"], "clue_register", word("线索：{{ members }}{{ clue_source }}"), note="改", agency="qinglan-health"
        )
        assert listed(case, "线索登记表")[0].state == "current"

    def test_going_back_uses_what_ships(self, play):
        case = play().reach("confirm_candidate")
        self.replace(case, "新式：{{ members }}")
        templates.replace(case.desk, case.people["designer"], "lead_proposal", None, note="改回", agency="qinglan-health")
        case.do("confirm_candidate")
        assert "新式" not in text(case, listed(case, "牵头建议函")[0])
        assert [row.number for row in templates.history(case.desk, case.people["designer"], "lead_proposal", agency="qinglan-health")] == [
            2,
            1,
        ]

    @pytest.mark.parametrize(("line", "said"), [
        ("{{ subjct_name }}", "subjct_name"), ("{{ 案情['没有这一项'] }}", "没有这一项"), ("{{ ''.__class__ }}", "__class__"), ("{% if x %}", "end of"),
        ("{{ doc.nothing }}", "blank"),
    ])  # fmt: skip
    def test_one_that_does_not_fill_is_refused_with_its_tag(self, proposed, line, said):
        with pytest.raises(OneCaseError, match=re.escape(said)):
            self.replace(proposed, line)

    @pytest.mark.parametrize("username", ["health.officer", "health.head", "supervisor", "auditor", "security"])
    def test_only_a_designer_or_an_administrator_replaces_one(self, proposed, people, username):
        with pytest.raises(NotAllowed):
            templates.replace(proposed.desk, people[username], "lead_proposal", word("{{ members }}"), note="改")

    def test_not_for_an_agency_that_is_not_below(self, proposed, people):
        with pytest.raises(NotAllowed):
            templates.replace(proposed.desk, people["designer"], "lead_proposal", word("{{ members }}"), note="改", agency="yunhai-gov")

    def test_every_edition_stands_in_the_record_of_the_system(self, proposed):
        self.replace(proposed, "新式：{{ members }}")
        assert history.verify(proposed.desk) == ()


def _reader(case):
    return case.desk, case.people["health.officer"], case.case
