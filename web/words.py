"""Words for the codes that a page shows: roles, states, units and kinds. A code without a word is shown as it is."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from web.language import local
from web.language import sentence as _
from workflows.functions import FUNCTION_NAMES
from workflows.supervision import KINDS
from workflows.telling import NAMES
from workflows.vocabulary import ROLES

Table = Callable[[], dict[str, str]]


def register(app: Flask) -> None:
    """Offer each table to the templates as a filter."""
    for name, table in TABLES.items():
        app.jinja_env.filters[name] = reader(table)
    app.jinja_env.filters["role_word"] = role_word


def reader(table: Table) -> Callable[[str | None], str]:
    """The filter that reads `table`: a code without a word is shown as it is."""
    return lambda code: table().get(code or "", code or "")


def role_word(code: str) -> str:
    """A role's name, as the rights table calls it."""
    return local(ROLES.get(code, code))


def case_states() -> dict[str, str]:
    """The word for each state of a case."""
    return {"open": _("办理中"), "suspended": _("中止"), "closed": _("已办结"), "cancelled": _("已撤销")}


def _task_states() -> dict[str, str]:
    return {"open": _("待办"), "completed": _("已办"), "cancelled": _("已取消")}


def _clock_states() -> dict[str, str]:
    return {"running": _("计时中"), "paused": _("暂停"), "stopped": _("已停止")}


def _units() -> dict[str, str]:
    return {"working_day": _("个工作日"), "calendar_day": _("日"), "hour": _("小时"), "month": _("个月"), "year": _("年")}


def _entries() -> dict[str, str]:
    return {
        "start": _("起算"),
        "pause": _("暂停计算"),
        "resume": _("恢复计算"),
        "extend": _("延长"),
        "recount": _("重新计算"),
        "stop": _("停止"),
        "warn": _("临期提醒"),
        "breach": _("期限届满"),
        "remind": _("再次提醒"),
        "escalate": _("升级"),
    }


def _levels() -> dict[str, str]:
    return {
        "country": _("国家级"),
        "province": _("省级"),
        "city": _("市级"),
        "district": _("区县级"),
        "county": _("区县级"),
        "town": _("镇街级"),
        "village": _("村居级"),
    }


def _orders() -> dict[str, str]:
    return {kind: local(words) for kind, words in KINDS.items()}


def _told() -> dict[str, str]:
    return {who: local(words) for who, words in NAMES.items()}


def _binds() -> dict[str, str]:
    return {"agency": _("办案机关的期限"), "party": _("当事人的期限"), "effect": _("效力期间")}


def _countings() -> dict[str, str]:
    return {
        "no_roll_forward": _("最后一日是节假日的，不顺延"),
        "roll_to_working_day": _("最后一日是节假日的，顺延至其后第一个工作日"),
        "open": _("最后一日是节假日的，法律未作规定：按本地设定计算，两种日期并列显示"),
    }


def _functions() -> dict[str, str]:
    return {code: local(name) for code, name in FUNCTION_NAMES.items()}


def counting_word(code: str) -> str:
    """What happens to a last day that is a holiday, in words."""
    return _countings().get(code, code)


def level_word(code: str) -> str:
    """The name of a level of administration."""
    return _levels().get(code, code)


def _severities() -> dict[str, str]:
    return {"error": _("必须修改"), "warning": _("建议修改")}


def _draft_states() -> dict[str, str]:
    return {"open": _("编辑中"), "in_review": _("待审核"), "published": _("已发布"), "discarded": _("已作废"), "closed": _("已结束")}


def _migrations() -> dict[str, str]:
    return {"moves": _("可迁移"), "decide": _("需决定"), "blocked": _("不能迁移")}


def _file_changes() -> dict[str, str]:
    return {"added": _("新增"), "changed": _("修改"), "removed": _("删除")}


def change_effects() -> dict[str, str]:
    """What a change of a process does, in a few words."""
    return {"execution": _("影响办理"), "proof": _("影响发布前验证"), "words": _("只改文字"), "layout": _("只移动图形")}


def _change_kinds() -> dict[str, str]:
    return {"added": _("增加"), "changed": _("变更"), "removed": _("去掉"), "moved": _("移动")}


def _bundle_parts() -> dict[str, str]:
    return {
        "manifest": _("流程设置"),
        "diagram": _("流程图"),
        "form": _("表单"),
        "table": _("决策表"),
        "rules": _("每条路径须遵守的规则"),
        "scenario": _("用例"),
        "document": _("文书模板"),
        "other": _("其他文件"),
    }


def _document_states() -> dict[str, str]:
    return {"current": _("有效"), "stale": _("已过时"), "replaced": _("已替代")}


TABLES: dict[str, Table] = {
    "case_state_word": case_states,
    "task_state_word": _task_states,
    "clock_state_word": _clock_states,
    "document_state_word": _document_states,
    "draft_state_word": _draft_states,
    "file_change_word": _file_changes,
    "change_effect_word": change_effects,
    "change_kind_word": _change_kinds,
    "bundle_part_word": _bundle_parts,
    "migration_word": _migrations,
    "unit_word": _units,
    "entry_word": _entries,
    "level_word": _levels,
    "order_word": _orders,
    "severity_word": _severities,
    "told_word": _told,
    "binds_word": _binds,
    "counting_word": _countings,
    "function_word": _functions,
}
