"""The matter list changes by versions: a draft is nobody's law, what was published stays readable for good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.registers import registers_of
from workflows import history
from workflows import matter_list as matters
from workflows.errors import NotAllowed, NotFound, OneCaseError, WrongAnswers
from workflows.registers.matters import shipped_matters
from workflows.views.registers import MatterLine
from workflows.vocabulary import FUNCTIONS

NEW = MatterLine("health_app", "互联网诊疗", "Internet care", "HEALTH", ("CAC",), "某依据", "互联网医院", "责令改正", ("routine",))


def codes(desk, officer, number=None):
    return [one.code for one in matters.version(desk, officer, number).matters]


def test_the_list_that_ships_is_in_order():
    rows = shipped_matters()
    assert len({row["code"] for row in rows}) == len(rows) > 10
    for row in rows:
        assert {row["lead"], *row["members"]} <= FUNCTIONS, row["code"]
        assert row["lead"] not in row["members"], row["code"]
        assert row["sources"], row["code"]
        assert set(row["sources"]) <= set(matters.SOURCES), row["code"]
        assert row["basis"], row["code"]
        assert row["name_en"].isascii(), row["code"]


@pytest.mark.both_databases
def test_a_draft_is_published_and_the_former_version_stays(desk, people, play):
    keeper = people["health.officer"]
    before = codes(desk, keeper)
    number = matters.begin_draft(desk, keeper)
    matters.save(desk, keeper, NEW)
    changed = replace(matters.version(desk, keeper, number).matters[0], lead="PSB")
    matters.save(desk, keeper, changed)
    matters.remove(desk, keeper, "touts")
    assert codes(desk, keeper) == before, "a draft is not in force"

    assert matters.publish(desk, keeper, "年度会商") == number == 1
    shown = matters.version(desk, people["designer"])
    assert (shown.version, shown.reason, shown.by, shown.in_force) == (1, "年度会商", "卫乙·承办", True)
    assert codes(desk, keeper) == [code for code in before if code != "touts"] + ["health_app"]
    assert codes(desk, keeper, 0) == before
    with registers_of(desk, play().case) as found:
        assert (found.matter(changed.code).lead, found.matter(changed.code).version) == ("PSB", 1)
        assert found.matter("touts") is None
    assert history.verify(desk) == ()


def test_versions_are_compared_column_by_column(desk, people):
    keeper = people["health.officer"]
    matters.begin_draft(desk, keeper)
    matters.save(desk, keeper, NEW)
    first = matters.version(desk, keeper, 1).matters[0]
    matters.save(desk, keeper, replace(first, lead="PSB", measures="别的"))
    matters.remove(desk, keeper, "touts")
    found = {change.code: (change.before is None, change.after is None, change.columns) for change in matters.compare(desk, keeper, 0, 1)}
    assert found == {
        first.code: (False, False, ("lead", "measures")),
        "health_app": (True, False, matters.COLUMNS),
        "touts": (False, True, matters.COLUMNS),
    }
    assert matters.compare(desk, keeper, 1, 1) == ()


def test_there_is_one_draft_at_a_time_and_it_can_be_thrown_away(desk, people):
    keeper, head = people["health.officer"], people["health.head"]
    assert matters.begin_draft(desk, keeper) == matters.begin_draft(desk, head) == 1
    matters.discard(desk, head)
    with pytest.raises(NotFound):
        matters.save(desk, keeper, NEW)
    matters.begin_draft(desk, keeper)
    matters.publish(desk, keeper, "一")
    assert matters.begin_draft(desk, keeper) == 2


@pytest.mark.parametrize(("wrong", "field"), [
    ({"code": "Illegal!"}, "code"), ({"name": " "}, "name"), ({"basis": ""}, "basis"), ({"lead": "NASA"}, "lead"), ({"members": ("HEALTH", "NASA")}, "members"),
    ({"sources": ()}, "sources"), ({"sources": ("rumour",)}, "sources"), ({"measures": "长" * 1001}, "measures"),
])  # fmt: skip
def test_a_matter_that_is_not_in_order_is_refused_by_its_column(desk, people, wrong, field):
    keeper = people["health.officer"]
    matters.begin_draft(desk, keeper)
    with pytest.raises(WrongAnswers) as refusal:
        matters.save(desk, keeper, replace(NEW, **wrong))
    assert list(refusal.value.fields) == [field]
    matters.save(desk, keeper, NEW)


def test_an_empty_list_and_a_list_without_a_reason_are_not_published(desk, people):
    keeper = people["health.officer"]
    matters.begin_draft(desk, keeper)
    with pytest.raises(WrongAnswers):
        matters.publish(desk, keeper, " ")
    for code in codes(desk, keeper, 1):
        matters.remove(desk, keeper, code)
    with pytest.raises(OneCaseError, match="no matters"):
        matters.publish(desk, keeper, "理由")


@pytest.mark.parametrize(
    ("username", "may"),
    [("health.officer", True), ("superior.officer", True), ("health.legal", False), ("amr.head", False), ("auditor", False)],
)
def test_the_health_authority_keeps_the_list_and_everybody_reads_it(desk, people, username, may):
    assert codes(desk, people[username])
    if may:
        assert matters.begin_draft(desk, people[username]) == 1
        assert matters.version(desk, people[username], 1).status == "draft"
        return
    with pytest.raises(NotAllowed):
        matters.begin_draft(desk, people[username])
    matters.begin_draft(desk, people["health.officer"])
    with pytest.raises(NotFound):
        matters.version(desk, people[username], 1)


def test_every_matter_that_a_clue_may_have_stands_in_the_list_that_ships():
    from workflows.matters import MATTERS  # noqa: PLC0415

    assert set(MATTERS) <= {row["code"] for row in shipped_matters()}
