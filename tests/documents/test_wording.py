"""A paper of a case under another one words what it inherited, names the act as its cause, and knows the authorities around."""

from __future__ import annotations

import pytest

from tests.factories.penalties import opened, opened_under
from workflows import casefile
from workflows.documents import papers, registry
from workflows.documents.layout import Paragraph, Table, layout_of
from workflows.documents.wording import cause

SEALED = [paper for paper in registry.papers() if paper.seal and paper.kind not in {"form", "list", "record"}]


def text(play, name):
    officer = play.people["health.officer"]
    row = next(row for row in casefile.documents(play.desk, officer, play.case) if row.name == name)
    return layout_of(papers.file(play.desk, officer, row.id, "docx")[1]).text


@pytest.fixture
def registered(play):
    """Evidence registered in a case of its own under a joint case."""
    child = opened_under(play().reach("draft_plan"), "evidence_measure", measure_kind="registration", second_officer="health.officer2")
    child.reach("register_items").do("register_items")
    return child


def test_a_fact_of_the_case_above_stands_in_words_though_no_form_of_this_case_asks_for_it(registered):
    said = text(registered, "先行登记保存证据通知书")
    assert "涉嫌非法行医一案" in said
    assert "illegal_practice" not in said


def test_the_act_that_is_punished_is_the_cause_and_its_articles_are_left_out(desk, people):
    case = opened(desk, people).reach("approve_filing")
    assert "涉嫌非医师行医" in text(case, "立案审批表")
    assert "案由　涉嫌非医师行医　" in text(case, "立案审批表")


@pytest.mark.parametrize(
    ("said", "raw", "told"),
    [
        ({"matter": "非法行医"}, {"matter": "illegal_practice"}, "涉嫌非法行医"),
        ({"matter": "药品、医疗器械"}, {"matter": "drug_device"}, "涉嫌药品、医疗器械方面违法"),
        ({"matter": "非法行医", "penalty_act": "非医师行医（中华人民共和国医师法 第五十九条）"}, {}, "涉嫌非医师行医"),
        ({}, {}, "涉嫌违法"),
    ],
)
def test_what_a_case_is_about(said, raw, told):
    assert cause(said, raw) == told


@pytest.mark.parametrize("paper", SEALED, ids=lambda paper: paper.id)
def test_no_page_holds_the_signatures_the_seal_and_the_date_alone(paper):
    blocks = [block for block in layout_of(registry.shipped_template(paper.id).content).blocks if not _is_tag(block)]
    ending = next(place for place in range(len(blocks) - 1, -1, -1) if not _closes(blocks[place]))
    last = blocks[ending]
    assert isinstance(last, Table) or last.look.get("kept"), last.text
    assert all(block.look.get("kept") for block in blocks[ending + 1 : -1] if isinstance(block, Paragraph) and block.text.strip("　 "))


def _is_tag(block):
    return isinstance(block, Paragraph) and block.text.strip().startswith("{%p")


def _closes(block):
    words = block.text.strip("　 ") if isinstance(block, Paragraph) else "a table"
    return not words or "（签名" in words or words in {"{{ own.name }}", "（印章）", "{{ doc.day }}", "{{ doc.day_in_characters }}"}
