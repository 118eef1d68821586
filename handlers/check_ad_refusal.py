"""核查限制登记: an application on a day within a refusal is not accepted (广告法 第五十五条第一款、第五十八条第二款)."""

from datetime import date

from workflows.contracts import HandlerCall, HandlerResult, Text


def check_ad_refusal(call: HandlerCall) -> HandlerResult:
    """Set `ad_refused`, and under which refusal, for the applicant on the day of the application."""
    day = date.fromisoformat(str(call.facts.get("application_on") or call.now.date().isoformat())[:10])
    name, code = str(call.facts.get("subject_name") or ""), str(call.facts.get("subject_code") or "")
    found = call.registers.ad_refusal_on(name, code, day)
    if found is None:
        return HandlerResult(facts={"ad_refused": False, "ad_refused_by": ""}, note=Text("未查到限制登记", "No refusal found"))
    words = f"{found.number}（{found.basis}），{found.since.isoformat()} 至 {found.until.isoformat()}"
    return HandlerResult(
        facts={"ad_refused": True, "ad_refused_by": words},
        note=Text(f"限制期内：{words}", f"Refused by {found.number} until {found.until.isoformat()}"),
    )
