"""Penalty cases to play: opened by an officer alone, or under a joint case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.factories.play import Play
from workflows import cases, cases_under
from workflows.desk import Desk
from workflows.views import Officer

PARTY: dict[str, Any] = {
    "subject_name": "虚构·云朵工作室", "subject_kind": "unlicensed", "penalty_act": "illegal_practice", "penalties_decided": ["warning"],
    "crime_name": "非法行医罪", "publication_targets": ["credit_china"],
}  # fmt: skip
FINE = {
    "penalties": ["fine"], "penalties_decided": ["fine"], "counted_amount": 3_000, "fine_amount": 20_000, "fine_decided": 20_000,
    "paid_amount": 20_000,
}  # fmt: skip
"""A fine of 20,000 yuan, the least for practising without being a doctor (医师法 art. 59); no hearing, no discussion."""
LARGE = {**FINE, "counted_amount": 10_000, "fine_amount": 60_000, "fine_decided": 60_000, "paid_amount": 60_000}
"""A fine with a right to a hearing."""


def opened(desk: Desk, people: Mapping[str, Officer], *, by: str = "health.officer", process: str = "penalty_case", **answers: Any) -> Play:
    """A case of `process` that an officer opened by hand."""
    case, _ = cases.open_case(desk, people[by], process=process, title="虚构·处罚案", facts={})
    return Play(desk, people, case.id, {**PARTY, **answers})


def opened_under(above: Play, process: str, *, by: str = "health.officer", **answers: Any) -> Play:
    """A case of `process` under the case `above`."""
    ref = cases_under.open_case(above.desk, above.people[by], above.case, process=process, title="虚构·关联程序", facts={})
    return Play(above.desk, above.people, ref.id, {**PARTY, **answers})
