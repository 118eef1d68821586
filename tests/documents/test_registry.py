"""Every document that a process names has a row and a template, and every template fills without a blank or a leftover."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import yaml

from workflows.documents import registry, sample
from workflows.documents.layout import layout_of
from workflows.documents.sandbox import BLANK
from workflows.documents.template import SETS
from workflows.engine.bundle import read_bundle
from workflows.fact_rows import components_of
from workflows.rulebook import shipped, shipped_bundles

ROOT = Path(__file__).parents[2]
PAPERS = registry.papers()
COMPONENTS = {name: field for files in shipped_bundles().values() for name, field in components_of(read_bundle(files)).items()}
NAMED_BY_THE_LAW = [
    "线索登记表",
    "分办/转办单",
    "答复函",
    "牵头单位确定函",
    "成员单位名单",
    "协商记录",
    "指定管辖决定书",
    "联合执法方案",
    "会签表",
    "分工表",
    "现场检查笔录",
    "询问笔录",
    "抽样凭证",
    "先行登记保存证据通知书",
    "查封扣押决定书",
    "物品清单",
    "检验/鉴定报告",
    "调查终结报告",
    "另案处理审批表",
    "线索通报函",
    "回函",
    "立案审批表",
    "法制审核意见书",
    "集体讨论记录",
    "行政处罚事先告知书",
    "陈述申辩笔录",
    "行政处罚决定书",
    "送达回证",
    "结案报告",
    "听证告知书",
    "听证通知书",
    "听证笔录",
    "听证意见",
    "涉嫌犯罪案件移送审批表",
    "移送书",
    "调查报告",
    "涉案物品清单",
    "检验报告/鉴定意见",
    "抄送检察院函",
    "移送回执",
    "复议申请书",
    "复议决定书",
    "立案监督建议书",
    "要求说明不立案理由通知书",
    "不立案理由说明",
    "通知立案书",
    "协助函",
    "认定意见",
    "移交清单",
    "判决书/撤案决定",
    "报案材料",
    "现场视频清单",
    "情况报告",
    "催办单",
    "督办通知书",
    "约谈通知书",
    "情况说明",
    "督办报告",
    "检察意见书",
    "不起诉决定书",
    "案件移送函",
    "处理情况回复函",
    "处罚信息核查函",
    "历次处罚决定书复印件(核验)",
    "协查函",
    "复函",
    "处罚决定",
    "通报函",
    "不予受理告知书",
    "研判定性意见",
    "处置通知",
    "反馈",
    "检查通知",
    "责令退回",
    "暂停结算决定",
    "年度抽查计划",
    "抽查通知",
    "检查表",
    "结果公示",
    "阶段报告",
    "量化统计表",
    "工作总结",
    "承诺书",
    "会商通知",
    "各部门通报",
    "会议纪要",
    "决议任务",
    "事项清单",
    "公示稿",
    "联合发布审签单",
    "撤回公告",
    "推送单",
    "异议处理",
    "信用修复",
    "缴款凭证",
    "催告书",
    "强制执行申请书",
    "复查记录",
    "反馈函",
    "通报",
    "典型案例",
]


def named_in_diagrams() -> set[str]:
    found = set()
    for place in (ROOT / "bpmn").rglob("*.bpmn"):
        for names in re.findall(r'onecase:documents="([^"]*)"', place.read_text(encoding="utf-8")):
            found |= {name.strip() for name in names.split(";") if name.strip()}
    return found


def test_every_document_that_a_diagram_names_has_a_row():
    named = named_in_diagrams()
    assert len(named) > 25
    assert sorted(name for name in named if not registry.is_known(name)) == []


@pytest.mark.parametrize("name", NAMED_BY_THE_LAW)
def test_every_document_that_the_processes_of_joint_enforcement_produce_has_a_row(name):
    assert registry.is_known(name)


def test_a_name_without_a_row_is_a_general_paper_of_that_name():
    assert not registry.is_known("谁也没写过的文书")
    paper = registry.paper("谁也没写过的文书")
    assert (paper.id, paper.name.zh, paper.numbered) == ("general", "谁也没写过的文书", True)


def test_no_two_rows_share_a_name_or_an_id():
    names = [name for paper in PAPERS for name in (paper.id, paper.name.zh, *paper.also)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_a_row_says_in_both_languages_what_it_is_and_on_which_article_it_rests(paper):
    assert paper.name.en
    assert paper.kind in registry.KINDS
    assert paper.to
    assert paper.to_be_confirmed or re.search(r"第.+条|〔\d{4}〕|未列明", paper.article), paper.article


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_records_lists_and_forms_bear_no_number_unless_they_leave_the_house(paper):
    if paper.kind in {"record", "list"}:
        assert not paper.numbered
    if paper.kind in {"letter", "decision", "notice"}:
        assert paper.numbered


def test_what_ships_is_registry_and_templates_and_nothing_else():
    files = {place.name for place in (shipped() / "documents").iterdir() if place.name.endswith(".docx")}
    assert files == {f"{paper.id}.docx" for paper in PAPERS}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_a_template_fills_without_a_blank_or_a_leftover(paper):
    template = registry.shipped_template(paper.id)
    names = {name for name in template.reads if not name.startswith("案情:")} - set(SETS)
    values = sample.values(COMPONENTS, names - COMPONENTS.keys(), document=paper.name.zh, number="青卫函〔2026〕7号")
    text = layout_of(template.fill(values)).text
    assert not re.search(r"\{[{%#]|[}%]\}", text)
    assert BLANK not in text
    assert len(text) > 80, "more than a letterhead"
    assert ("青卫函〔2026〕7号" in text) == paper.numbered


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_a_fact_that_a_paper_needs_is_one_that_its_template_shows(paper):
    template = registry.shipped_template(paper.id)
    assert set(paper.needs) <= template.reads | template.names, paper.id


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_no_template_shows_who_reported(paper):
    assert not {"reporter_name", "reporter_phone"} & (registry.shipped_template(paper.id).reads | registry.shipped_template(paper.id).names)


def test_the_word_files_are_what_their_texts_make():
    place = ROOT / "docs" / "typeset.py"
    spec = importlib.util.spec_from_file_location("typeset", place)
    script = importlib.util.module_from_spec(spec)
    import sys  # noqa: PLC0415

    sys.modules["typeset"] = script
    spec.loader.exec_module(script)
    differing = [name for name, made in script.every() if layout_of(made) != layout_of((shipped() / "documents" / name).read_bytes())]
    assert differing == [], "python docs/typeset.py makes them again"


def test_every_text_belongs_to_a_row():
    rows = {row["id"] for row in yaml.safe_load((shipped() / "documents" / "documents.yaml").read_text(encoding="utf-8"))}
    found = {
        line[2:].strip()
        for place in (ROOT / "bpmn" / "documents" / "texts").glob("*.txt")
        for line in place.read_text(encoding="utf-8").splitlines()
        if line.startswith("# ")
    }
    assert found == rows
