"""分别移送与立案: what follows from fraud on the fund, each in a case of its own.

The crime goes to the police (刑法 第二百六十六条; 法发〔2024〕6号), questions of licence to the health administration, the penalty is
decided by medical insurance (医疗保障基金使用监督管理条例); those whose part is administrative only stay there.
"""

from handlers.participation import first, with_function
from workflows.contracts import CaseToOpen, HandlerCall, HandlerResult, ParticipantChange, Text


def open_fund_cases(call: HandlerCall) -> HandlerResult:
    """Open the transfer of who is suspected of a crime, the penalty of who is not, and a case at the health administration if asked for."""
    facts = call.facts
    here = first(call, "receiving").code
    known = {name: facts[name] for name in ("subject_name", "subject_code") if facts.get(name)}
    known["matter"] = "fund_fraud"
    crime = facts.get("fund_crime") == "yes"
    cases = []
    if crime:
        lead = (ParticipantChange(here, "lead", "查处欺诈骗保"),)
        suspected = {**known, "classification": "crime", "crime_name": "诈骗罪"}
        cases.append(CaseToOpen("criminal_transfer", f"移送：{call.case_title}", here, "transfer", suspected, lead))
    if crime and facts.get("fund_administrative") == "yes":
        # Another party than the suspected one: who it is stands in the penalty case's own filing.
        others = {"matter": "fund_fraud", "classification": "administrative"}
        cases.append(CaseToOpen("penalty_case", f"处罚仅负行政责任人员：{call.case_title}", here, "penalty", others))
    if not crime:
        plain = {**known, "classification": "administrative"}
        cases.append(CaseToOpen("penalty_case", f"处罚：{call.case_title}", here, "penalty", plain))
    health = with_function(call, "HEALTH")
    if facts.get("fund_licence") == "yes" and health:
        source = (ParticipantChange(here, "source", "移交执业问题线索"),)
        cases.append(CaseToOpen("joint_case", f"执业问题：{call.case_title}", health, "split", {**known, "source_agency": here}, source))
    return HandlerResult(cases=tuple(cases), note=Text(f"另案 {len(cases)} 件", f"{len(cases)} cases opened"))
