"""比对立案先后: who filed first on the same act, as evidence for the heads and the superior (行政处罚法 第二十五条第一款)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from handlers.participation import agency, first, having
from workflows.contracts import HandlerCall, HandlerResult, Text

LIMIT = timedelta(days=90)
"""A penalty is decided within ninety days of the filing (行政处罚法 第六十条); it runs while agencies dispute."""


def compare_filings(call: HandlerCall) -> HandlerResult:
    """Set `known_filings` (rows of the negotiation's form) and `first_to_file`, a sentence for each filing, the earliest first."""
    rows = sorted(_filings(call), key=lambda row: str(row["filing_on"]))
    lines = [_line(call, row, first_one=number == 0) for number, row in enumerate(rows)]
    told = "\n".join(lines) or "各机关尚未登记立案；无立案先后可比。"
    return HandlerResult(facts={"known_filings": rows, "first_to_file": told}, note=Text(told.split("\n")[0], "The filings were compared"))


def _filings(call: HandlerCall) -> Iterator[dict[str, Any]]:
    negotiated = call.facts.get("filings") or []
    if negotiated:
        yield from negotiated
        return
    own, asked = call.facts.get("own_filed_on"), call.facts.get("candidate_filed_on")
    candidates = having(call, "candidate")
    if own:
        yield _row(first(call, "receiving").code, own, call.facts.get("own_filing_number"))
    if asked and candidates:
        yield _row(candidates[0], asked, call.facts.get("candidate_filing_number"))


def _row(code: str, day: Any, number: Any) -> dict[str, Any]:
    return {"filing_agency": code, "filing_on": str(day), "filing_number": str(number or "")}


def _line(call: HandlerCall, row: Mapping[str, Any], *, first_one: bool) -> str:
    filed = date.fromisoformat(str(row["filing_on"]))
    mark = "（最先立案）" if first_one else ""
    name = agency(call, str(row["filing_agency"])).name.zh
    return f"{filed.isoformat()} {name} 立案 {row.get('filing_number') or ''}{mark}，九十日期限至 {(filed + LIMIT).isoformat()}"
