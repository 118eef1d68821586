"""What is wrong with a field, in Chinese: the validation library speaks English only."""

from __future__ import annotations

import re

PLAIN = {
    "Missing data for required field.": "必填。",
    "Field may not be null.": "不能为空。",
    "Unknown field.": "没有这一项，请检查名称。",
    "Invalid value.": "值不正确。",
    "Invalid type.": "类型不正确。",
    "Invalid input type.": "应为 JSON 对象。",
    "Invalid JSON body.": "请求体不是正确的 JSON。",
    "Not a valid string.": "应为文字。",
    "Not a valid integer.": "应为整数。",
    "Not a valid number.": "应为数字。",
    "Not a valid boolean.": "应为 true 或 false。",
    "Not a valid list.": "应为数组。",
    "Not a valid mapping type.": "应为 JSON 对象。",
    "Not a valid UUID.": "应为 UUID。",
    "Not a valid datetime.": "应为带时区的 ISO 8601 时间。",
    "Number too large.": "数字过大。",
}
PATTERNS = (
    (re.compile(r"Must be one of: (.+)\.$"), r"应为下列之一：\1。"),
    (re.compile(r"Must be greater than or equal to (\S+) and less than or equal to (\S+)\.$"), r"应在 \1 与 \2 之间。"),
    (re.compile(r"Must be greater than or equal to (\S+)\.$"), r"不得小于 \1。"),
    (re.compile(r"Must be less than or equal to (\S+)\.$"), r"不得大于 \1。"),
    (re.compile(r"Length must be between (\S+) and (\S+)\.$"), r"长度应在 \1 与 \2 之间。"),
    (re.compile(r"Shorter than minimum length (\S+)\.$"), r"长度不得少于 \1。"),
    (re.compile(r"Longer than maximum length (\S+)\.$"), r"长度不得超过 \1。"),
)


def in_chinese(sentence: str) -> str:
    """The Chinese for one of the library's sentences; an unknown one stays as it is."""
    if sentence in PLAIN:
        return PLAIN[sentence]
    for pattern, words in PATTERNS:
        if pattern.match(sentence):
            return pattern.sub(words, sentence)
    return sentence
