"""A case that comes back from police, procuratorate or court: no penalty after its time (行政处罚法 第三十六条)."""

from __future__ import annotations

from workflows.errors import GateClosed
from workflows.gates.attempt import Attempt

LIMITATION_ARTICLE = "《行政处罚法》第三十六条"


def reverse_decision(attempt: Attempt) -> None:
    """An act that nobody discovered in time is not penalised any more."""
    if attempt.answers.get("reverse_decision") == "penalise" and attempt.facts.get("limitation") == "expired":
        raise GateClosed(
            "违法行为超过处罚时效未被发现，不再给予行政处罚；请选择不予处罚并说明理由回复。",
            "The act was not discovered in time, so there is no penalty any more. Reply with reasons instead.",
            article=LIMITATION_ARTICLE,
        )
