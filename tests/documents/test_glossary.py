"""What those who edit templates are told that they may write is what templates may really say, and no word is kept from them."""

from __future__ import annotations

import re

import pytest

from tests.documents.files import table, word
from tests.documents.test_registry import COMPONENTS
from workflows.directory import Directory
from workflows.documents import sample, values
from workflows.documents.glossary import CHAPTERS
from workflows.documents.layout import layout_of
from workflows.documents.reading import Papers
from workflows.documents.sandbox import FILTERS, OF_LOOPS, STANDARD_FILTERS, TemplateRefused
from workflows.documents.template import SETS, Template
from workflows.records import Case
from workflows.vocabulary import CAPACITIES

WORDS = [one for chapter in CHAPTERS for one in chapter.words]
TOLD = " ".join(f"{one.tag} {one.meaning.zh}" for one in WORDS)
PLAIN = sample.values(COMPONENTS, (), document="行政处罚决定书", number="青卫罚〔2026〕1号")
EXAMPLE = {
    **PLAIN,
    "penalty_facts": "未取得执业许可开展诊疗活动",
    "penalties_decided": "警告、罚款",
    "evidence": [{"evidence_name": "产品"}, {"evidence_name": "票据"}],
    "rest": PLAIN["rest"][:1],
    "raw": {**PLAIN["raw"], "handed_over_at": "2026-04-03T10:05", "members": ["甲", "乙"]},
}
SHOWN = [one for one in WORDS if one.shown]
del EXAMPLE["hearing_place"]


def filled(tag, given=EXAMPLE):
    return layout_of(Template("试", word(tag)).fill(given)).text


@pytest.mark.parametrize("one", SHOWN, ids=lambda one: one.tag)
def test_an_example_gives_what_it_says(one):
    assert filled(one.tag) == one.shown


def test_an_agency_is_given_and_what_takes_a_paragraph_or_a_row_with_it_does():
    for one in (one for one in WORDS if not one.shown and "…" not in one.tag and one.tag != "{{ doc.replaces }}"):
        assert filled(one.tag).strip("＿"), one.tag
    paragraph, row = (one.tag.split("…") for one in WORDS if "…" in one.tag)
    within = ("前", paragraph[0], "涉嫌", paragraph[1], "后")
    assert layout_of(Template("试", word(*within)).fill({"crime_name": "甲"})).text.split() == ["前", "涉嫌", "后"]
    assert layout_of(Template("试", word(*within)).fill({})).text.split() == ["前", "后"]
    rows = Template("试", table(row[0], "{{ item.evidence_name }}", row[1]))
    assert layout_of(rows.fill(EXAMPLE)).text.split() == ["产品", "票据"]


@pytest.mark.parametrize("tag", ["{{ case.secret }}", "{{ peers.nobody }}", "{{ parts.nobody }}"])
def test_what_is_not_listed_gives_nothing(tag):
    assert filled(tag).strip("＿") == ""


@pytest.mark.parametrize("name", [*FILTERS, *STANDARD_FILTERS])
def test_every_way_of_writing_is_listed(name):
    assert re.search(rf"\|{name}\b|（也可写 {name}）", TOLD)


def test_a_way_of_writing_that_is_not_listed_is_refused():
    with pytest.raises(TemplateRefused):
        filled("{{ subject_name|upper }}")


def test_every_value_is_listed():
    for name in SETS:
        assert re.search(rf"\b{name}\b", TOLD), name
    wanted = {f"{of}.{name}" for of in ("case", "doc", "own") for name in PLAIN[of]}
    wanted |= {f"parts.{part}" for part in (*CAPACITIES, *values.SERVICE_DOCUMENTS)} | {f"peers.{peer}" for peer in values.PEERS}
    assert {one for one in wanted if f"{{{{ {one} }}}}" not in TOLD} == set()
    assert {name for name in OF_LOOPS if f"loop.{name}" not in TOLD} == set()


def test_an_issued_document_is_given_what_is_listed(play):
    case = play(reached="draft_plan")
    with case.desk.database.reading() as session:
        papers = Papers(session, Directory(session), session.get(Case, case.case))
        row = papers.rows[0]
        given = values.values_of(session, papers.people, papers.bundle, papers.case, row, reads=frozenset(), replaced="")
    for of in ("case", "doc", "own"):
        assert given[of].keys() == PLAIN[of].keys()
    assert {f"parts.{part}" for part in given["parts"]} | {f"peers.{peer}" for peer in given["peers"]} <= set(re.findall(r"\w+\.\w+", TOLD))


def test_both_languages_say_what_each_means():
    assert all(one.meaning.zh and one.meaning.en and one.meaning.en.isascii() for one in WORDS)
    assert len({one.tag for one in WORDS}) == len(WORDS)
