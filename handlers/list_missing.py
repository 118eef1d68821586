"""列出缺报部门: whose part is not in when the city reports that somebody is late."""

from handlers.participation import agency
from workflows.contracts import HandlerCall, HandlerResult, Text


def list_missing(call: HandlerCall) -> HandlerResult:
    """Set `parts_missing` (codes) and `missing_names` (as a person reads them)."""
    departments = call.facts.get("campaign_departments") or []
    missing = [code for code in departments if not (call.branches.get(code) or {}).get("part_statement")]
    names = "、".join(agency(call, code).name.zh for code in missing)
    note = Text(f"缺报：{names or '无'}", f"Missing: {len(missing)}")
    return HandlerResult(facts={"parts_missing": missing, "missing_names": names or "无"}, note=note)
