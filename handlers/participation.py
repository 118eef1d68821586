"""Look-ups on a call that several services need."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.contracts import AgencyRef, HandlerCall, Message, ParticipantChange, Text, nearest

PLAN = Text("联合执法方案", "plan of joint enforcement")
"""What the plan of a case is called where the place has no word of its own."""


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


def same_level(call: HandlerCall, function: str, near: AgencyRef) -> AgencyRef | None:
    """The agency with this function at the level of `near`, in its region if there is one; None without one of that level."""
    having = [ref for ref in call.registers.agencies() if ref.function == function and ref.level == near.level]
    return next((ref for ref in sorted(having, key=lambda ref: ref.region != near.region)), None)


def leading(call: HandlerCall) -> AgencyRef:
    """The lead, or the receiving agency where nobody leads."""
    return first(call, "lead") if having(call, "lead") else first(call, "receiving")


def tell(codes: Iterable[str], kind: str, subject: Text, text: Text, documents: tuple[str, ...] = ()) -> tuple[Message, ...]:
    """The same message to each of the agencies once."""
    return tuple(
        Message(kind=kind, to_agency=code, subject=subject, text=text, documents=documents) for code in dict.fromkeys(codes) if code
    )


SENDERS = {"psb": "PSB", "court": "COURT"}


def sender_of(call: HandlerCall) -> str:
    """The code of the agency that handed a case back: the one named, else the police, court or procuratorate here; '' for none."""
    return str(call.facts.get("reverse_sender") or with_function(call, SENDERS.get(str(call.facts.get("reverse_source")), "PROC")) or "")


def addressed(call: HandlerCall, code: str, cause: str) -> tuple[ParticipantChange, ...]:
    """`code` becomes the addressee of this case, and whoever was it before no longer is."""
    former = [ParticipantChange(other, "addressee", "改送其他机关", ends=True) for other in having(call, "addressee") if other != code]
    return (*former, ParticipantChange(code, "addressee", cause))
