"""A jurisdiction: its agencies, what it calls things, who leads what, which processes and clocks apply, and its settings.

Data in `bpmn/jurisdictions/<key>.yaml`. A place may be `based_on` another (a city on its province): what it does not say itself is
said by that one, except for the agencies. What the source leaves open carries `to_be_confirmed` and is shown so.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from workflows.clock_rules import NO_ROLL, ROLL
from workflows.contracts import Text
from workflows.errors import OneCaseError
from workflows.jurisdiction import BY_MATTER, Jurisdiction, Lead, ListedAgency, Setting, Term
from workflows.jurisdiction_fields import Reader
from workflows.matters import MATTERS
from workflows.rulebook import load_rulebook, shipped

SUPERIOR = "SUPERIOR"
ROLES_OF_DUTIES = frozenset({BY_MATTER, SUPERIOR})
LEVELS = ("country", "province", "city", "district", "town", "village")
CLOCK_COLUMNS = ("length", "article", "warn", "to_be_confirmed")
"""What a place may change of a rule of `clocks.yaml`."""
DUTIES = ("consultation", "complex_case", "rectification", "random_inspection", "district_supervision", "government_inspection", "grid")
SETTINGS = {
    "training_hours": Text("每名执法人员每年培训学时", "Training hours of an officer in a year"),
    "training_shortfall": Text("学时未满者能否承办调查", "What it means when training hours are missing"),
    "consultations_per_year": Text("每年会商会议次数（至少）", "Consultation meetings in a year, at least"),
    "credit_years": Text("失信信息公开或者保存年限", "Years for which a bad record is disclosed or kept"),
    "credit_objection_days": Text("信用异议处理工作日", "Working days to decide an objection"),
    "credit_objection_days_assisted": Text("需协助核查的信用异议处理工作日", "Working days to decide an objection with others' help"),
    "credit_annulment_days": Text("处罚撤销后报送工作日", "Working days to report an annulled penalty"),
    "hearing_sum_person": Text("对个人“较大数额”的听证标准（元）", "Larger sum that gives a person a hearing, yuan"),
    "hearing_sum_entity": Text("对单位“较大数额”的听证标准（元）", "Larger sum that gives an entity a hearing, yuan"),
    "discussion_sum": Text("集体讨论的罚款标准（元）", "Fine from which the decision is discussed collectively, yuan"),
    "ad_violations": Text(
        "两年内累计违法广告次数（达到即不受理）", "Unlawful advertisements within two years after which no application is accepted"
    ),
    "ad_counted_day": Text("广告违法次数按何日计算", "Day by which an unlawful advertisement counts"),
    "grid_levels": Text("网格化监管层级", "Levels of the grid"),
    "publication_targets": Text("处罚信息公示渠道", "Where penalties are published"),
    "meetings": Text("会议机制", "Meetings"),
    "court_copy": Text("必要时抄报同级人民法院", "Copy to the court where needed"),
    "random_inspection_scope": Text("部门联合双随机的范围", "Which trades several departments inspect together"),
}


class JurisdictionError(OneCaseError, ValueError):
    """A jurisdiction file that cannot be used; the sentence names the file and the key."""

    code = "wrong_jurisdiction"


@cache
def load_jurisdiction(key: str = "demo") -> Jurisdiction:
    """A jurisdiction that ships with the program, by its key, or one of a file of your own (`city.yaml`).

    Raises JurisdictionError naming the file and the key.
    """
    own = Path(key)
    if own.suffix == ".yaml":
        if not own.is_file():
            raise JurisdictionError(f"没有找到地区文件 {key}。", f"There is no file {key}.")
        return read_jurisdiction(_yaml(own), own.name)
    place = shipped() / "jurisdictions" / f"{key}.yaml"
    if not key.isidentifier() or not place.is_file():
        known = "、".join(shipped_jurisdictions())
        raise JurisdictionError(f"没有名为 {key} 的地区，可选：{known}。", f"There is no jurisdiction {key!r}; there are {known}.")
    return read_jurisdiction(_yaml(place), f"{key}.yaml")


def shipped_jurisdictions() -> tuple[str, ...]:
    """The keys of the jurisdictions that ship."""
    folder = shipped() / "jurisdictions"
    found = (place for place in folder.iterdir() if place.name.endswith(".yaml"))
    return tuple(sorted(place.name.removesuffix(".yaml") for place in found if "agencies" in _yaml(place)))


def read_jurisdiction(written: Any, file: str) -> Jurisdiction:
    """The jurisdiction that `file` describes. Raises JurisdictionError naming the file and the key."""
    reader = Reader(file, _wrong)
    row = reader.mapping(written, "")
    base = load_jurisdiction(reader.text(row, "based_on")) if row.get("based_on") else None
    reader.only(row, KNOWN)
    counting = _setting(reader, reader.mapping(row.get("holiday_counting", {"value": NO_ROLL, "source": "内部设定"}), "holiday_counting"))
    if counting.value not in {NO_ROLL, ROLL}:
        raise _wrong(file, "holiday_counting", f"{counting.value!r} is neither {NO_ROLL} nor {ROLL}")
    return Jurisdiction(
        key=reader.text(row, "key"),
        name=reader.words(row, "name"),
        level=reader.one_of(row, "level", LEVELS),
        source=reader.words(row, "source"),
        based_on=(base.key, *base.based_on) if base else (),
        agencies=_agencies(reader, row),
        terms=_over(base.terms if base else {}, _terms(reader, row)),
        leads=_over(base.leads if base else {}, _leads(reader, row, "leads", "matter")),
        duties=_over(base.duties if base else {}, _leads(reader, row, "duties", "duty")),
        carries=_over(base.carries if base else {}, reader.functions(row, "carries")),
        processes=_over(base.processes if base else {}, reader.mapping(row.get("processes", {}), "processes")),
        settings=_over(base.settings if base else {}, _settings(reader, row)),
        holiday_counting=base.holiday_counting if base and "holiday_counting" not in row else counting,
        clocks=_over(base.clocks if base else {}, _clocks(reader, row)),
        clauses=_over(base.clauses if base else {}, _clauses(reader, row)),
        written=row,
    )


KNOWN = frozenset({
    "key", "name", "name_en", "level", "source", "source_en", "based_on", "agencies", "terms", "leads", "duties", "carries", "processes",
    "settings", "holiday_counting", "clocks", "clauses", "demo", "note", "note_en", "province", "province_en", "city", "city_en", "district",
    "district_en", "installation",
})  # fmt: skip


def _wrong(file: str, key: str, why: str) -> JurisdictionError:
    return JurisdictionError(f"地区文件 {file} 的 {key or '内容'} 有误：{why}", f"{file}: {key or 'content'}: {why}")


def _over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    return {**base, **own}


def _agencies(reader: Reader, row: Mapping[str, Any]) -> tuple[ListedAgency, ...]:
    found = []
    for number, agency in enumerate(reader.rows(row, "agencies")):
        at = reader.at(f"agencies[{number}]")
        found.append(
            ListedAgency(
                code=at.text(agency, "code"),
                function=at.function(agency, "function"),
                level=at.one_of(agency, "level", LEVELS),
                name=at.words(agency, "name"),
                parent=agency.get("parent"),
                region=agency.get("region", ""),
                sign=agency.get("sign", ""),
                part=at.one_of({"part": "member", **agency}, "part", ("issuer", "member", "addressee", "referred")),
            )
        )
    codes = [one.code for one in found]
    if twice := {code for code in codes if codes.count(code) > 1}:
        raise _wrong(reader.file, "agencies", f"{', '.join(sorted(twice))} stands twice")
    for one in found:
        if one.parent is not None and one.parent not in codes:
            raise _wrong(reader.file, f"agencies: {one.code}: parent", f"{one.parent!r} is no agency of this file")
    return tuple(found)


def _terms(reader: Reader, row: Mapping[str, Any]) -> dict[str, Term]:
    found = {}
    for key, term in reader.mapping(row.get("terms", {}), "terms").items():
        at = reader.at(f"terms.{key}")
        one = at.mapping(term, "")
        found[key] = Term(Text(one["zh"], one.get("en", "")) if one.get("zh") else None, at.text(one, "source"))
    return found


def _leads(reader: Reader, row: Mapping[str, Any], key: str, named: str) -> dict[str, Lead]:
    found: dict[str, Lead] = {}
    for number, lead in enumerate(reader.rows(row, key)):
        at = reader.at(f"{key}[{number}]")
        name = at.one_of(lead, named, DUTIES if named == "duty" else MATTERS)
        if name in found:
            raise _wrong(reader.file, f"{key}[{number}]", f"{name} stands twice")
        found[name] = _lead(at, lead, name, ROLES_OF_DUTIES if named == "duty" else frozenset())
    return found


def _lead(at: Reader, row: Mapping[str, Any], name: str, words: frozenset[str]) -> Lead:
    each = at.function_list(row, "each")
    named = str(row.get("lead", each[0] if each else ""))  # 分别负责: where nothing else is said, the first named comes first
    return Lead(
        matter=name,
        lead=named if named in words else at.function({"lead": named}, "lead"),
        clause=at.text(row, "clause"),
        source=at.text(row, "source"),
        each=each,
        members=at.function_list(row, "members") if "members" in row else None,
        to_be_confirmed=bool(row.get("to_be_confirmed", False)),
    )


def _settings(reader: Reader, row: Mapping[str, Any]) -> dict[str, Setting]:
    found = {}
    for key, written in reader.mapping(row.get("settings", {}), "settings").items():
        if key not in SETTINGS:
            raise _wrong(reader.file, f"settings.{key}", f"is none of {', '.join(SETTINGS)}")
        at = reader.at(f"settings.{key}")
        found[key] = _setting(at, at.mapping(written, ""))
    return found


def _setting(at: Reader, written: Mapping[str, Any]) -> Setting:
    if "value" not in written:
        raise _wrong(at.file, at.where, "value is missing")
    note = Text(written.get("note", ""), written.get("note_en", ""))
    return Setting(written["value"], at.text(written, "source"), bool(written.get("to_be_confirmed", False)), note)


def _clocks(reader: Reader, row: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    changed: dict[str, Mapping[str, Any]] = {}
    for rule, written in reader.mapping(row.get("clocks", {}), "clocks").items():
        at = reader.at(f"clocks.{rule}")
        if rule not in load_rulebook().rules:
            raise _wrong(reader.file, f"clocks.{rule}", "is no rule of clocks.yaml")
        columns = at.mapping(written, "")
        at.only(columns, CLOCK_COLUMNS)
        if not isinstance(columns.get("length", 1), int) or columns.get("length", 1) == 0:
            raise _wrong(reader.file, f"clocks.{rule}.length", f"{columns['length']!r} is no number of units")
        changed[rule] = dict(columns)
    return changed


def _clauses(reader: Reader, row: Mapping[str, Any]) -> dict[str, Text]:
    """By the source of a row or a setting: the clause as people are shown it; `zh` is the source itself where it is left out."""
    found = {}
    for source, written in reader.mapping(row.get("clauses", {}), "clauses").items():
        at = reader.at(f"clauses.{source}")
        words = at.mapping(written, "")
        at.only(words, ("zh", "en"))
        found[source] = Text(at.text({"zh": source, **words}, "zh"), at.text(words, "en"))
    return found


def _yaml(place: Traversable | Path) -> Mapping[str, Any]:
    try:
        found = yaml.safe_load(place.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(place.name, "", str(error)) from error
    return found if isinstance(found, Mapping) else {}
