"""Where the steps of a process go when nobody has drawn them: columns by the order of the steps, a band for each lane.

Every step has a cell of its own. A flow to the next column in the same row is straight; every other one leaves into the gap between
two columns, goes along a gap between two rows on a line of its own and enters from the gap before its target. So no flow runs
through a step or upon another, whatever the diagram; crossings may remain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate

from workflows.picture.reading import Box, Point

GAP, LINE, MARGIN = 50.0, 12.0, 30.0
"""Between columns and rows without lines; between two lines in a gap; around the content of a subprocess."""
HEAD = 60.0
"""What a boundary event and the name of an event take below a row."""


@dataclass(frozen=True)
class Step:
    """What is to be placed: its size, its lane ('' without lanes), and on whose edge it sits, if on any."""

    id: str
    width: float
    height: float
    lane: str = ""
    host: str = ""


@dataclass(frozen=True)
class Arrow:
    """A flow between two steps."""

    id: str
    source: str
    target: str


@dataclass(frozen=True)
class Layout:
    """Boxes by step, bends by flow, and for each lane where it begins and ends from top to bottom; the whole begins at 0, 0."""

    boxes: Mapping[str, Box]
    bends: Mapping[str, tuple[Point, ...]]
    bands: Mapping[str, tuple[float, float]]
    width: float
    height: float

    def moved(self, dx: float, dy: float) -> Layout:
        """The same somewhere else."""
        return replace(
            self,
            boxes={name: replace(box, x=box.x + dx, y=box.y + dy) for name, box in self.boxes.items()},
            bends={name: tuple((x + dx, y + dy) for x, y in points) for name, points in self.bends.items()},
            bands={name: (top + dy, bottom + dy) for name, (top, bottom) in self.bands.items()},
        )


def lay_out(steps: Iterable[Step], arrows: Iterable[Arrow], lanes: Iterable[str] = ()) -> Layout:
    """Place the steps of one scope and its flows; `lanes` from top to bottom."""
    every = list(steps)
    hosts = {step.id for step in every if not step.host}
    loose = [step for step in every if step.host not in hosts]
    return _Table(loose, [step for step in every if step.host in hosts], list(arrows), list(lanes) or [""]).drawn()


@dataclass
class _Table:
    steps: list[Step]
    edge_events: list[Step]
    arrows: list[Arrow]
    lanes: list[str]
    column: dict[str, int] = field(default_factory=dict)
    row: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sizes = {step.id: step for step in self.steps}
        self.hosts = {event.id: event.host for event in self.edge_events}
        known = self.sizes.keys() | self.hosts.keys()
        self.arrows = [arrow for arrow in self.arrows if {arrow.source, arrow.target} <= known and arrow.target in self.sizes]
        self._columns()
        self._rows()

    def _columns(self) -> None:
        """The longest way from a beginning, without the flows that lead back."""
        ahead: dict[str, list[str]] = {step.id: [] for step in self.steps}
        for arrow in self.arrows:
            ahead[self.hosts.get(arrow.source, arrow.source)].append(arrow.target)
        entered = {arrow.target for arrow in self.arrows}
        order = _depth_first([step.id for step in self.steps if step.id not in entered] + [step.id for step in self.steps], ahead)
        place = {name: number for number, name in enumerate(order)}
        self.column = dict.fromkeys(order, 0)
        for name in order:
            for target in ahead[name]:
                if place[target] > place[name]:
                    self.column[target] = max(self.column[target], self.column[name] + 1)

    def _rows(self) -> None:
        """In the row of a predecessor where its cell is free and in the same lane, else in the first free row of the lane."""
        before: dict[str, list[str]] = {}
        for arrow in self.arrows:
            before.setdefault(arrow.target, []).append(self.hosts.get(arrow.source, arrow.source))
        taken: set[tuple[str, int, int]] = set()
        within: dict[str, int] = {}
        lane = {step.id: step.lane if step.lane in self.lanes else self.lanes[0] for step in self.steps}
        for name in sorted(self.column, key=lambda one: self.column[one]):
            own, column = lane[name], self.column[name]
            wished = [within[one] for one in before.get(name, []) if one in within and lane[one] == own]
            row = next((one for one in [*wished, *range(len(self.steps))] if (own, column, one) not in taken), 0)
            taken.add((own, column, row))
            within[name] = row
        heights = {one: 1 + max((within[name] for name in within if lane[name] == one), default=0) for one in self.lanes}
        starts = dict(zip(self.lanes, accumulate([0, *heights.values()]), strict=False))
        self.row = {name: starts[lane[name]] + row for name, row in within.items()}
        self.starts, self.count = starts, sum(heights.values())

    def drawn(self) -> Layout:
        """Coordinates for the cells, then for the flows."""
        direct, roads = self._roads()
        lines = _Lines(direct, roads)
        columns = 1 + max(self.column.values(), default=0)
        widths = [max((self.sizes[one].width for one in self.column if self.column[one] == at), default=0.0) for at in range(columns)]
        heights = [max((self.sizes[one].height for one in self.row if self.row[one] == at), default=80.0) for at in range(self.count)]
        lefts, right = [], 0.0
        for at in range(columns):
            lefts.append(right + GAP + LINE * (lines.leaving(at - 1) + lines.entering(at)))
            right = lefts[-1] + widths[at]
        tops, gap_tops, bottom = [], [], 0.0
        for at in range(self.count + 1):
            gap_tops.append(bottom + LINE)
            tops.append(bottom + GAP + LINE * lines.along(at))
            bottom = tops[-1] + (heights[at] + HEAD if at < self.count else 0.0)
        boxes = self._boxes(lefts, widths, tops, heights)
        rights = [left + width for left, width in zip(lefts, widths, strict=True)]
        bends = {road.arrow.id: self._bent(boxes, road, lines, lefts, rights, gap_tops) for road in (*direct, *roads)}
        edges = [*(gap_tops[self.starts[lane]] - LINE for lane in self.lanes), bottom]
        bands = {lane: (edges[at], edges[at + 1]) for at, lane in enumerate(self.lanes)}
        return Layout(boxes, bends, bands, right + GAP + LINE * lines.leaving(columns - 1), bottom)

    def _roads(self) -> tuple[list[_Road], list[_Road]]:
        """Flows that reach their target along its own row, and flows that go along a gap between two rows."""
        taken = {(self.column[name], self.row[name]): name for name in self.sizes}
        passed: set[tuple[int, int]] = set()
        direct, roads = [], []
        for arrow in sorted(self.arrows, key=self._reach):
            host = self.hosts.get(arrow.source, arrow.source)
            row, beside = self.row[arrow.target], taken.get((self.column[host], self.row[arrow.target]))
            between = {(at, row) for at in range(self.column[host] + 1, self.column[arrow.target])}
            free = not between & (taken.keys() | passed) and (beside in {None, host} or self._only_to(beside or "", arrow.target))
            if host == arrow.source and self.column[arrow.target] > self.column[host] and free:
                passed |= between
                direct.append(_Road(arrow, self.column[host], self.column[arrow.target], -1, level=self.row[host] == row))
            else:
                below = host != arrow.source or row > self.row[host]
                roads.append(
                    _Road(arrow, self.column[host], self.column[arrow.target], self.row[host] + below, on_edge=host != arrow.source)
                )
        return direct, roads

    def _reach(self, arrow: Arrow) -> tuple[int, str]:
        return abs(self.column[arrow.target] - self.column[self.hosts.get(arrow.source, arrow.source)]), arrow.id

    def _only_to(self, name: str, target: str) -> bool:
        return all(arrow.target == target for arrow in self.arrows if arrow.source == name)

    def _boxes(self, lefts: list[float], widths: list[float], tops: list[float], heights: list[float]) -> dict[str, Box]:
        boxes = {}
        for name, step in self.sizes.items():
            x = lefts[self.column[name]] + (widths[self.column[name]] - step.width) / 2
            y = tops[self.row[name]] + (heights[self.row[name]] - step.height) / 2
            boxes[name] = Box(x, y, step.width, step.height)
        beside: Counter[str] = Counter()
        for event in self.edge_events:
            if event.host in boxes:
                host = boxes[event.host]
                x = host.right - event.width - 5 - (event.width + 5) * beside[event.host]
                boxes[event.id] = Box(max(x, host.x), host.bottom - event.height / 2, event.width, event.height)
                beside[event.host] += 1
        return boxes

    @staticmethod
    def _bent(
        boxes: Mapping[str, Box], road: _Road, lines: _Lines, lefts: list[float], rights: list[float], gap_tops: list[float]
    ) -> tuple[Point, ...]:
        """Out into the gap behind the source, along the row of the target or the gap between rows, in from the gap before the target."""
        source, target = boxes[road.arrow.source], boxes[road.arrow.target]
        begins, ends = (source.right, source.centre[1]), (target.x, target.centre[1])
        if road.level:
            return (begins, ends)
        out = rights[road.out] + GAP / 4 + LINE * lines.places.get(("out", road.out, road.arrow.source), 0)
        if road.row < 0:
            return (begins, (out, begins[1]), (out, ends[1]), ends)
        y = gap_tops[road.row] + LINE * lines.places["row", road.row, road.arrow.target]
        into = lefts[road.into] - GAP / 4 - LINE * lines.places["in", road.into, road.arrow.target]
        first = [(source.centre[0], source.bottom)] if road.on_edge else [begins, (out, begins[1])]
        return (*first, (first[-1][0], y), (into, y), (into, ends[1]), ends)


@dataclass(frozen=True)
class _Road:
    """How a flow goes: out behind a column, along the gap above a row (-1: along its target's row), in before a column."""

    arrow: Arrow
    out: int
    into: int
    row: int
    level: bool = False
    on_edge: bool = False


class _Lines:
    """Which line of a gap is whose: flows of one source leave on one line, flows to one target come along and in on one line."""

    def __init__(self, direct: Iterable[_Road], roads: Iterable[_Road]) -> None:
        self.places: dict[tuple[str, int, str], int] = {}
        self._count: Counter[tuple[str, int]] = Counter()
        for road in direct:
            if not road.level:
                self._line("out", road.out, road.arrow.source)
        for road in roads:
            if not road.on_edge:
                self._line("out", road.out, road.arrow.source)
            self._line("row", road.row, road.arrow.target)
            self._line("in", road.into, road.arrow.target)

    def _line(self, gap: str, at: int, name: str) -> None:
        if (gap, at, name) not in self.places:
            self.places[gap, at, name] = self._count[gap, at]
            self._count[gap, at] += 1

    def leaving(self, column: int) -> int:
        """How many lines leave behind a column."""
        return self._count["out", column]

    def entering(self, column: int) -> int:
        """How many lines enter before a column."""
        return self._count["in", column]

    def along(self, row: int) -> int:
        """How many lines go along above a row."""
        return self._count["row", row]


def _depth_first(roots: list[str], ahead: Mapping[str, list[str]]) -> list[str]:
    """Every step before what it leads to, where no flow leads back: reverse postorder, without recursion."""
    seen: set[str] = set()
    finished: list[str] = []
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        waiting = [(root, reversed(ahead[root]))]
        while waiting:
            _, targets = waiting[-1]
            fresh = next((target for target in targets if target not in seen), None)
            if fresh is None:
                finished.append(waiting.pop()[0])
            else:
                seen.add(fresh)
                waiting.append((fresh, reversed(ahead[fresh])))
    return finished[::-1]
