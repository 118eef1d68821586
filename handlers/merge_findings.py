"""汇总调查结果: what each agency found, side by side, for the report and the classification."""

from handlers.participation import agency
from workflows.contracts import HandlerCall, HandlerResult, Text


def merge_findings(call: HandlerCall) -> HandlerResult:
    """Set `findings_summary`, `violation_found`, `crime_signs_found`, `evidence_register` and `recused_officers` from the branches."""
    found = {code: call.branches.get(code, {}) for code in call.facts.get("investigators") or []}
    summary = [
        f"{agency(call, code).name.zh}：{'发现违法' if facts.get('finding') == 'violation' else '未发现违法'}"
        f"{'，有涉嫌犯罪迹象' if facts.get('crime_signs') == 'yes' else ''}。{facts.get('finding_text') or ''}"
        for code, facts in found.items()
    ]
    recused = [username for facts in (call.facts, *found.values()) for username in facts.get("recused_officers") or []]
    return HandlerResult(
        facts={
            "findings_summary": summary,
            "violation_found": any(facts.get("finding") == "violation" for facts in found.values()),
            "crime_signs_found": any(facts.get("crime_signs") == "yes" for facts in found.values()),
            "evidence_register": "\n".join(line for facts in found.values() for line in facts.get("evidence_items") or []),
            "recused_officers": list(dict.fromkeys(recused)),
        },
        note=Text(f"汇总 {len(found)} 家单位调查结果", f"Findings of {len(found)} agencies merged"),
    )
