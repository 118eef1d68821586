"""Decision tables on the screen: in words, with their tests run, tried without touching a case, changed in a grid."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from apiflask import APIFlask
from werkzeug.test import TestResponse

from tests.factories.shipped import bundle
from tests.web.visitors import Visitor
from workflows import decision_editing, decision_sheets
from workflows.desk import Desk
from workflows.engine.decision_table import TableError, read_table
from workflows.engine.secure_xml import read_xml
from workflows.errors import WrongAnswers
from workflows.rulebook import shipped_bundles
from workflows.views import Officer

CODE = re.compile(r"^[a-z]+(_[a-z]+)*$")
TABLES = [(name, table) for name in shipped_bundles() for table in bundle(name).tables]


def page(app: APIFlask, name: str, query: str = "") -> str:
    return Visitor(app, "health.legal").read(f"/diagrams/joint_case/1/tables/{name}{query}")


def test_a_table_is_read_in_the_words_of_the_forms(app: APIFlask) -> None:
    shown = page(app, "lead_agency")
    assert "违法医疗广告" in shown
    assert "市场监管" in shown
    assert "鲁卫医监字〔2024〕1号 二（二）3" in shown
    assert "medical_ad" not in re.sub(r'(value|href|title)="[^"]*"', "", shown)


@pytest.mark.parametrize(("process", "table"), TABLES)
def test_no_cell_of_a_shipped_table_is_a_code_and_each_has_tests_that_pass(process: str, table: str) -> None:
    sheet = decision_sheets.read(bundle(process), table)
    cells = [cell for rule in sheet.rules for cell in rule.cells if cell is not None]
    headings = [column.name for column in (*sheet.inputs, *sheet.outputs)]
    told = [text for test in sheet.tests for pair in (*test.given, *test.wanted) for text in pair]
    assert [text.zh for text in (*cells, *headings, *told, *(fact.label for fact in sheet.facts)) if CODE.match(text.zh)] == []
    assert sheet.tests
    assert all(test.passed for test in sheet.tests)
    assert all(rule.basis for rule in sheet.rules)
    assert bool(sheet.description.zh) == bool(sheet.description.en), "what is said of a table is said in both languages"
    assert sheet.steps, "a table that no step asks decides nothing"


def test_a_table_is_tried_with_facts_of_ones_own(app: APIFlask) -> None:
    large = page(app, "hearing_right", "?tried=1&penalties=fine&fine_amount=50000&hearing_fine_from=50000&hearing_confiscation_from=50000")
    assert "较大数额罚款" in answer(large)
    small = page(app, "hearing_right", "?tried=1&penalties=fine&fine_amount=49999&hearing_fine_from=50000&hearing_confiscation_from=50000")
    assert "有听证权：否" in answer(small)
    assert 'value="49999"' in small, "what was typed stays"


def test_a_situation_that_no_row_fits_is_said_and_breaks_nothing(app: APIFlask) -> None:
    assert "没有唯一适用的一行" in answer(page(app, "lead_agency", "?tried=1"))
    assert "没有唯一适用的一行" in answer(page(app, "lead_agency", "?tried=1&matter=no_such_matter"))
    wrong = Visitor(app, "health.legal").get("/diagrams/joint_case/1/tables/hearing_right?tried=1&penalties=fine&fine_amount=many")
    assert wrong.status_code == 422
    assert "请填数字" in wrong.text
    assert 'value="many"' in wrong.text
    assert 'role="status"' not in page(app, "lead_agency")


def test_its_file_goes_to_any_dmn_editor_and_what_is_not_there_is_not_found(app: APIFlask) -> None:
    visitor = Visitor(app, "designer")
    file = visitor.get("/diagrams/joint_case/1/tables/lead_agency.dmn")
    assert file.data == bundle("joint_case").files["tables/lead_agency.dmn"]
    assert visitor.get("/diagrams/joint_case/1/tables/nothing").status_code == 404
    assert visitor.get("/diagrams/joint_case/99/tables/lead_agency").status_code == 404
    assert visitor.get("/diagrams/joint_case/1/tables/nothing.dmn").status_code == 404


def test_a_version_leads_to_its_tables(app: APIFlask) -> None:
    assert "/diagrams/joint_case/1/tables/crime_threshold" in Visitor(app, "health.officer").read("/diagrams/joint_case/1")


EDIT = "/diagrams/joint_case/1/tables/{}/edit"


def typed(shown: str) -> dict[str, str]:
    """Every field of the grid as a browser would send it."""
    found = dict(re.findall(r'<input class="form-control form-control-sm" name="([\w-]+)" value="([^"]*)"', shown))
    found |= dict(re.findall(r'<textarea class="form-control form-control-sm" name="([\w-]+)"[^>]*>([^<]*)</textarea>', shown))
    found |= dict(re.findall(r'<input type="hidden" name="(id-\d+)" value="([^"]*)"', shown))
    for name, options in re.findall(r'<select class="form-select form-select-sm" name="([\w-]+)".*?>(.*?)</select>', shown, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        assert chosen
        found[name] = chosen.group(1)
    return {name: html.unescape(value) for name, value in found.items()}


def sent(visitor: Visitor, table: str, then: str = "check", **changed: str) -> TestResponse:
    """The grid of the table, changed, sent."""
    address = EDIT.format(table)
    fields = {**typed(visitor.read(address)), **changed}
    return visitor.post(address, before=address, row=re.findall(r'name="row" value="(\d+)"', visitor.read(address)), then=then, **fields)


@pytest.mark.parametrize("table", bundle("joint_case").tables)
def test_a_grid_that_nobody_changed_makes_a_table_that_decides_the_same(app: APIFlask, table: str) -> None:
    file = sent(Visitor(app, "designer"), table, then="file")
    before, after = bundle("joint_case").tables[table], read_table(table, file.data)
    assert [(rule.id, rule.tests, rule.values, rule.note) for rule in after.rules] == [
        (rule.id, tuple(test or "-" for test in rule.tests), rule.values, rule.note) for rule in before.rules
    ]
    assert (after.title, after.labels, after.inputs, after.outputs) == (before.title, before.labels, before.inputs, before.outputs)


def test_a_change_is_checked_with_the_whole_bundle_and_its_tests_run(app: APIFlask) -> None:
    designer = Visitor(app, "designer")
    file = "/diagrams/joint_case/1/tables/hearing_right.dmn"
    published = designer.get(file).data
    assert "没有发现问题" in sent(designer, "hearing_right").text
    changed = sent(designer, "hearing_right", **{"cell-0-4": "false"}).text
    assert "吊销许可证件" in changed
    assert "不通过" in changed
    assert "必须修改" in changed
    assert designer.get(file).data == published, "nothing is stored"


def test_a_row_is_added_and_one_dropped(app: APIFlask) -> None:
    rows = len(bundle("joint_case").tables["lead_agency"].rules)
    new = {f"cell-{rows}-0": "touts", f"cell-{rows}-1": "AMR", f"cell-{rows}-2": "依据“一”", f"cell-{rows}-3": "公安、医疗保障"}
    wrong = sent(Visitor(app, "designer"), "publicity_term", **{"cell-0-2": "three"})
    assert wrong.status_code == 422
    assert "请填数字" in wrong.text
    assert 'value="three"' in wrong.text, "nothing typed is lost"
    file = sent(Visitor(app, "designer"), "lead_agency", then="file", **new, **{"drop-0": "on", "drop-5": "on"})
    table = read_table("lead_agency", file.data)
    assert len(table.rules) == rows - 1
    assert table.decide({"matter": "touts"}) == {"lead_proposed": "AMR", "lead_clause": "依据“一”", "members_proposed": ["PSB", "HSA"]}
    with pytest.raises(TableError):
        table.decide({"matter": "illegal_practice"})


HOSTILE = ("\x01", "a\x1bb", "\x7f", "\ufffe", '"><b', "rule 1", "1", "../lead", "行", "lead_agency", "x" * 5000, "rule_1_1")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_row_of_an_unknown_id_is_a_new_row(app: APIFlask, name: str) -> None:
    file = sent(Visitor(app, "designer"), "hearing_right", then="file", **{"id-0": name})
    assert file.status_code == 200
    assert same_rows("hearing_right", file.data)
    names = ids(file.data)
    assert name not in [rule.id for rule in read_table("hearing_right", file.data).rules]
    assert len(names) == len(set(names)), "no two elements have one id"


def test_an_id_that_two_rows_give_is_the_first_ones(app: APIFlask) -> None:
    first, second, *others = [rule.id for rule in bundle("joint_case").tables["hearing_right"].rules]
    file = sent(Visitor(app, "designer"), "hearing_right", then="file", **{"id-1": first})
    assert same_rows("hearing_right", file.data)
    found = [rule.id for rule in read_table("hearing_right", file.data).rules]
    assert found[0] == first
    assert found[1] not in {first, second, *others}
    assert found[2:] == others
    assert len(ids(file.data)) == len(set(ids(file.data)))


@pytest.mark.parametrize("place", ["cell-0-0", "cell-0-2", "cell-1-3", "basis-0"])
def test_a_character_that_no_file_can_hold_is_refused_where_it_stands(app: APIFlask, place: str) -> None:
    written, visitor = "依据\x01第一条", Visitor(app, "designer")
    answer = sent(visitor, "lead_agency", then="file", **{place: written})
    assert answer.status_code == 422
    at = re.search(rf'name="{place}".*?</td>', answer.text, re.DOTALL)
    assert at
    assert "看不见的控制字符" in at.group()
    assert 'aria-invalid="true"' in at.group()
    assert answer.text.count("看不见的控制字符") == 1
    assert place == "cell-0-0" or written in at.group(), "what was typed stays, but for what a list does not offer"
    visitor.post("/language", language="en", next="/me")
    assert "invisible control character" in sent(visitor, "lead_agency", **{place: written}).text


@pytest.mark.parametrize("unseen", ["\x00", "\x08", "\x0b", "\x1b", "\x1f", "\x7f", "\x9f", "\ud800", "\ufffe", "\uffff"])
def test_no_invisible_character_reaches_the_file(desk: Desk, people: Mapping[str, Officer], unseen: str) -> None:
    where = (people["designer"], "joint_case", 1, "lead_agency")
    rows = decision_editing.grid(desk, *where).rows
    wrong = [replace(rows[0], basis=unseen), replace(rows[1], cells=tuple(cell + unseen for cell in rows[1].cells)), *rows[2:]]
    with pytest.raises(WrongAnswers) as refused:
        decision_editing.edited(desk, *where, wrong)
    assert refused.value.fields.keys() == {"0-basis", "1-0", "1-1", "1-2", "1-3"}
    assert b"<" in decision_editing.edited(desk, *where, rows)


@pytest.mark.parametrize("seen", ["第一条\t第二款", "第一条\r\n第二款", "第一条\u3000第二款", "“一”<b>&😀"])
def test_every_other_character_is_taken(app: APIFlask, seen: str) -> None:
    file = sent(Visitor(app, "designer"), "lead_agency", then="file", **{"cell-0-2": seen, "basis-0": seen})
    rule = read_table("lead_agency", file.data).rules[0]
    assert rule.values[1] == rule.note == " ".join(seen.split())


def test_nothing_typed_is_cut_or_left_out(app: APIFlask) -> None:
    long = "长" * (decision_editing.LONGEST + 1)
    answer = sent(Visitor(app, "designer"), "lead_agency", then="file", **{"cell-0-2": long, "basis-1": long})
    assert answer.status_code == 422
    assert answer.text.count("不得超过 2000 字") == 2
    assert answer.text.count(long) == 2
    fits = sent(Visitor(app, "designer"), "lead_agency", then="file", **{"cell-0-2": long[1:], "basis-1": long[1:]})
    assert read_table("lead_agency", fits.data).rules[1].note == long[1:]
    new = len(bundle("joint_case").tables["lead_agency"].rules)
    alone = sent(Visitor(app, "designer"), "lead_agency", **{f"basis-{new}": "只写了依据"})
    assert alone.status_code == 422, "a row with nothing but its basis is no empty row"
    assert "只写了依据" in alone.text


CELLS = ("{}", "{[]: 1}", "{1, 2}", "< {}", "1j", "b'x'", "...", "[[1]]", "1e999", ">= [", "[" * 1000, "-" * 1999 + "1", "f()", "a.b")


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_that_is_no_value_is_refused_in_words(app: APIFlask, cell: str) -> None:
    answer = sent(Visitor(app, "designer"), "publicity_term", **{"cell-0-1": cell})
    assert answer.status_code == 422
    assert "单元格写法不对" in answer.text


@pytest.mark.parametrize("cell", ["true", '"x"', '"x", "y"', ">= 5", "1.5", "-"])
def test_a_cell_that_is_one_is_taken(app: APIFlask, cell: str) -> None:
    file = sent(Visitor(app, "designer"), "publicity_term", then="file", **{"cell-0-1": cell})
    assert read_table("publicity_term", file.data).rules[0].tests[1] == cell


def test_a_table_too_large_to_be_read_again_is_said_and_breaks_nothing(app: APIFlask) -> None:
    wide = {f"{field}-{row}{column}": "长" * 2000 for row in range(200) for field, column in (("basis", ""), ("cell", "-2"))}
    rows = {f"cell-{row}-{column}": value for row in range(200) for column, value in enumerate(("touts", "AMR"))}
    names = {f"cell-{row}-3": "公安" for row in range(200)}
    address = EDIT.format("lead_agency")
    answer = Visitor(app, "designer").post(
        address, before=address, row=[str(row) for row in range(200)], then="check", **wide, **rows, **names
    )
    assert answer.status_code == 200
    assert "必须修改" in answer.text


def test_only_a_designer_changes_a_table(app: APIFlask) -> None:
    legal = Visitor(app, "health.legal")
    assert legal.get(EDIT.format("lead_agency")).status_code == 403
    assert legal.post(EDIT.format("lead_agency")).status_code == 403
    assert "/edit" not in legal.read("/diagrams/joint_case/1/tables/lead_agency")


def ids(file: bytes) -> list[str]:
    """The id of every element of a file."""
    return [element.attrib["id"] for element in read_xml(file).iter() if "id" in element.attrib]


def same_rows(table: str, file: bytes) -> bool:
    """Whether the file decides what the published table decides, whatever its rows are called."""
    rules = [[(rule.values, rule.note) for rule in one.rules] for one in (bundle("joint_case").tables[table], read_table(table, file))]
    return rules[0] == rules[1]


def answer(shown: str) -> str:
    """The result of a trial as plain text."""
    found = re.search(r'role="status">(.*?)</div>', shown, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>|\s+", "", found.group(1))
