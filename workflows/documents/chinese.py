"""Dates and money as an official Chinese document writes them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from workflows.working_days import CHINA

DIGITS = "〇一二三四五六七八九"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
TEN = 10
STOPS = "。；，、;,. \u3000\n\a"
"""What a sentence does not end with twice; `\a` is a new paragraph of a template."""
ISO = re.compile(r"(?<![A-Za-z0-9-])\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?(?![A-Za-z0-9-])")
HIGHEST = Decimal(10) ** 16
"""Amounts from here on are written in figures only."""


def as_moment(value: Any) -> date | datetime | None:
    """The day or moment that a stored answer (`2026-04-03`, `2026-04-03T10:00`, with or without offset) means, in Chinese time."""
    if isinstance(value, datetime):
        return value.astimezone(CHINA)
    if isinstance(value, date):
        return value
    try:
        text = str(value)
        if "T" not in text:
            return date.fromisoformat(text)
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(CHINA) if found.tzinfo else found


def day(value: Any) -> str:
    """`2026年4月3日`; a value that is no date is given back as text."""
    at = as_moment(value)
    return f"{at.year}年{at.month}月{at.day}日" if at else _text(value)


def moment(value: Any) -> str:
    """`2026年4月3日10时05分`; a day without a time is written as a day."""
    at = as_moment(value)
    return f"{day(at)}{at.hour}时{at.minute:02d}分" if isinstance(at, datetime) else day(value)


def day_in_characters(value: Any) -> str:
    """`二〇二六年四月三日`, as decisions are dated."""
    at = as_moment(value)
    if at is None:
        return _text(value)
    return f"{''.join(DIGITS[int(digit)] for digit in str(at.year))}年{_small(at.month)}月{_small(at.day)}日"


def _small(number: int) -> str:
    tens, ones = divmod(number, TEN)
    return ("" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones else "")


def dates_in(text: str) -> str:
    """The text with its days and moments (`2026-04-03`) as an official paper writes them."""
    return ISO.sub(lambda found: moment(found.group()), text)


def sentence(value: Any) -> str:
    """The words with one full stop at their end, whether or not whoever wrote them set one; nothing stays nothing."""
    text = _text(value).rstrip(STOPS)
    return text if not text or text[-1] in "！？" else f"{text}。"


def penalties(value: Any, fine: Any = None, income: Any = None, goods: Any = None) -> str:
    """`警告；罚款50,000.00元（人民币伍万元整）`: kinds of penalty that stand one after the other (、), each with its amount in yuan."""
    amounts = {"罚款": fine, "没收违法所得": income, "没收非法财物": goods}
    told = [kind + (yuan(amounts.get(kind)) if amount(amounts.get(kind)) else "") for kind in _text(value).split("、")]
    return "；".join(told)


def amount(value: Any) -> Decimal | None:
    """The amount of money in yuan that a stored answer means, to the fen; None when it is none."""
    if isinstance(value, bool):
        return None
    try:
        found = Decimal(str(value))
        return found.quantize(Decimal("0.01"), ROUND_HALF_UP) if found.is_finite() else None
    except InvalidOperation:
        return None


def yuan(value: Any) -> str:
    """`50,000.00元（人民币伍万元整）`: figures and capitals, as the decision must state both."""
    found = amount(value)
    if found is None:
        return _text(value)
    return f"{found:,.2f}元" + (f"（{capitals(found)}）" if abs(found) < HIGHEST else "")


def capitals(value: Any) -> str:
    """`人民币伍万元整`, `人民币壹仟零伍元叁角整` (大写金额)."""
    found = amount(value)
    if found is None or abs(found) >= HIGHEST:
        return _text(value)
    whole, cents = divmod(int(abs(found) * 100), 100)
    jiao, fen = divmod(cents, TEN)
    sign = "负" if found < 0 else ""
    text = f"{_whole(whole)}元" if whole or not cents else ""
    if not cents:
        return f"人民币{sign}{text}整"
    if jiao:
        text += f"{CAPITALS[jiao]}角"
    elif whole:
        text += CAPITALS[0]
    return f"人民币{sign}{text}" + (f"{CAPITALS[fen]}分" if fen else "整")


def _whole(number: int) -> str:
    if not number:
        return CAPITALS[0]
    text, gap = "", False
    groups = [number // 10**shift % 10**4 for shift in (12, 8, 4, 0)]
    for place, group in zip(reversed(GROUPS), groups, strict=True):
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < TEN**3):
            text += CAPITALS[0]
        gap = False
        # 万亿 stands before 亿: the second sign is written once.
        text = text.removesuffix("亿") if place == "亿" else text
        text += _group(group) + place
    return text


def _group(number: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // TEN**place % TEN
        if digit:
            text += (CAPITALS[0] if gap else "") + CAPITALS[digit] + PLACES[place]
            gap = False
        else:
            gap = bool(text)
    return text


def _text(value: Any) -> str:
    return "" if value is None else str(value)
