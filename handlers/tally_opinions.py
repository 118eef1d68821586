"""汇总成员意见: who agreed to this draft of the plan, who objected, and who said nothing, which is recorded and is no consent."""

from collections.abc import Mapping
from typing import Any

from handlers.participation import agency, first
from workflows.contracts import HandlerCall, HandlerResult, Message, Text


def tally_opinions(call: HandlerCall) -> HandlerResult:
    """Set `plan_objected`, `opinions_summary`, `silent_members` and `countersign_table`; the superior hears of who was silent."""
    members = list(call.facts.get("members") or [])
    said = {code: _of_this_draft(call, code) for code in members}
    objecting = [code for code, told in said.items() if told.get("opinion") == "object"]
    silent = [code for code, told in said.items() if not told.get("opinion")]
    facts = {
        "plan_objected": bool(objecting),
        "opinions_summary": [f"{agency(call, code).name.zh}：{said[code].get('opinion_text') or '异议'}" for code in objecting],
        "silent_members": silent,
        "countersign_table": "\n".join(f"{agency(call, code).name.zh}：{_words(told)}" for code, told in said.items()),
    }
    note = Text(
        f"{len(members)} 家成员单位，异议 {len(objecting)} 家，未复 {len(silent)} 家",
        f"{len(members)} members, {len(objecting)} object, {len(silent)} silent",
    )
    return HandlerResult(facts=facts, messages=tuple(_to_superior(call, code) for code in silent if _superior(call, code)), note=note)


def _of_this_draft(call: HandlerCall, code: str) -> Mapping[str, Any]:
    told = call.branches.get(code, {})
    given, asked = str(told.get("opinion_given_at") or ""), str(call.facts.get("opinions_asked_at") or "")
    return told if given >= asked else {}


def _words(told: Mapping[str, Any]) -> str:
    given = {"agree": "同意", "object": "有异议"}.get(str(told.get("opinion")), "逾期未复，如实记录，不视为同意")
    return f"{given}。{told.get('opinion_text') or ''}"


def _superior(call: HandlerCall, code: str) -> str | None:
    return agency(call, code).parent


def _to_superior(call: HandlerCall, code: str) -> Message:
    return Message(
        kind="plan_silence",
        to_agency=str(_superior(call, code)),
        subject=Text(f"成员单位未复会签：{call.case_number}", f"No opinion on the plan: {call.case_number}"),
        text=Text(
            f"{agency(call, code).name.zh}未在期限内会签{first(call, 'lead').name.zh}牵头案件的联合执法方案，请督促。",
            f"{agency(call, code).name.local('en')} gave no opinion in time; please see to it.",
        ),
    )
