"""Test clients that speak the public interface as one officer."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

PASSWORD = "onecase-demo"
PREFIX = "/api/v1"


class Caller:
    """One officer with a token."""

    def __init__(self, app: Flask, username: str, password: str = PASSWORD) -> None:
        self.client = app.test_client()
        self.headers: dict[str, str] = {}
        answer = self.post("/tokens", {"username": username, "password": password})
        assert answer.status_code == 201, answer.text
        self.headers = {"Authorization": f"Bearer {answer.json['token']}"}

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(PREFIX + path, headers={**self.headers, **_dashed(headers)})

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.client.post(PREFIX + path, json={} if body is None else body, headers={**self.headers, **_dashed(headers)})

    def read(self, path: str) -> Any:
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json

    def send(self, path: str, body: Any = None) -> Any:
        answer = self.post(path, body)
        assert answer.status_code < 300, answer.text
        return answer.json

    def open_case(self, title: str = "无证医美工作室") -> Any:
        return self.send("/cases", {"process": "joint_case", "title": title, "facts": {}})

    def first_task(self, case: str) -> Any:
        """The first task of the case that this officer has or may take, taken and read."""
        for view in ("todo", "pool"):
            for row in self.read(f"/tasks?view={view}&case={case}")["items"]:
                if view == "pool":
                    self.send(f"/tasks/{row['id']}/claim")
                return self.read(f"/tasks/{row['id']}")
        raise AssertionError("there is no task")


def filled(task: Any) -> dict[str, Any]:
    """Answers to the required fields of a task's form."""
    found: dict[str, Any] = {}
    _fill(task["form"].get("components", []), task["data"], found)
    return found


def _dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _fill(components: list[Any], data: Any, found: dict[str, Any]) -> None:
    for one in components:
        if one["type"] in ("group", "fieldset"):
            _fill(one.get("components", []), data, found.setdefault(one["path"], {}) if one.get("path") else found)
        elif one["type"] == "dynamiclist":
            row: dict[str, Any] = {}
            _fill(one.get("components", []), data, row)
            found[one["path"]] = [row]
        elif one.get("key") and not one.get("disabled") and not one.get("readonly"):
            value = _value(one, data)
            if value is not None:
                found[one["key"]] = value


def _value(one: Any, data: Any) -> Any:
    known = data.get(one["key"]) if data.get(one["key"]) not in (None, "") else one.get("defaultValue")
    if known not in (None, ""):
        return known
    if not (one.get("validate") or {}).get("required"):
        return False if one["type"] == "checkbox" else None
    return _made_up(one, [option["value"] for option in one.get("values") or data.get(one.get("valuesKey")) or []])


def _made_up(one: Any, options: list[Any]) -> Any:
    rules = one["validate"]
    day = "2026-11-20" if one.get("subtype", "date") == "date" else "2026-11-20T10:00"
    text = "测试".ljust(rules.get("minLength", 0), "。")
    by_kind = {"checklist": options[:1], "taglist": options[:1], "checkbox": True, "number": rules.get("min", 1), "datetime": day}
    return options[0] if one["type"] in ("select", "radio") else by_kind.get(one["type"], text)
