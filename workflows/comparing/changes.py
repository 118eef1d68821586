"""What a change is, and the words that name it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workflows.contracts import Text
from workflows.functions import FUNCTION_NAMES
from workflows.gates.names import NAMES as GATE_NAMES
from workflows.vocabulary import CAPACITIES, ROLES

EXECUTION, PROOF, WORDS, LAYOUT = "execution", "proof", "words", "layout"
EFFECTS = (EXECUTION, PROOF, WORDS, LAYOUT)
"""How cases run; what is proved and tried before publishing; what people read; where shapes stand. In the order of their weight."""
MIRRORED = {"added": "removed", "removed": "added"}
LONGEST = 400
"""Characters of a value that is told; conditions and clauses are shorter."""
NOTHING = Text("")
WHOLE = Text("整个文件", "the whole file")
YES, NO = Text("是", "yes"), Text("否", "no")
Names = Mapping[str, Mapping[str, Text]]
"""What people call the values of a kind: `clock`, `service`, `decision`, `form`, `called`."""


@dataclass(frozen=True)
class Change:
    """One difference. `kind`: added, removed, changed, moved; `part`: diagram, form, table, rules, manifest, document, other."""

    effect: str
    kind: str
    part: str
    file: str
    aspect: Text
    """What of it: the form, the lane's role, a cell …"""
    old: Text = NOTHING
    new: Text = NOTHING
    place: str = ""
    """The element, flow or lane, the field, the row, or the way to an entry; empty for the whole file."""
    subject: Text = field(default=NOTHING, compare=False)
    """What the place is called in the newer file, or in the older where that one has it alone."""
    process: str = field(default="", compare=False)
    """Of a diagram: the process that it draws."""

    @property
    def mirrored(self) -> Change:
        """The same difference, seen from the other side."""
        return replace(self, kind=MIRRORED.get(self.kind, self.kind), old=self.new, new=self.old)


def told(value: Any, kind: str = "", names: Names | None = None) -> Text:
    """A value as people read it; what has no name is told as it stands in the file."""
    if isinstance(value, Text):
        return value
    if value is None or value in ("", ()):
        return NOTHING
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, tuple):
        return Text("、".join(map(str, value))[:LONGEST], ", ".join(map(str, value))[:LONGEST])
    known = {**OWN_NAMES, **(names or {})}.get(kind, {})
    parts = [known.get(part, Text(part, part)) for part in str(value).split(";")] if known else [Text(str(value)[:LONGEST])]
    return Text("、".join(part.zh for part in parts), ", ".join(part.en or part.zh for part in parts))


def changed(shared: Change, old: Text, new: Text) -> Change:
    """`shared` with its values, as added, removed or changed by whether one of them is nothing."""
    kind = "added" if old == NOTHING else "removed" if new == NOTHING else "changed"
    return replace(shared, kind=kind, old=old, new=new)


def weightiest(changes: Iterable[Change]) -> str:
    """The heaviest effect among them; empty where there is no change."""
    found = {change.effect for change in changes}
    return next((effect for effect in EFFECTS if effect in found), "")


KINDS = {
    "startEvent": Text("开始事件", "start event"),
    "endEvent": Text("结束事件", "end event"),
    "userTask": Text("人工任务", "user task"),
    "serviceTask": Text("服务任务", "service task"),
    "businessRuleTask": Text("决策任务", "decision task"),
    "exclusiveGateway": Text("排他网关", "exclusive gateway"),
    "parallelGateway": Text("并行网关", "parallel gateway"),
    "eventBasedGateway": Text("事件网关", "event gateway"),
    "subProcess": Text("子流程", "subprocess"),
    "callActivity": Text("调用流程", "call activity"),
    "intermediateCatchEvent": Text("中间事件", "catching event"),
    "boundaryEvent": Text("边界事件", "boundary event"),
}
OWN_NAMES: Names = {
    "agency": {**FUNCTION_NAMES, **CAPACITIES},
    "role": ROLES,
    "gate": {key: name for key, (name, _) in GATE_NAMES.items()},
    "kind": KINDS,
    "event": {"message": Text("消息", "a message"), "timer": Text("期限", "a clock")},
}
