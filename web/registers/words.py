"""Words for the codes of the registers."""

from __future__ import annotations

from flask import Flask

from web.language import local
from web.language import sentence as _
from web.words import Table, reader
from workflows.functions import FUNCTION_NAMES
from workflows.matter_list import SOURCES
from workflows.registers.penalty_columns import COLUMNS, penalty_kinds


def register(app: Flask) -> None:
    """Offer each table to the templates as a filter."""
    for name, table in TABLES.items():
        app.jinja_env.filters[name] = reader(table)
    app.jinja_env.filters["penalty_cell"] = penalty_cell


def penalty_cell(value: str, column: str) -> str:
    """A cell of a file of penalties in words: what stands in it may be a code, or several."""
    table = CELLS.get(column)
    if table is None:
        return {"True": _("是"), "False": _("否")}.get(value, value)
    words = table()
    return _("、").join(words.get(part, part) for part in value.split("、"))


def _subject_kinds() -> dict[str, str]:
    return {"institution": _("医疗机构"), "person": _("个人"), "platform": _("平台"), "supplier": _("供应商"), "other": _("其他")}


def _ownerships() -> dict[str, str]:
    return {"public": _("公立"), "private": _("社会办"), "unknown": _("未登记")}


def _person_parts() -> dict[str, str]:
    return {
        "legal_representative": _("法定代表人"),
        "principal": _("主要负责人"),
        "actual_controller": _("实际控制人"),
        "practitioner": _("执业人员"),
    }


def _penalty_sources() -> dict[str, str]:
    return {"own": _("本机关"), "province": _("本省"), "other_region": _("其他地区")}


def _penalty_states() -> dict[str, str]:
    return {"effective": _("有效"), "in_dispute": _("争议中"), "annulled": _("已撤销")}


def _ad_bases() -> dict[str, str]:
    return {"55": _("广告法第五十五条"), "58": _("广告法第五十八条"), "measures": _("医疗广告管理办法")}


def _matches() -> dict[str, str]:
    return {"code": _("信用代码一致"), "name": _("名称一致"), "variant": _("名称相近"), "person": _("相关人员")}


def _row_states() -> dict[str, str]:
    return {"new": _("新增"), "changed": _("变更"), "same": _("已有")}


def _functions() -> dict[str, str]:
    named = {code: local(name) for code, name in FUNCTION_NAMES.items()}
    return {code: name[:1].upper() + name[1:] for code, name in named.items()}


def _clue_sources() -> dict[str, str]:
    return {code: local(name) for code, name in SOURCES.items()}


def _kinds() -> dict[str, str]:
    return {code: local(name) for code, name in penalty_kinds().items()}


def _columns() -> dict[str, str]:
    return {column.key: column.headers[0] for column in COLUMNS}


def _matter_columns() -> dict[str, str]:
    return {
        "name": _("事项"),
        "name_en": _("英文名称"),
        "lead": _("牵头单位"),
        "members": _("配合单位"),
        "basis": _("依据"),
        "objects": _("对象"),
        "measures": _("措施"),
        "sources": _("线索来源"),
    }


TABLES: dict[str, Table] = {
    "subject_kind_word": _subject_kinds,
    "ownership_word": _ownerships,
    "person_part_word": _person_parts,
    "penalty_source_word": _penalty_sources,
    "penalty_state_word": _penalty_states,
    "ad_basis_word": _ad_bases,
    "match_word": _matches,
    "row_state_word": _row_states,
    "function_word": _functions,
    "clue_source_word": _clue_sources,
    "penalty_kind_word": _kinds,
    "penalty_column_word": _columns,
    "matter_column_word": _matter_columns,
}
CELLS: dict[str, Table] = {
    "status": _penalty_states,
    "source": _penalty_sources,
    "function": _functions,
    "kinds": _kinds,
}
"""Columns of a file whose cells are codes."""
