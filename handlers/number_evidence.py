"""证据编号登记: every item of a member's evidence gets its number, and a seal by which a later change would show.

The seal is the SHA-256 over the item as it was entered, its file's own SHA-256 included, and over the seal before it.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from handlers.participation import agency
from workflows.contracts import HandlerCall, HandlerResult, Text


def number_evidence(call: HandlerCall) -> HandlerResult:
    """Set `evidence_items` of the branch: one line for each item with number, kind, custodian, place, file digest and seal."""
    holder = agency(call, call.scope.rsplit("/", 1)[-1]).name.zh if call.scope else ""
    lines, seal = [], ""
    for number, item in enumerate(call.facts.get("evidence") or [], start=1):
        seal = hashlib.sha256((seal + json.dumps(item, ensure_ascii=False, sort_keys=True)).encode()).hexdigest()
        lines.append(_line(f"{holder}证{number:02d}", item, seal))
    return HandlerResult(facts={"evidence_items": lines}, note=Text(f"登记证据 {len(lines)} 项", f"{len(lines)} items of evidence entered"))


def _line(number: str, item: Mapping[str, Any], seal: str) -> str:
    digest = item.get("evidence_digest")
    parts = [
        f"{number} {item.get('evidence_name')}",
        f"{item.get('evidence_count') or 1} 件",
        f"保管 {item.get('evidence_custodian') or '承办人'}，{item.get('evidence_place') or '案卷'}",
        *([f"附件 SHA-256 {digest}"] if digest else []),
        f"封存 {seal[:16]}",
    ]
    return "；".join(parts)
