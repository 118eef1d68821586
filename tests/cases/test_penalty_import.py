"""A file of penalties is looked at first and entered whole or not at all; what is wrong is said with its line."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from tests.factories.registers import CLINIC, CODE, PERSON, enter, penalty, registers_of
from workflows import history, penalties, penalty_import, subjects
from workflows.errors import NotAllowed, NotFound, OneCaseError
from workflows.records import Event, Penalty, RegisterImport, Subject
from workflows.registers.sheet import LARGEST, MOST_ROWS, UnreadableFile

GOOD = {
    "当事人名称": CLINIC, "统一社会信用代码": CODE, "违法行为": "非医师行医", "处罚决定日期": "2023年5月6日", "处罚机关": "虚构·乙市卫生健康委员会",
    "机关类别": "卫健", "决定书文号": "乙卫罚〔2023〕5号", "处罚种类": "罚款、没收违法所得", "罚款金额（元）": "20,000", "地区": "虚构·乙市",
}  # fmt: skip


def as_csv(*rows, encoding="utf-8-sig"):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(*rows):
    book = Workbook()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    for cells in [columns, *([row.get(name) for name in columns] for row in rows)]:
        book.active.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def row(**changed):
    return {**GOOD, **changed}


def stored(desk):
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Penalty))


def read(desk, officer, *rows, content=None):
    return penalty_import.read(desk, officer, "处罚.csv", content or as_csv(*rows))


@pytest.fixture
def keeper(people):
    return people["health.officer"]


@pytest.mark.both_databases
def test_a_file_is_looked_at_then_entered_then_there(desk, keeper, play):
    shown = read(desk, keeper, row(), row(决定书文号="乙卫罚〔2023〕6号", 处罚种类="警告", **{"罚款金额（元）": ""}))
    assert (shown.new, shown.changed, shown.same, shown.faults) == (2, 0, 0, ())
    assert stored(desk) == 0, "a dry run enters nothing"

    entered = penalty_import.enter(desk, keeper, shown.id)
    assert entered.entered_at is not None
    with registers_of(desk, play().case) as found:
        [fined] = [one for one in found.penalties_of(CLINIC, CODE) if one.fine]
    assert (fined.fine, fined.kinds, fined.decided_on) == (Decimal(20000), ("fine", "confiscate_income"), date(2023, 5, 6))
    assert (fined.source, fined.function, fined.act, fined.matched_by) == ("other_region", "HEALTH", "illegal_practice", "code")


@pytest.mark.both_databases
def test_entering_again_changes_nothing_and_the_record_has_one_line(desk, keeper):
    shown = read(desk, keeper, row())
    first = penalty_import.enter(desk, keeper, shown.id)
    assert penalty_import.enter(desk, keeper, shown.id) == first
    again = read(desk, keeper, row())
    assert (again.new, again.changed, again.same) == (0, 0, 1)
    penalty_import.enter(desk, keeper, again.id)
    assert stored(desk) == 1
    with desk.database.reading() as session:
        lines = session.scalars(select(Event).where(Event.kind == "penalties_imported").order_by(Event.seq)).all()
        assert [(line.payload["new"], line.payload["same"]) for line in lines] == [(1, 0), (0, 1)]
    assert history.verify(desk) == ()


def test_a_changed_row_is_shown_column_by_column(desk, keeper):
    penalty_import.enter(desk, keeper, read(desk, keeper, row()).id)
    shown = read(desk, keeper, row(状态="已撤销", **{"罚款金额（元）": "1"}))
    assert [(line.state, line.changes) for line in shown.rows] == [
        ("changed", (("fine", "20000.00", "1"), ("status", "effective", "annulled")))
    ]
    penalty_import.enter(desk, keeper, shown.id)
    [line] = penalties.list_penalties(desk, keeper, status="annulled").items
    assert line.penalty.fine == 1


def test_what_a_file_leaves_out_stays_as_it_is_known(desk, keeper):
    full = row(状态="争议中", 已核验副本="是", 违法行为日期="2023-01-02", 来源="本省", 简易程序="是")
    penalty_import.enter(desk, keeper, read(desk, keeper, full).id)
    brief = {name: value for name, value in row(决定书文号=GOOD["决定书文号"]).items() if name not in {"地区", "统一社会信用代码"}}
    assert read(desk, keeper, brief).same == 1
    penalty_import.enter(desk, keeper, read(desk, keeper, {**brief, "处罚种类": "罚款"}).id)
    [line] = penalties.list_penalties(desk, keeper).items
    kept = line.penalty
    assert kept.subject_code == CODE
    assert (kept.kinds, kept.status, kept.certified_copy, kept.summary) == (("fine",), "in_dispute", True, True)
    assert (kept.act_on, kept.source, kept.region) == (date(2023, 1, 2), "province", "虚构·乙市")


BAD = [
    (row(当事人名称=""), "当事人名称", "请填写"),
    (row(统一社会信用代码="91990000MADEMA0009"), "统一社会信用代码", "校验位"),
    (row(违法行为="打喷嚏"), "违法行为", "事项清单中没有"),
    (row(处罚决定日期="2023-02-30"), "处罚决定日期", "不是日期"),
    (row(处罚决定日期="2099-01-01"), "处罚决定日期", "未来"),
    (row(违法行为日期="2023-06-01"), "违法行为日期", "晚于"),
    (row(机关类别="天文"), "机关类别", "不在可填范围"),
    (row(处罚种类="打手心"), "处罚种类", "不在可填范围"),
    (row(**{"罚款金额（元）": "两万"}), "罚款金额（元）", "不是金额"),
    (row(**{"罚款金额（元）": "-5"}), "罚款金额（元）", "合理"),
    (row(**{"罚款金额（元）": "NaN"}), "罚款金额（元）", "合理"),
    (row(**{"罚款金额（元）": ""}), "罚款金额（元）", "不一致"),
    (row(状态="好像有效"), "状态", "不在可填范围"),
    (row(简易程序="也许"), "简易程序", "是或否"),
    (row(证件号码="990000199901010011", 统一社会信用代码="", 当事人类型="个人"), "证件号码", "校验位"),
    (row(当事人类型="个人"), "统一社会信用代码", "个人没有"),
    (row(当事人名称="长" * 201), "当事人名称", "超过 200 字"),
]


@pytest.mark.parametrize(("bad", "column", "words"), BAD)
def test_a_bad_cell_is_named_and_nothing_of_the_file_is_entered(desk, keeper, bad, column, words):
    shown = read(desk, keeper, row(决定书文号="另一号"), bad)
    assert [(fault.line, fault.column) for fault in shown.faults] == [(3, column)]
    assert words in shown.faults[0].text.zh
    assert shown.faults[0].text.en.isascii() or "“" in shown.faults[0].text.en
    with pytest.raises(OneCaseError, match="nothing was entered"):
        penalty_import.enter(desk, keeper, shown.id)
    assert stored(desk) == 0


def test_every_fault_of_a_file_is_told_at_once(desk, keeper):
    shown = read(desk, keeper, row(处罚机关="", 状态="?"), row(), row(决定书文号=""))
    assert [(fault.line, fault.column) for fault in shown.faults] == [(2, "处罚机关"), (2, "状态"), (4, "决定书文号")]


def test_unknown_doubled_and_missing_columns_are_named(desk, keeper):
    content = as_csv({name: value for name, value in row(罚款="5").items() if name != "处罚机关"})
    assert [(fault.line, fault.column) for fault in read(desk, keeper, content=content).faults] == [(1, "罚款"), (1, "处罚机关")]
    doubled = as_csv(row(文号="x"))
    assert [fault.column for fault in read(desk, keeper, content=doubled).faults] == ["文号"]


def test_one_decision_twice_in_a_file_counts_once_when_it_says_the_same(desk, keeper):
    assert read(desk, keeper, row(), row()).new == 1
    shown = read(desk, keeper, row(), row(地区="别处"))
    assert [(fault.line, fault.column) for fault in shown.faults] == [(3, "决定书文号")]


@pytest.mark.parametrize("content", [as_csv(row(), encoding="gb18030"), as_csv(row(), encoding="utf-8"), as_xlsx(row()), as_xlsx(row(处罚决定日期=date(2023, 5, 6), **{"罚款金额（元）": 20000.0}))])  # fmt: skip
def test_what_offices_save_is_read(desk, keeper, content):
    shown = read(desk, keeper, content=content)
    assert (shown.faults, shown.new) == ((), 1)


ENGLISH = {"subject_name": CLINIC, "act": "illegal_practice", "decided_on": "2023-05-06", "authority": "A", "function": "HEALTH", "number": "1", "kinds": "warning"}  # fmt: skip


def test_columns_may_be_named_by_their_keys(desk, keeper):
    assert read(desk, keeper, ENGLISH).faults == ()


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"PK\x03\x04broken", b"\x00\x01\x02", bytes(range(256)), b"a" * (LARGEST + 1), b"x\n" * (MOST_ROWS + 2)]
)
def test_what_is_no_table_is_refused_with_a_sentence(desk, keeper, content):
    with pytest.raises(UnreadableFile):
        penalty_import.read(desk, keeper, "x", content)
    with desk.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(RegisterImport)) == 0


@pytest.mark.both_databases
def test_an_identity_number_is_nowhere_in_the_database(desk, keeper, play):
    shown = read(desk, keeper, row(当事人名称="虚构甲", 统一社会信用代码="", 当事人类型="个人", 证件号码=PERSON, 法定代表人="虚构甲"))
    assert shown.faults == ()
    penalty_import.enter(desk, keeper, shown.id)
    with desk.database.reading() as session:
        [kept] = session.scalars(select(RegisterImport))
        [person] = session.scalars(select(Subject))
        assert PERSON not in str(kept.rows)
        assert (person.kind, person.id_last) == ("person", PERSON[-4:])
    with registers_of(desk, enter(play(), penalty("二号", subject_name="虚构·甲", subject_code="", id_number=PERSON))) as found:
        assert len(found.penalties_of("虚构甲", "")) == 2, "the same number is the same person, whoever entered it"


def test_a_penalty_decided_here_is_not_changed_by_a_file(desk, keeper, play):
    enter(play(), penalty("乙卫罚〔2023〕5号", authority=GOOD["处罚机关"]))
    shown = read(desk, keeper, row())
    assert [(fault.line, fault.column) for fault in shown.faults] == [(2, "决定书文号")]
    with pytest.raises(OneCaseError):
        penalty_import.enter(desk, keeper, shown.id)


@pytest.mark.parametrize(("username", "may"), [
    ("health.officer", True), ("health.head", True), ("admin", True), ("superior.officer", True), ("health.legal", False), ("amr.officer", False),
    ("psb.head", False), ("auditor", False), ("designer", False), ("supervisor", False),
])  # fmt: skip
def test_officers_and_administrators_of_health_bring_files_in(desk, people, username, may):
    if may:
        assert read(desk, people[username], row()).new == 1
        assert penalty_import.list_imports(desk, people[username]).total == 1
        return
    with pytest.raises(NotAllowed):
        read(desk, people[username], row())
    with pytest.raises(NotAllowed):
        penalty_import.list_imports(desk, people[username])


def test_a_file_is_shown_to_its_agency_and_those_above_and_not_to_those_below(desk, people, keeper):
    below, above = read(desk, keeper, row()), read(desk, people["superior.officer"], row())
    assert penalty_import.get(desk, people["superior.officer"], below.id).id == below.id
    with pytest.raises(NotFound):
        penalty_import.get(desk, keeper, above.id)
    with pytest.raises(NotFound):
        penalty_import.enter(desk, keeper, above.id)


def test_an_administrator_sees_that_a_row_is_a_persons_and_not_whose(desk, people, keeper):
    content = as_csv(row(当事人名称="虚构甲", 统一社会信用代码="", 当事人类型="个人"))
    shown = read(desk, keeper, content=content)
    assert [line.name for line in penalty_import.get(desk, people["admin"], shown.id).rows] == ["（自然人）"]
    assert [line.name for line in shown.rows] == ["虚构甲"]
    penalty_import.enter(desk, keeper, shown.id)
    assert [line.name for line in subjects.list_subjects(desk, keeper).items] == ["虚构甲"]
    assert subjects.list_subjects(desk, people["admin"]).items == ()
