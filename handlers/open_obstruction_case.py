"""另案办理抗法行为: the obstruction is the police's own case, apart from the medical one (刑法 第二百七十七条; 治安管理处罚法)."""

from handlers.participation import agency, first, with_function
from workflows.contracts import CaseToOpen, HandlerCall, HandlerResult, ParticipantChange, Text

CARRIED = ("subject_name", "attack_facts", "attack_place", "attacked_at", "acceptance_no")


def open_obstruction_case(call: HandlerCall) -> HandlerResult:
    """Open a case of the obstruction at the police unless they did not accept the report."""
    police = with_function(call, "PSB")
    if police is None or call.facts.get("obstruction_track") == "none":
        return HandlerResult(note=Text("公安机关未受理", "The police did not accept the report"))
    known = {name: call.facts[name] for name in CARRIED if call.facts.get(name)}
    reporter = ParticipantChange(first(call, "receiving").code, "source", "报案机关")
    case = CaseToOpen("obstruction_case", f"阻碍执行职务：{call.case_title}", police, "resistance", known, (reporter,))
    return HandlerResult(cases=(case,), note=Text(f"{agency(call, police).name.zh}受案", f"Accepted by {agency(call, police).name.en}"))
