"""The registers of the demonstration: what they know before its first case (`bpmn/jurisdictions/demo_registers.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from workflows import matter_list as matters
from workflows import registering, training
from workflows.contracts import NewAdRefusal, NewAdViolation, NewPenalty, NewPerson, NewSubject, RegisterEntry
from workflows.desk import Desk
from workflows.rulebook import jurisdiction
from workflows.views import Officer
from workflows.views.registers import MatterLine
from workflows.working_days import CHINA

PROPOSED = MatterLine(
    code="drug_recycling",
    name="非法回收药品",
    name_en="Illegal recycling of drugs",
    lead="MPA",
    members=("HSA", "PSB", "HEALTH"),
    basis="鲁卫医监字〔2024〕1号 二（二）1",
    objects="回收、倒卖药品的单位和个人",
    measures="没收，罚款，涉嫌犯罪的移送公安机关",
    sources=("opinion", "complaint"),
)
"""What the draft of the next version of the matter list adds."""


def fill(desk: Desk, people: Mapping[str, Officer]) -> None:
    """Enter the subjects, penalties and advertisements, publish a first matter list and draft the next, record some training."""
    rows = jurisdiction("demo_registers")
    registering.enter(desk, entries(rows))
    today = desk.now().astimezone(CHINA).date()
    for line in rows["training"]:
        _train(desk, people, line, today)
    keeper = people["health.head"]
    matters.begin_draft(desk, keeper)
    matters.publish(desk, keeper, "首版：随系统提供的清单，经会商确认（演示）")
    matters.begin_draft(desk, keeper)
    matters.save(desk, keeper, PROPOSED)


def entries(rows: Mapping[str, Any]) -> list[RegisterEntry]:
    """The entries of the file."""
    made: list[RegisterEntry] = [_subject(row) for row in rows["subjects"]]
    made += [_penalty(row) for row in rows["penalties"]]
    made += [NewAdViolation(**row) for row in rows["violations"]]
    made += [NewAdRefusal(**row) for row in rows["refusals"]]
    return made


def _subject(row: Mapping[str, Any]) -> NewSubject:
    people = tuple(NewPerson(**one) for one in row.get("people", ()))
    return NewSubject(**{**row, "people": people, "names": tuple(row.get("names", ()))})


def _penalty(row: Mapping[str, Any]) -> NewPenalty:
    fine = Decimal(str(row["fine"])) if "fine" in row else None
    return NewPenalty(**{"subject_code": "", **row, "kinds": tuple(row["kinds"]), "fine": fine})


def _train(desk: Desk, people: Mapping[str, Officer], line: Mapping[str, Any], today: date) -> None:
    on = today - timedelta(days=line["days_ago"])
    who = {name: line[name] for name in ("topic", "provider")}
    training.record(desk, people["supervisor"], line["username"], on=on, hours=str(line["hours"]), **who)
