"""Words for the codes that a page shows: roles, states, units and kinds. A code without a word is shown as it is."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from flask_babel import gettext as _

Table = Callable[[], dict[str, str]]


def register(app: Flask) -> None:
    """Offer each table to the templates as a filter."""
    for name, table in TABLES.items():
        app.jinja_env.filters[name] = _reader(table)


def _reader(table: Table) -> Callable[[str | None], str]:
    return lambda code: table().get(code or "", code or "")


def _roles() -> dict[str, str]:
    return {
        "intake": _("受理人员"),
        "officer": _("承办人"),
        "head": _("负责人"),
        "presiding": _("听证主持人"),
        "deputy": _("分管副职"),
        "legal": _("法制审核"),
        "legal_reviewer": _("法制审核"),
        "supervisor": _("督查"),
        "designer": _("流程设计"),
        "admin": _("系统管理员"),
        "security": _("安全管理员"),
        "auditor": _("审计员"),
    }


def _case_states() -> dict[str, str]:
    return {"open": _("办理中"), "suspended": _("中止"), "closed": _("已办结"), "cancelled": _("已撤销")}


def _task_states() -> dict[str, str]:
    return {"open": _("待办"), "completed": _("已办"), "cancelled": _("已取消")}


def _clock_states() -> dict[str, str]:
    return {"running": _("计时中"), "paused": _("暂停"), "stopped": _("已停止")}


def _units() -> dict[str, str]:
    days = {"working_day": _("个工作日"), "calendar_day": _("日"), "hour": _("小时"), "month": _("个月"), "year": _("年")}
    return {**days, "WD": days["working_day"], "CD": days["calendar_day"], "H": days["hour"], "h": days["hour"], "M": days["month"]}


def _entries() -> dict[str, str]:
    return {
        "start": _("起算"),
        "pause": _("暂停计算"),
        "resume": _("恢复计算"),
        "extend": _("延长"),
        "stop": _("停止"),
        "breach": _("超期"),
        "warn": _("临期提醒"),
    }


def _levels() -> dict[str, str]:
    return {
        "country": _("国家级"),
        "province": _("省级"),
        "city": _("市级"),
        "district": _("区县级"),
        "county": _("区县级"),
    }


def _orders() -> dict[str, str]:
    return {"order": _("限期办理"), "report": _("报告进展"), "explain": _("说明情况")}


def _severities() -> dict[str, str]:
    return {"error": _("必须修改"), "warning": _("建议修改")}


TABLES: dict[str, Table] = {
    "role_word": _roles,
    "case_state_word": _case_states,
    "task_state_word": _task_states,
    "clock_state_word": _clock_states,
    "unit_word": _units,
    "entry_word": _entries,
    "level_word": _levels,
    "order_word": _orders,
    "severity_word": _severities,
}
