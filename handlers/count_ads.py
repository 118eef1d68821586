"""两年内违法次数: this act and the punished ones of the two years before it (广告法 第五十五条、第五十八条；SD-2.3).

The article counts acts. Both counts are kept, because an authority may count decisions; which one holds is chosen with the proposal.
“三次以上” includes the third.
"""

from datetime import date

from handlers.days import today
from workflows.contracts import HandlerCall, HandlerResult, Text, violations_within


def count_ads(call: HandlerCall) -> HandlerResult:
    """Set `ad_count_acts` and `ad_count_decisions`, this act included, and the numbers of the earlier decisions."""
    day = date.fromisoformat(str(call.facts["ad_act_on"])[:10])
    earlier = call.registers.ad_violations_of(str(call.facts.get("subject_name") or ""), str(call.facts.get("subject_code") or ""))
    acts = violations_within(earlier, day)
    decisions = violations_within(earlier, today(call.now), counted="decided_on")
    listed = [f"{one.number}：行为 {one.act_on.isoformat()}，决定 {one.decided_on.isoformat()}" for one in earlier]
    return HandlerResult(
        facts={"ad_count_acts": len(acts) + 1, "ad_count_decisions": len(decisions) + 1, "ad_earlier": listed},
        note=Text(
            f"两年内第 {len(acts) + 1} 次（按决定计第 {len(decisions) + 1} 次）",
            f"number {len(acts) + 1} in two years (by decisions {len(decisions) + 1})",
        ),
    )
