"""After violence an investigation goes on when the officers are protected and the evidence is accounted for."""

from __future__ import annotations

from workflows.errors import WrongAnswers
from workflows.gates.attempt import Attempt


def resume_investigation(attempt: Attempt) -> None:
    """The police protect the scene before anybody goes back there (鲁卫医监字〔2024〕1号 二（一）6)."""
    if attempt.answers.get("protection") != "arranged":
        raise WrongAnswers(
            {
                "protection": (
                    "公安机关现场保护未落实的，不得恢复调查（鲁卫医监字〔2024〕1号 二（一）6）。",
                    "The investigation does not go on before the police protect it (SD-1.6).",
                )
            }
        )
