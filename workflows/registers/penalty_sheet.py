"""The rows of a file of penalties, and what is wrong with one, said for the person who made the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from workflows.functions import FUNCTION_NAMES
from workflows.registers.codes import Identity, is_identity_number, is_uscc, tidy
from workflows.registers.penalty_columns import COLUMNS, KINDS_OF_SUBJECT, SHORT_FUNCTIONS, SOURCES, STATES, Column, penalty_kinds
from workflows.registers.sheet import Line

SEPARATORS = re.compile(r"[、,，;；|/\n]+")
DATE = re.compile(r"(\d{4})(?:(\d\d)(\d\d)|[-/.年](\d{1,2})[-/.月](\d{1,2})日?)")
EARLIEST = date(1990, 1, 1)
MOST_YUAN = Decimal(10) ** 10
YES, NO = {"是", "有", "yes", "true", "1", "y"}, {"否", "无", "no", "false", "0", "n"}


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file: the line (1 is the names of the columns), the column, and what to do about it."""

    line: int
    column: str
    zh: str
    en: str


KEPT = ("act_on", "region", "source", "status", "summary", "certified_copy")
"""Columns that change nothing of a known penalty where they are empty or missing."""


@dataclass(frozen=True)
class Row:
    """A row that is in order, with an identity number's digest in place of the number. `blank`: columns of `KEPT` left empty."""

    line: int
    values: Mapping[str, Any]
    identity: Identity = field(default_factory=Identity)
    blank: tuple[str, ...] = ()


class _WrongCell(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def rows_of(lines: Sequence[Line], matters: Mapping[str, tuple[str, str]], salt: str, today: date) -> tuple[list[Row], list[Fault]]:
    """The rows of a file that are in order, and everything that is wrong. `matters`: names by code; `salt`: of identity digests."""
    number, headers = lines[0]
    columns, faults = _columns(number, headers)
    if faults:
        return [], faults
    reader = _Reader(matters, today)
    rows: list[Row] = []
    for line, cells in lines[1:]:
        given = {column.key: cells[place] if place < len(cells) else "" for place, column in columns.items()}
        values, wrong = reader.row(line, given)
        faults += wrong
        if not wrong:
            identity = Identity.of(values.pop("id_number"), salt)
            rows.append(Row(line, values, identity, tuple(name for name in KEPT if not given.get(name))))
    kept, twice = _each_once(rows)
    return kept, sorted(faults + twice, key=lambda fault: fault.line)


def _columns(line: int, headers: Sequence[str]) -> tuple[dict[int, Column], list[Fault]]:
    by_header = {name.casefold(): column for column in COLUMNS for name in (column.key, *column.headers)}
    found: dict[int, Column] = {}
    faults = []
    for place, header in enumerate(headers):
        column = by_header.get(header.strip().casefold().rstrip("*"))
        if column is None and header:
            faults.append(Fault(line, header, f"没有名为“{header}”的列，请对照说明更名或删除。", f"There is no column “{header}”."))
        elif column is not None and column in found.values():
            faults.append(Fault(line, header, f"“{header}”重复出现。", f"The column “{header}” is there twice."))
        elif column is not None:
            found[place] = column
    missing = [column for column in COLUMNS if column.required and column not in found.values()]
    faults += [Fault(line, one.headers[0], f"缺少必需的列“{one.headers[0]}”。", f"The column {one.key} is missing.") for one in missing]
    return found, faults


def _each_once(rows: Sequence[Row]) -> tuple[list[Row], list[Fault]]:
    """Each decision once; the same row again is dropped, another row of the same decision is a fault."""
    kept: dict[tuple[str, str], Row] = {}
    faults = []
    for row in rows:
        first = kept.setdefault((row.values["authority"], row.values["number"]), row)
        if first is not row and replace(row, line=first.line) != first:
            zh = f"与第 {first.line} 行是同一机关的同一文号，内容却不同。"
            faults.append(Fault(row.line, "决定书文号", zh, f"Same authority and number as line {first.line}, with other contents."))
    return list(kept.values()), faults


@dataclass(frozen=True)
class _Reader:
    matters: Mapping[str, tuple[str, str]]
    today: date

    def row(self, line: int, given: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for column in COLUMNS:
            text = given.get(column.key, "")
            try:
                if column.required and not text:
                    raise _WrongCell("请填写。", "This is required.")  # noqa: TRY301 - said like every other fault of a cell
                values[column.key] = getattr(self, f"_{column.key}", _plain)(text)
            except _WrongCell as wrong:
                faults.append(Fault(line, column.headers[0], wrong.zh, wrong.en))
        if not faults:
            faults = [Fault(line, column, zh, en) for column, zh, en in self._together(values)]
        return values, faults

    def _together(self, values: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        wrong = []
        if values["act_on"] and values["act_on"] > values["decided_on"]:
            wrong.append(("违法行为日期", "晚于处罚决定日期。", "The act lies after the decision."))
        if (values["fine"] is not None) != ("fine" in values["kinds"]):
            wrong.append(
                (
                    "罚款金额（元）",
                    "处罚种类与罚款金额不一致：有罚款须填金额，无罚款须留空。",
                    "A fine needs its amount, and only a fine has one.",
                )
            )
        if values["subject_kind"] == "person" and values["subject_code"]:
            wrong.append(
                ("统一社会信用代码", "个人没有统一社会信用代码，个体工商户请填“机构”。", "A person has no unified social credit code.")
            )
        return wrong

    def _subject_name(self, text: str) -> str:
        return _bounded(text, 200)

    def _authority(self, text: str) -> str:
        return _bounded(text, 200)

    def _number(self, text: str) -> str:
        return _bounded(text, 80)

    def _region(self, text: str) -> str:
        return _bounded(text, 60)

    def _principal(self, text: str) -> str:
        return _bounded(text, 100)

    def _subject_code(self, text: str) -> str:
        code = tidy(text)
        if code and not is_uscc(code):
            raise _WrongCell(f"“{text}”不是有效的统一社会信用代码（GB 32100，校验位不符）。", f"“{text}” is no unified social credit code.")
        return code

    def _id_number(self, text: str) -> str:
        number = tidy(text)
        if number and not is_identity_number(number):  # the number itself is not repeated in a message
            raise _WrongCell("证件号码有误（位数或校验位不符）。", "The identity number is wrong: its length or check digit.")
        return number

    def _subject_kind(self, text: str) -> str:
        return _word(text or "institution", KINDS_OF_SUBJECT)

    def _act(self, text: str) -> str:
        found = next((code for code, names in self.matters.items() if text == code or text in names), None)
        if found is None:
            raise _WrongCell(f"事项清单中没有“{text}”。", f"The matter list has no “{text}”.")
        return found

    def _act_on(self, text: str) -> date | None:
        return _day(text, self.today) if text else None

    def _decided_on(self, text: str) -> date:
        return _day(text, self.today)

    def _function(self, text: str) -> str:
        words: Mapping[str, Collection[str]] = {
            code: (name.zh, name.en, *SHORT_FUNCTIONS.get(code, ())) for code, name in FUNCTION_NAMES.items()
        }
        return _word(text, words)

    def _source(self, text: str) -> str:
        return _word(text or "other_region", SOURCES)

    def _kinds(self, text: str) -> list[str]:
        words: Mapping[str, Collection[str]] = {code: (name.zh, name.en) for code, name in penalty_kinds().items()}
        return list(dict.fromkeys(_word(part, words) for part in SEPARATORS.split(text) if part.strip()))

    def _fine(self, text: str) -> Decimal | None:
        plain = text.replace(",", "").replace("，", "").removesuffix("元")
        if not plain:
            return None
        try:
            amount = Decimal(plain)
        except InvalidOperation:
            raise _WrongCell(f"“{text}”不是金额（元）。", f"“{text}” is no amount in yuan.") from None
        if not amount.is_finite() or not 0 < amount < MOST_YUAN or amount != round(amount, 2):
            raise _WrongCell(f"“{text}”不是合理的金额（元，最多两位小数）。", f"“{text}” is no reasonable amount in yuan.")
        return amount

    def _status(self, text: str) -> str:
        return _word(text or "effective", STATES)

    def _summary(self, text: str) -> bool:
        return _yes(text)

    def _certified_copy(self, text: str) -> bool:
        return _yes(text)


def _plain(text: str) -> str:
    return text


def _bounded(text: str, longest: int) -> str:
    if len(text) > longest:
        raise _WrongCell(f"超过 {longest} 字。", f"Longer than {longest} characters.")
    return text


def _word(text: str, words: Mapping[str, Collection[str]]) -> str:
    asked = text.strip().casefold()
    found = next((code for code, names in words.items() if asked == code.casefold() or asked in {name.casefold() for name in names}), None)
    if found is None:
        known = "、".join(next(iter(names)) for names in words.values())
        raise _WrongCell(f"“{text}”不在可填范围：{known}。", f"“{text}” is none of: {', '.join(words)}.")
    return found


def _day(text: str, today: date) -> date:
    found = DATE.fullmatch(text.strip())
    try:
        day = date(*(int(part) for part in found.groups() if part)) if found else None
    except ValueError:
        day = None
    if day is None:
        raise _WrongCell(f"“{text}”不是日期，请写成 2023-05-06。", f"“{text}” is no date; write 2023-05-06.")
    if not EARLIEST <= day <= today:
        raise _WrongCell(f"日期 {day} 早于 {EARLIEST.year} 年或在未来。", f"The date {day} is before {EARLIEST.year} or in the future.")
    return day


def _yes(text: str) -> bool:
    asked = text.strip().casefold()
    if asked in YES:
        return True
    if not asked or asked in NO:
        return False
    raise _WrongCell(f"“{text}”请填是或否。", f"“{text}”: write yes or no.")
