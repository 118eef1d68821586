"""Dates and money as official papers write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from workflows.documents import chinese


@pytest.mark.parametrize(("amount", "words"), [
    (0, "人民币零元整"), (5, "人民币伍元整"), (10, "人民币壹拾元整"), (50_000, "人民币伍万元整"), (60_000, "人民币陆万元整"), (10_001, "人民币壹万零壹元整"),
    (20_010, "人民币贰万零壹拾元整"), (100_000, "人民币壹拾万元整"), (1_005.3, "人民币壹仟零伍元叁角整"), (100.05, "人民币壹佰元零伍分"), (0.05, "人民币伍分"),
    (0.5, "人民币伍角整"), (1_234_567.89, "人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"), (100_000_000, "人民币壹亿元整"), (100_010_000, "人民币壹亿零壹万元整"),
    (1_000_000_000_000, "人民币壹万亿元整"), (-3, "人民币负叁元整"), ("50000", "人民币伍万元整"),
])  # fmt: skip
def test_money_is_written_in_capitals(amount, words):
    assert chinese.capitals(amount) == words


def test_money_is_written_in_figures_and_capitals():
    assert chinese.yuan(12_345.5) == "12,345.50元（人民币壹万贰仟叁佰肆拾伍元伍角整）"


@pytest.mark.parametrize("nothing", ["", "见附件", None, True, "nan", "inf"])
def test_what_is_no_amount_stays_what_it_is(nothing):
    assert chinese.yuan(nothing) == ("" if nothing is None else str(nothing))


@pytest.mark.parametrize(("day", "words"), [
    ("2026-04-03", "二〇二六年四月三日"), ("2026-10-10", "二〇二六年十月十日"), ("2026-11-22", "二〇二六年十一月二十二日"), ("2030-12-31", "二〇三〇年十二月三十一日"),
])  # fmt: skip
def test_a_decision_is_dated_in_characters(day, words):
    assert chinese.day_in_characters(day) == words


def test_a_moment_is_told_in_chinese_time():
    assert chinese.moment(datetime(2026, 4, 3, 2, 5, tzinfo=UTC)) == "2026年4月3日10时05分"
    assert chinese.day(datetime(2026, 4, 3, 17, 0, tzinfo=UTC)) == "2026年4月4日"
    assert chinese.moment("2026-04-03T10:05") == "2026年4月3日10时05分"


def test_what_is_no_date_stays_what_it_is():
    assert chinese.day("约四月") == "约四月"


@pytest.mark.parametrize(
    ("written", "said"),
    [("事实清楚", "事实清楚。"), ("事实清楚。", "事实清楚。"), ("事实清楚；。", "事实清楚。"), ("是否属实？", "是否属实？"), ("（见附件）", "（见附件）。"), ("", ""), (None, "")],
)  # fmt: skip
def test_a_sentence_ends_once(written, said):
    assert chinese.sentence(written) == said


def test_each_kind_of_penalty_has_its_amount():
    assert chinese.penalties("警告、罚款、没收违法所得", 20_000, 500) == (
        "警告；罚款20,000.00元（人民币贰万元整）；没收违法所得500.00元（人民币伍佰元整）"
    )


@pytest.mark.parametrize("fine", [None, 0, ""])
def test_a_penalty_without_an_amount_is_named_only(fine):
    assert chinese.penalties("警告、罚款", fine) == "警告；罚款"


@pytest.mark.parametrize(("line", "said"), [
    ("2021-05-10 云海市卫生健康委员会", "2021年5月10日 云海市卫生健康委员会"), ("于2026-03-10T09:05送达", "于2026年3月10日9时05分送达"),
    ("批号2026-03-101", "批号2026-03-101"), ("云卫罚〔2026〕3号", "云卫罚〔2026〕3号"),
])  # fmt: skip
def test_the_days_in_a_line_are_written_as_days(line, said):
    assert chinese.dates_in(line) == said
