"""Foreign diagrams that mean something: made of blocks within blocks, in the sloppy ways in which tools let people draw them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count, pairwise
from random import Random

from tests.factories.foreign import flows, foreign, lanes

TASKS = ("userTask", "task", "manualTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "businessRuleTask")
CONDITIONS = ('${x == "a"}', "=amount > 10", "${ok}", "${strange(1)}", "")


@dataclass
class Drawing:
    """A process in the making: its steps as XML, its flows as roads."""

    chance: Random
    nodes: list[tuple[str, str]] = field(default_factory=list)
    roads: list[str] = field(default_factory=list)
    numbers: count = field(default_factory=count)
    branching: bool = False

    def step(self, kind: str, inside: str = "", more: str = "") -> str:
        name = f"n{next(self.numbers)}"
        title = f' name="{name}"' if self.chance.random() < 0.8 else ""
        self.nodes.append((name, f'<{kind} id="{name}"{title}{more}>{inside}</{kind}>'))
        return name

    def road(self, *stops: str, condition: str = "") -> None:
        self.roads.append(" ".join(stops) + (f" | {condition}" if condition else ""))

    def block(self, depth: int) -> tuple[str, str]:
        """Something with one way in and one way out: its first and its last step."""
        kinds = (
            [self.task] * 3
            if depth <= 0
            else [
                self.task,
                self.sequence,
                self.choice,
                self.together,
                self.together_loosely,
                self.some,
                self.again,
                self.again_loosely,
                self.held,
            ]
        )
        return self.chance.choice(kinds)(depth - 1)

    def task(self, _depth: int) -> tuple[str, str]:
        name = self.step(self.chance.choice(TASKS))
        if self.chance.random() < 0.15:
            kind, cancel = self.chance.choice(["message", "timer", "escalation", "error"]), self.chance.choice(["true", "false"])
            cancel = "true" if kind == "error" else cancel
            event = self.step(
                "boundaryEvent", f'<{kind}EventDefinition id="{name}_d"/>', f' attachedToRef="{name}" cancelActivity="{cancel}"'
            )
            if cancel == "false" and self.chance.random() < 0.5:
                self.road(event, self.task(0)[0])
            elif cancel == "true":
                after = self.step("exclusiveGateway")
                self.road(name, after)
                self.road(event, after)
                return name, after
        return name, name

    def sequence(self, depth: int) -> tuple[str, str]:
        parts = [self.block(depth) for _ in range(self.chance.randint(2, 3))]
        for before, after in pairwise(parts):
            self.road(before[1], after[0])
        return parts[0][0], parts[-1][1]

    def choice(self, depth: int) -> tuple[str, str]:
        split, join = self.step("exclusiveGateway"), self.step(self.chance.choice(["exclusiveGateway", "task"]))
        for _ in range(self.chance.randint(2, 3)):
            first, last = self.block(depth)
            self.road(split, first, condition=self.chance.choice(CONDITIONS))
            self.road(last, join)
        return split, join

    def together(self, depth: int) -> tuple[str, str]:
        return self._all("parallelGateway", self.step("parallelGateway"), depth)

    def together_loosely(self, depth: int) -> tuple[str, str]:
        return self._all("parallelGateway", self.step("task"), depth)

    def some(self, depth: int) -> tuple[str, str]:
        return self._all("inclusiveGateway", self.step("inclusiveGateway"), depth)

    def _all(self, kind: str, split: str, depth: int) -> tuple[str, str]:
        join = self.step(kind)
        for _ in range(self.chance.randint(2, 3)):
            first, last = self.block(depth)
            self.road(split, first, condition=self.chance.choice(CONDITIONS) if kind == "inclusiveGateway" else "")
            self.road(last, join)
        return split, join

    def again(self, depth: int) -> tuple[str, str]:
        back, check = self.step("exclusiveGateway"), self.step("exclusiveGateway")
        first, last = self.block(depth)
        self.road(back, first)
        self.road(last, check)
        self.road(check, back, condition=self.chance.choice(CONDITIONS))
        return back, check

    def again_loosely(self, _depth: int) -> tuple[str, str]:
        first, check = self.step("userTask"), self.step("exclusiveGateway")
        self.road(first, check)
        self.road(check, first, condition=self.chance.choice(CONDITIONS))
        return first, check

    def held(self, depth: int) -> tuple[str, str]:
        own = Drawing(self.chance, numbers=self.numbers)
        first, last = own.block(depth)
        begun, ended = own.entered(first), own.left(last)
        if begun or self.chance.random() < 0.5:
            own.road(own.step("startEvent"), first)
        if ended or self.chance.random() < 0.5:
            own.road(last, own.step("endEvent"))
        name = self.step("subProcess", own.text())
        return name, name

    def entered(self, step: str) -> bool:
        return any(road.partition("|")[0].split()[-1] == step for road in self.roads)

    def left(self, step: str) -> bool:
        return any(road.partition("|")[0].split()[0] == step for road in self.roads)

    def text(self) -> str:
        return "".join(node for _, node in self.nodes) + flows(*self.roads)


def program(chance: Random) -> bytes:
    """A foreign file with one process of blocks; with or without lanes, start, end, picture."""
    drawing = Drawing(chance)
    first, last = drawing.block(3)
    begun, ended = drawing.entered(first), drawing.left(last)
    if begun or chance.random() < 0.7:
        drawing.road(drawing.step("startEvent"), first)
    if ended or chance.random() < 0.7:
        drawing.road(last, drawing.step("endEvent"))
    laned = ""
    if chance.random() < 0.5:
        half = len(drawing.nodes) // 2
        names = [name for name, _ in drawing.nodes]
        chance.shuffle(names)
        laned = lanes(First=" ".join(names[:half]), Second=" ".join(names[half:]))
    return foreign({"p": laned + drawing.text()}, picture=chance.random() < 0.3, prefix=chance.choice(["", "semantic", "bpmn2"]))
