"""The gates of a penalty, a hearing, an execution and a publication: each refusal has a twin that differs in one thing only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from tests.factories.walks import Directory
from workflows import gates
from workflows.contracts import AgencyRef, PenaltyRow, Text
from workflows.errors import GateClosed, NotAllowed, WrongAnswers
from workflows.tariffs import load_tariffs
from workflows.views import Officer

TODAY = date(2026, 3, 2)
HERE = AgencyRef("qinglan-health", "HEALTH", "district", Text("青岚区卫生健康局"))
ME = Officer(UUID(int=1), "me", "甲", HERE, frozenset({"officer", "head", "legal"}), certificate="T1", certificate_until=TODAY)
CHAIR = gates.Colleague("chair", HERE.code, True, "T2", TODAY, UUID(int=2))


class Register(Directory):
    """A register that knows the penalties of the case."""

    def __init__(self, *rows: PenaltyRow) -> None:
        self.rows = rows

    def penalties_in_case(self):
        return self.rows


def fined(**more) -> PenaltyRow:
    row = PenaltyRow(
        id=UUID(int=9), subject_name="虚构", subject_code="", act="unreviewed_ad", act_on=date(2026, 2, 2), decided_on=TODAY, authority="青岚区市场监督管理局",
        function="AMR", region="青岚区", source="own", number="青市监〔2026〕1号", kinds=("fine",), fine=Decimal(100_000), status="effective", summary=False,
        certified_copy=False,
    )  # fmt: skip
    return replace(row, **more)


def attempt(gate_answers: dict, facts: dict | None = None, *, known: dict | None = None, **more) -> gates.Attempt:
    known = known or {}
    return gates.Attempt(
        officer=more.pop("officer", ME), agency=HERE.code, role="officer", branch="", answers=gate_answers, facts={**known, **(facts or {}), **gate_answers},
        today=more.pop("today", TODAY), colleagues={"chair": CHAIR}, investigators=more.pop("investigators", frozenset()), open_children=(), police_told=True,
        registers=Register(*more.pop("rows", ())), known=known, **more,
    )  # fmt: skip


PUNISH = {"handling": "punish", "penalties": ["fine"], "fine_amount": 20_000}
ACT = {"penalty_act": "illegal_practice", "counted_amount": 3_000}
"""Practising without being a doctor: an income below 10,000 counts as 10,000, so 20,000 to 100,000 yuan (医师法 art. 59)."""
IMPOSE = {"penalty_decision": "impose", "penalties_decided": ["fine"], "fine_decided": 20_000}
TOLD = {**ACT, "handling": "punish", "penalties_notified": ["fine"], "fine_notified": 30_000}
SPOKE = {"party_statement": "made", "fine_notified": 20_000, "penalties_notified": ["fine"]}
CRIME = {"classification": "both"}
HEARING = {"hearing_date": "2026-03-11", "hearing_chair": "chair"}
SUMMARY = {"penalties_decided": ["fine"], "fine_decided": 200, "fine_collected": "bank"}
DRAFT = {"publication_draft": "对某机构处以罚款二万元。"}
IDENTITY = "1101011990" + "03070000"
PHONE = "138" + "00000000"

TWINS = {
    "filing after the limitation": (
        "penalty_filing", attempt({"case_filing": "file"}, {"limitation_state": "expired"}), attempt({"case_filing": "file"}, {"limitation_state": "within"}), WrongAnswers,
    ),
    "a penalty proposed after the limitation": (
        "penalty_proposal", attempt(PUNISH, {**ACT, "limitation_state": "expired"}), attempt(PUNISH, {**ACT, "limitation_state": "within"}), WrongAnswers,
    ),
    "a second transfer while one is under way": ("penalty_proposal", attempt({"handling": "transfer"}, CRIME), attempt({"handling": "transfer"}), WrongAnswers),
    "an amount without the kind": ("penalty_proposal", attempt({**PUNISH, "penalties": ["warning"]}, ACT), attempt(PUNISH, ACT), WrongAnswers),
    "the kind without an amount": ("penalty_proposal", attempt({**PUNISH, "fine_amount": 0}, ACT), attempt(PUNISH, ACT), WrongAnswers),
    "a fine above the tariff": ("penalty_proposal", attempt({**PUNISH, "fine_amount": 100_001}, ACT), attempt({**PUNISH, "fine_amount": 100_000}, ACT), WrongAnswers),
    "a fine below the tariff without grounds": (
        "penalty_proposal", attempt({**PUNISH, "fine_amount": 19_999}, ACT), attempt({**PUNISH, "fine_amount": 19_999, "mitigation_ground": "主动消除危害后果"}, ACT), WrongAnswers,
    ),
    "the lower of two norms": (
        "penalty_proposal", attempt(PUNISH, {**ACT, "norms_violated": ["unlicensed_institution"]}), attempt(PUNISH, {**ACT, "norms_violated": ["unfiled_clinic"]}), WrongAnswers,
    ),
    "more than before the party spoke": (
        "penalty_proposal", attempt({**PUNISH, "fine_amount": 30_000}, ACT, known=SPOKE),
        attempt({**PUNISH, "fine_amount": 30_000, "new_facts": "另查明三名就诊人"}, ACT, known=SPOKE), WrongAnswers,
    ),
    "another kind than before the hearing": (
        "penalty_proposal", attempt({**PUNISH, "penalties": ["fine", "revoke_licence"]}, ACT, known={**SPOKE, "party_statement": "none", "hearing_held": True}),
        attempt({**PUNISH, "penalties": ["fine", "revoke_licence"]}, ACT, known={**SPOKE, "party_statement": "none"}), WrongAnswers,
    ),
    "an act that another agency fined": (
        "penalty_proposal", attempt(PUNISH, {**ACT, "act_distinct": "不同行为"}, rows=[fined(act="illegal_practice")]),
        attempt(PUNISH, {**ACT, "act_distinct": "不同行为"}, rows=[fined(act="illegal_practice", status="annulled")]), WrongAnswers,
    ),
    "a second fine in a joint case without a reason": (
        "penalty_proposal", attempt(PUNISH, ACT, rows=[fined()]), attempt({**PUNISH, "act_distinct": "发布广告与行医是两个行为"}, ACT, rows=[fined()]), WrongAnswers,
    ),
    "our own second fine for the very act": (
        "penalty_proposal", attempt(PUNISH, {**ACT, "act_on": "2026-02-02"}, rows=[fined(act="illegal_practice", authority=HERE.name.zh)]),
        attempt(PUNISH, {**ACT, "act_on": "2026-02-20"}, rows=[fined(act="illegal_practice", authority=HERE.name.zh)]), WrongAnswers,
    ),
    "a foreigner without an interpreter": (
        "penalty_notice", attempt({}, {"party_foreign": True}), attempt({"interpreter": "译甲"}, {"party_foreign": True}), WrongAnswers,
    ),
    "more after the party spoke": ("penalty_recheck", attempt({"fine_amount": 20_001}, {"fine_notified": 20_000}), attempt({"fine_amount": 20_000}, {"fine_notified": 20_000}), WrongAnswers),
    "a decision without a notice": ("penalty_decision", attempt(IMPOSE, {**TOLD, "penalties_notified": []}), attempt(IMPOSE, TOLD), GateClosed),
    "a kind that the party was not told of": (
        "penalty_decision", attempt({**IMPOSE, "penalties_decided": ["fine", "warning"]}, TOLD), attempt(IMPOSE, TOLD), WrongAnswers,
    ),
    "more than the party was told of": ("penalty_decision", attempt({**IMPOSE, "fine_decided": 30_001}, TOLD), attempt({**IMPOSE, "fine_decided": 30_000}, TOLD), WrongAnswers),
    "a decision that review did not pass": (
        "penalty_decision", attempt(IMPOSE, {**TOLD, "review_needed": True}), attempt(IMPOSE, {**TOLD, "review_needed": True, "legal_opinion": "pass"}), GateClosed,
    ),
    "a major decision that was not discussed": (
        "penalty_decision", attempt(IMPOSE, {**TOLD, "major": True}), attempt(IMPOSE, {**TOLD, "major": True, "discussion_result": "agree"}), GateClosed,
    ),
    "a fine after the court's": ("penalty_decision", attempt(IMPOSE, {**TOLD, "court_fine_imposed": "yes"}), attempt(IMPOSE, {**TOLD, "court_fine_imposed": "no"}), GateClosed),
    "a fine for the act that the case above transfers": (
        "penalty_decision", attempt(IMPOSE, TOLD, above=CRIME), attempt(IMPOSE, {**TOLD, "act_distinct": "另一行为"}, above=CRIME), GateClosed,
    ),
    "no penalty while the transfer is open": (
        "penalty_decision", attempt({"penalty_decision": "exempt"}, CRIME), attempt({"penalty_decision": "exempt"}, {**CRIME, "transfer_outcome": "not_filed"}), GateClosed,
    ),
    "a transfer decided twice": (
        "penalty_decision", attempt({"penalty_decision": "transfer"}, CRIME), attempt({"penalty_decision": "transfer"}, {**CRIME, "transfer_outcome": "filed"}), WrongAnswers,
    ),
    "closing over a transfer that is still due": ("closing", attempt({}, CRIME), attempt({}, {**CRIME, "transfer_outcome": "filed"}), GateClosed),
    "electronic service without consent": (
        "penalty_service", attempt({"service_manner": "electronic", "electronic_consent": False}), attempt({"service_manner": "electronic", "electronic_consent": True}), WrongAnswers,
    ),
    "a first-time reviewer without the certificate": (
        "legal_review", attempt({"first_time_reviewer": True}), attempt({"first_time_reviewer": True, "legal_certificate": "A20260001"}), WrongAnswers,
    ),
    "a reviewer who proposed the penalty": (
        "legal_review", attempt({}, doers=lambda *elements: frozenset({ME.id}) if "propose_penalty" in elements else frozenset()), attempt({}), NotAllowed,
    ),
    "no hearing asked for, on the fifth working day": (
        "hearing_request", attempt({"hearing_request": "none"}, {"notice_served_on": "2026-02-24"}, today=date(2026, 3, 2)),
        attempt({"hearing_request": "none"}, {"notice_served_on": "2026-02-24"}, today=date(2026, 3, 3)), WrongAnswers,
    ),
    "a hearing six working days away": ("hearing_arranged", attempt({**HEARING, "hearing_date": "2026-03-10"}), attempt(HEARING), WrongAnswers),
    "a hearing chaired by the investigator": ("hearing_arranged", attempt(HEARING, investigators=frozenset({CHAIR.id})), attempt(HEARING, investigators=frozenset({ME.id})), WrongAnswers),
    "a hearing chaired by nobody of the agency": ("hearing_arranged", attempt({**HEARING, "hearing_chair": "stranger"}), attempt(HEARING), WrongAnswers),
    "a chair who was recused": (
        "hearing_arranged", attempt(HEARING, known={"chair_recusal": "recused", "hearing_chair": "chair"}), attempt(HEARING, known={"chair_recusal": "kept", "hearing_chair": "chair"}), WrongAnswers,
    ),
    "a notice six working days before": (
        "hearing_notified", attempt({}, {"hearing_date": "2026-03-10"}), attempt({}, {"hearing_date": "2026-03-11"}), WrongAnswers,
    ),
    "a hearing held by who investigated": ("hearing_chaired", attempt({}, investigators=frozenset({ME.id})), attempt({}), NotAllowed),
    "a hearing held by another than the chair": ("hearing_chaired", attempt({}, {"hearing_chair": "chair"}), attempt({}, {"hearing_chair": "me"}), NotAllowed),
    "a payment that falls short": (
        "penalty_payment", attempt({"payment_state": "paid", "paid_amount": 19_999}, {"money_total": 20_000}), attempt({"payment_state": "paid", "paid_amount": 20_000}, {"money_total": 20_000}), WrongAnswers,
    ),
    "overdue on the fifteenth day": (
        "penalty_payment", attempt({"payment_state": "unpaid"}, {"served_on": "2026-02-15"}), attempt({"payment_state": "unpaid"}, {"served_on": "2026-02-14"}), WrongAnswers,
    ),
    "overdue within a deferral": (
        "penalty_payment", attempt({"payment_state": "unpaid"}, {"served_on": "2026-01-05", "deferred_until": "2026-03-02"}),
        attempt({"payment_state": "unpaid"}, {"served_on": "2026-01-05", "deferred_until": "2026-03-01"}), WrongAnswers,
    ),
    "ten working days after the demand not yet over": (
        "penalty_demand_over", attempt({"performance": "refused"}, {"demand_served_on": "2026-02-10"}), attempt({"performance": "refused"}, {"demand_served_on": "2026-02-09"}), WrongAnswers,
    ),
    "the court before the remedies are over": (
        "penalty_enforcement", attempt({}, {"served_on": "2025-09-02", "contest": "none"}), attempt({}, {"served_on": "2025-09-01", "contest": "none"}), WrongAnswers,
    ),
    "the court while a lawsuit runs": (
        "penalty_enforcement", attempt({}, {"served_on": "2025-01-02", "contest": "lawsuit", "contest_result": "pending"}),
        attempt({}, {"served_on": "2025-01-02", "contest": "lawsuit", "contest_result": "upheld"}), WrongAnswers,
    ),
    "201 yuan from a citizen on the spot": (
        "summary_penalty", attempt({**SUMMARY, "fine_decided": 201}, {"subject_kind": "person"}), attempt(SUMMARY, {"subject_kind": "person"}), WrongAnswers,
    ),
    "3,001 yuan from an entity on the spot": (
        "summary_penalty", attempt({**SUMMARY, "fine_decided": 3001}, {"subject_kind": "institution"}), attempt({**SUMMARY, "fine_decided": 3000}, {"subject_kind": "institution"}), WrongAnswers,
    ),
    "a revocation on the spot": ("summary_penalty", attempt({**SUMMARY, "penalties_decided": ["fine", "revoke_licence"]}), attempt(SUMMARY), WrongAnswers),
    "a crime punished on the spot": ("summary_penalty", attempt(SUMMARY, above=CRIME), attempt(SUMMARY, above={**CRIME, "transfer_outcome": "not_filed"}), GateClosed),
    "a fine that nobody collects": ("summary_penalty", attempt({**SUMMARY, "fine_collected": "none"}), attempt(SUMMARY), WrongAnswers),
    "an identity number in what is published": (
        "publication_text", attempt({"publication_draft": f"身份证件号码{IDENTITY}"}), attempt({"publication_draft": "身份证件号码已隐去"}), WrongAnswers,
    ),
    "a phone number in what is published": ("publication_text", attempt({"publication_draft": f"电话{PHONE}"}), attempt(DRAFT), WrongAnswers),
    "the reporter in what is published": (
        "publication_text", attempt({"publication_draft": "举报人虚构甲反映"}, {"reporter_name": "虚构甲"}), attempt(DRAFT, {"reporter_name": "虚构甲"}), WrongAnswers,
    ),
    "a natural person's name in what is published": (
        "publication_text", attempt({"publication_draft": "对虚构乙处以警告"}, {"subject_name": "虚构乙", "subject_kind": "person"}),
        attempt({"publication_draft": "对虚构乙处以警告"}, {"subject_name": "虚构乙", "subject_kind": "company"}), WrongAnswers,
    ),
    "published elsewhere than on Credit China": ("publication_targets", attempt({"publication_targets": ["own_site"]}), attempt({"publication_targets": ["credit_china"]}), WrongAnswers),
    "an enterprise on one of two systems": (
        "publication_targets", attempt({"publication_targets": ["credit_china"]}, {"subject_kind": "company"}),
        attempt({"publication_targets": ["credit_china", "enterprise_system"]}, {"subject_kind": "company"}), WrongAnswers,
    ),
    "a person on the enterprise system": (
        "publication_targets", attempt({"publication_targets": ["credit_china", "enterprise_system"]}, {"subject_kind": "person"}),
        attempt({"publication_targets": ["credit_china"]}, {"subject_kind": "person"}), WrongAnswers,
    ),
    "a repair before the penalty is fulfilled": (
        "credit_repair", attempt({"repair_decision": "grant"}, {"penalty_fulfilled_on": "2026-03-03"}), attempt({"repair_decision": "grant"}, {"penalty_fulfilled_on": "2026-03-02"}), WrongAnswers,
    ),
}  # fmt: skip


@pytest.mark.parametrize("twin", TWINS)
def test_the_gate_refuses_one_and_lets_its_twin_through(twin):
    gate, refused, allowed, error = TWINS[twin]
    gates.GATES[gate](allowed)
    with pytest.raises(error) as refusal:
        gates.GATES[gate](refused)
    quoted = refusal.value.article or " ".join(zh for zh, _ in refusal.value.fields.values())
    assert "第" in quoted or "条" in quoted or "号" in quoted or "一致" in quoted, f"no article in {quoted}"


def test_a_fine_above_the_tariff_is_refused_with_the_article_of_the_tariff():
    with pytest.raises(WrongAnswers) as refusal:
        gates.GATES["penalty_proposal"](attempt({**PUNISH, "fine_amount": 500_000}, ACT))
    assert "《中华人民共和国医师法》第五十九条" in refusal.value.fields["fine_amount"][0]
    assert "100,000.00" in refusal.value.fields["fine_amount"][0]


def test_a_fine_of_another_agency_is_named_with_its_decision():
    with pytest.raises(WrongAnswers) as refusal:
        gates.GATES["penalty_proposal"](attempt(PUNISH, ACT, rows=[fined(act="illegal_practice")]))
    assert "青市监〔2026〕1号" in refusal.value.fields["act_distinct"][0]
    assert "第二十九条" in refusal.value.fields["act_distinct"][0]


@pytest.mark.parametrize(
    ("act", "counted", "least", "most"),
    [
        ("illegal_practice", 0, 20_000, 100_000), ("illegal_practice", 30_000, 60_000, 300_000), ("unlicensed_institution", 9_999, 50_000, 200_000),
        ("doctor_certificate_trade", 10_000, 20_000, 50_000), ("doctor_misconduct", 999_999, 10_000, 30_000), ("fetal_sex", 9_999, 10_000, 30_000),
        ("fetal_sex", 10_000, 20_000, 60_000), ("government_price", 0, 50_000, 500_000), ("government_price", 40_000, 0, 200_000),
        ("false_ad", 0, 200_000, 1_000_000), ("false_ad", 50_000, 150_000, 250_000), ("fund_fraud", 80_000, 160_000, 400_000),
        ("department_leasing", 1, 20_000, 100_000),
    ],
)  # fmt: skip
def test_a_tariff_gives_the_range_that_its_article_gives(act, counted, least, most):
    allowed = load_tariffs()[act].range(counted)
    assert (allowed.least, allowed.most) == (least, most)


def test_every_tariff_names_its_law_and_what_is_not_checked_says_so():
    for tariff in load_tariffs().values():
        assert tariff.name.en, tariff.id
        assert tariff.to_be_confirmed == ("待确认" in tariff.basis), tariff.id
        assert tariff.to_be_confirmed or not tariff.bounded or "第" in tariff.article, tariff.id
