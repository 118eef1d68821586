"""The cases that hang together are one picture, and each officer sees the part that is theirs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from apiflask import APIFlask

from tests.cases.test_linked_cases import EMPLOYER, PLATFORM, SUPPLIER
from tests.factories.family import children
from tests.factories.play import Play
from tests.web.visitors import Visitor
from workflows import links

OPTION = re.compile(r"data-chart-option>(.*?)</script>", re.DOTALL)


@pytest.fixture
def linked(play: Callable[..., Play]) -> tuple[Play, list[Play]]:
    """A case that led to three others."""
    case = play(reached="identify_links")
    case.do("identify_links", links_found="found", linked_parties=[SUPPLIER, PLATFORM, EMPLOYER])
    case.do("approve_links", by="health.head")
    return case, children(case)


def test_the_tree_stands_under_the_first_case_with_the_part_that_each_party_plays(linked, desk, people) -> None:
    case, under = linked
    for seen_from in (case, under[0]):
        tree = links.tree(desk, people["health.officer"], seen_from.case)
        assert tree.case.id == case.case
        assert sorted((one.subject, one.link.zh) for one in tree.below) == [
            ("虚构·云朵连锁", "用工单位"), ("虚构·云集平台", "网络平台"), ("虚构·天一供货商", "供货商"),
        ]  # fmt: skip


def test_an_agency_sees_the_branch_that_it_takes_part_in_and_no_other(linked, desk, people) -> None:
    case, under = linked
    members = links.tree(desk, people["amr.officer"], case.case)
    assert {one.case.id for one in members.below} < {one.case for one in under}


def test_the_picture_leads_to_each_case_and_the_list_says_the_same_in_words(linked, app: APIFlask) -> None:
    case, under = linked
    page = Visitor(app, "health.officer").read(f"/cases/{case.case}/related")
    found = OPTION.search(page)
    assert found
    root = json.loads(found.group(1))["series"]["data"][0]
    assert root["label"]["fontWeight"] == "bold"
    assert {child["url"] for child in root["children"]} == {f"/cases/{one.case}" for one in under}
    assert all(page.count(f"/cases/{one.case}") >= 2 for one in under)


def test_a_case_that_stands_alone_has_no_picture(play: Callable[..., Play], app: APIFlask) -> None:
    alone = play(reached="draft_plan").case
    page = Visitor(app, "health.officer").read(f"/cases/{alone}/related")
    assert "data-chart-option" not in page
    assert "本案没有关联案件" in page
