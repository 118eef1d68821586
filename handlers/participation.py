"""Look-ups on a call that several services need."""

from __future__ import annotations

from workflows.contracts import AgencyRef, HandlerCall, nearest


def agency(call: HandlerCall, code: str) -> AgencyRef:
    """The agency with this code. Raises LookupError saying which one is missing."""
    for ref in call.registers.agencies():
        if ref.code == code:
            return ref
    raise LookupError(f"机关 {code} 不在机构目录中 / no agency {code!r} in the directory")


def with_function(call: HandlerCall, function: str) -> str | None:
    """The agency with this function nearest to the receiving one, or None."""
    return nearest(call.registers.agencies(), function, first(call, "receiving"))


def first(call: HandlerCall, capacity: str) -> AgencyRef:
    """The agency that takes part in `capacity`. Raises LookupError when there is none."""
    for part in call.participants:
        if part.capacity == capacity:
            return part.agency
    raise LookupError(f"本案没有{capacity}单位 / no agency takes part as {capacity}")


def having(call: HandlerCall, capacity: str) -> list[str]:
    """Codes of every agency that takes part in `capacity`."""
    return [part.agency.code for part in call.participants if part.capacity == capacity]
