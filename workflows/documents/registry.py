"""Which documents there are: the rows of `bpmn/documents/documents.yaml` and the templates that ship beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import yaml

from workflows.contracts import Text
from workflows.documents.template import Template, template
from workflows.rulebook import shipped

KINDS = {
    "letter": Text("函", "letter"),
    "decision": Text("决定类文书", "decision"),
    "notice": Text("通知告知类文书", "notice"),
    "report": Text("报告、方案", "report"),
    "record": Text("笔录、记录", "record"),
    "list": Text("清单、登记页", "list"),
    "form": Text("审批表、单据", "form"),
}
GENERAL = "general"
OF_THE_ACT = frozenset({"second_officer", "no_conflict"})
"""Answers about who acted in a step: another step that asks them anew says nothing about the paper of this one."""


@dataclass(frozen=True)
class Paper:
    """One document of the registry."""

    id: str
    name: Text
    kind: str
    article: str
    to: str
    series: str | None = None
    """The word after the agency's sign in the number; None for papers that have no number."""
    seal: bool = False
    signs: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    to_be_confirmed: bool = False
    several: bool = False
    """Whether each is a paper of its own occasion, though none is numbered."""

    @property
    def numbered(self) -> bool:
        """Whether it bears a number: then a change is made by another document that names this one."""
        return self.series is not None

    @property
    def repeats(self) -> bool:
        """Whether a later one of the same name stands beside it (a second visit) and does not take its place."""
        return self.several or self.kind in {"record", "list"}


@cache
def papers() -> tuple[Paper, ...]:
    """Every row, in the order of the procedure."""
    return tuple(map(_paper, yaml.safe_load((shipped() / "documents" / "documents.yaml").read_text(encoding="utf-8"))))


@cache
def _by_name() -> Mapping[str, Paper]:
    return {name: paper for paper in papers() for name in (paper.id, paper.name.zh, *paper.also)}


def paper(name: str) -> Paper:
    """The row of a document by its name, another of its names, or its id; one that no row has is a general paper of that name."""
    known = _by_name()
    return known.get(name) or replace(known[GENERAL], name=Text(name))


def is_known(name: str) -> bool:
    """Whether the registry has the document."""
    return name in _by_name()


@cache
def shipped_template(id_: str) -> Template:
    """The template that ships for a row."""
    return template(paper(id_).name.zh, (shipped() / "documents" / f"{id_}.docx").read_bytes())


def _paper(row: Mapping[str, Any]) -> Paper:
    return Paper(
        id=row["id"],
        name=Text(row["name"], row["name_en"]),
        kind=row["kind"],
        article=row["article"],
        to=row["to"],
        series=row.get("series"),
        seal=bool(row.get("seal", False)),
        signs=tuple(row.get("signs", ())),
        needs=tuple(row.get("needs", ())),
        also=tuple(row.get("also", ())),
        to_be_confirmed=bool(row.get("to_be_confirmed", False)),
        several=bool(row.get("several", False)),
    )
