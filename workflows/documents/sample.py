"""Invented values for every fact: what a new template is tried with before anybody's document depends on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workflows import forms
from workflows.documents.values import PEERS
from workflows.documents.wording import Rows
from workflows.vocabulary import CAPACITIES

AMOUNT, DAY = 60000, "2026年4月3日"
RAW_DAY = "2026-04-03"
NAMES = {"subject_name": "虚构·云朵工作室", "crime_name": "非法行医罪", "matter": "非法行医", "subject_code": "9137虚构0000000000A"}
RECENT = ("second_officer", "members")


def values(components: Mapping[str, Mapping[str, Any]], names: Iterable[str], *, document: str, number: str) -> dict[str, Any]:
    """What a template may name, with a value for each fact that the forms ask for and for each of `names`."""
    said: dict[str, Any] = {name: f"（示例）{name}" for name in names}
    raw: dict[str, Any] = {}
    for name, component in components.items():
        said[name], raw[name] = _words(component), _raw(component)
    said |= NAMES
    labels = {str(component.get("label")): said[name] for name, component in components.items()}
    return {
        **said,
        "raw": raw,
        "案情": labels,
        "rest": [{"label": "办理情况", "value": "已依法办理（示例）。"}, {"label": "办理日期", "value": DAY}],
        "case": {"number": "青卫联〔2026〕1号", "title": "虚构·云朵工作室涉嫌非法行医案", "day": DAY, "cause": "涉嫌非法行医"},
        "own": {"name": "青岚区卫生健康局", "sign": "青卫"},
        "doc": {
            "name": document,
            "number": number,
            "day": DAY,
            "day_in_characters": "二〇二六年四月三日",
            "version": 1,
            "officer": "卫甲·承办",
            "officers": "卫甲·承办（T0001）、卫乙·承办（T0002）",
            "certificates": "T0001、T0002",
            "step": "示例环节",
            "replaces": "",
        },
        "parts": {**dict.fromkeys(CAPACITIES, "青岚区卫生健康局"), "members": "青岚区市场监督管理局、青岚区医疗保障局"},
        "peers": dict.fromkeys(PEERS, "青岚区卫生健康局"),
    }


def _words(component: Mapping[str, Any]) -> Any:
    if component["type"] == "dynamiclist":
        row = {forms.key_of(one): _words(one) for one in forms.inputs(component)}
        return Rows([row, dict(row)])
    if component["type"] == "datetime":
        return DAY
    if component["type"] == "number":
        return str(AMOUNT)
    listed = component.get("values") or []
    return str(listed[0]["label"]) if listed else f"（示例）{component.get('label', '')}"


def _raw(component: Mapping[str, Any]) -> Any:
    listed = [one["value"] for one in component.get("values") or []]
    if component["type"] in forms.MANY:
        return listed[:1]
    if component["type"] == "datetime":
        return RAW_DAY
    if component["type"] == "number":
        return AMOUNT
    return listed[0] if listed else "示例"
