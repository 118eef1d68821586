"""发起证据措施: each measure that the officers ask for is a procedure of its own under the case, with its approval and its clock."""

from workflows.contracts import CaseToOpen, HandlerCall, HandlerResult, ParticipantChange, Text

NAMES = {"registration": "先行登记保存", "seizure": "查封扣押", "appraisal": "检验鉴定", "assistance": "请求协助"}
ALONG = frozenset({"lead", "member", "superior"})
"""Capacities that take part in the measure as well: who leads the case sees what its members do."""
INHERITED = ("subject_name", "subject_code", "subject_address", "matter", "recused_officers")


def order_measures(call: HandlerCall) -> HandlerResult:
    """Open one case of `evidence_measure` for each of `measures`, at the agency of the branch."""
    holder = call.scope.rsplit("/", 1)[-1]
    known = {name: call.facts[name] for name in INHERITED if name in call.facts}
    wanted = [measure for measure in call.facts.get("measures") or [] if measure in NAMES]
    along = tuple(ParticipantChange(part.agency.code, part.capacity, "随主案参与") for part in call.participants if part.capacity in ALONG)
    cases = tuple(
        CaseToOpen(
            process="evidence_measure",
            title=f"{NAMES[measure]}：{call.case_title}",
            agency=holder,
            relation="related",
            facts={**known, "measure_kind": measure},
            participants=along,
        )
        for measure in wanted
    )
    return HandlerResult(cases=cases, note=Text(f"发起措施 {len(cases)} 项", f"{len(cases)} measures started") if cases else None)
