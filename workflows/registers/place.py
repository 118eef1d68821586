"""What the place decides about the registers: a setting of its jurisdiction file, where it has one."""

from __future__ import annotations

from typing import Any

from workflows.rulebook import jurisdiction


def setting(name: str) -> Any:
    """The value of a setting, written plainly or with its source beside it; None where the place says nothing."""
    written = (jurisdiction().get("settings") or {}).get(name)
    return written.get("value") if isinstance(written, dict) else written
