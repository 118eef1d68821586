"""确定会签单位: a joint case is published jointly: the lead and every member sign (鲁卫医监字〔2024〕1号 二（一）5)."""

from handlers.participation import having, leading
from workflows.contracts import HandlerCall, HandlerResult, Text


def collect_signers(call: HandlerCall) -> HandlerResult:
    """Set `publication_signers` (agency codes, the lead first) and `publication_route`: `amr` where market regulation punished."""
    lead = leading(call)
    signers = list(dict.fromkeys([lead.code, *having(call, "member")]))
    route = "amr" if lead.function == "AMR" else "double"
    return HandlerResult(
        facts={"publication_signers": signers, "publication_route": route},
        note=Text(f"{len(signers)} 家单位联合会签", f"{len(signers)} agencies sign together"),
    )
