"""规则与期限: every clock rule with its article, its length and its marks, and the rules of the place, for everybody signed in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from web.audience import SIGNED_IN, audience
from web.current_desk import current_desk
from web.language import local
from web.language import sentence as _
from web.words import counting_word, level_word
from workflows import clocks
from workflows.clock_rules import Rule
from workflows.contracts import Text
from workflows.jurisdictions import LEVELS, SETTINGS, load_jurisdiction
from workflows.matters import MATTERS

screen = Blueprint("rules", __name__, url_prefix="/rules")

MARKS = ("statutory", "setting", "to_be_confirmed")
AREAS = {
    "clue": 0, "linked_case": 0, "prior_penalty": 0, "lead": 0, "plan": 0, "investigation": 0, "violence": 0,
    "transfer": 1, "psb": 1, "reconsideration": 1, "filing_supervision": 1, "items": 1, "criminal": 1,
    "penalty": 2, "evidence": 2, "hearing": 2, "compulsion": 2, "seizure": 2, "enforcement": 2, "remedy": 2, "amr": 2, "hsa": 2,
    "eco": 2, "fund": 2, "publicity": 3, "credit": 3, "reverse": 4, "ad": 5, "information": 5,
}  # fmt: skip
"""The first word of a rule's id → its place among the areas; all others stand last."""


@screen.get("")
@audience(SIGNED_IN)
def every() -> str:
    """The rules by area of the law; the list is short enough to be whole."""
    q, mark = request.args.get("q", "").strip(), request.args.get("mark")
    mark = mark if mark in MARKS else None
    all_rules = clocks.rules(current_desk())
    found = [rule for rule in all_rules if _matches(rule, q) and (mark is None or getattr(rule, mark))]
    names = _areas()
    areas = [
        (name, [rule for rule in found if AREAS.get(rule.id.split(".")[0], len(names) - 1) == number]) for number, name in enumerate(names)
    ]
    counts = {one: sum(getattr(rule, one) for rule in all_rules) for one in MARKS}
    return render_template(
        "rules/every.html", areas=areas, found=len(found), all=len(all_rules), counts=counts, q=q, mark=mark, place=current_desk().place
    )


@screen.get("/place")
@audience(SIGNED_IN)
def place() -> str:
    """本地规则: who leads what here, by which clause, and what this place has set."""
    here = current_desk().place
    leads = [{**vars(here.leads[matter]), "matter": name} for matter, name in MATTERS.items() if matter in here.leads]
    settings = [(name, here.settings[key], _values(here.settings[key].value)) for key, name in SETTINGS.items() if key in here.settings]
    settings.append(
        (Text("最后一日为节假日的期间", "A last day on a holiday"), here.holiday_counting, [counting_word(here.holiday_counting.value)])
    )
    return render_template(
        "rules/place.html", place=here, leads=leads, settings=settings, based_on=[load_jurisdiction(key).name for key in here.based_on]
    )


def _values(value: Any) -> list[str]:
    """A setting's value in words, a line for each where it is a list."""
    return [_shown(one) for one in (value if isinstance(value, list) else [value])]


def _shown(value: Any) -> str:
    """One value in words, in the language of the page."""
    if isinstance(value, dict):
        return local(Text(value["zh"], value.get("en", "")))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int):
        return f"{value:,}"
    words = {"act": _("违法行为之日"), "decision": _("处罚决定之日"), "show": _("仅提示，不限制承办"), "refuse": _("不得承办调查")}
    return level_word(value) if value in LEVELS else words.get(value, str(value))


def _areas() -> tuple[str, ...]:
    return (
        _("线索、牵头、方案与调查"), _("涉嫌犯罪案件移送与立案监督"), _("行政处罚、行政强制与救济"), _("公开与信用"), _("行刑反向衔接"), _("医疗广告与有害信息"),
        _("会商、督办、反馈与结案"),
    )  # fmt: skip


def _matches(rule: Rule, q: str) -> bool:
    words = f"{rule.id} {rule.name.zh} {rule.name.en} {rule.article} {rule.starts.zh} {rule.starts.en}"
    return q.lower() in words.lower()
