"""汇总处置结果: what became of each item, side by side, for who determined it."""

from workflows.contracts import HandlerCall, HandlerResult, Text

WORDS = {
    "removed": "已删除屏蔽",
    "account_closed": "已限制账号",
    "site_closed": "已关停网站",
    "talked": "已约谈平台",
    "impossible": "无法处置",
}


def collect_disposals(call: HandlerCall) -> HandlerResult:
    """Set `disposal_summary`, a line for each item."""
    items = list(call.facts.get("information_items") or [])
    lines = [f"{item}：{WORDS.get(str(call.branches.get(item, {}).get('disposal_action')), '未填')}" for item in items]
    return HandlerResult(facts={"disposal_summary": lines}, note=Text(f"汇总 {len(items)} 条处置结果", f"{len(items)} results collected"))
