"""统计计入的处罚: which of the confirmed penalties count for the threshold of illegal practice.

法释〔2008〕5号（2016年修正）第二条第四项: only those of the health administration, for illegal practice, in force; from any region and any time.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from workflows.contracts import HandlerCall, HandlerResult, NewPenalty, RegisterEntry, Text


def count_prior_penalties(call: HandlerCall) -> HandlerResult:
    """Set `prior_effective_count` and `prior_penalty_list`; what was found outside the registers is entered into them."""
    rows = [row for row in call.facts.get("confirmed_hits") or [] if row.get("hit_identity") == "confirmed"]
    counted = {row.get("hit_number"): row for row in rows if _counts(row)}
    listed = "\n".join(map(_line, sorted(counted.values(), key=lambda row: str(row.get("hit_decided_on")))))
    missing = sum(1 for row in counted.values() if not row.get("hit_copy"))
    note = Text(
        f"计入 {len(counted)} 次，其中 {missing} 次尚缺加盖公章的决定书复印件",
        f"{len(counted)} count, {missing} of them without a certified copy",
    )
    facts = {"prior_effective_count": len(counted), "prior_penalty_list": listed, "prior_copies_missing": missing}
    return HandlerResult(facts=facts, entries=tuple(_entries(call, rows)), note=note)


def _counts(row: Mapping[str, Any]) -> bool:
    return (row.get("hit_function"), row.get("hit_act"), row.get("hit_status")) == ("HEALTH", "illegal_practice", "effective")


def _line(row: Mapping[str, Any]) -> str:
    copy = "已取得复印件" if row.get("hit_copy") else "缺复印件"
    return f"{row.get('hit_decided_on')} {row.get('hit_authority')} {row.get('hit_number')}（{copy}）"


def _entries(call: HandlerCall, rows: Iterable[Mapping[str, Any]]) -> Iterable[RegisterEntry]:
    known = {row.get("hit_number") for row in call.facts.get("penalty_hits") or []}
    for row in rows:
        if row.get("hit_number") in known or row.get("hit_source") == "own":
            continue
        yield NewPenalty(
            subject_name=str(call.facts.get("subject_name") or ""),
            subject_code=str(call.facts.get("subject_code") or ""),
            act=str(row.get("hit_act")),
            act_on=None,
            decided_on=date.fromisoformat(str(row.get("hit_decided_on"))),
            authority=str(row.get("hit_authority")),
            function=str(row.get("hit_function")),
            number=str(row.get("hit_number")),
            kinds=(),
            region=str(row.get("hit_region") or ""),
            source=row.get("hit_source") or "other_region",
            certified_copy=bool(row.get("hit_copy")),
            status=row.get("hit_status") or "effective",
        )
