"""Two forms of one name: fields that came and went, and what of a field differs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workflows import forms
from workflows.comparing.changes import EXECUTION, LAYOUT, NOTHING, WORDS, Change, changed, told
from workflows.comparing.entries import Difference, differences, said
from workflows.contracts import Text
from workflows.engine.file_shapes import read_form

FIELD = Text("填写项", "field")
PLACE = Text("在表单中的位置", "place in the form")
GROUP = Text("所在分组", "group")
OPTION, OPTION_LABEL, OPTION_ORDER = (
    Text("选项", "option"),
    Text("选项文字", "words of an option"),
    Text("选项的先后", "order of the options"),
)
WORDED = {*forms.WORDED, "timeLabel", "appearance", "alt"}
ASPECTS = {
    "label": Text("标题", "label"),
    "description": Text("填写说明", "help"),
    "text": Text("文字", "text"),
    "type": Text("类型", "type"),
    "key": Text("对应的事实", "fact"),
    "path": Text("对应的事实", "fact"),
    "valuesKey": Text("选项名单", "list of options"),
    "validate.required": Text("必填", "required"),
    "validate.min": Text("最小值", "smallest value"),
    "validate.max": Text("最大值", "largest value"),
    "validate.minLength": Text("最少字数", "shortest length"),
    "validate.maxLength": Text("最多字数", "greatest length"),
    "validate.pattern": Text("格式", "pattern"),
    "conditional.hide": Text("隐藏条件", "hidden when"),
    "properties.confidential": Text("保密范围", "confidential to"),
    "properties.missing": Text("未填提示", "what is said when it is missing"),
    "readonly": Text("只读", "read only"),
    "disabled": Text("停用", "disabled"),
    "defaultValue": Text("默认值", "default value"),
}
UNREAD = {"id", "layout", "exporter", "schemaVersion", "$schema", "executionPlatform", "executionPlatformVersion"}
"""What an editor keeps for itself."""


@dataclass(frozen=True)
class Field:
    """A component where it stands; `around` are the groups that hold it."""

    component: Mapping[str, Any]
    around: tuple[str, ...]
    conditions: tuple[str, ...]


def compare(file: str, old: bytes, new: bytes) -> list[Change]:
    """What differs between two forms. Raises ShapeRefused where one cannot be read."""
    readings = read_form(old), read_form(new)
    before, after = (_fields(form.get("components") or []) for form in readings)
    shared = Change("", "changed", "form", file, NOTHING)
    whole = [{key: value for key, value in form.items() if key != "components" and key not in UNREAD} for form in readings]
    found = [_told(shared, one) for one in differences(whole[0], whole[1])]
    for key in dict.fromkeys((*before, *after)):
        found += _field(replace(shared, place=key), before.get(key), after.get(key))
    order = [[key for key in side if key in before and key in after] for side in (before, after)]
    if order[0] != order[1]:
        found.append(replace(shared, effect=LAYOUT, kind="moved", aspect=PLACE))
    return found


def _field(one: Change, old: Field | None, new: Field | None) -> Iterator[Change]:
    here = new or old
    if here is None:
        return
    named = replace(one, subject=_label(here.component, one.place))
    read = EXECUTION if _is_read(here.component) else WORDS
    if old is None:
        yield replace(named, effect=read, kind="added", aspect=FIELD, new=_summary(here.component))
    elif new is None:
        yield replace(named, effect=read, kind="removed", aspect=FIELD, old=_summary(here.component))
    else:
        for difference in differences(_own(old.component), _own(new.component)):
            yield _told(named, difference)
        if old.around != new.around or old.conditions != new.conditions:
            hides = old.conditions != new.conditions
            shown = [told(" / ".join((*side.around, *side.conditions)) or "-") for side in (old, new)]
            yield replace(named, effect=EXECUTION if hides else LAYOUT, kind="moved", aspect=GROUP, old=shown[0], new=shown[1])
        if old.component.get("layout") != new.component.get("layout"):
            shown = [told(said(side.component.get("layout"))) for side in (old, new)]
            yield replace(named, effect=LAYOUT, kind="moved", aspect=PLACE, old=shown[0], new=shown[1])


def _told(one: Change, found: Difference) -> Change:
    way = ".".join(found.way)
    effect, aspect = EXECUTION, ASPECTS.get(way, Text(way, way))
    if found.way[:1] == ("values",):
        effect, aspect = _of_options(found)
    elif found.way[-1] in WORDED or (found.way[0] == "properties" and (found.way[-1].startswith("en") or found.way[-1] == "missing")):
        effect = WORDS
    value = _option if aspect is OPTION else _value
    return changed(replace(one, effect=effect, aspect=aspect), value(found.old), value(found.new))


def _of_options(found: Difference) -> tuple[str, Text]:
    if found.order:
        return WORDS, OPTION_ORDER
    return (WORDS, OPTION_LABEL) if found.way[-1] == "label" else (EXECUTION, OPTION)


def _option(said_: str | None) -> Text:
    try:
        option = json.loads(said_ or "")
    except ValueError:
        return _value(said_)
    return (
        told(f"{option['label']}（{option['value']}）")
        if isinstance(option, dict) and {"label", "value"} <= option.keys()
        else _value(said_)
    )


def _value(said_: str | None) -> Text:
    words: dict[str, Any] = {"true": True, "false": False, "null": None}
    return NOTHING if said_ is None else told(words.get(said_, said_))


def _own(component: Mapping[str, Any]) -> dict[str, Any]:
    """What a component says itself: words it has not, and settings that are off, are as if they were not there."""
    own = {key: value for key, value in component.items() if key not in UNREAD | {"components"} and value not in (None, "", False)}
    if isinstance(own.get("validate"), Mapping):
        own["validate"] = {key: value for key, value in own["validate"].items() if value not in (None, "", False) or value == 0}
    return {key: value for key, value in own.items() if value not in ({}, [])}


def _fields(components: list[Mapping[str, Any]]) -> dict[str, Field]:
    """Every component by what it is recognised by: its fact within its list, or its kind and its turn."""
    found: dict[str, Field] = {}
    turns: Counter[str] = Counter()

    def walk(inner: list[Mapping[str, Any]], prefix: str, around: tuple[str, ...], conditions: tuple[str, ...]) -> None:
        for component in inner:
            kind, key = component["type"], forms.key_of(component)
            name = prefix + (key if key not in {"", "None"} else str(component.get("id") or kind))
            turns[name] += 1
            name = name if turns[name] == 1 else f"{name} #{turns[name]}"
            found[name] = Field(component, around, conditions)
            within = f"{name}/" if kind == "dynamiclist" else prefix
            hide = str((component.get("conditional") or {}).get("hide") or "")
            groups = (*around, str(component.get("label") or name)) if kind == "group" else around
            walk(component.get("components") or [], within, groups, (*conditions, hide) if hide and kind == "group" else conditions)

    walk(components, "", (), ())
    return found


def _is_read(component: Mapping[str, Any]) -> bool:
    return component["type"] not in {"text", "separator", "spacer"}


def _label(component: Mapping[str, Any], key: str) -> Text:
    english = (component.get("properties") or {}).get("en") or ""
    words = str(component.get("label") or component.get("dateLabel") or "")
    return Text(words, str(english)) if words else Text(key, key)


def _summary(component: Mapping[str, Any]) -> Text:
    if not _is_read(component):
        return told(str(component.get("text") or component["type"]))
    required = bool((component.get("validate") or {}).get("required"))
    kind = str(component["type"])
    return Text(f"{kind}，必填", f"{kind}, required") if required else Text(kind, kind)
