"""Whether a running case may go on by another version of its process, and what somebody has to decide first.

A case's state names what it stands on and what it has done; nothing else of the version is in it. So it may move where everything
that it stands on is in the new version and means the same: the same kind of element, in the same scope, with the same events around
it, and nothing changed within a parallel block that is under way, whose join counts the ways that lead to it. Where the new version asks
for something that the case has passed, or hands an open task to somebody else, it could move, but a person has to want it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from workflows.case_migration.reach import Ahead
from workflows.contracts import Text
from workflows.engine.bundle import Bundle
from workflows.engine.diagram import ACTIVITIES, Diagram, Element
from workflows.engine.elements import EngineError
from workflows.engine.running_case import RunningCase, Standing, Waiting
from workflows.engine.state import UnknownState

BLOCKED, DECIDE, NOTE = "blocked", "decide", "note"
MOVES = "moves"
RANK = (BLOCKED, DECIDE)


@dataclass(frozen=True)
class Reason:
    """Why a case cannot move, or what has to be decided or known: `weight` is blocked, decide or note."""

    weight: str
    rule: str
    process: str
    element: str
    message: Text


def verdict(reasons: Collection[Reason]) -> str:
    """`blocked`, `decide` or `moves`."""
    weights = {reason.weight for reason in reasons}
    return next((weight for weight in RANK if weight in weights), MOVES)


def judge(
    old: Bundle, new: Bundle, standing: Standing, facts: Collection[str], provided: Mapping[str, frozenset[str]]
) -> tuple[Reason, ...]:
    """Every reason, the gravest first. `facts`: names of what the case knows; `provided`: the facts that each service sets."""
    found = [*_places(old, new, standing), *_passed(old, new, standing)]
    if not any(reason.weight == BLOCKED for reason in found):
        found += _left_out(old, new, standing)
        found += _unknown(old, new, standing, facts, provided)
    order = (BLOCKED, DECIDE, NOTE)
    return tuple(sorted(dict.fromkeys(found), key=lambda reason: (order.index(reason.weight), reason.process, reason.element, reason.rule)))


def tried(running: RunningCase, new: Bundle) -> tuple[RunningCase | None, Reason | None]:
    """The case as it would be on the new version, a copy that was saved and read again; or why there is none."""
    try:
        copy = RunningCase.restore(new, running.facts, running.save())
        again = RunningCase.restore(new, running.facts, copy.save())
    except (KeyError, UnknownState, EngineError) as error:
        zh, en = f"案件状态在新版本中无法还原（{error}）。", f"The state of the case cannot be restored on the new version ({error})."
        return None, Reason(BLOCKED, "not_restored", running.bundle.process, "", Text(zh, en))
    if not _waits(running) == _waits(copy) == _waits(again) or copy.stuck or copy.closed:
        zh, en = "在副本上试迁后，等待中的任务与迁移前不一致。", "On a copy, what waits was not the same after the move."
        return None, Reason(BLOCKED, "not_the_same", running.bundle.process, "", Text(zh, en))
    return again, None


def _waits(case: RunningCase) -> list[tuple[object, ...]]:
    def shown(token: Waiting) -> tuple[object, ...]:
        return token.id, token.process, token.element.id, token.branch, token.via

    return [shown(token) for token in (*case.people(), *case.timers())] + [shown(token)[1:] for token in case.events()]


def _places(old: Bundle, new: Bundle, standing: Standing) -> Iterator[Reason]:
    for scope, here in standing.under_way.items():
        home = old.homes[scope]
        if new.homes.get(scope) != home:
            name = _scope_name(old, scope)
            said = Text(f"在办的「{name.zh}」在新版本中没有了。", f"“{name.local('en')}”, which is under way, is not in the new version.")
            yield Reason(BLOCKED, "scope_gone", home, scope, said)
            continue
        was, now = old.diagrams[home], new.diagrams[home]
        for element in sorted(here):
            yield from _element(was, now, was.elements[element])
        yield from _block(was, now, scope, home)


def _element(was: Diagram, now: Diagram, before: Element) -> Iterator[Reason]:
    zh, en = _called(before)
    after = now.elements.get(before.id)
    if after is None:
        yield _reason(
            BLOCKED, "place_gone", was, before, f"{zh}正在办理，新版本中没有它。", f"{en} is under way and is not in the new version."
        )
    elif _kind(before) != _kind(after):
        said_en = f"{en} is under way and is something else in the new version (kind, call, branches or event)."
        yield _reason(
            BLOCKED, "place_changed", was, before, f"{zh}正在办理，新版本中变成了另一种元素（类型、调用、分支或事件不同）。", said_en
        )
    elif _around(was, before) != _around(now, after):
        said_en = f"The events that {en} waits with are others in the new version."
        yield _reason(BLOCKED, "events_changed", was, before, f"{zh}正在等待，新版本中与它一起等待的事件不同。", said_en)
    else:
        yield from _told(was, before, after)


def _told(was: Diagram, before: Element, after: Element) -> Iterator[Reason]:
    """What changes for an element that stays: who does it is a decision, the rest is good to know."""
    zh, en = _called(before)
    if before.kind == "userTask" and (before.agency, before.role) != (after.agency, after.role):
        said_en = f"{en} is open and would go to other people ({after.agency}, {after.role})."
        yield _reason(
            DECIDE, "other_people", was, before, f"{zh}正在办理，迁移后改由其他单位或角色办理（{after.agency}、{after.role}）。", said_en
        )
    if before.clock != after.clock:
        said_en = f"The clock of {en} is another rule now; the one that runs stays as it is."
        yield _reason(NOTE, "other_clock", was, before, f"{zh}的期限规则已更换；已开始计算的期限不变。", said_en)
    if before.gate != after.gate:
        yield _reason(NOTE, "other_gate", was, before, f"{zh}办结时适用新的关卡。", f"{en} is finished through another gate.")
    if before.form != after.form:
        yield _reason(NOTE, "other_form", was, before, f"{zh}改用另一张表单。", f"{en} has another form.")


def _block(was: Diagram, now: Diagram, scope: str, home: str) -> Iterator[Reason]:
    """A join counts the ways that lead to it: within a parallel block nothing may be added or taken away."""
    within = "" if scope == home else scope
    if not any(one.kind == "parallelGateway" for one in was.elements.values() if one.within == within):
        return
    if _structure(was, within) != _structure(now, within):
        said = Text(
            "并行环节正在办理，新版本改变了其中的步骤或走向；会合处将等不齐。",
            "A parallel stage is under way, and the new version changes the steps or ways in it; its join would wait for ever.",
        )
        yield Reason(BLOCKED, "block_changed", home, within or home, said)


def _passed(old: Bundle, new: Bundle, standing: Standing) -> Iterator[Reason]:
    """What was done must still be there, so that the record of the case can be read on its diagram."""
    for scope, done in standing.done.items():
        home = old.homes[scope]
        was, now = old.diagrams[home], new.diagrams.get(home)
        for before in (was.elements[name] for name in sorted(done) if name in was.elements):
            after = now.elements.get(before.id) if now else None
            if before.kind in ACTIVITIES and (after is None or after.kind != before.kind):
                zh, en = _called(before)
                said_en = f"{en} was done in this case and is not in the new version, or is something else there."
                yield _reason(BLOCKED, "done_gone", was, before, f"{zh}本案已经办过，新版本中没有它或类型不同。", said_en)


def _left_out(old: Bundle, new: Bundle, standing: Standing) -> Iterator[Reason]:
    """Steps that the new version adds where the case has passed already: nobody will do them."""
    ahead = Ahead(new, standing)
    entered = {*standing.under_way, *standing.done}
    for process, now in new.diagrams.items():
        was = old.diagrams.get(process)
        for element in now.elements.values():
            scope = element.within or process
            if was is None or element.kind not in ACTIVITIES or element.id in was.elements or scope not in entered:
                continue
            zh, en = _called(element)
            if (process, element.id) not in ahead.elements:
                said_en = f"The new version adds {en} where this case has passed: it will not be done."
                yield _reason(DECIDE, "left_out", now, element, f"新版本增加了{zh}，本案已过此处，不会再办理。", said_en)
            elif ahead.passed_by(process, element.id):
                said_en = f"The new version adds {en} where this case has passed: it will be done only if the case is sent back."
                yield _reason(DECIDE, "left_out", now, element, f"新版本增加了{zh}，本案已过此处，退回重办时才会办理。", said_en)


def _unknown(
    old: Bundle, new: Bundle, standing: Standing, facts: Collection[str], provided: Mapping[str, frozenset[str]]
) -> Iterator[Reason]:
    """Facts that the new version reads further on and that nobody will say any more."""
    for name in sorted(Ahead(new, standing).unsaid(facts, provided) - Ahead(old, standing).unsaid(facts, provided)):
        said = Text(
            f"后续判断要用到“{name}”，填写它的步骤本案已经办过。",
            f"A later decision reads “{name}”, and this case has passed the step that says it.",
        )
        yield Reason(DECIDE, "fact_unsaid", new.process, "", said)


def _kind(element: Element) -> tuple[object, ...]:
    repeated = (element.collection, element.sequential)
    return element.kind, element.within, element.called, *repeated, element.event, element.message.zh, element.attached, element.interrupts


def _around(diagram: Diagram, element: Element) -> set[tuple[object, ...]]:
    """The events that wait with it: on its edge, or behind an event gateway."""
    behind = [diagram.elements[flow.target] for flow in diagram.outgoing(element.id)] if element.kind == "eventBasedGateway" else []
    return {(event.id, *_kind(event)) for event in (*diagram.boundary(element.id), *behind)}


def _structure(diagram: Diagram, within: str) -> tuple[object, ...]:
    members = {element.id: element.kind for element in diagram.elements.values() if element.within == within}
    return members, {(flow.source, flow.target) for flow in diagram.flows if flow.source in members}


def _scope_name(bundle: Bundle, scope: str) -> Text:
    diagram = bundle.diagrams[bundle.homes[scope]]
    name = diagram.name if diagram.process == scope else diagram.elements[scope].name
    return name if name.zh else Text(scope)


def _called(element: Element) -> tuple[str, str]:
    return f"「{element.name.zh or element.id}」", f"“{element.name.local('en') or element.id}”"


def _reason(weight: str, rule: str, diagram: Diagram, element: Element, zh: str, en: str) -> Reason:
    return Reason(weight, rule, diagram.process, element.id, Text(zh, en))
