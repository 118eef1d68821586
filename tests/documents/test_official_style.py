"""Every paper that a step issues reads as an official paper, on answers as full and on answers as few as its form allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from docxtpl import DocxTemplate

from workflows import forms
from workflows.choices import tariff_options
from workflows.documents import registry, sample
from workflows.documents.sandbox import MARKUP, Sandbox
from workflows.documents.template import NEW_PARAGRAPH, SETS, printable
from workflows.documents.wording import Wording, cause
from workflows.engine.bundle import read_bundle
from workflows.fact_rows import components_of
from workflows.rulebook import shipped_bundles

BUNDLES = [read_bundle(files) for files in shipped_bundles().values()]
AGENCIES = [{"value": "qinglan-amr", "label": "青岚区市场监督管理局"}, {"value": "qinglan-hsa", "label": "青岚区医疗保障局"}]
PERSONS = [{"value": "health.officer", "label": "卫乙"}]
TYPED = "当事人在青岚区云海路行医；已固定证据。"
"""What somebody types: a sentence with its own full stop."""
MONEY, COUNT = 60_000, 3
SUMS = re.compile("罚款|没收|金额|数额|价值|基数|退回")
CODE = re.compile("[A-Za-z]{2,}(?:_[a-z]+)*")
LATIN = {"SHA"}
ISO = re.compile(r"\d{4}-\d{2}|T\d{2}:\d{2}")
DOUBLED = re.compile("[。；，、：！？][。；，、：]|（）|“”|《》|[（“《][。；，、：]")
REPR = re.compile(r"[\[{]['{]|['}][\]}]|None|True|False")
SENTENCE = 20
"""Letters from which on a line that ends in a colon introduces what follows and is no label."""
SIGNED = re.compile("签名|盖章")
ENDING = ("青岚区卫生健康局", "（印章）", "二〇二六年四月三日", "2026年4月3日")


@dataclass(frozen=True)
class Issue:
    """One step that issues one paper."""

    paper: registry.Paper
    number: int
    """Which bundle."""
    form: Mapping[str, Any]

    @property
    def fields(self) -> list[Mapping[str, Any]]:
        return list(forms.inputs(self.form))


def issues() -> Iterator[Any]:
    seen = set()
    for number, bundle in enumerate(BUNDLES):
        for drawn in bundle.diagrams.values():
            for element in drawn.elements.values():
                for name in element.documents:
                    paper = registry.paper(name)
                    if element.form and (paper.id, element.id) not in seen:
                        seen.add((paper.id, element.id))
                        yield pytest.param(Issue(paper, number, bundle.forms[element.form]), id=f"{paper.id}-{element.id}")


ISSUES = list(issues())


@cache
def everywhere() -> dict[str, Mapping[str, Any]]:
    """The fields of every process, as a case under another one inherits them."""
    return {name: field for bundle in BUNDLES for name, field in components_of(bundle).items()}


@cache
def source(paper: str) -> Any:
    """The paper's body, ready to be rendered; that the file itself fills is `test_registry`'s to prove, at ten times the cost."""
    document = DocxTemplate(BytesIO(registry.shipped_template(paper).content))
    document.init_docx()
    return Sandbox().from_string(document.patch_xml(document.get_xml()))


@cache
def options_of(number: int) -> dict[str, list[dict[str, str]]]:
    persons = dict.fromkeys(("officers", "chair_options", "agency_officers"), PERSONS)
    agencies = dict.fromkeys(("agencies", "member_options", "police_organs"), AGENCIES)
    return {**persons, **agencies, "tariff_options": tariff_options(), **{key: list(rows) for key, rows in BUNDLES[number].options.items()}}


@cache
def wording_of(number: int) -> Wording:
    return Wording({**everywhere(), **components_of(BUNDLES[number])}, options_of(number))


@cache
def everything(number: int, last: int) -> tuple[dict[str, Any], dict[str, Any]]:
    return told(number, wording_of(number).components, last)


def told(number: int, fields: Mapping[str, Mapping[str, Any]], last: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """These fields answered: as stored, and in words."""
    raw = {name: answered(field, number, last) for name, field in fields.items()} | {"subject_name": "虚构·云朵工作室"}
    return raw, {name: wording_of(number).words(name, value) for name, value in raw.items() if value not in (None, "", [])}


def answered(field: Mapping[str, Any], number: int, last: int, *, inside: bool = False) -> Any:
    """An answer as it is stored; `last` -1 takes the last option of a choice and 0 the first."""
    kind = field["type"]
    if kind == "dynamiclist":
        return [{forms.key_of(one): answered(one, number, last, inside=True) for one in forms.inputs(field)}] * 2
    if kind == "datetime":
        return "2026-03-10" if field.get("subtype", "date") == "date" else "2026-03-10T09:05"
    if kind == "number":
        return MONEY if SUMS.search(str(field.get("label"))) and not inside else COUNT
    if kind == "checkbox":
        return True
    listed = [one["value"] for one in forms.choices_of(field, options_of(number))]
    if kind in forms.MANY:
        return listed
    return (listed[last] if listed else "") if kind in forms.CHOICES else (TYPED if kind == "textarea" else "虚构·甲")


def filled(issue: Issue, raw: Mapping[str, Any], said: Mapping[str, Any], *, lonely: bool = False) -> str:
    """The text of the paper; `lonely`: no other agency takes part or is near."""
    base = sample.values({}, (), document=issue.paper.name.zh, number="青卫函〔2026〕7号")
    reads = registry.shipped_template(issue.paper.id).reads | registry.OF_THE_ACT
    rest = [
        {"label": field["label"], "value": str(said[name])}
        for field in issue.fields
        if (name := forms.key_of(field)) in said and name not in reads and field["type"] != "checkbox"
    ]
    case = {**base["case"], "cause": cause(said, raw)}
    around = (
        {"parts": {"receiving": "青岚区卫生健康局", "lead": "青岚区卫生健康局", "issuer": "云海市人民政府"}, "peers": {}} if lonely else {}
    )
    kept = {name: base[name] for name in SETS if name in base}
    made = source(issue.paper.id).render(printable({**kept, **said, "raw": raw, "rest": rest, "case": case, **around}))
    return unescape(MARKUP.sub("", made.replace("</w:p>", "\n").replace(NEW_PARAGRAPH, "\n")))


def full(issue: Issue, last: int) -> str:
    return filled(issue, *everything(issue.number, last))


def fewest(issue: Issue) -> str:
    needed = {forms.key_of(one): one for one in issue.fields if (one.get("validate") or {}).get("required") and not one.get("conditional")}
    return filled(issue, *told(issue.number, needed, 0), lonely=True)


def faults(text: str) -> list[str]:
    """What no paper that leaves the house may show."""
    found = [f"raw code: {word}" for word in CODE.findall(text) if word not in LATIN]
    found += [f"machine's day: {word}" for word in ISO.findall(text)]
    found += [f"doubled punctuation: {text[max(0, at.start() - 12) : at.end()]}" for at in DOUBLED.finditer(text)]
    found += [f"a value of the program: {word}" for word in REPR.findall(text)]
    return found + [f"an empty label: {line}" for line in empty_labels(text)]


def empty_labels(text: str) -> Iterator[str]:
    """Lines that end in a colon with nothing behind them: no place to write on or to sign, no addressee, and nothing follows."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line.endswith("：") and not SIGNED.search(line):
            following = next((one.strip("　 ") for one in lines[number + 1 :] if one.strip("　 ")), "")
            if not following or following in ENDING or (following.endswith("：") and len(following) < SENTENCE):
                yield line


@pytest.mark.parametrize("last", [0, -1], ids=["first-options", "last-options"])
@pytest.mark.parametrize("issue", ISSUES)
def test_a_paper_of_a_case_that_says_everything_reads_as_an_official_paper(issue, last):
    text = full(issue, last)
    assert faults(text) == []
    assert str(MONEY) not in text, "an amount is written 60,000.00元（人民币陆万元整）"


@pytest.mark.parametrize("issue", ISSUES)
def test_a_paper_of_a_case_that_says_the_least_that_its_form_asks_for_does_as_well(issue):
    assert faults(fewest(issue)) == []


@pytest.mark.parametrize("issue", [one for one in ISSUES if one.values[0].paper.kind in {"letter", "decision", "notice", "report"}])
def test_what_somebody_writes_in_the_step_stands_in_a_sentence_and_not_in_the_remainder(issue):
    template = registry.shipped_template(issue.paper.id)
    if "rest" not in template.reads:
        return
    written = {forms.key_of(one) for one in issue.fields if one["type"] == "textarea" and (one.get("validate") or {}).get("required")}
    assert written - template.reads == set()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("你单位涉嫌illegal_practice一案", "raw code"), ("于2026-03-10送达", "machine's day"), ("事实清楚。。决定", "doubled"), ("理由：。", "doubled"),
        ("数量None", "value of the program"), ("理由：\n青岚区卫生健康局", "empty label"), ("理由：\n依据：\n见附件。", "empty label"), ("理由：", "empty label"),
    ],
)  # fmt: skip
def test_each_fault_is_seen(text, said):
    assert any(said in fault for fault in faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "青岚区人民检察院：\n现移送你院。",
        "当事人（签名或者盖章）：",
        "请补正下列材料：\n司法鉴定意见书原件。",
        "罚款60,000.00元（人民币陆万元整）。",
    ],
)
def test_what_is_right_is_no_fault(text):
    assert faults(text) == []
