"""汇总各部门数据: the parts are added up row by row, and how much of each class of institutions is covered is measured.

浙卫发函〔2022〕42号 四（一）: hospitals and medical-nursing institutions all, the others half at least. Shares are cut off after one
decimal and never rounded up: 49.98 % is 49.9 %.
"""

from collections.abc import Mapping
from typing import Any

from handlers.participation import agency
from workflows.contracts import HandlerCall, HandlerResult, Text


def merge_parts(call: HandlerCall) -> HandlerResult:
    """Set `summed_rows` and `report_rows` (the sum), `parts_summary`, `parts_missing` and the shares `coverage_…` in per cent."""
    departments = call.facts.get("campaign_departments") or []
    parts = {code: call.branches.get(code) or {} for code in departments}
    given = {code: part for code, part in parts.items() if part.get("part_statement")}
    missing = [code for code in departments if code not in given]
    rows = _sum([line for part in given.values() for line in part.get("part_rows") or []])
    said = [f"{agency(call, code).name.zh}：{'已报' if code in given else '缺报'}" for code in departments]
    own: Mapping[str, Any] = next((part for part in parts.values() if part.get("part_function") == "HEALTH"), {})
    return HandlerResult(
        facts={
            "summed_rows": rows,
            "report_rows": rows,
            "parts_missing": missing,
            "parts_summary": "\n".join(said),
            "coverage_hospital": share(own.get("hospital_covered"), own.get("hospital_total")),
            "coverage_nursing": share(own.get("nursing_covered"), own.get("nursing_total")),
            "coverage_others": share(own.get("others_covered"), own.get("others_total")),
        },
        note=Text(f"汇总 {len(given)} 个部门，缺 {len(missing)} 个", f"{len(given)} parts merged, {len(missing)} missing"),
    )


def share(covered: int | None, total: int | None) -> float:
    """Per cent, cut off after one decimal. Nothing told is 0; of a class that does not exist nothing is left to cover."""
    if total is None:
        return 0
    return (covered or 0) * 1000 // total / 10 if total else 100


def _sum(lines: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    sums: dict[str, dict[str, Any]] = {}
    for line in lines:
        row = sums.setdefault(str(line["row"]), {"row": line["row"]})
        for column, value in line.items():
            if column != "row" and value:
                row[column] = round(row.get(column, 0) + value, 4)
    return [sums[row] for row in sorted(sums)]
