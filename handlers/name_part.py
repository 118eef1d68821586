"""确定填报内容: which indicators a department answers for follows from its function (浙卫发函〔2022〕42号 附件1)."""

from workflows.contracts import HandlerCall, HandlerResult

WITH_INDICATORS = frozenset({"HEALTH", "CAC", "PSB", "COMM", "AMR", "RTV", "HSA", "MPA"})


def name_part(call: HandlerCall) -> HandlerResult:
    """Set `part_function` in the department's branch: its function, or OTHER where annex 1 has nothing for it."""
    own = call.scope.rpartition("/")[2]
    function = next((ref.function for ref in call.registers.agencies() if ref.code == own), "")
    return HandlerResult(facts={"part_function": function if function in WITH_INDICATORS else "OTHER"})
