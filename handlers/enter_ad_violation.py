"""登记违法并通报: the punished advertisement enters the register, the health administration hears of it, what is online or a crime goes on.

SD-2.3: market regulation shares its decisions with the health administration; 广告法 第六十七条 for broadcasters; 刑法 第二百二十二条.
"""

from datetime import date

from handlers.participation import first, with_function
from workflows.contracts import CaseToOpen, HandlerCall, HandlerResult, Message, NewAdViolation, ParticipantChange, Text

OFTEN = 3
"""三次以上 includes the third."""


def enter_ad_violation(call: HandlerCall) -> HandlerResult:
    """Set `ad_refusal_due` (three in two years by the day that counts, or serious); open the cases that follow."""
    facts = call.facts
    counted = facts.get("ad_count_decisions" if facts.get("ad_counted_day") == "decision" else "ad_count_acts") or 1
    due = counted >= OFTEN or facts.get("ad_seriousness") == "serious"
    name, code = str(facts.get("subject_name") or ""), str(facts.get("subject_code") or "")
    entry = NewAdViolation(
        subject_name=name,
        subject_code=code,
        act_on=_day(facts["ad_act_on"]),
        decided_on=_day(facts.get("ad_decided_on") or call.now.date().isoformat()),
        basis="55" if facts.get("ad_basis") == "55" else "measures" if facts.get("ad_basis") == "measures" else "58",
        number=call.case_number,
    )
    told = [
        code_of for function in ("HEALTH", "RTV") if (code_of := with_function(call, function)) and _tells(function, facts.get("ad_medium"))
    ]
    messages = tuple(
        Message(
            kind="ad_decided",
            to_agency=agency,
            subject=Text(f"违法医疗广告通报：{call.case_number}", f"Unlawful advertisement: {call.case_number}"),
            text=Text(f"{name}两年内第 {counted} 次违法发布医疗广告。", f"{name}: number {counted} in two years."),
            documents=("通报函",),
        )
        for agency in told
    )
    joins = tuple(ParticipantChange(agency, "member", "违法医疗广告通报") for agency in told)
    return HandlerResult(
        facts={"ad_refusal_due": due}, entries=(entry,), messages=messages, participants=joins, cases=_following(call),
        note=Text(f"登记违法广告，两年内第 {counted} 次", f"Entered, number {counted} in two years"),
    )  # fmt: skip


def _tells(function: str, medium: object) -> bool:
    return function == "HEALTH" or medium == "broadcast"


def _day(text: object) -> date:
    return date.fromisoformat(str(text)[:10])


def _following(call: HandlerCall) -> tuple[CaseToOpen, ...]:
    facts = {name: call.facts[name] for name in ("subject_name", "subject_code") if call.facts.get(name)}
    here = first(call, "receiving").code
    wanted = []
    if call.facts.get("ad_medium") == "online":
        known = {**facts, "determiner_function": first(call, "receiving").function}
        wanted.append(CaseToOpen("harmful_info", f"违法广告清理：{call.case_title}", here, "linked", known))
    if call.facts.get("ad_crime_signs") == "yes":
        lead = (ParticipantChange(here, "lead", "移送涉嫌虚假广告罪"),)
        known = {**facts, "crime_name": "虚假广告罪", "classification": "crime"}
        wanted.append(CaseToOpen("criminal_transfer", f"移送：{call.case_title}", here, "transfer", known, lead))
    return tuple(wanted)
