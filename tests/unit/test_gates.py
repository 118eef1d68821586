"""The law's gates: each refusal has a twin that is let through and differs in one thing only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from tests.factories.walks import REFUSAL, Directory
from tests.unit import transfer_twins
from tests.unit.test_penalty_gates import TWINS as PENALTY_TWINS
from workflows import gates
from workflows.contracts import AgencyRef, OfficerQualification, Text
from workflows.errors import GateClosed, NotAllowed, OneCaseError, WrongAnswers
from workflows.views import Officer

TODAY = date(2026, 3, 2)
HERE = AgencyRef("qinglan-health", "HEALTH", "district", Text("卫健局"))
ME = Officer(UUID(int=1), "me", "甲", HERE, frozenset({"officer", "head", "legal"}), certificate="T1", certificate_until=TODAY)
OTHER = gates.Colleague("other", HERE.code, active=True, certificate="T2", certificate_until=TODAY)
FINE = {"penalty_decision": "impose", "penalties_decided": ["fine"], "fine_decided": 100}
TOLD = {"handling": "punish", "penalties_notified": ["warning", "fine", "revoke_licence"], "fine_notified": 100, "legal_opinion": "pass"}
"""What the case knows once the party was told of the penalty and the reviewer passed it."""
CRIME = {**TOLD, "classification": "both"}
LAWFUL = gates.Attempt(
    officer=ME, agency=HERE.code, role="officer", branch="", answers={"second_officer": "other"}, facts={}, today=TODAY, colleagues={"other": OTHER},
    investigators=frozenset(), open_children=(), police_told=True,
)  # fmt: skip


def attempt(**more) -> gates.Attempt:
    return replace(LAWFUL, **more)


def seconded(**more) -> gates.Attempt:
    return attempt(colleagues={"other": replace(OTHER, **more)})


POLICE = replace(ME, agency=AgencyRef("qinglan-psb", "PSB", "district", Text("公安局")))
PERIOD = {
    "campaign_departments": ["qinglan-health", "qinglan-psb"], "parts_due_before": "2022-08-29", "report_due_before": "2022-09-01",
    "report_from": "2022-06-01", "report_to": "2022-08-31",
}  # fmt: skip
PART = {"part_function": "PSB", "psb_solved": 2, "part_rows": [{"row": "D08", "public": 1}, {"row": "D10", "public": 1}]}
TABLE = {
    "report_rows": [{"row": "C03", "public": 3, "public_tcm": 1}, {"row": "C07", "public": 3, "public_tcm": 1}],
    "table_check": "agree",
}
CORRECTED = {**TABLE, "report_rows": [*TABLE["report_rows"], {"row": "A01", "public": 1}], "correction_reason": "补录"}
SUMMED = {"summed_rows": TABLE["report_rows"]}
PARTIAL = {"partial_decision": "partial", "partial_reason": "公安未报"}
LATE = {"parts_due_before": "2026-03-02"}


def wrong_table(row: int, **figures) -> dict:
    rows = [{**line, **(figures if number == row else {})} for number, line in enumerate(TABLE["report_rows"])]
    return {**TABLE, "report_rows": rows, "correction_reason": "更正"}


@dataclass
class Hours(Directory):
    """Registers of a place that asks for sixty hours, and refuses whoever has fewer where it is `enforced`."""

    known: dict[str, int]
    enforced: bool = True

    def qualification(self, username):
        return OfficerQualification(username, "T", TODAY, Decimal(self.known.get(username, 60)), required=60, enforced=self.enforced)


def trained(**hours) -> gates.Attempt:
    return attempt(registers=Hours(hours))


def linked(**more) -> gates.Attempt:
    party = {"link_name": "虚构供货商", "link_jurisdiction": "agency", **more}
    return attempt(answers={"links_found": "found", "linked_parties": [party]})


def again(chosen: str, **facts) -> gates.Attempt:
    known = {"prior_decision": "reached", "violation_found": True, "practitioner_qualification": "unqualified", **facts}
    return attempt(answers={"classification": chosen, "crime_name": "非法行医罪"}, facts=known)


REPORT = {"reporter_name": "张某某", "reporter_phone": "000-0000"}
TWINS = {
    "a period that the police open": ("report_period", attempt(officer=POLICE, answers=PERIOD), attempt(answers=PERIOD), NotAllowed),
    "a period without the health authority's own part": (
        "report_period", attempt(answers={**PERIOD, "campaign_departments": ["qinglan-psb"]}), attempt(answers=PERIOD), WrongAnswers,
    ),
    "parts that are due after the report": (
        "report_period", attempt(answers={**PERIOD, "parts_due_before": "2022-09-02"}), attempt(answers={**PERIOD, "parts_due_before": "2022-09-01"}), WrongAnswers,
    ),
    "a period that ends before it begins": ("report_period", attempt(answers={**PERIOD, "report_to": "2022-05-31"}), attempt(answers=PERIOD), WrongAnswers),
    "a part for another department": (
        "report_part", attempt(officer=POLICE, answers={**PART, "part_function": "HEALTH"}), attempt(officer=POLICE, answers=PART), WrongAnswers,
    ),
    "half a case solved": ("report_part", attempt(officer=POLICE, answers={**PART, "psb_solved": 1.5}), attempt(officer=POLICE, answers=PART), WrongAnswers),
    "a part whose total is not its sum": (
        "report_part", attempt(officer=POLICE, answers={**PART, "part_rows": PART["part_rows"][:1]}), attempt(officer=POLICE, answers=PART), WrongAnswers,
    ),
    "more institutions covered than there are": (
        "report_part", attempt(answers={"part_function": "HEALTH", "others_total": 500, "others_covered": 501}),
        attempt(answers={"part_function": "HEALTH", "others_total": 500, "others_covered": 249}), WrongAnswers,
    ),
    "a part that is more than its total": (
        "report_table", attempt(answers=wrong_table(0, public_tcm=4), facts=SUMMED), attempt(answers=TABLE, facts=SUMMED), WrongAnswers,
    ),
    "a table that is not the sum of the parts, without a reason": (
        "report_table", attempt(answers={**CORRECTED, "correction_reason": " "}, facts=SUMMED), attempt(answers=CORRECTED, facts=SUMMED), WrongAnswers,
    ),
    "a correction that nobody is asked for": (
        "report_table", attempt(answers={**TABLE, "table_check": "return"}, facts=SUMMED),
        attempt(answers={**wrong_table(0, public_tcm=4), "table_check": "return", "departments_to_correct": ["qinglan-psb"]}, facts=SUMMED), WrongAnswers,
    ),
    "a report without a part that is not yet due": (
        "partial_report", attempt(answers=PARTIAL, facts={"parts_due_before": "2026-03-03"}), attempt(answers=PARTIAL, facts=LATE), GateClosed,
    ),
    "a partial report without a reason": (
        "partial_report", attempt(answers={**PARTIAL, "partial_reason": " "}, facts=LATE),
        attempt(answers={"partial_decision": "wait"}, facts={"parts_due_before": "2026-03-03"}), WrongAnswers,
    ),
    "an officer without a certificate": ("two_officers", attempt(officer=replace(ME, certificate=None)), attempt(), NotAllowed),
    "a certificate that ended yesterday": (
        "two_officers", attempt(officer=replace(ME, certificate_until=date(2026, 3, 1))), attempt(officer=replace(ME, certificate_until=TODAY)), NotAllowed,
    ),
    "a certificate without an end": (
        "two_officers", attempt(officer=replace(ME, certificate="", certificate_until=None)), attempt(officer=replace(ME, certificate_until=None)), NotAllowed,
    ),
    "nobody with him": ("two_officers", attempt(answers={}), attempt(), WrongAnswers),
    "himself twice": (
        "two_officers", attempt(answers={"second_officer": "me"}, colleagues={"me": replace(OTHER, username="me")}), attempt(), WrongAnswers,
    ),
    "a colleague who has left": ("two_officers", seconded(active=False), seconded(active=True), WrongAnswers),
    "a colleague without a certificate": ("two_officers", seconded(certificate=None), seconded(certificate="T9"), WrongAnswers),
    "a colleague whose certificate ended": ("two_officers", seconded(certificate_until=date(2026, 3, 1)), seconded(certificate_until=TODAY), WrongAnswers),
    "a deputy": (
        "transfer_decision", attempt(officer=replace(ME, roles=frozenset({"deputy"}))), attempt(officer=replace(ME, roles=frozenset({"head"}))), NotAllowed,
    ),
    "an officer in the head's place": (
        "transfer_decision", attempt(officer=replace(ME, roles=frozenset({"officer"}))), attempt(officer=replace(ME, roles=frozenset({"presiding"}))), NotAllowed,
    ),
    "acting on a post that nobody has determined": (
        "determined_first", attempt(facts={}), attempt(facts={"determination": "unlawful"}), GateClosed,
    ),
    "a determination without its law": (
        "determination", attempt(answers={"determination": "unlawful"}), attempt(answers={"determination": "unlawful", "determination_basis": "广告法"}), WrongAnswers,
    ),
    "an application within the year of a refusal": (
        "ad_review", attempt(registers=Directory(), today=REFUSAL.since), attempt(registers=Directory(), today=TODAY), GateClosed,
    ),
    "a fine while a crime is suspected": ("penalty_decision", attempt(answers=FINE, facts=CRIME), attempt(answers=FINE, facts={**TOLD, "classification": "administrative"}), GateClosed),
    "a fine in a case of crime alone": (
        "penalty_decision", attempt(answers=FINE, facts={**TOLD, "classification": "crime"}),
        attempt(answers=FINE, facts={**TOLD, "classification": "crime", "transfer_outcome": "not_filed"}), GateClosed,
    ),
    "a fine after the police filed": (
        "penalty_decision", attempt(answers=FINE, facts={**CRIME, "transfer_outcome": "filed"}),
        attempt(answers=FINE, facts={**CRIME, "transfer_outcome": "not_filed"}), GateClosed,
    ),
    "a fine before the transfer was rejected": (
        "penalty_decision", attempt(answers=FINE, facts=CRIME), attempt(answers=FINE, facts={**CRIME, "transfer_outcome": "rejected"}), GateClosed,
    ),
    "a fine that is only a number": (
        "penalty_decision", attempt(answers={**FINE, "penalties_decided": ["warning"]}, facts=CRIME),
        attempt(answers={**FINE, "penalties_decided": ["warning"], "fine_decided": 0}, facts=CRIME), GateClosed,
    ),
    "a fine that is only a word": (
        "penalty_decision", attempt(answers={**FINE, "fine_decided": 0}, facts=CRIME),
        attempt(answers={**FINE, "fine_decided": 0, "penalties_decided": ["revoke_licence"]}, facts=CRIME), GateClosed,
    ),
    "a penalty without a kind": (
        "penalty_decision", attempt(answers={**FINE, "penalties_decided": [], "fine_decided": 0}),
        attempt(answers={"penalty_decision": "exempt", "penalties_decided": []}), WrongAnswers,
    ),
    "a reviewer who investigated": ("legal_review", attempt(investigators=frozenset({ME.id})), attempt(investigators=frozenset({UUID(int=2)})), NotAllowed),
    **transfer_twins.twins(attempt),
    "a second officer who was recused": ("two_officers", attempt(recused=frozenset({"other"})), attempt(recused=frozenset({"third"})), WrongAnswers),
    "an officer with 58 of 60 hours": ("two_officers", trained(me=58), trained(me=60), NotAllowed),
    "a colleague with 58 of 60 hours": ("two_officers", trained(other=58), trained(other=60), WrongAnswers),
    "missing hours where the place only shows them": ("two_officers", trained(me=58), attempt(registers=Hours({"me": 58}, enforced=False)), NotAllowed),
    "a reporter who is named in the summary": (
        "reporter_masked", attempt(answers={**REPORT, "clue_summary": "举报人张某某称其亲眼所见"}), attempt(answers={**REPORT, "clue_summary": "群众反映"}), WrongAnswers,
    ),
    "a reporter's phone in the address": (
        "reporter_masked", attempt(answers={**REPORT, "subject_address": "联系000-0000"}), attempt(answers={**REPORT, "subject_address": "虚构路"}), WrongAnswers,
    ),
    "a dispute that nobody began": (
        "triage_choice", attempt(answers={"triage": "dispute"}), attempt(answers={"triage": "dispute"}, facts={"receipts_rejected": True}), WrongAnswers,
    ),
    "a clue sent to oneself": (
        "triage_choice", attempt(answers={"triage": "split", "targets": [HERE.code]}), attempt(answers={"triage": "split", "targets": ["else"]}), WrongAnswers,
    ),
    "a measure approved by who asked for it": (
        "measure_approval", attempt(doers=lambda *_: frozenset({ME.id})), attempt(doers=lambda *_: frozenset({UUID(int=2)})), NotAllowed,
    ),
    "links without parties": (
        "linked_parties", attempt(answers={"links_found": "found", "linked_parties": []}), attempt(answers={"links_found": "none", "linked_parties": []}), WrongAnswers,
    ),
    "a party of another agency that is not named": ("linked_parties", linked(link_agency=""), linked(link_agency="else"), WrongAnswers),
    "a party of the own agency as another's": ("linked_parties", linked(link_agency=HERE.code), linked(link_agency=HERE.code, link_jurisdiction="own"), WrongAnswers),
    "a notice to oneself": (
        "notice_addressee", attempt(answers={"notice_route": "local", "notice_agency": HERE.code}), attempt(answers={"notice_route": "local", "notice_agency": "else"}),
        WrongAnswers,
    ),
    "a request to oneself": ("request_addressee", attempt(answers={"request_agency": HERE.code}), attempt(answers={"request_agency": "else"}), WrongAnswers),
    "two penalties and a fine instead of a transfer": ("classification", again("administrative"), again("crime"), GateClosed),
    "two penalties and no violation this time": ("classification", again("none"), again("none", violation_found=False), GateClosed),
    "two penalties of a qualified doctor": ("classification", again("administrative"), again("administrative", practitioner_qualification="qualified"), GateClosed),
    "one penalty that counts": ("classification", again("administrative"), again("administrative", prior_decision="below"), GateClosed),
    "a crime without a name": (
        "classification", attempt(answers={"classification": "crime", "crime_name": " "}), attempt(answers={"classification": "crime", "crime_name": "非法行医罪"}),
        WrongAnswers,
    ),
    "an open order under the case": ("closing", attempt(open_children=("云督〔2026〕1号",)), attempt(open_children=()), GateClosed),
}  # fmt: skip


@pytest.mark.parametrize("twin", TWINS)
def test_the_gate_refuses_one_and_lets_its_twin_through(twin):
    gate, refused, allowed, error = TWINS[twin]
    gates.GATES[gate](allowed)
    with pytest.raises(error) as refusal:
        gates.GATES[gate](refused)
    if not isinstance(refusal.value, WrongAnswers):
        assert refusal.value.article, "a refusal quotes its article"
    assert refusal.value.zh
    assert refusal.value.en


def test_every_gate_has_its_twins():
    assert {gate for gate, *_ in [*TWINS.values(), *PENALTY_TWINS.values()]} == set(gates.GATES)


def test_a_package_names_every_part_that_is_missing():
    with pytest.raises(OneCaseError) as refusal:
        gates.GATES["transfer_package"](attempt(answers={"police_agency": "qinglan-psb"}, registers=Directory()))
    assert set(refusal.value.fields) == set(transfer_twins.PARTS)
    assert all("国务院令第310号第六条" in zh for zh, _ in refusal.value.fields.values())


def test_every_article_that_a_role_is_refused_with_belongs_to_a_gate():
    assert set(gates.ARTICLES) <= set(gates.GATES)
