"""The figures of a special action: a table that agrees with itself has no fault, and each contradiction is named where it stands."""

from __future__ import annotations

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.merge_parts import _sum, share
from tests.factories.routing import files_of
from workflows import forms
from workflows.engine.bundle import read_bundle
from workflows.gates.reporting import OTHER
from workflows.report_tables import annexes, coverage_faults, indicator_faults, same_figures, table_faults
from workflows.rulebook import read_yaml, shipped

BOOK = annexes()
COUNTS = st.integers(0, 50)
PENALTIES = ("C01", "C02", "C03", "C04", "C05", "C06")
PERSONS = ("D01", "D02", "D03", "D04", "D05")
TRANSFERRED = ("D06", "D07", "D08")


@st.composite
def tables(draw) -> list[dict]:
    """A table as a careful officer fills it."""
    found: dict[str, dict] = {row: {"row": row} for row in BOOK.rows}
    for row in BOOK.rows.values():
        for side in ("public", "private"):
            found[row.id][side] = draw(COUNTS)
    for side in ("public", "private"):
        kinds = [found[row][side] for row in PENALTIES]
        found["C07"][side] = draw(st.integers(max(kinds), sum(kinds)))
        found["D09"][side] = max(found[row][side] for row in PERSONS)
        found["D10"][side] = sum(found[row][side] for row in TRANSFERRED)
        for amount, count in (("C08", "C03"), ("C09", "C02"), ("D11", "D09")):
            found[amount][side] = found[amount][side] * 1.5 if found[count][side] else 0
    for row in BOOK.rows.values():
        for column in (BOOK.columns[one] for one in row.columns):
            if column.amount_of and found[row.id][column.amount_of]:
                found[row.id][column.id] = draw(st.integers(0, 1000)) / 100
    return list(found.values())


def line(table: list[dict], row: str) -> dict:
    return next(one for one in table if one["row"] == row)


@given(tables())
@settings(max_examples=40)
def test_a_table_that_agrees_with_itself_has_no_fault(table):
    assert table_faults(table) == ()


@given(
    tables(),
    st.sampled_from(sorted(row.id for row in BOOK.rows.values() if "public_tcm" in row.columns)),
    st.sampled_from(["public", "private"]),
)
@settings(max_examples=40)
def test_a_part_above_its_total_is_exactly_one_fault_where_it_stands(table, row, side):
    if row.startswith("C") and row != "C10":
        line(table, row)[f"{side}_tcm"] = line(table, row)[side] + 1
        wanted = {(row, f"{side}_tcm", "of_which")}
        others = {(fault.row, fault.column) for fault in table_faults(table)} - {(row, f"{side}_tcm")}
        assert {row for row, _ in others} <= {"C07", "C08", "C09"}, "the same part then disagrees with the totals that count it"
        assert wanted <= {(fault.row, fault.column, fault.rule) for fault in table_faults(table)}
        return
    line(table, row)[f"{side}_tcm"] = line(table, row)[side] + 1
    assert [(fault.row, fault.column, fault.rule) for fault in table_faults(table)] == [(row, f"{side}_tcm", "of_which")]


@given(tables(), tables())
@settings(max_examples=30)
def test_parts_that_agree_with_themselves_add_up_to_a_table_that_does(one, other):
    assert table_faults(_sum([*one, *other])) == ()


@given(tables())
@settings(max_examples=20)
def test_a_total_below_one_kind_is_a_fault_of_the_total(table):
    line(table, "C03")["public"] = line(table, "C07")["public"] + 1
    assert ("C07", "public", "at_least_each") in {(fault.row, fault.column, fault.rule) for fault in table_faults(table)}


def faults(*lines: dict) -> list[tuple[str, str, str]]:
    return [(fault.row, fault.column, fault.rule) for fault in table_faults(lines)]


def test_the_story_of_a_part_that_is_more_than_its_total_says_row_and_column_in_both_languages():
    wrong = table_faults([{"row": "C10", "public": 3, "public_tcm": 5}])
    assert [fault.words.zh for fault in wrong] == ["C10“行政处罚、行政处理机构—退还总金额”公立医疗机构其中中医：其中数大于总数"]
    assert [fault.words.en for fault in wrong] == [
        "C10 “Returned, total”, Public, of which Chinese medicine: the part is more than the total"
    ]
    assert faults({"row": "C10", "public": 3, "public_tcm": 3}) == []


def test_an_amount_has_a_count_beside_it():
    assert faults({"row": "B02", "public": 0, "public_amount": 1.2}) == [("B02", "public_amount", "amount_with_count")]
    assert faults({"row": "B02", "public": 1, "public_amount": 1.2}) == []
    assert faults({"row": "D11", "private": 2}) == [("D11", "private", "amount_with_count")]


def test_those_transferred_are_the_sum_of_doctors_nurses_and_others():
    rows = [{"row": "D06", "public": 1}, {"row": "D08", "public": 2}]
    assert faults(*rows, {"row": "D10", "public": 3}) == []
    assert faults(*rows, {"row": "D10", "public": 2}) == [("D10", "public", "equals_sum")]
    assert faults(*rows) == [("D10", "public", "equals_sum")], "a total that is left out is 0"


def test_institutions_are_whole_money_need_not_be_and_nothing_is_negative():
    assert faults({"row": "A01", "public": 1.5}) == [("A01", "public", "figure")]
    assert faults({"row": "C10", "public": 1.5}) == []
    assert faults({"row": "A01", "public": -1}) == [("A01", "public", "figure")]


def test_a_row_stands_once_and_has_only_its_own_columns():
    assert faults({"row": "A01", "public": 1}, {"row": "A01", "public": 2}) == [("A01", "", "twice")]
    assert faults({"row": "A01", "public_tcm": 1}) == [("A01", "public_tcm", "no_column")]
    assert faults({"row": "Z9"}) == [("Z9", "", "unknown_row")]


def test_indicators_are_checked_by_department():
    assert indicator_faults("MPA", {"mpa_inspected": 3, "mpa_violations": 4}).keys() == {"mpa_violations"}
    assert indicator_faults("MPA", {"mpa_inspected": 4, "mpa_violations": 4}) == {}
    assert indicator_faults("AMR", {"amr_lead_rate": 101}).keys() == {"amr_lead_rate"}
    assert indicator_faults("AMR", {"amr_ad_fines": 2}).keys() == {"amr_ad_fines"}
    assert indicator_faults(OTHER, {"mpa_violations": 4}) == {}
    assert coverage_faults({"nursing_total": 2, "nursing_covered": 3}).keys() == {"nursing_covered"}


def test_two_tables_say_the_same_whatever_their_order_and_their_zeros():
    one = [{"row": "A01", "public": 1, "private": 0}, {"row": "A02", "private": 2.0}]
    assert same_figures(one, [{"row": "A02", "private": 2}, {"row": "A01", "public": 1}])
    assert not same_figures(one, [{"row": "A01", "public": 1}])


@given(st.integers(0, 100_000), st.integers(1, 100_000))
def test_a_share_is_never_rounded_up_to_what_is_asked(covered, total):
    assert (share(covered, total) >= 50) == (2 * covered >= total)
    assert share(min(covered, total), total) < 100 or covered >= total


def test_249_of_500_is_49_8_and_4999_of_10000_is_49_9():
    assert share(249, 500) == 49.8
    assert share(4999, 10_000) == 49.9
    assert share(0, 0) == 100, "where there is none, nothing is left to cover"
    assert share(None, None) == 0, "nothing was told"


def test_the_annexes_are_whole():
    assert [sum(row.startswith(block) for row in BOOK.rows) for block in "ABCD"] == [17, 3, 10, 11]
    told = read_yaml(shipped() / "campaign_report" / "annexes.yaml")
    assert {function: len({one["item"] for one in figures}) for function, figures in told["indicators"].items()} == {
        "HEALTH": 6, "CAC": 2, "PSB": 3, "COMM": 5, "AMR": 4, "RTV": 2, "HSA": 3, "MPA": 3,
    }  # fmt: skip
    assert {name for check in BOOK.checks for name in (check.total, *check.parts)} <= set(BOOK.rows)


def test_the_forms_ask_for_what_the_annexes_name():
    bundle = read_bundle(files_of("campaign_report"))
    assert [option["value"] for option in bundle.options["table_rows"]] == list(BOOK.rows)
    asked = {forms.key_of(one): one for one in forms.inputs(bundle.forms["fill_part"])}
    for function, figures in BOOK.indicators.items():
        for one in figures:
            assert forms.hidden(asked[one.key], {"part_function": OTHER})
            assert not forms.hidden(asked[one.key], {"part_function": function})
    for target in BOOK.targets:
        assert {target.total, target.covered} <= set(asked)
    assert {forms.key_of(one) for one in forms.inputs(asked["part_rows"])} == {"row", *BOOK.columns}


def test_the_thresholds_of_the_table_of_coverage_are_those_of_the_annexes():
    assert [target.percent for target in BOOK.targets] == [100, 100, 50]
    tests = yaml.safe_load((shipped() / "campaign_report/tables/coverage.tests.yaml").read_text(encoding="utf-8"))
    assert len(tests) >= 4
