"""The rulebook has every limit of the law with all its columns; a row that says nonsense is refused by row and key."""

from __future__ import annotations

from datetime import datetime

import pytest

from workflows.clock_rules import LADDER, RuleError, read_rules
from workflows.rulebook import load_rulebook
from workflows.working_days import CHINA

RULES = load_rulebook().rules
WD, CD, H, M, Y = "working_day", "calendar_day", "hour", "month", "year"

# The numbers of the law by hand, apart from the file (rules that are settings of an installation are not among them).
LAW = {
    "transfer.decide": (3, CD), "transfer.hand_over": (24, H), "transfer.supplement": (3, CD), "transfer.penalty_copy": (10, CD),
    "psb.forward": (24, H), "psb.filing": (3, CD), "psb.incomplete_notice": (24, H), "psb.filing_verified": (7, CD),
    "psb.filing_complex": (30, CD), "psb.economic_review": (3, CD), "psb.economic_filing": (10, CD), "psb.economic_complex": (30, CD),
    "psb.moved_notice": (3, CD), "psb.withdrawal_notice": (3, CD), "psb.security_case": (30, CD),
    "reconsideration.request": (3, CD), "reconsideration.decide": (3, CD), "filing_supervision.direct": (3, CD),
    "filing_supervision.suggest": (3, CD), "filing_supervision.reasons": (7, CD), "filing_supervision.silence_reasons": (7, CD),
    "filing_supervision.file": (15, CD), "filing_supervision.answer": (10, CD), "filing_supervision.urge": (3, M), "items.hand_over": (3, CD),
    "penalty.decide": (90, CD), "penalty.service": (7, WD), "penalty.pay": (15, CD), "penalty.cash_hand_in": (2, WD),
    "penalty.cash_deposit": (2, WD), "penalty.limitation": (2, Y), "penalty.limitation_health": (5, Y), "evidence.registration": (7, WD),
    "hearing.request": (5, WD), "hearing.notice": (-7, WD), "compulsion.report": (24, H), "seizure.term": (30, CD), "seizure.drug": (7, CD),
    "seizure.drug_tested": (15, CD), "enforcement.demand": (10, WD), "enforcement.court_application": (3, M),
    "remedy.reconsideration_request": (60, CD), "remedy.reconsideration_decide": (60, CD), "remedy.lawsuit": (6, M),
    "remedy.lawsuit_after_reconsideration": (15, CD), "amr.filing_check": (15, WD), "amr.legal_review": (10, WD), "amr.decide": (90, CD),
    "publicity.double": (7, WD), "publicity.withdraw": (3, WD), "publicity.disclosure": (20, WD), "publicity.amr": (20, WD),
    "publicity.amr_send": (10, WD), "publicity.amr_receive": (10, WD), "publicity.amr_withdraw": (3, WD), "publicity.amr_minor_end": (3, M),
    "publicity.amr_end": (3, Y), "publicity.credit_shortest": (3, M), "publicity.credit_longest": (3, Y),
    "credit.objection": (3, WD), "credit.objection_assisted": (7, WD), "credit.annulment": (3, WD), "credit.disclosure": (5, Y),
    "credit.sh_query": (5, Y), "credit.sh_objection_mark": (1, WD), "credit.sh_objection": (5, WD), "credit.sh_hand_over": (2, WD),
    "credit.sh_provider": (5, WD), "credit.zj_record": (5, Y), "credit.zj_objection": (5, WD),
    "reverse.internal": (3, WD), "reverse.review": (10, WD), "reverse.opinion_service": (3, CD), "reverse.reply": (2, M),
    "ad.complaint": (7, WD), "ad.review": (20, CD), "ad.certificate": (1, Y), "ad.withdrawal_notice": (5, CD), "ad.window": (2, Y),
    "ad.refusal": (1, Y), "ad.refusal_unreviewed": (1, Y), "ad.refusal_false_material": (1, Y), "ad.refusal_fraud": (3, Y),
    "ad.refusal_tcm": (1, Y), "ad.refusal_tampering": (1, Y), "consultation.yearly": (1, Y),
}  # fmt: skip
STABLE = """
transfer.decide transfer.hand_over transfer.supplement psb.forward psb.filing psb.incomplete_notice reconsideration.request
reconsideration.decide filing_supervision.suggest filing_supervision.reasons filing_supervision.file filing_supervision.answer
items.hand_over penalty.decide penalty.service penalty.pay evidence.registration hearing.request hearing.notice seizure.term
enforcement.demand publicity.double publicity.withdraw publicity.disclosure credit.objection reverse.review reverse.reply ad.complaint
ad.refusal
"""
UNCONFIRMED = {"reverse.reply", "psb.economic_review", "ad.review", "penalty.file", "hsa.decide", "publicity.credit_food_drug"}
EXTENDED = {"seizure.term": 30, "remedy.reconsideration_decide": 30, "psb.security_case": 30, "psb.economic_complex": 30,
            "amr.filing_check": 15, "penalty.decide": 30, "ad.review": 10}  # fmt: skip


@pytest.mark.parametrize("rule", LAW)
def test_the_number_of_the_law_is_the_number_of_the_rule(rule):
    assert (RULES[rule].length, RULES[rule].unit) == LAW[rule]


def test_every_number_that_the_rulebook_calls_the_laws_is_checked_here():
    assert {rule.id for rule in RULES.values() if rule.statutory} - set(LAW) == {"penalty.surcharge", "publicity.credit_food_drug"}


def test_the_ids_that_other_systems_use_stay():
    assert set(STABLE.split()) <= set(RULES)


@pytest.mark.parametrize("rule", sorted(UNCONFIRMED))
def test_what_nobody_has_confirmed_says_so(rule):
    assert RULES[rule].to_be_confirmed


@pytest.mark.parametrize("rule", EXTENDED)
def test_what_the_law_lets_be_extended_names_by_how_much_and_the_article(rule):
    ground = RULES[rule].extends[0]
    assert ground.by == EXTENDED[rule]
    assert ground.times == 1
    assert ground.article


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_says_what_starts_it_who_is_told_and_what_follows_in_both_languages(rule):
    for text in (rule.starts, rule.on_breach):
        assert text.zh, rule.id
        assert text.en, rule.id
    assert rule.tells[0]
    assert bool(rule.note.zh) == bool(rule.note.en)
    for ground in (*rule.excludes, *rule.extends):
        assert ground.name.zh
        assert ground.name.en
        assert ground.article
    assert len({ground.basis for ground in rule.excludes}) == len(rule.excludes)
    assert len({ground.basis for ground in rule.extends}) == len(rule.extends)


def test_the_surcharge_reaches_the_fine_on_the_day_that_three_per_cent_a_day_give():
    assert (RULES["penalty.surcharge"].length - 1) * 3 < 100 <= RULES["penalty.surcharge"].length * 3


def test_on_holidays_the_law_is_open_for_order_310_and_both_readings_are_computed():
    rules = load_rulebook()
    start = datetime(2026, 4, 29, 10, tzinfo=CHINA)
    for rule_id in ("transfer.decide", "psb.filing", "reconsideration.request", "items.hand_over"):
        rule = rules.rules[rule_id]
        assert rules.counting(rule) == "no_roll_forward"
        assert rules.due(rule, start).at.date().isoformat() == "2026-05-02"
        other = rules.other_counting(rule)
        assert rules.due(rule, start, counting=other).at.date().isoformat() == "2026-05-06", "the first working day after the holiday"


def test_the_place_chooses_the_reading_and_the_other_one_stays_visible():
    rules = load_rulebook().of_place({}, "roll_to_working_day")
    rule, start = rules.rules["transfer.decide"], datetime(2026, 4, 29, 10, tzinfo=CHINA)
    assert rules.due(rule, start).at.date().isoformat() == "2026-05-06"
    assert rules.other_counting(rule) == "no_roll_forward"
    assert rules.due(rules.rules["penalty.decide"], start).at == load_rulebook().due(rule=RULES["penalty.decide"], start=start).at


def test_the_procuratorates_limits_roll_over_a_holiday_by_law():
    rules = load_rulebook()
    start = datetime(2026, 4, 24, 10, tzinfo=CHINA)
    assert rules.due(rules.rules["filing_supervision.reasons"], start).at.date().isoformat() == "2026-05-06", "1 May rolls to the 6th"
    assert rules.other_counting(rules.rules["filing_supervision.reasons"]) is None


def test_a_last_day_that_rolls_into_an_unpublished_year_is_provisional():
    rules = load_rulebook()
    start = datetime(2026, 12, 30, 10, tzinfo=CHINA)
    assert rules.due(rules.rules["transfer.decide"], start, counting="roll_to_working_day").provisional
    assert not rules.due(rules.rules["transfer.decide"], start, counting="no_roll_forward").provisional


def row(**changed):
    return {"id": "x.y", "name": "某", "name_en": "x", "article": "第一条", "unit": WD, "length": 3, **changed}


def test_a_plain_row_is_read_with_what_it_leaves_out():
    rule = read_rules([row()])["x.y"]
    assert (rule.direction, rule.counting, rule.binds, rule.tells) == ("forward", "no_roll_forward", "agency", LADDER)
    assert rule.on_breach.zh


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"unit": "week"}, "unit 'week'"), ({"length": -3}, "direction"), ({"direction": "backward"}, "direction"), ({"counting": "maybe"}, "counting"),
        ({"counting": "open"}, "knows none"), ({"binds": "nobody"}, "binds"), ({"tells": [["king"]]}, "king"), ({"tells": []}, "steps"),
        ({"tells": [["officer"], []]}, "steps"), ({"colour": "red"}, "colour"), ({"excludes": [{"basis": "b", "name": "n"}]}, "article"),
        ({"extends": [{"basis": "b", "name": "n", "article": "a", "by": 0, "times": 1}]}, "at least 1"),
        ({"length": -3, "direction": "backward", "excludes": [{"basis": "b", "name": "n", "article": "a"}]}, "backwards"),
    ],
)  # fmt: skip
def test_a_row_that_makes_no_sense_is_refused_by_its_id_and_key(changed, said):
    with pytest.raises(RuleError, match=said) as refused:
        read_rules([row(**changed)])
    assert "x.y" in str(refused.value)


@pytest.mark.parametrize("missing", ["article", "unit", "length"])
def test_a_row_without_what_it_needs_is_refused(missing):
    broken = row()
    del broken[missing]
    with pytest.raises(RuleError, match=missing):
        read_rules([broken])


def test_a_rule_that_stands_twice_is_refused():
    with pytest.raises(RuleError, match="twice"):
        read_rules([row(), row()])
