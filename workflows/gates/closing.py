"""A case closes last: after everything that was opened under it."""

from __future__ import annotations

from workflows.errors import GateClosed
from workflows.gates.attempt import Attempt
from workflows.gates.penalty import TRANSFER_ARTICLE, transfer_pending


def closing(attempt: Attempt) -> None:
    """A case closes only when every branch and every supervision order under it has, and never over a transfer that is still due."""
    if transfer_pending(attempt.facts):
        raise GateClosed(
            "本案涉嫌犯罪，移送尚未办结，不得结案。",
            "A crime is suspected and its transfer is not settled, so the case does not close.",
            article=TRANSFER_ARTICLE,
        )
    if attempt.open_children:
        numbers = "、".join(attempt.open_children)
        raise GateClosed(
            f"下列关联案件或督办单尚未办结：{numbers}。请先办结再结案。",
            f"These related cases or supervision orders are still open: {numbers}. Finish them first.",
            article="鲁卫医监字〔2024〕1号 二（一）5",
        )
